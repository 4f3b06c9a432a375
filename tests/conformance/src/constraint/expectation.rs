//! What has to come back.

use crate::{answer::Answer, headers};

/// The answer that a request deserves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// A `ValidationException` that names one of the paths, and the constraint.
    Violation {
        /// The member's path, or that of the list or map that the service judges as a whole.
        paths: Vec<String>,
        /// The constraint in the service's words.
        constraint: String,
    },
    /// A `ValidationException` that names a union in which not exactly one member is set.
    Union {
        /// The union's path, counted from zero.
        path: String,
    },
    /// A 400 that says that the value cannot be read.
    Unreadable,
    /// Anything but a complaint about constraints: the request is valid.
    Valid,
    /// Anything but a failure of the server.
    Survival,
}

impl Expectation {
    /// What is wrong with an answer, if anything is.
    #[must_use]
    pub fn fault(&self, answer: &Answer) -> Option<String> {
        let fault = malformed(answer).or_else(|| self.unmet(answer));
        fault.map(|fault| {
            format!(
                "{fault}: {} {:?} {}",
                answer.status,
                answer.error_type(),
                answer.excerpt()
            )
        })
    }

    fn unmet(&self, answer: &Answer) -> Option<String> {
        let kind = answer.error_type().unwrap_or_default();
        let message = answer.message().unwrap_or_default();
        match self {
            Self::Violation { paths, constraint } => {
                let named = paths
                    .iter()
                    .any(|path| tells(&message, &format!("at '{path}'")));
                if answer.status != 400 || kind != "ValidationException" {
                    Some(format!(
                        "no ValidationException for {paths:?} {constraint:?}"
                    ))
                } else if !named || !message.contains(constraint) {
                    Some(format!("does not tell of {paths:?} {constraint:?}"))
                } else {
                    None
                }
            }
            Self::Union { path } => {
                let told = kind == "ValidationException" && tells(&message, &format!("at {path} "));
                (answer.status != 400 || !told)
                    .then(|| format!("does not tell of the union {path:?}"))
            }
            Self::Unreadable => {
                let refused = ["ValidationException", "SerializationException"].contains(&kind);
                (answer.status != 400 || !refused).then(|| "is not refused".to_owned())
            }
            Self::Valid => {
                let complaint = message.contains("failed to satisfy constraint")
                    || kind == "SerializationException";
                complaint.then(|| "a valid request is refused".to_owned())
            }
            Self::Survival => None,
        }
    }
}

/// Rules for every answer.
fn malformed(answer: &Answer) -> Option<String> {
    if answer.status >= 500 && answer.status != 501 {
        return Some("a server error".to_owned());
    }
    if !answer
        .header("x-amzn-requestid")
        .is_some_and(headers::is_uuid)
    {
        return Some("no request id".to_owned());
    }
    if answer.status < 400 {
        return None;
    }
    if answer.error_type().is_none() {
        return Some("no error type".to_owned());
    }
    if !answer
        .header("content-type")
        .is_some_and(|kind| kind.starts_with("application/json"))
    {
        return Some("an error that is not JSON".to_owned());
    }
    answer
        .message()
        .is_none()
        .then(|| "an error without a message".to_owned())
}

/// Whether a message contains a text in which `*` stands for the key of a map.
fn tells(message: &str, text: &str) -> bool {
    let mut rest = message;
    text.split('*')
        .enumerate()
        .all(|(index, part)| match rest.find(part) {
            Some(at) if index == 0 || !rest[..at].contains(['\'', ' ']) => {
                rest = &rest[at + part.len()..];
                true
            }
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::json;

    fn answer(status: u16, kind: &str, message: &str) -> Answer {
        let mut answer = json(&serde_json::json!({ "message": message }).to_string());
        answer.status = status;
        answer
            .headers
            .push(("x-amzn-errortype".to_owned(), kind.to_owned()));
        let id = "886ad807-623f-4ca9-abf1-26b8a28781a5";
        answer
            .headers
            .push(("x-amzn-requestid".to_owned(), id.to_owned()));
        answer
    }

    fn violation(paths: &[&str]) -> Expectation {
        Expectation::Violation {
            paths: paths.iter().map(|path| (*path).to_owned()).collect(),
            constraint: "Member must not be null".to_owned(),
        }
    }

    const MESSAGE: &str = "1 validation error detected: Value null at 'tags.1.member.key' failed to satisfy constraint: Member must not be null";

    #[test]
    fn a_violation_names_member_and_constraint() {
        let right = answer(400, "ValidationException", MESSAGE);
        assert_eq!(violation(&["tags.1.member.key"]).fault(&right), None);
        assert!(violation(&["tags"]).fault(&right).is_some());
        assert!(
            violation(&["tags.1.member.key"])
                .fault(&answer(501, "NotServed", MESSAGE))
                .is_some()
        );
        let other = answer(400, "ValidationException", "no");
        assert!(violation(&["tags.1.member.key"]).fault(&other).is_some());
    }

    #[test]
    fn a_star_stands_for_a_key() {
        let message = "Value at 'labels.key.member' failed, 'x.member'";
        assert!(tells(message, "at 'labels.*.member'"));
        assert!(!tells(message, "at 'labels.*.name'"));
        assert!(!tells(
            "Value at 'labels' failed, 'x.member'",
            "at 'labels.*.member'"
        ));
    }

    #[test]
    fn every_answer_has_its_envelope() {
        assert!(
            Expectation::Survival
                .fault(&answer(500, "X", "m"))
                .is_some()
        );
        assert_eq!(Expectation::Survival.fault(&answer(501, "X", "m")), None);
        let mut bare = answer(400, "X", "m");
        bare.headers.retain(|(name, _)| name != "x-amzn-requestid");
        assert!(Expectation::Survival.fault(&bare).is_some());
    }

    #[test]
    fn a_valid_request_may_fail_for_other_reasons() {
        assert_eq!(
            Expectation::Valid.fault(&answer(404, "ResourceNotFoundException", "no such thing")),
            None
        );
        assert!(
            Expectation::Valid
                .fault(&answer(400, "ValidationException", MESSAGE))
                .is_some()
        );
    }
}
