//! Bodies that are no good, for every operation that reads one.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::{
    Case, breakage,
    expectation::Expectation,
    table::{Operation, Table},
};
use crate::client::Outgoing;

/// Levels of nesting; a recursive parser without a limit overflows its stack.
const DEEP: usize = 10_000;

/// Characters of a long text.
const LONG: usize = 100_000;

/// The corpus for one operation, made from its valid request.
#[must_use]
pub fn cases(table: &Table, operation: &Operation) -> Vec<Case> {
    let Some(mut valid) =
        breakage::valid(table, operation).filter(|case| !case.request.body.is_empty())
    else {
        return Vec::new();
    };
    // What is in a blob is the model's business, and no constraint of the operation.
    let is_blob = valid.request.body.first() != Some(&b'{');
    if is_blob {
        valid.request.body = Bytes::from_static(b"{}");
        valid.expectation = Expectation::Survival;
    }
    let request = &valid.request;
    let bodies = bodies(&request.body)
        .into_iter()
        .map(|(name, body, expectation)| {
            let body = Bytes::from(body);
            case(
                &valid,
                name,
                Outgoing {
                    body,
                    ..request.clone()
                },
                expectation,
            )
        });
    let headers = [
        ("gzip claimed", "content-encoding", "gzip"),
        ("text/plain", "content-type", "text/plain"),
        ("XML", "content-type", "application/xml"),
        ("no media type", "content-type", ";;;"),
        ("charset", "content-type", "application/json; charset=utf-8"),
        ("odd accept", "accept", "image/png"),
    ];
    let headers = headers.into_iter().map(|(name, header, value)| {
        let mut request = request.clone();
        request.headers.retain(|(own, _)| own != header);
        request.headers.push((header.to_owned(), value.to_owned()));
        case(&valid, name, request, Expectation::Survival)
    });
    bodies.chain(headers).collect()
}

fn case(valid: &Case, name: &str, request: Outgoing, expectation: Expectation) -> Case {
    let open = valid.expectation == Expectation::Survival;
    Case {
        operation: valid.operation.clone(),
        kind: "malformed",
        path: name.to_owned(),
        request,
        expectation: if open {
            Expectation::Survival
        } else {
            expectation
        },
    }
}

type Body = (&'static str, Vec<u8>, Expectation);

fn bodies(valid: &[u8]) -> Vec<Body> {
    let text = String::from_utf8_lossy(valid);
    [broken(&text), unusual(&text)].concat()
}

/// Bodies that are not JSON, or not an object.
fn broken(valid: &str) -> Vec<Body> {
    use Expectation::{Survival, Unreadable};
    let deep = "[".repeat(DEEP);
    let bodies = [
        ("empty", "", Survival),
        ("blanks", " \n\t ", Survival),
        ("not JSON", "this is not JSON", Unreadable),
        ("cut", &valid[..valid.len() - 1], Unreadable),
        ("cut in a string", "{\"a\":\"b", Unreadable),
        ("more after the end", &format!("{valid}}}"), Unreadable),
        ("a list", "[]", Unreadable),
        ("a string", "\"a\"", Unreadable),
        ("a number", "1", Unreadable),
        ("null", "null", Survival),
        ("a byte order mark", &format!("\u{feff}{valid}"), Survival),
        ("deep and cut", &deep, Unreadable),
    ];
    let bodies =
        bodies.map(|(name, body, expectation)| (name, body.as_bytes().to_vec(), expectation));
    bodies.into()
}

/// A valid body with a member that no parser may stumble over.
fn unusual(valid: &str) -> Vec<Body> {
    use Expectation::{Survival, Valid};
    let comma = if valid == "{}" { "" } else { "," };
    let with = |name: &str, value: &[u8]| {
        let parts = [
            b"{\"",
            name.as_bytes(),
            b"\":",
            value,
            comma.as_bytes(),
            &valid.as_bytes()[1..],
        ];
        parts.concat()
    };
    let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(DEEP), close.repeat(DEEP));
    let (lists, objects) = (nested("[", "]"), nested("{\"a\":", "}"));
    let (digits, long) = ("9".repeat(LONG), format!("\"{}\"", "a".repeat(LONG)));
    let values = [
        ("not UTF-8", &b"\"\xff\""[..], Survival),
        ("lone surrogate", br#""\ud800""#, Survival),
        ("NUL byte", b"\"\0\"", Survival),
        ("NUL escape", br#""\u0000""#, Survival),
        ("great exponent", b"1e400", Survival),
        ("small exponent", b"-1e-400", Survival),
        ("long number", digits.as_bytes(), Survival),
        ("long string", long.as_bytes(), Survival),
        ("deep lists", lists.as_bytes(), Survival),
        ("deep objects", objects.as_bytes(), Survival),
        ("unknown member", b"{\"a\":[1,null]}", Valid),
    ];
    let values =
        values.map(|(name, value, expectation)| (name, with("unknownMember", value), expectation));
    let mut bodies: Vec<_> = values.into();
    bodies.push(("long name", with(&"a".repeat(LONG), b"1"), Survival));
    let members = serde_json::from_str::<Map<String, Value>>(valid).unwrap_or_default();
    if let Some((name, value)) = members.iter().next() {
        bodies.push((
            "duplicate member",
            with(name, value.to_string().as_bytes()),
            Survival,
        ));
    }
    bodies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::table;

    #[test]
    fn the_corpus_surrounds_a_valid_body() {
        let table = table();
        let cases = cases(&table, &table.operations[0]);
        let body = |path: &str| {
            let case = cases.iter().find(|case| case.path == path).expect(path);
            String::from_utf8_lossy(&case.request.body).into_owned()
        };
        assert_eq!(body("cut"), r#"{"tags":[{"key":"a"}]"#);
        assert_eq!(
            body("great exponent"),
            r#"{"unknownMember":1e400,"tags":[{"key":"a"}]}"#
        );
        assert_eq!(
            body("duplicate member"),
            r#"{"tags":[{"key":"a"}],"tags":[{"key":"a"}]}"#
        );
        let deep: Result<Value, _> = serde_json::from_str(&body("deep lists"));
        deep.expect_err("deeper than serde_json goes");
    }
}
