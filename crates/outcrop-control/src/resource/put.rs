//! Settings: resources that are there once for what they are of, and that a request sets whole.

use aws_smithy_types::DateTime;

use super::{New, Resource, retried};
use crate::{Control, clock::date_time, context::Context, error::ControlError};

impl Control {
    /// Puts the resource with an id in the place of the one that has the id, if there is one. Returns when that was.
    pub(crate) async fn put<R: Resource>(
        &self,
        context: &Context,
        id: &str,
        state: R::State,
    ) -> Result<DateTime, ControlError> {
        retried(|| self.put_once::<R>(context, id, state.clone())).await
    }

    async fn put_once<R: Resource>(
        &self,
        context: &Context,
        id: &str,
        state: R::State,
    ) -> Result<DateTime, ControlError> {
        let scope = context.scope();
        let Some(mut held) = self.at::<R>(&scope, id).await? else {
            let new = New::<R>::of(id.to_owned(), "", state);
            return Ok(self.create(context, new).await?.updated_at());
        };
        held.set_request(context)?;
        held.state = state;
        let now = self.now();
        match self.apply(vec![held.replaced(now)?], "").await {
            // Another request has taken it away meanwhile.
            Err(ControlError::NotFound(_)) => Err(ControlError::Busy),
            done => done.map(|()| date_time(now)),
        }
    }
}
