//! Making resources.

use std::collections::BTreeMap;

use bedrock_smithy::model::Tag;
use outcrop_store::{Commit, Committed, Key, Record, RequestToken, StoreError, Write};
use serde_json::value::RawValue;

use super::{
    Held, Resource,
    fingerprint::fingerprint,
    held::{Kept, write},
    reservation, tags,
};
use crate::{Control, context::Context, error::ControlError};

/// A resource to be made from the body of a request.
pub(crate) struct New<'a, R: Resource> {
    /// Its id, which must be new.
    pub(crate) id: String,
    /// The name that the request gives it; empty for kinds without names.
    pub(crate) name: &'a str,
    /// What to say when another resource has the name. `None` for kinds that may share names.
    pub(crate) name_taken: Option<String>,
    /// What it is refused with then.
    pub(crate) name_refusal: fn(String) -> ControlError,
    /// The id of the resource that it belongs to.
    pub(crate) parent: Option<String>,
    /// The tags that the request gives it.
    pub(crate) tags: Option<&'a [Tag]>,
    /// `clientRequestToken`.
    pub(crate) token: Option<&'a str>,
    /// What there is to know of it besides.
    pub(crate) state: R::State,
    /// What else happens with it, or not at all.
    pub(crate) with: Vec<Write>,
}

impl<'a, R: Resource> New<'a, R> {
    /// A resource with a new id and nothing that is optional.
    pub(crate) fn of(id: String, name: &'a str, state: R::State) -> Self {
        Self {
            id,
            name,
            name_taken: None,
            name_refusal: ControlError::Conflict,
            parent: None,
            tags: None,
            token: None,
            state,
            with: Vec::new(),
        }
    }
}

impl Control {
    /// Makes a resource. The same request with the same token makes it once, and gets the first one afterwards.
    pub(crate) async fn create<R: Resource>(
        &self,
        context: &Context,
        new: New<'_, R>,
    ) -> Result<Held<R>, ControlError> {
        let tags = tags::new(new.tags.unwrap_or_default(), new.name)?;
        let now = self.now();
        let key = Key {
            scope: context.scope(),
            kind: R::KIND,
            id: new.id,
        };
        let kept = Kept {
            request: raw(context)?,
            state: new.state,
        };
        let record = Record {
            key: key.clone(),
            parent: new.parent,
            name: new.name.to_owned(),
            unique_name: new.name_taken.is_some(),
            created_at: now,
            updated_at: now,
            revision: 1,
            tags,
            body: write(&kept)?,
        };
        let token = new.token.map(|token| RequestToken {
            key: Key {
                id: token.to_owned(),
                ..key.clone()
            },
            fingerprint: fingerprint(&context.body),
            made: key,
            at: now,
        });
        let writes = std::iter::once(Write::Create(record.clone()))
            .chain(new.with)
            .collect();
        match self.store.commit(Commit { writes, token }).await {
            Ok(Committed::Done) => Held::read(record),
            Ok(Committed::Before(key)) => self.made_before(key).await,
            Err(StoreError::NameTaken(_)) => {
                Err((new.name_refusal)(new.name_taken.unwrap_or_default()))
            }
            // Where the name is the id.
            Err(StoreError::Exists(key)) if key.kind == R::KIND && key.id == new.name => {
                Err((new.name_refusal)(new.name_taken.unwrap_or_default()))
            }
            Err(StoreError::Exists(key)) => {
                Err(reservation::taken(&key).unwrap_or_else(|| StoreError::Exists(key).into()))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What the same request with the same token made before. For handlers with checks that a request does not pass again
    /// once it has made something.
    pub(crate) async fn made_with<R: Resource>(
        &self,
        context: &Context,
        token: Option<&str>,
    ) -> Result<Option<Held<R>>, ControlError> {
        let Some(token) = token else {
            return Ok(None);
        };
        let key = |id: &str| Key {
            scope: context.scope(),
            kind: R::KIND,
            id: id.to_owned(),
        };
        let token = RequestToken {
            key: key(token),
            fingerprint: fingerprint(&context.body),
            made: key(""),
            at: self.now(),
        };
        // Nothing has an empty id, so this fails, and the token is not kept, unless it was used before.
        let impossible = Write::Delete {
            key: key(""),
            revision: None,
        };
        let (writes, token) = (vec![impossible], Some(token));
        match self.store.commit(Commit { writes, token }).await {
            Ok(Committed::Before(key)) => self.made_before(key).await.map(Some),
            Ok(Committed::Done) | Err(StoreError::NotFound(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn made_before<R: Resource>(&self, key: Key) -> Result<Held<R>, ControlError> {
        let id = key.id.clone();
        match self.store.get(key).await? {
            Some(record) => Held::read(record),
            None => Err(ControlError::Conflict(format!(
                "The clientRequestToken was used before, for {id}, which has been deleted. Use another token."
            ))),
        }
    }
}

/// A record that another resource's creation makes along with it.
pub(crate) fn companion<R: Resource>(
    key: Key,
    name: &str,
    at: i64,
    tags: BTreeMap<String, String>,
    request: Box<RawValue>,
    state: R::State,
) -> Result<Record, ControlError> {
    Ok(Record {
        key,
        parent: None,
        name: name.to_owned(),
        unique_name: false,
        created_at: at,
        updated_at: at,
        revision: 1,
        tags,
        body: write(&Kept { request, state })?,
    })
}

/// The body of the request as it is kept. Some requests have none.
fn raw(context: &Context) -> Result<Box<RawValue>, ControlError> {
    let body = if context.body.is_empty() {
        b"{}"
    } else {
        &context.body[..]
    };
    serde_json::from_slice(body).map_err(|error| {
        tracing::error!(%error, "an accepted body is not JSON");
        ControlError::Store
    })
}
