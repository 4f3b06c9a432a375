//! Models that callers have made: they answer as the model of the catalogue in their state.

use bedrock_smithy::model::ModelStatus;
use outcrop_catalogue::ResourceError;
use outcrop_store::{Key, Record};
use serde::Deserialize;

use super::{not_ready, refused};
use crate::{
    Control,
    context::Context,
    custom_model,
    error::ControlError,
    resource::{Outcome, OwnArn, reached, tags},
};

/// What records of other kinds have in their bodies.
#[derive(Deserialize)]
struct Body {
    state: State,
}

#[derive(Deserialize)]
struct State {
    base_model: String,
}

/// The model behind a custom model that is `Active`.
pub(super) async fn custom(
    control: &Control,
    context: &Context,
    arn: &str,
) -> Result<Option<String>, ResourceError> {
    let held = match custom_model::find(control, context, arn).await {
        Ok(held) => held,
        Err(ControlError::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    match custom_model::status(control, &held).0 {
        ModelStatus::Active => Ok(Some(held.state.base_model)),
        ModelStatus::Creating => Err(not_ready()),
        failed @ ModelStatus::Failed => Err(refused(arn, failed.as_str())),
    }
}

/// The model behind a deployment of a custom model that is `Active`.
pub(super) async fn deployed(
    control: &Control,
    context: &Context,
    arn: &str,
) -> Result<Option<String>, ResourceError> {
    let Some(record) = record(control, context, "custom-model-deployment", arn).await? else {
        return Ok(None);
    };
    let (since, now) = (record.created_at, control.now());
    if !reached(&[false], true, since, now, control.pace) {
        return Err(not_ready());
    }
    match tags::outcome(&record.tags) {
        Outcome::Success => Ok(base_model(&record)),
        Outcome::Failure(_) => Err(refused(arn, "Failed")),
    }
}

/// The model behind an imported model, which is there when its job is over.
pub(super) async fn imported(
    control: &Control,
    context: &Context,
    arn: &str,
) -> Result<Option<String>, ResourceError> {
    control.settle_all(&context.scope()).await?;
    let record = record(control, context, "imported-model", arn).await?;
    Ok(record.and_then(|record| base_model(&record)))
}

/// The record of a kind that an ARN names.
async fn record(
    control: &Control,
    context: &Context,
    kind: &'static str,
    arn: &str,
) -> Result<Option<Record>, ControlError> {
    let scope = context.scope();
    let own = OwnArn::parse(arn).filter(|arn| arn.kind == kind && arn.is_of(&scope));
    let Some(arn) = own else {
        return Ok(None);
    };
    let id = arn.id().to_owned();
    Ok(control.store.get(Key { scope, kind, id }).await?)
}

fn base_model(record: &Record) -> Option<String> {
    let body = serde_json::from_str::<Body>(&record.body).ok()?;
    Some(body.state.base_model)
}
