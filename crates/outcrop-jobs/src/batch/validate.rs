//! Looking at the whole input before the first record is sent.

use std::sync::Arc;

use outcrop_objects::S3Uri;

use super::{
    Batch,
    checkpoint::File,
    chunk, input,
    record::{self, Record},
};
use crate::{halt::Halt, jobs::Shared};

/// Lines that are looked at before others get a turn.
const CHUNK: usize = 1000;

impl Batch {
    /// Finds the files, and counts their records. The service asks for a minimum of records, by default 100, which is a
    /// quota that accounts can have lowered; here one is enough.
    pub(super) async fn validate(&mut self) -> Result<(), Halt> {
        let input = self.input()?;
        self.output()?;
        let files = self.held.beating(counted(Arc::clone(&self.shared), input));
        self.checkpoint.files = files.await?;
        self.checkpoint.validated = true;
        Ok(())
    }
}

async fn counted(shared: Arc<Shared>, input: S3Uri) -> Result<Vec<File>, Halt> {
    let mut files = input::files(&shared.objects, &input).await?;
    for file in &mut files {
        let uri = record::location(&input, &file.key)?;
        file.records = count(&shared, &uri).await?;
    }
    if files.iter().all(|file| file.records == 0) {
        return Err(Halt::Failed(format!(
            "{input} has no records. Write one JSON object into each line."
        )));
    }
    Ok(files)
}

async fn count(shared: &Shared, file: &S3Uri) -> Result<i64, Halt> {
    let (mut records, mut next) = (0, 0);
    loop {
        let chunk = chunk::read(&shared.objects, file, next, CHUNK).await?;
        for line in &chunk.lines {
            records += 1;
            if Record::read(line).is_none() {
                return Err(Halt::Failed(format!(
                    "Record {records} of {file} is not a JSON object with a member modelInput that is an object. Correct \
                     it, and submit the job again."
                )));
            }
        }
        if chunk.is_last {
            return Ok(records);
        }
        next = chunk.next;
        tokio::task::yield_now().await;
    }
}
