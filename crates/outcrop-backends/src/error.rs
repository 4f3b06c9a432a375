//! What goes wrong with a model server, and how Bedrock says it.

use std::time::Duration;

use outcrop_engine::EngineError;
use serde_json::Value;

use crate::BackendSettings;

/// Why there is no engine for these settings.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// The address is none.
    #[error(
        "{setting} is not a usable address: {reason}; expected one such as http://localhost:11434/v1"
    )]
    Url {
        /// The setting, as the configuration spells it.
        setting: String,
        /// Why.
        reason: String,
    },
    /// The key cannot be sent.
    #[error("{setting} holds characters that a header cannot have")]
    ApiKey {
        /// The setting, as the configuration spells it.
        setting: String,
    },
    /// A header cannot be sent.
    #[error("{setting}: {name:?} and its value are no header; names are words such as x-team")]
    Header {
        /// The setting, as the configuration spells it.
        setting: String,
        /// The header's name.
        name: String,
    },
    /// The certificates are none.
    #[error("{setting}: {reason}; expected a file of certificates in PEM")]
    TlsRoots {
        /// The setting, as the configuration spells it.
        setting: String,
        /// Why.
        reason: String,
    },
    /// The proxy's address is none.
    #[error("{setting} is no address of a proxy: {reason}; expected one such as http://proxy:3128")]
    Proxy {
        /// The setting, as the configuration spells it.
        setting: String,
        /// Why.
        reason: String,
    },
    /// The HTTP client cannot be made.
    #[error("the client for the backend {backend} cannot be made: {reason}")]
    Client {
        /// The backend's name.
        backend: String,
        /// Why.
        reason: String,
    },
}

/// Characters of a server's own words that are passed on.
const LONGEST_REASON: usize = 2000;

/// What went wrong with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There is no connection.
    Unreachable(String),
    /// The connection ended before the answer did.
    Broken(String),
    /// An answer with an HTTP status that is no success.
    Status {
        status: u16,
        reason: String,
        retry_after: Option<u32>,
    },
    /// An error where an answer was to be.
    Reported { status: Option<u16>, reason: String },
    /// Something that is no chat completion.
    Malformed(String),
    /// The answer ended without an end.
    Incomplete,
    /// Nothing came in time.
    Slow(Duration),
    /// An answer that had begun did not go on.
    Stalled(Duration),
    /// Too many requests wait already.
    Full,
}

/// What a message needs to name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Names<'a> {
    /// The server.
    pub(crate) backend: &'a BackendSettings,
    /// The Bedrock model.
    pub(crate) model_id: &'a str,
    /// The server's model.
    pub(crate) model: &'a str,
    /// The setting that maps the one to the other, as [`BackendSettings::setting`] takes it.
    pub(crate) setting: &'a str,
}

impl Fault {
    /// An answer that goes on and on.
    pub(crate) fn too_long() -> Self {
        Self::Malformed("it is longer than any answer".to_owned())
    }

    /// Whether another try may help: the server has not begun to answer.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Broken(_) => true,
            Self::Status { status, reason, .. } => {
                matches!(status, 502 | 503 | 529) && !is_loading(reason)
            }
            _ => false,
        }
    }

    /// As an error before the first event.
    pub(crate) fn before(self, names: Names<'_>) -> EngineError {
        let url = &names.backend.url;
        let setting = |member| names.backend.setting(member);
        match self {
            Self::Unreachable(cause) => EngineError::ServiceUnavailable(format!(
                "The backend at {url} cannot be reached ({cause}). Start it, or correct {}.",
                setting("url")
            )),
            Self::Status {
                status,
                reason,
                retry_after,
            } => refused(Some(status), reason, retry_after, names),
            Self::Reported { status, reason } => refused(status, reason, None, names),
            Self::Slow(limit) | Self::Stalled(limit) => EngineError::ModelTimeout(format!(
                "The backend at {url} did not answer within {limit:?}. Try again, or raise {}.",
                setting("timeout")
            )),
            Self::Full => EngineError::Throttling {
                message: format!(
                    "Too many requests wait for the backend. Wait before trying again, or raise {} or {}.",
                    setting("concurrency"),
                    setting("queue")
                ),
                retry_after: None,
            },
            Self::Broken(_) | Self::Malformed(_) | Self::Incomplete => EngineError::ModelError {
                message: self.story(),
                original_status_code: None,
                resource_name: Some(names.model.to_owned()),
            },
        }
    }

    /// As an error after the first event.
    pub(crate) fn within(self) -> EngineError {
        match self {
            Self::Stalled(_) | Self::Slow(_) => EngineError::ModelTimeout(self.story()),
            Self::Status {
                status: 429,
                retry_after,
                ..
            } => EngineError::Throttling {
                message: self.story(),
                retry_after,
            },
            Self::Reported {
                status: Some(429), ..
            } => EngineError::Throttling {
                message: self.story(),
                retry_after: None,
            },
            _ => EngineError::ModelStream {
                original_status_code: self.status(),
                message: self.story(),
            },
        }
    }

    fn status(&self) -> Option<i32> {
        match self {
            Self::Status { status, .. } => Some(i32::from(*status)),
            Self::Reported { status, .. } => status.map(i32::from),
            _ => None,
        }
    }

    fn story(&self) -> String {
        match self {
            Self::Unreachable(cause) => format!("The backend cannot be reached: {cause}."),
            Self::Broken(cause) => {
                format!(
                    "The connection to the backend broke before the answer was complete: {cause}."
                )
            }
            Self::Status { reason, .. } | Self::Reported { reason, .. } => reason.clone(),
            Self::Malformed(cause) => {
                format!("The backend sent what is no answer: {cause}.")
            }
            Self::Incomplete => "The backend ended its answer before it was complete.".to_owned(),
            Self::Slow(limit) => format!("The backend did not answer within {limit:?}."),
            Self::Stalled(limit) => {
                format!("The backend sent nothing more for {limit:?}.")
            }
            Self::Full => "Too many requests wait for the backend.".to_owned(),
        }
    }
}

