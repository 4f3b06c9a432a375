//! Making the files of an output.

use std::sync::Arc;

use outcrop_dialects::{AsyncFile, VectorsFile, VideoFile};
use outcrop_runtime::AsyncInference;
use tokio::task;

use super::{AsyncInvoke, halt};
use crate::{halt::Halt, parts::joined, patience::patiently};

/// Parts have so many segments for each record of a batch that is under way at once.
const PER_PLACE: usize = 4;

impl AsyncInvoke {
    /// Makes all files from the checkpoint on.
    pub(super) async fn make(
        &mut self,
        inference: &Arc<AsyncInference>,
        files: &[AsyncFile],
    ) -> Result<(), Halt> {
        while let Some(file) = files.get(self.checkpoint.file) {
            match file {
                AsyncFile::Video(file) => self.film(inference, file).await?,
                AsyncFile::Vectors(file) => self.embed(inference, file).await?,
            }
            self.checkpoint.next_file();
            self.held.checkpoint(&self.checkpoint).await?;
        }
        Ok(())
    }

    async fn film(&mut self, inference: &AsyncInference, file: &VideoFile) -> Result<(), Halt> {
        let at = joined(&self.output()?, &file.name)?;
        let objects = self.shared.objects.clone();
        let made = async {
            let video = patiently(|| inference.video(file.parts.clone())).await;
            Ok(objects.put(&at, video.map_err(halt)?).await?)
        };
        self.held.beating(made).await
    }

    async fn embed(&mut self, inference: &AsyncInference, file: &VectorsFile) -> Result<(), Halt> {
        let all = file.segments.len();
        let most = self.shared.settings.records.max(1) * PER_PLACE;
        let parts = self.parts()?;
        while self.checkpoint.segments < all {
            let from = self.checkpoint.segments;
            let range = from..all.min(from + most);
            let (number, part) = (self.checkpoint.file, self.checkpoint.parts);
            let made = async {
                let vectors = patiently(|| inference.vectors(file.parts(range.clone()))).await;
                // An engine may compute without a pause.
                task::yield_now().await;
                let text = file.text(range.clone(), &vectors.map_err(halt)?);
                parts.put(number, part, text.into()).await
            };
            self.held.beating(made).await?;
            self.checkpoint.segments = range.end;
            self.checkpoint.parts += 1;
            self.held.checkpoint(&self.checkpoint).await?;
        }
        let together = parts.put_together(self.checkpoint.file, self.checkpoint.parts, file.name);
        self.held.beating(together).await
    }
}
