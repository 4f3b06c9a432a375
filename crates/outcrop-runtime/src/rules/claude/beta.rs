//! `anthropic_beta`.

use serde_json::Value;

use crate::rules::{
    Conversation,
    refusal::{Checked, model_refuses},
};

/// Flags of Anthropic's own API that the service was seen not to know (measured flag by flag, and quoted).
const UNKNOWN: &[&str] = &[
    "extended-cache-ttl-2025-04-11",
    "fast-mode-2026-02-01",
    "files-api-2025-04-14",
    "mcp-servers-2025-12-04",
    "oauth-2025-04-20",
    "prompt-caching-2024-07-31",
    "prompt-caching-scope-2026-01-05",
];

/// The service refuses a request with a flag that it does not know (quoted). Which ones it knows changes from month to
/// month: here only those are refused that it was seen not to know, and what has not the form of a flag.
pub(super) fn flags_are_known(conversation: &Conversation<'_>) -> Checked {
    let fields = conversation.additional_model_request_fields;
    let flags = fields.and_then(|fields| fields.get("anthropic_beta"));
    let mut flags = flags.and_then(Value::as_array).into_iter().flatten();
    if flags.all(|flag| flag.as_str().is_some_and(may_be_known)) {
        return Ok(());
    }
    model_refuses("invalid beta flag")
}

/// A flag ends with a date: `context-1m-2025-08-07`, `claude-code-20250219`.
fn may_be_known(flag: &str) -> bool {
    let digits = flag.bytes().rev().filter(|byte| *byte != b'-');
    let dated = digits.take(8).filter(u8::is_ascii_digit).count() == 8;
    dated && !UNKNOWN.contains(&flag)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::rules::testing::{NOVA_PRO, Request, SONNET_4_5, text};

    fn request(model: &str, flags: &[&str]) -> Request {
        let mut request = Request::saying(model, [text("Hi")]);
        request.fields = Some(json!({"anthropic_beta": flags}));
        request
    }

    #[test]
    fn flags_are_those_that_the_service_knows() {
        for flags in [
            &[][..],
            &["claude-code-20250219", "interleaved-thinking-2025-05-14"],
            &["context-1m-2025-08-07", "compact-2026-01-12"],
        ] {
            request(SONNET_4_5, flags).is_accepted();
        }
        for flags in [
            &["oauth-2025-04-20"][..],
            &["context-1m-2025-08-07", "prompt-caching-scope-2026-01-05"],
            &["fast-mode"],
            &[""],
        ] {
            request(SONNET_4_5, flags).is_refused_by_the_model("invalid beta flag");
        }
        request(NOVA_PRO, &["fast-mode"]).is_accepted();
    }
}
