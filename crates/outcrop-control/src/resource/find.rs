//! Looking resources up.

use outcrop_store::{Key, Name, Scope};

use super::{Held, OwnArn, Resource};
use crate::{Control, context::Context, error::ControlError};

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

    /// The resource of a name.
    async fn named<R: Resource>(
        &self,
        context: &Context,
        name: &str,
    ) -> Result<Option<Held<R>>, ControlError> {
        let name = Name {
            scope: context.scope(),
            kind: R::KIND,
            name: name.to_owned(),
        };
        self.store.named(name).await?.map(Held::read).transpose()
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
