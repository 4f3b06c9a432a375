//! Sending the records, chunk by chunk.

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use outcrop_control::BatchStage;
use outcrop_objects::S3Uri;
use outcrop_wire::Caller;
use tokio::task;

use super::{
    Batch,
    chunk::{self, Chunk},
    record::{self, Asked, Done},
};
use crate::halt::Halt;

/// Chunks have so many records for each that is under way at once.
const PER_PLACE: usize = 4;

impl Batch {
    /// Processes all files from the checkpoint on, and puts their outputs together.
    pub(super) async fn process(&mut self) -> Result<(), Halt> {
        let asked = self.asked()?;
        while let Some(file) = self.checkpoint.files.get(self.checkpoint.file) {
            let uri = record::location(&self.input()?, &file.key)?;
            while self.process_chunk(&asked, &uri).await? {}
            self.assemble().await?;
            self.checkpoint.next_file();
            self.tell(BatchStage::InProgress).await?;
        }
        self.write_manifest().await?;
        self.parts()?.remove().await
    }

    /// Processes the next chunk of a file; whether there is another one.
    async fn process_chunk(&mut self, asked: &Asked, file: &S3Uri) -> Result<bool, Halt> {
        let places = self.shared.settings.records.max(1);
        let most = places * PER_PLACE;
        let chunk = chunk::read(&self.shared.objects, file, self.checkpoint.offset, most).await?;
        if !chunk.lines.is_empty() {
            let first = self.checkpoint.counts().processed() + 1;
            let answers = answers(asked, &chunk, first, places);
            let done = self.held.beating(async { Ok(answers.await) }).await?;
            let lines: Vec<u8> = done.iter().flat_map(|done| &done.line).copied().collect();
            let (file, part) = (self.checkpoint.file, self.checkpoint.parts);
            self.parts()?.put(file, part, lines.into()).await?;
            self.checkpoint.parts += 1;
            self.count(&done);
        }
        self.checkpoint.offset = chunk.next;
        self.tell(BatchStage::InProgress).await?;
        Ok(!chunk.is_last)
    }

    fn count(&mut self, done: &[Done]) {
        for done in done {
            if done.succeeded {
                self.checkpoint.succeeded += 1;
            } else {
                self.checkpoint.failed += 1;
            }
            self.checkpoint.input_tokens += done.input_tokens;
            self.checkpoint.output_tokens += done.output_tokens;
        }
    }

    fn asked(&self) -> Result<Asked, Halt> {
        let job = self.held.job()?;
        let scope = self.held.scope();
        Ok(Asked {
            runtime: self.shared.runtime.clone(),
            caller: Caller {
                account: scope.account.clone(),
                region: scope.region.clone(),
                region_known: true,
            },
            model_id: job.model_id().to_owned(),
            converses: job.converses(),
        })
    }
}

/// The answers to the records of a chunk, in their order, so many under way at once.
async fn answers(asked: &Asked, chunk: &Chunk, first: i64, places: usize) -> Vec<Done> {
    let records: Vec<(Bytes, i64)> = chunk.lines.iter().cloned().zip(first..).collect();
    let answer = |(line, number): (Bytes, i64)| async move {
        let done = asked.answer(&line, number).await;
        // An engine may compute without a pause.
        task::yield_now().await;
        done
    };
    stream::iter(records)
        .map(answer)
        .buffered(places)
        .collect()
        .await
}
