//! Guardrails of native requests: what their bodies say of them.

use bedrock_runtime_smithy::model::Trace;
use bytes::Bytes;
use outcrop_catalogue::Model;
use outcrop_engine::EngineError;
use outcrop_guardrails::StreamMode;
use outcrop_wire::Caller;
use serde_json::Value;

use super::{Asked, Exchange};
use crate::Runtime;

/// The member of a body that is for the guardrail and not for the model.
const CONFIG: &str = "amazon-bedrock-guardrailConfig";

/// The guardrail of a native request.
#[derive(Debug, Default)]
pub(crate) struct NativeGuardrail {
    pub(crate) asked: Option<Asked>,
    /// What ends the names of input tags.
    pub(crate) tag_suffix: Option<String>,
}

/// What the headers of a native request say of a guardrail.
#[derive(Debug, Default)]
pub(crate) struct Named {
    pub(crate) identifier: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) trace: Option<Trace>,
}

impl NativeGuardrail {
    /// Takes what is for the guardrail out of a body. The service documents that a body may have it only where headers name a
    /// guardrail (the text is ours).
    pub(crate) fn of(named: &Named, body: &mut Bytes) -> Result<Self, EngineError> {
        let (identifier, version) = (named.identifier.as_deref(), named.version.as_deref());
        let asked = Asked::by_headers(identifier, version, named.trace)?;
        let Some(config) = take(body) else {
            return Ok(Self {
                asked,
                tag_suffix: None,
            });
        };
        let Some(mut asked) = asked else {
            return Err(EngineError::Validation(format!(
                "The request body has {CONFIG}, but no guardrail is enabled. Provide guardrailIdentifier and guardrailVersion, or remove the field, and try again."
            )));
        };
        let text = |name: &str| config.get(name).and_then(Value::as_str);
        match text("streamProcessingMode") {
            None => {}
            Some("SYNCHRONOUS") => asked.mode = StreamMode::Sync,
            Some("ASYNCHRONOUS") => asked.mode = StreamMode::Async,
            Some(other) => {
                return Err(EngineError::Validation(format!(
                    "The streamProcessingMode {other} in {CONFIG} is not valid. Use SYNCHRONOUS or ASYNCHRONOUS and try again."
                )));
            }
        }
        Ok(Self {
            asked: Some(asked),
            tag_suffix: text("tagSuffix").map(str::to_owned),
        })
    }

    /// The guardrails of the request.
    pub(crate) async fn open(
        self,
        runtime: &Runtime,
        caller: &Caller,
        model: &Model,
    ) -> Result<Option<Exchange>, EngineError> {
        let exchange = Exchange::open(runtime, caller, model, self.asked).await?;
        Ok(exchange.map(|exchange| exchange.tagged(self.tag_suffix.as_deref())))
    }
}

/// Takes the configuration out of a body that has one. Other bodies stay as they are, byte for byte.
fn take(body: &mut Bytes) -> Option<Value> {
    let named = CONFIG.as_bytes();
    if !body.windows(named.len()).any(|window| window == named) {
        return None;
    }
    let mut members: serde_json::Map<String, Value> = serde_json::from_slice(body).ok()?;
    let config = members.shift_remove(CONFIG)?;
    *body = Value::Object(members).to_string().into();
    Some(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named() -> Named {
        Named {
            identifier: Some("g".into()),
            version: Some("1".into()),
            trace: None,
        }
    }

    #[test]
    fn the_configuration_is_taken_out_of_the_body() {
        let mut body = Bytes::from_static(
            br#"{"b":1,"amazon-bedrock-guardrailConfig":{"tagSuffix":"x","streamProcessingMode":"ASYNCHRONOUS"},"a":1.50}"#,
        );
        let guardrail = NativeGuardrail::of(&named(), &mut body).unwrap();
        assert_eq!(guardrail.tag_suffix.as_deref(), Some("x"));
        assert_eq!(guardrail.asked.unwrap().mode, StreamMode::Async);
        assert_eq!(&body[..], br#"{"b":1,"a":1.5}"#);
    }

    #[test]
    fn a_configuration_needs_a_guardrail_and_a_known_mode() {
        let with = |mode: &str| {
            let config = format!(r#"{{"{CONFIG}":{{"streamProcessingMode":"{mode}"}}}}"#);
            Bytes::from(config)
        };
        let refused = |named, mut body| {
            NativeGuardrail::of(&named, &mut body)
                .unwrap_err()
                .to_string()
        };
        assert!(refused(Named::default(), with("SYNCHRONOUS")).contains("no guardrail is enabled"));
        assert!(refused(named(), with("LATER")).contains("LATER"));
    }

    #[test]
    fn other_bodies_stay_as_they_are() {
        for text in [r#"{"a": 1.50}"#, "amazon-bedrock-guardrailConfig"] {
            let mut body = Bytes::from(text);
            NativeGuardrail::of(&named(), &mut body).unwrap();
            assert_eq!(&body[..], text.as_bytes());
        }
    }
}
