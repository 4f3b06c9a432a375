//! Resources that are seen as `Deleting` for a while, and then are gone.
//!
//! That a deletion has begun is kept in the record: its parent says so, which resources that are deleted like this have none
//! besides, and the time of its last change says since when. What is gone by the clock is taken out of the store by
//! the next request that comes upon it.

use outcrop_store::ListQuery;

use super::{Held, Resource};
use crate::{Control, clock::nanos, context::Context, error::ControlError};

const DELETING: &str = "deleting";

/// Resources that one request takes out of the store at most.
const SWEPT: usize = 100;

impl<R: Resource> Held<R> {
    /// Whether its deletion has begun.
    pub(crate) fn is_deleting(&self) -> bool {
        self.parent() == Some(DELETING)
    }
}

impl Control {
    /// Begins the deletion of a resource. Its name is free from now on.
    pub(crate) async fn begin_deletion<R: Resource>(
        &self,
        mut held: Held<R>,
    ) -> Result<(), ControlError> {
        if self.pace.is_zero() {
            return self.remove(&held).await;
        }
        held.record.parent = Some(DELETING.to_owned());
        held.record.unique_name = false;
        self.replace(held).await
    }

    /// Whether its deletion is over.
    pub(crate) fn is_gone<R: Resource>(&self, held: &Held<R>) -> bool {
        let end = held.updated_nanos().saturating_add(nanos(self.pace));
        held.is_deleting() && end <= self.now()
    }

    /// As [`Self::find`], for what may be gone.
    pub(crate) async fn find_present<R: Resource>(
        &self,
        context: &Context,
        identifier: &str,
    ) -> Result<Held<R>, ControlError> {
        let held = self.find(context, identifier).await?;
        if self.is_gone(&held) {
            self.take_out(&held).await?;
            return Err(ControlError::NotFound(R::not_found(identifier)));
        }
        Ok(held)
    }

    /// Takes resources out of the store whose deletion is over.
    pub(crate) async fn sweep<R: Resource>(&self, context: &Context) -> Result<(), ControlError> {
        let query = ListQuery {
            scope: Some(context.scope()),
            parent: Some(DELETING.to_owned()),
            ..ListQuery::oldest(R::KIND, SWEPT)
        };
        for record in self.store.list(query).await? {
            let held = Held::<R>::read(record)?;
            if self.is_gone(&held) {
                self.take_out(&held).await?;
            }
        }
        Ok(())
    }

    /// Another request may be first.
    async fn take_out<R: Resource>(&self, held: &Held<R>) -> Result<(), ControlError> {
        match self.remove(held).await {
            Err(ControlError::NotFound(_) | ControlError::Busy) => Ok(()),
            settled => settled,
        }
    }
}
