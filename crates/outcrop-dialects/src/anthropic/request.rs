//! A Messages body as a Converse request.

use outcrop_catalogue::Model;
use serde_json::{Map, Value};

use super::fields::Object;
use super::generation::Generation;
use super::{message, parameters, rules, tool, version};
use crate::{ConverseParts, DialectError};

pub(super) fn read(
    model: &Model,
    body: &Map<String, Value>,
) -> Result<ConverseParts, DialectError> {
    let body = Object::root(body);
    version::check(&body, model)?;
    let messages = message::conversation(&body.required("messages")?, Generation::of(model))?;
    let inference = parameters::inference(&body, model)?;
    let thinks = parameters::thinking(&body, model, &inference)?;
    parameters::context_management(&body)?;
    let parts = ConverseParts {
        messages,
        system: body.map("system", message::system)?.unwrap_or_default(),
        inference_config: Some(inference),
        tool_config: tool::configuration(&body, model)?,
        output_config: parameters::output(&body)?,
        additional_model_request_fields: parameters::additional(&body),
        additional_model_response_field_paths: vec!["/stop_sequence".to_owned()],
        choices: None,
    };
    body.only(parameters::KNOWN)?;
    rules::check(&parts, thinks)?;
    Ok(parts)
}
