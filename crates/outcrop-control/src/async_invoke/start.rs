//! Keeping what `StartAsyncInvoke` asks.

use bedrock_smithy::model::Tag;
use bytes::Bytes;
use outcrop_objects::{Objects, ObjectsError, S3Uri};
use outcrop_runtime::{AsyncInvokeError, NewAsyncInvoke};
use outcrop_store::{Key, Record, Write};
use outcrop_wire::{Caller, RawBody};
use serde_json::{Value, json};

use super::{AsyncInvoke, INPUT, QUEUE, State, output};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{New, blank, fingerprint, id12},
};

pub(super) async fn start(
    control: &Control,
    objects: &Objects,
    caller: &Caller,
    new: NewAsyncInvoke,
) -> Result<String, AsyncInvokeError> {
    let NewAsyncInvoke {
        input,
        body,
        model_arn,
    } = new;
    let (body, model_input) = divided(&body)?;
    let context = Context::new(caller.clone(), RawBody(body));
    let token = input.client_request_token.as_deref();
    let before = control.made_with::<AsyncInvoke>(&context, token).await?;
    if let Some(held) = before {
        return Ok(held.arn());
    }
    let id = id12();
    let manifest = manifest(&output::folder(&input.output_data_config, &id))?;
    let text = json!({ "requestId": id }).to_string();
    let written = objects.put(&manifest, Bytes::from(text)).await;
    written.map_err(|error| not_written(&error))?;
    let tags: Option<Vec<Tag>> = input.tags.map(|tags| tags.into_iter().map(tag).collect());
    let state = State {
        model_arn,
        end: None,
    };
    let with = records(control, &context, &id, model_input);
    let made = control.create(
        &context,
        New::<AsyncInvoke> {
            tags: tags.as_deref(),
            token,
            with,
            ..New::of(id.clone(), &id, state)
        },
    );
    let made = made.await;
    // Refused after all, or the same request came at the same time.
    if made.as_ref().map_or(true, |held| held.id() != id)
        && let Err(error) = objects.delete(&manifest).await
    {
        tracing::warn!(%error, "a manifest that belongs to nothing is left");
    }
    Ok(made?.arn())
}

/// The request with the fingerprint of the model's input in the place of it, and the input.
fn divided(body: &[u8]) -> Result<(Bytes, String), ControlError> {
    let mut request: Value = serde_json::from_slice(body).map_err(|_| ControlError::Store)?;
    let input = request["modelInput"].take().to_string();
    let print = u128::from_be_bytes(fingerprint(input.as_bytes()));
    request["modelInput"] = json!(format!("{print:032x}"));
    Ok((request.to_string().into(), input))
}

/// The entry in the queue, and the input.
fn records(control: &Control, context: &Context, id: &str, input: String) -> Vec<Write> {
    let now = control.now();
    let key = |kind| Key {
        scope: context.scope(),
        kind,
        id: id.to_owned(),
    };
    let input = Record {
        body: input,
        ..blank(key(INPUT), now)
    };
    vec![Write::Create(input), Write::Create(blank(key(QUEUE), now))]
}

fn tag(tag: bedrock_runtime_smithy::model::Tag) -> Tag {
    Tag {
        key: tag.key,
        value: tag.value,
    }
}

/// The file that the service writes when an invocation starts, before anything is done (AWS's guide; quoted of inputs that
/// were refused afterwards). Its content is not published but for a request's id.
fn manifest(folder: &str) -> Result<S3Uri, AsyncInvokeError> {
    let location = format!("{folder}/manifest.json").parse();
    location.map_err(|error: outcrop_objects::S3UriError| not_written(&error.into()))
}

/// The text is the service's (quoted); the log says more.
fn not_written(error: &ObjectsError) -> AsyncInvokeError {
    tracing::warn!(%error, "the output of an asynchronous invocation cannot be written");
    match error {
        ObjectsError::Unavailable { .. } => AsyncInvokeError::Unavailable(error.to_string()),
        _ => AsyncInvokeError::Validation("Invalid Output Config/Credentials".to_owned()),
    }
}
