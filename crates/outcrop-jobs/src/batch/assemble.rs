//! From parts to outputs.

use bytes::Bytes;
use outcrop_control::BatchStage;
use serde_json::json;

use super::Batch;
use crate::{
    halt::Halt,
    parts::{Parts, joined},
};

impl Batch {
    pub(super) fn parts(&self) -> Result<Parts, Halt> {
        Ok(Parts::new(&self.shared.objects, self.output()?))
    }

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
        self.parts()?.remove().await
    }

    fn put_together(&self) -> Result<impl Future<Output = Result<(), Halt>> + Send + use<>, Halt> {
        let parts = self.parts()?;
        let number = self.checkpoint.file;
        let file = self.checkpoint.files.get(number);
        let name = format!("{}.out", file.map_or("", |file| &file.name));
        let count = self.checkpoint.parts;
        Ok(async move { parts.put_together(number, count, &name).await })
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
        let at = joined(&self.output()?, "manifest.json.out")?;
        let content = Bytes::from(manifest.to_string());
        Ok(self.shared.objects.put(&at, content).await?)
    }
}
