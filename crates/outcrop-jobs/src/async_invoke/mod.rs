//! One asynchronous invocation, from its input to its output.
//!
//! Its files are made one after the other, and a checkpoint is committed after each. A file of vectors grows part by part, as the
//! outputs of batch inference do, with a checkpoint for each part. So nothing that was acknowledged is asked for again.

mod checkpoint;
mod files;

use std::sync::Arc;

use bytes::Bytes;
use outcrop_control::AsyncInvokeJob;
use outcrop_dialects::Document;
use outcrop_objects::S3Uri;
use outcrop_runtime::{AsyncInference, Refused};
use outcrop_store::{Key, Record, Scope, Write};
use outcrop_wire::Caller;
use tokio::sync::watch;

use self::checkpoint::Checkpoint;
use crate::{
    halt::Halt,
    held::{Held, Job},
    jobs::Shared,
    lease::{Lease, Worker},
    parts::{Parts, joined, location},
    patience::PASSING,
    run::Work,
};

impl Job for AsyncInvokeJob {
    /// What went wrong, at the end.
    type Change = Option<String>;

    fn key(scope: Scope, id: String) -> Key {
        Self::key(scope, id)
    }

    fn read(record: Record) -> Option<Self> {
        Self::read(record)
    }

    fn is_over(&self) -> bool {
        self.is_over()
    }

    fn halts(&self, _now: i64) -> Option<Halt> {
        None
    }

    fn changed(self, failure: Option<String>, now: i64) -> Option<Vec<Write>> {
        self.ended(failure, now)
    }
}

/// An invocation under way.
pub(crate) struct AsyncInvoke {
    held: Held<AsyncInvokeJob>,
    checkpoint: Checkpoint,
    shared: Arc<Shared>,
    /// The input, once it was understood.
    inference: Option<Arc<AsyncInference>>,
}

impl AsyncInvoke {
    /// Goes on where the checkpoint in the entry is.
    pub(crate) fn new(
        lease: Lease,
        worker: &Arc<Worker>,
        shared: &Arc<Shared>,
        closes: watch::Receiver<bool>,
    ) -> Self {
        Self {
            checkpoint: lease.own(),
            held: Held::new(lease, Arc::clone(worker), closes, shared.settings.beat),
            shared: Arc::clone(shared),
            inference: None,
        }
    }

    fn output(&self) -> Result<S3Uri, Halt> {
        location(&self.held.job()?.output())
    }

    fn parts(&self) -> Result<Parts, Halt> {
        Ok(Parts::new(&self.shared.objects, self.output()?))
    }

    /// Understands the input again, as the operation that started the invocation did.
    async fn understand(&mut self) -> Result<Arc<AsyncInference>, Halt> {
        let job = self.held.job()?;
        let input = self.held.record(job.input_key()).await?;
        let input = input.ok_or_else(|| {
            Halt::Failed("The input of the invocation is not there any more.".to_owned())
        })?;
        let scope = self.held.scope();
        let caller = Caller {
            account: scope.account.clone(),
            region: scope.region.clone(),
            region_known: true,
        };
        let runtime = &self.shared.runtime;
        let asked = runtime.understand(caller, job.model_id(), input.body.as_bytes());
        let inference = Arc::new(asked.await.map_err(halt)?);
        self.inference = Some(Arc::clone(&inference));
        Ok(inference)
    }

    /// The contents of the objects that the input names.
    async fn contents(&mut self, inference: &AsyncInference) -> Result<Vec<Bytes>, Halt> {
        let objects = self.shared.objects.clone();
        let mut contents = Vec::new();
        for (uri, limit) in inference.sources() {
            let at = location(uri)?;
            let read = async { Ok(objects.get(&at, limit).await?) };
            contents.push(self.held.beating(read).await?);
        }
        Ok(contents)
    }

    async fn write(&self, documents: Vec<Document>) -> Result<(), Halt> {
        let output = self.output()?;
        for document in documents {
            let at = joined(&output, document.name)?;
            let content = Bytes::from(document.content.to_string());
            self.shared.objects.put(&at, content).await?;
        }
        Ok(())
    }

    /// Tells of a failure beside the output. The invocation has failed whether or not that can be written.
    async fn tell_failure(&self, why: &str) -> Result<(), Halt> {
        if let Some(inference) = &self.inference {
            self.write(inference.failed(why)).await?;
        }
        self.parts()?.remove().await
    }
}

impl Work for AsyncInvoke {
    type Job = AsyncInvokeJob;

    fn held(&mut self) -> &mut Held<AsyncInvokeJob> {
        &mut self.held
    }

    async fn work(&mut self) -> Result<(), Halt> {
        let inference = self.understand().await?;
        if let Some(reason) = self.held.job()?.failure_asked_for() {
            return Err(Halt::Failed(reason));
        }
        let contents = self.contents(&inference).await?;
        let folder = self.held.job()?.output();
        let work = inference.work(contents, &folder).map_err(halt)?;
        self.make(&inference, &work.files).await?;
        self.write(work.documents).await?;
        self.parts()?.remove().await?;
        self.held.finish(None).await
    }

    async fn cut_short(&mut self, halt: Halt) -> Result<(), Halt> {
        let why = halt.to_string();
        if let Err(error) = self.tell_failure(&why).await {
            tracing::warn!(%error, job = self.held.id(), "a failure cannot be told beside the output");
        }
        self.held.finish(Some(why)).await
    }
}

/// A refusal ends the invocation, unless it passes.
fn halt(refused: Refused) -> Halt {
    if PASSING.contains(&refused.status) {
        Halt::Later(refused.message)
    } else {
        Halt::Failed(refused.message)
    }
}
