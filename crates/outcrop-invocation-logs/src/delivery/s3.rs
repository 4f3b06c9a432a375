//! Records in a bucket: compressed JSON lines, and large bodies and media beside them.

use std::{
    io::{self, Write},
    sync::Arc,
    time::SystemTime,
};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use outcrop_objects::{Objects, S3Uri};
use uuid::Uuid;

use super::{
    batches::Batch,
    writers::{Place, WriteError, Writers, rendered},
};
use crate::record::{Object, Rendered, compact};

pub(super) async fn deliver(writers: &Writers, batch: &Arc<Batch>) -> Result<(), WriteError> {
    let Some(place) = &batch.places.s3 else {
        return Ok(());
    };
    let mut records = rendered(batch, Place::S3).await?;
    beside(writers, &mut records).await?;
    let lines: String = records
        .into_iter()
        .flat_map(|record| [record.line, "\n".to_owned()])
        .collect();
    let compressed = compressed(lines).await?;
    // As users have seen them: a time and hexadecimal digits.
    let id = Uuid::new_v4().as_u64_pair().0;
    let name = format!("{}_{id:016x}.json.gz", compact(SystemTime::now()));
    let uri = place.object(&batch.hour, &name)?;
    writers
        .tried(|| put(&writers.objects, &uri, &compressed))
        .await
}

/// Writes what the records name, so that it is there before they are.
pub(super) async fn beside(writers: &Writers, records: &mut [Rendered]) -> Result<(), WriteError> {
    let objects = records
        .iter_mut()
        .flat_map(|record| std::mem::take(&mut record.objects));
    for (uri, object) in objects {
        let content = match object {
            Object::Json(text) => compressed(text).await?,
            Object::Media(bytes) => bytes,
        };
        writers
            .tried(|| put(&writers.objects, &uri, &content))
            .await?;
    }
    Ok(())
}

async fn put(objects: &Objects, uri: &S3Uri, content: &Bytes) -> Result<(), WriteError> {
    Ok(objects.put(uri, content.clone()).await?)
}

async fn compressed(text: String) -> Result<Bytes, WriteError> {
    let compressing = tokio::task::spawn_blocking(move || -> io::Result<Vec<u8>> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes())?;
        encoder.finish()
    });
    // Into memory, so nothing fails but the memory.
    let done = compressing.await?;
    Ok(done
        .map_err(|error| WriteError::File(error.to_string()))?
        .into())
}