fn refused(
    status: Option<u16>,
    reason: String,
    retry_after: Option<u32>,
    names: Names<'_>,
) -> EngineError {
    let Names {
        backend,
        model_id,
        model,
        setting,
    } = names;
    let url = &backend.url;
    match status {
        Some(400 | 413 | 422) => EngineError::ModelValidation(reason),
        Some(401 | 403) => EngineError::AccessDenied(format!(
            "The backend at {url} denies access ({reason}). Correct {}.",
            backend.setting("api_key")
        )),
        Some(404) => EngineError::ResourceNotFound(format!(
            "The backend at {url} does not find the model {model}, which answers for {model_id} \
             ({reason}). Correct {}, or {}, whose path usually ends in /v1.",
            backend.setting(setting),
            backend.setting("url")
        )),
        Some(408 | 504) => EngineError::ModelTimeout(reason),
        Some(429) => EngineError::Throttling {
            message: reason,
            retry_after,
        },
        Some(503) if is_loading(&reason) => EngineError::ModelNotReady(format!(
            "The backend is loading the model {model} ({reason}). Try again in a moment."
        )),
        _ => EngineError::ModelError {
            message: reason,
            original_status_code: status.map(i32::from),
            resource_name: Some(model.to_owned()),
        },
    }
}

fn is_loading(reason: &str) -> bool {
    let reason = reason.to_ascii_lowercase();
    reason.contains("loading") || reason.contains("not ready") || reason.contains("warming up")
}

/// The status and the words of an error body, whichever way a server writes it.
pub(crate) fn reason(body: &[u8]) -> (Option<u16>, String) {
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return (None, shorten(&String::from_utf8_lossy(body)));
    };
    let error = body.get("error").filter(|error| !error.is_null());
    let error = error.or_else(|| body.get("detail")).unwrap_or(&body);
    let words = [error.get("message"), body.get("message"), Some(error)];
    let words = words.into_iter().flatten();
    let text = words.clone().find_map(Value::as_str);
    let text = text.map_or_else(|| error.to_string(), str::to_owned);
    let status = ["code", "status", "type"]
        .into_iter()
        .find_map(|name| status(error.get(name).or_else(|| body.get(name))?));
    (status, shorten(&text))
}

fn status(code: &Value) -> Option<u16> {
    let number = code.as_u64().or_else(|| code.as_str()?.parse().ok());
    let known = number.and_then(|number| u16::try_from(number).ok());
    known
        .filter(|status| (400..600).contains(status))
        .or_else(|| match code.as_str()? {
            "rate_limit_exceeded" | "rate_limit_error" | "insufficient_quota" => Some(429),
            "invalid_request_error" | "context_length_exceeded" | "BadRequestError" => Some(400),
            "authentication_error" | "invalid_api_key" => Some(401),
            "permission_error" => Some(403),
            "not_found_error" => Some(404),
            "request_too_large" => Some(413),
            "timeout_error" => Some(504),
            "overloaded_error" => Some(529),
            "unavailable_error" => Some(503),
            "server_error" | "api_error" | "InternalServerError" => Some(500),
            _ => None,
        })
}

fn shorten(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return "no reason given".to_owned();
    }
    text[..text.floor_char_boundary(LONGEST_REASON)].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_an_error_is_read() {
        for (body, status, text) in [
            (
                r#"{"error": {"message": "m", "code": 429}}"#,
                Some(429),
                "m",
            ),
            (
                r#"{"error": {"message": "m", "code": "400"}}"#,
                Some(400),
                "m",
            ),
            (
                r#"{"error": {"message": "m", "type": "rate_limit_error", "code": null}}"#,
                Some(429),
                "m",
            ),
            (r#"{"error": "m"}"#, None, "m"),
            (
                r#"{"object": "error", "message": "m", "code": 404}"#,
                Some(404),
                "m",
            ),
            (r#"{"message": "m"}"#, None, "m"),
            (r#"{"detail": "m"}"#, None, "m"),
            (
                r#"{"detail": [{"loc": ["body"]}]}"#,
                None,
                r#"[{"loc":["body"]}]"#,
            ),
            ("<html>m</html>", None, "<html>m</html>"),
            ("  ", None, "no reason given"),
        ] {
            assert_eq!(reason(body.as_bytes()), (status, text.to_owned()), "{body}");
        }
    }

    #[test]
    fn long_reasons_are_cut_between_characters() {
        let long = "é".repeat(3000);
        assert_eq!(reason(long.as_bytes()).1, "é".repeat(1000));
    }
}
