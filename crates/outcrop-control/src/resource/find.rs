//! Looking resources up.

use outcrop_store::{After, Key, ListQuery, Scope, SortOrder};

use super::{Held, OwnArn, Resource};
use crate::{Control, context::Context, error::ControlError};

/// Resources that are looked at at once for a name. Only kinds with unique names are looked up by name.
const STEP: usize = 100;

impl Control {
    /// The resource that an id or ARN names.
    pub(crate) async fn find<R: Resource>(
        &self,
        context: &Context,
        identifier: &str,
    ) -> Result<Held<R>, ControlError> {
        self.look_up(context, identifier)
            .await?
            .ok_or_else(|| ControlError::NotFound(R::not_found(identifier)))
    }

    /// The resource that an id, ARN or name names.
    pub(crate) async fn find_by_name<R: Resource>(
        &self,
        context: &Context,
        identifier: &str,
    ) -> Result<Held<R>, ControlError> {
        if let Some(held) = self.look_up(context, identifier).await? {
            return Ok(held);
        }
        self.named(context, identifier)
            .await?
            .ok_or_else(|| ControlError::NotFound(R::not_found(identifier)))
    }

    /// The resource of a name. The store finds names that contain it, of which there may be many before it.
    async fn named<R: Resource>(
        &self,
        context: &Context,
        name: &str,
    ) -> Result<Option<Held<R>>, ControlError> {
        let mut after = None;
        loop {
            let query = ListQuery {
                scope: Some(context.scope()),
                kind: R::KIND,
                parent: None,
                name_contains: Some(name.to_owned()),
                created_from: None,
                created_before: None,
                order: SortOrder::Descending,
                after,
                limit: STEP,
            };
            let records = self.store.list(query).await?;
            let last = records.last().filter(|_| records.len() == STEP);
            after = last.map(|record| After {
                created_at: record.created_at,
                id: record.key.id.clone(),
            });
            if let Some(record) = records.into_iter().find(|record| record.name == name) {
                return Held::read(record).map(Some);
            }
            if after.is_none() {
                return Ok(None);
            }
        }
    }

    /// As [`Self::find`], where nothing is an answer too.
    pub(crate) async fn look_up<R: Resource>(
        &self,
        context: &Context,
        identifier: &str,
    ) -> Result<Option<Held<R>>, ControlError> {
        let scope = context.scope();
        let id = match OwnArn::parse(identifier) {
            Some(arn) if arn.kind == R::KIND && arn.is_of(&scope) => arn.id(),
            Some(_) => return Ok(None),
            None => identifier,
        };
        self.at(&scope, id).await
    }

    /// The resource with an id, whatever the id looks like.
    pub(crate) async fn at<R: Resource>(
        &self,
        scope: &Scope,
        id: &str,
    ) -> Result<Option<Held<R>>, ControlError> {
        let key = Key {
            scope: scope.clone(),
            kind: R::KIND,
            id: id.to_owned(),
        };
        self.store.get(key).await?.map(Held::read).transpose()
    }
}
