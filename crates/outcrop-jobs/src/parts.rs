//! From parts to outputs.

use bytes::Bytes;
use outcrop_control::BatchStage;
use outcrop_objects::S3Uri;
use serde_json::json;

use super::Batch;
use crate::halt::Halt;

/// The folder of the parts, in the folder of the job's output.
const PARTS: &str = ".parts";

/// Bytes of a part: the answers to a chunk.
const LONGEST_PART: u64 = 1 << 30;

/// Parts that are listed at once.
const PAGE: usize = 1000;

/// A part of a file's output.
pub(super) fn part(output: &S3Uri, file: usize, part: u64) -> Result<S3Uri, Halt> {
    joined(output, &format!("{PARTS}/{file}/{part}"))
}

impl Batch {
    /// Puts together the output of the file that is worked at.
    pub(super) async fn assemble(&mut self) -> Result<(), Halt> {
        let put_together = self.put_together()?;
        self.held.beating(put_together).await
    }

    /// Puts together what there is of a job that ends before its time. The reason for which it ends must not end this,
    /// so nobody looks for one.
    pub(super) async fn assemble_rest(&mut self) -> Result<(), Halt> {
        if self.checkpoint.parts > 0 {
            self.put_together()?.await?;
            self.checkpoint.parts = 0;
            let change = self.change(BatchStage::InProgress, None);
            self.held.keep(change, &self.checkpoint).await?;
        }
        self.write_manifest().await?;
        self.remove_parts().await
    }

    fn put_together(&self) -> Result<impl Future<Output = Result<(), Halt>> + Send + use<>, Halt> {
        let output = self.held.output()?;
        let number = self.checkpoint.file;
        let name = self.checkpoint.files.get(number).map(|file| &*file.name);
        let whole = joined(&output, &format!("{}.out", name.unwrap_or_default()))?;
        let (objects, parts) = (self.shared.objects.clone(), self.checkpoint.parts);
        Ok(async move {
            let mut upload = objects.upload(&whole).await?;
            for part_number in 0..parts {
                let at = part(&output, number, part_number)?;
                match objects.get(&at, LONGEST_PART).await {
                    Ok(lines) => upload.write(lines).await?,
                    Err(error) => {
                        upload.abort().await?;
                        return Err(error.into());
                    }
                }
            }
            Ok(upload.finish().await?)
        })
    }

    /// Writes `manifest.json.out` (the documentation of batch inference's results).
    pub(super) async fn write_manifest(&self) -> Result<(), Halt> {
        let (counts, checkpoint) = (self.checkpoint.counts(), &self.checkpoint);
        let manifest = json!({
            "totalRecordCount": counts.total,
            "processedRecordCount": counts.processed(),
            "successRecordCount": counts.succeeded,
            "errorRecordCount": counts.failed,
            "inputTokenCount": checkpoint.input_tokens,
            "outputTokenCount": checkpoint.output_tokens,
        });
        let at = joined(&self.held.output()?, "manifest.json.out")?;
        let content = Bytes::from(manifest.to_string());
        Ok(self.shared.objects.put(&at, content).await?)
    }

    /// Removes the parts. Whoever goes on after a crash does it again, which does no harm.
    pub(super) async fn remove_parts(&self) -> Result<(), Halt> {
        let parts = joined(&self.held.output()?, &format!("{PARTS}/"))?;
        loop {
            let page = self.shared.objects.list(&parts, None, PAGE).await?;
            for part in &page.objects {
                self.shared.objects.delete(&part.uri).await?;
            }
            if !page.more {
                return Ok(());
            }
        }
    }
}

fn joined(folder: &S3Uri, name: &str) -> Result<S3Uri, Halt> {
    folder
        .join(name)
        .map_err(|error| Halt::Failed(error.to_string()))
}
