//! The judgement of one replayed exchange.

use crate::{
    answer::Answer, evidence::Evidence, grammar, headers, part::provider_event, recording::Exchange,
};

/// What was found; an aspect that the recording is no evidence of is `None`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// An accepted request was accepted.
    pub accepted: Option<bool>,
    /// Members and types are equal.
    pub skeleton: Option<bool>,
    /// Events and members come in order.
    pub order: Option<bool>,
    /// Header names are equal.
    pub headers: Option<bool>,
    /// A recorded error came back with its status, type and text.
    pub error: Option<bool>,
    /// What is not equal, in words.
    pub notes: Vec<String>,
}

/// Judges the answer to a replayed request.
#[must_use]
pub fn judge(evidence: &Evidence, exchange: &Exchange, ours: &Answer) -> Verdict {
    if exchange.accepted() {
        judge_success(evidence, exchange, ours)
    } else {
        judge_error(&exchange.answer, ours)
    }
}

fn judge_success(evidence: &Evidence, exchange: &Exchange, ours: &Answer) -> Verdict {
    let accepted = ours.status == 200;
    let mut verdict = Verdict {
        accepted: Some(accepted),
        skeleton: Some(false),
        order: exchange.keeps_order.then_some(false),
        headers: headers::kept(exchange).then_some(false),
        error: None,
        notes: Vec::new(),
    };
    if let Some(recorded) = exception(&exchange.answer) {
        let own = exception(ours);
        verdict.error = Some(own.as_ref() == Some(&recorded));
        if own.as_ref() != Some(&recorded) {
            verdict
                .notes
                .push(format!("exception: {recorded:?} recorded, {own:?} here"));
        }
    }
    if !accepted {
        verdict.notes.push(format!(
            "refused: {} {:?} {}",
            ours.status,
            ours.error_type(),
            ours.excerpt()
        ));
        return verdict;
    }
    let cut = recorded_beginning(exchange);
    let beginning = cut.map(|count| ours.first_frames(count));
    let compared = beginning.as_ref().unwrap_or(ours);
    let found = evidence.differences(exchange, compared);
    verdict.skeleton = Some(found.skeleton.is_empty());
    verdict.notes.extend(
        found
            .skeleton
            .into_iter()
            .map(|text| format!("skeleton: {text}")),
    );
    let mut order = match cut {
        Some(_) => Vec::new(),
        None => grammar::breaches(exchange, ours),
    };
    order.extend(found.order.unwrap_or_default());
    verdict.order = (exchange.keeps_order || !order.is_empty()).then_some(order.is_empty());
    verdict
        .notes
        .extend(order.into_iter().map(|text| format!("order: {text}")));
    if headers::kept(exchange) {
        let found = headers::differences(&exchange.answer, ours);
        verdict.headers = Some(found.is_empty());
        verdict
            .notes
            .extend(found.into_iter().map(|text| format!("headers: {text}")));
    }
    verdict
}

fn judge_error(recorded: &Answer, ours: &Answer) -> Verdict {
    let known_type = recorded.error_type();
    let mut notes = Vec::new();
    if recorded.status != ours.status {
        notes.push(format!(
            "status: {} recorded, {} here",
            recorded.status, ours.status
        ));
    }
    // Where the recorder dropped the header, the status tells the type.
    let expected = known_type.unwrap_or("ValidationException");
    if ours.error_type() != Some(expected) {
        notes.push(format!(
            "type: {expected} recorded, {:?} here",
            ours.error_type()
        ));
    }
    if recorded.message() != ours.message() {
        notes.push(format!(
            "message: {:?} recorded, {:?} here",
            recorded.message(),
            ours.message()
        ));
    }
    let headers = known_type.map(|_| headers::differences(recorded, ours));
    let verdict = Verdict {
        error: Some(notes.is_empty()),
        headers: headers.as_ref().map(Vec::is_empty),
        ..Verdict::default()
    };
    let headers = headers.unwrap_or_default();
    notes.extend(headers.into_iter().map(|text| format!("headers: {text}")));
    Verdict { notes, ..verdict }
}

/// How many frames were recorded of a stream whose recorder stopped before its end. Claude's events tell which one is the last.
fn recorded_beginning(exchange: &Exchange) -> Option<usize> {
    if exchange.operation != "InvokeModelWithResponseStream" || exchange.family() != "anthropic" {
        return None;
    }
    let frames = exchange.answer.frames().ok()?;
    let last = provider_event(frames.last()?).ok()?;
    let kind = last.get("type")?.as_str()?;
    (kind != "message_stop" && kind != "completion").then_some(frames.len())
}

/// The exception of a stream: its name and message.
fn exception(answer: &Answer) -> Option<(String, String)> {
    if !answer.is_stream() {
        return None;
    }
    let frames = answer.frames().ok()?;
    let frame = frames.iter().find(|frame| frame.is_exception())?;
    let message = frame.payload.get("message")?.as_str()?;
    Some((frame.name().to_owned(), message.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{exchange, json};

    fn error(status: u16, kind: &str, message: &str) -> Answer {
        let mut answer = json(&format!(r#"{{"message":"{message}"}}"#));
        answer.status = status;
        let id = "886ad807-623f-4ca9-abf1-26b8a28781a5";
        for (name, value) in [
            ("x-amzn-errortype", format!("{kind}:http://x/")),
            ("x-amzn-requestid", id.to_owned()),
        ] {
            answer.headers.push((name.to_owned(), value));
        }
        answer
    }

    #[test]
    fn errors_are_equal_in_status_type_and_text() {
        let recorded = error(400, "ValidationException", "no");
        let verdict = judge_error(&recorded, &recorded);
        assert_eq!((verdict.error, verdict.headers), (Some(true), Some(true)));
        for other in [
            error(404, "ValidationException", "no"),
            error(400, "ResourceNotFoundException", "no"),
            error(400, "ValidationException", "No"),
        ] {
            assert_eq!(
                judge_error(&recorded, &other).error,
                Some(false),
                "{other:?}"
            );
        }
    }

    #[test]
    fn a_refusal_fails_every_aspect() {
        let exchange = exchange("Converse", "{}", "{}");
        let (evidence, _) = Evidence::collect([&exchange]);
        let verdict = judge(
            &evidence,
            &exchange,
            &error(400, "ValidationException", "no"),
        );
        assert_eq!(
            (verdict.accepted, verdict.skeleton, verdict.order),
            (Some(false), Some(false), Some(false))
        );
        assert_eq!(verdict.headers, None);
    }
}
