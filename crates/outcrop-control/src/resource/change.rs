//! Changing and deleting resources.

use std::collections::BTreeMap;

use outcrop_store::{Commit, StoreError, Write};
use serde_json::value::RawValue;

use super::{Held, Resource};
use crate::{Control, context::Context, error::ControlError};

impl<R: Resource> Held<R> {
    /// The change of its state, and of the time of its last change, as a write.
    pub(crate) fn replaced(mut self, now: i64) -> Result<Write, ControlError> {
        self.record.updated_at = now;
        self.record.revision += 1;
        Ok(Write::Replace(self.into_record()?))
    }

    /// Puts another request in the place of the one that made it.
    pub(crate) fn set_request(&mut self, context: &Context) -> Result<(), ControlError> {
        let request: Box<RawValue> =
            serde_json::from_slice(&context.body).map_err(|_| ControlError::Store)?;
        self.request = request;
        Ok(())
    }

    /// Puts one member of another request in the place of that of the request that made it.
    pub(crate) fn set_member(
        &mut self,
        context: &Context,
        member: &str,
    ) -> Result<(), ControlError> {
        let read = |body: &[u8]| {
            let members = serde_json::from_slice::<BTreeMap<String, Box<RawValue>>>(body);
            members.map_err(|_| ControlError::Store)
        };
        let mut members = read(self.request.get().as_bytes())?;
        if let Some(value) = read(&context.body)?.remove(member) {
            members.insert(member.to_owned(), value);
        }
        let request = serde_json::value::to_raw_value(&members);
        self.request = request.map_err(|_| ControlError::Store)?;
        Ok(())
    }

    /// Gives it another name.
    pub(crate) fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.record.name);
    }

    /// Lets others have its name.
    pub(crate) fn release_name(&mut self) {
        self.record.unique_name = false;
    }

    /// Nothing but another revision as a write, for what must not happen while it is deleted.
    pub(crate) fn touched(&self) -> Result<Write, ControlError> {
        let same = Self {
            record: self.record.clone(),
            request: self.request.clone(),
            state: self.state.clone(),
        };
        same.replaced(self.record.updated_at)
    }

    /// Makes it belong to another resource, or to none.
    pub(crate) fn set_parent(&mut self, parent: Option<&str>) {
        self.record.parent = parent.map(str::to_owned);
    }

    /// Its deletion as a write, if nobody changes it meanwhile.
    pub(crate) fn deleted(&self) -> Write {
        Write::Delete {
            key: self.record.key.clone(),
            revision: Some(self.record.revision),
        }
    }
}

/// Tries of a change that others keep getting ahead of.
const TRIES: usize = 8;

/// Decides on a change and makes it, again where what it was decided on was changed meanwhile.
pub(crate) async fn retried<T, F>(mut change: impl FnMut() -> F) -> Result<T, ControlError>
where
    F: Future<Output = Result<T, ControlError>>,
{
    for _ in 1..TRIES {
        match change().await {
            Err(ControlError::Busy) => {}
            settled => return settled,
        }
    }
    change().await
}

impl Control {
    /// Makes changes, all or none. `name_taken` is what to say of a name that another resource has.
    pub(crate) async fn apply(
        &self,
        writes: Vec<Write>,
        name_taken: &str,
    ) -> Result<(), ControlError> {
        match self
            .store
            .commit(Commit {
                writes,
                token: None,
            })
            .await
        {
            Ok(_) => Ok(()),
            Err(StoreError::NameTaken(_)) => Err(ControlError::Conflict(name_taken.to_owned())),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps a resource's changed state.
    pub(crate) async fn replace<R: Resource>(&self, held: Held<R>) -> Result<(), ControlError> {
        let write = held.replaced(self.now())?;
        self.apply(
            vec![write],
            "Another resource has the name. Choose another name, and try again.",
        )
        .await
    }

    /// Deletes a resource.
    pub(crate) async fn remove<R: Resource>(&self, held: &Held<R>) -> Result<(), ControlError> {
        self.apply(vec![held.deleted()], "").await
    }
}
