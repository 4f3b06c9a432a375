//! Native requests that are no conversations: vectors, orders of documents, images.

use outcrop_catalogue::Model;
use outcrop_dialects::Call;
use outcrop_engine::{EmbedInput, EngineError};
use serde_json::{Value, json};

use super::{Exchange, annotate};

/// Assesses the texts of a call that is no conversation, and masks them. Gives the body that answers it if it is blocked:
/// there is no place for a message in vectors and images, so it tells only what the guardrail did.
pub(crate) async fn blocked(
    exchange: &mut Exchange,
    call: &mut Call,
    model: &Model,
) -> Result<Option<Value>, EngineError> {
    let Some(texts) = texts(call) else {
        return Ok(None);
    };
    if exchange.input_texts(texts).await?.is_none() {
        return Ok(None);
    }
    let mut body = json!({});
    annotate(&mut body, exchange, model);
    Ok(Some(body))
}

fn texts(call: &mut Call) -> Option<Vec<&mut String>> {
    match call {
        Call::Converse(..) => None,
        Call::Embed(parts, _) => {
            let texts = parts.inputs.iter_mut().filter_map(|input| match input {
                EmbedInput::Text(text) | EmbedInput::TextAndImage(text, _) => Some(text),
                EmbedInput::Image(_) | EmbedInput::Audio(_) | EmbedInput::Video(_) => None,
            });
            Some(texts.collect())
        }
        Call::Rerank(parts, _) => {
            let mut texts = vec![&mut parts.query];
            texts.extend(&mut parts.documents);
            Some(texts)
        }
        Call::Image(parts, _) => Some(vec![&mut parts.prompt]),
    }
}
