//! Response headers.

use crate::{answer::Answer, recording::Exchange};

/// What proxies and recorders add or transports need; no part of the contract.
const TRANSPORT: [&str; 7] = [
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "set-cookie",
    "transfer-encoding",
    "via",
];

/// Whether the recorder kept the headers.
#[must_use]
pub fn kept(exchange: &Exchange) -> bool {
    exchange.answer.header("x-amzn-requestid").is_some()
}

/// How the headers of ours differ from the recorded ones.
#[must_use]
pub fn differences(recorded: &Answer, ours: &Answer) -> Vec<String> {
    let theirs = names(recorded);
    let own = names(ours);
    let missing = theirs
        .iter()
        .filter(|name| !own.contains(name))
        .map(|name| format!("{name} recorded, absent here"));
    let surplus = own
        .iter()
        .filter(|name| !theirs.contains(name))
        .map(|name| format!("{name} here, not recorded"));
    let mut found: Vec<_> = missing.chain(surplus).collect();
    for name in [
        "content-type",
        "x-amzn-bedrock-content-type",
        "x-amzn-errortype",
    ] {
        let (theirs, own) = (recorded.header(name), ours.header(name));
        if theirs != own && theirs.is_some() && own.is_some() {
            found.push(format!("{name}: {theirs:?} recorded, {own:?} here"));
        }
    }
    match ours.header("x-amzn-requestid") {
        Some(id) if is_uuid(id) => {}
        other => found.push(format!("x-amzn-requestid is {other:?}")),
    }
    found
}

fn names(answer: &Answer) -> Vec<&str> {
    let names = answer.headers.iter().map(|(name, _)| name.as_str());
    names.filter(|name| !TRANSPORT.contains(name)).collect()
}

/// Whether a request id is a lower-case version 4 UUID.
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    let groups: Vec<_> = text.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    let hex = |group: &&str| {
        group
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    };
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(hex) && groups[2].starts_with('4')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::json;

    fn with(headers: &[(&str, &str)]) -> Answer {
        let mut answer = json("{}");
        answer.headers.extend(
            headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        answer
    }

    const ID: (&str, &str) = ("x-amzn-requestid", "886ad807-623f-4ca9-abf1-26b8a28781a5");

    #[test]
    fn names_have_to_be_the_same() {
        let recorded = with(&[
            ID,
            ("x-amzn-bedrock-input-token-count", "1"),
            ("via", "proxy"),
        ]);
        let ours = with(&[
            ID,
            ("x-amzn-bedrock-input-token-count", "2"),
            ("connection", "keep-alive"),
        ]);
        assert_eq!(differences(&recorded, &ours), [""; 0]);
        let ours = with(&[ID, ("server", "outcrop")]);
        assert_eq!(
            differences(&recorded, &ours),
            [
                "x-amzn-bedrock-input-token-count recorded, absent here",
                "server here, not recorded"
            ]
        );
    }

    #[test]
    fn the_request_id_is_a_random_uuid() {
        assert!(is_uuid(ID.1));
        assert!(!is_uuid("886AD807-623F-4CA9-ABF1-26B8A28781A5"));
        assert!(!is_uuid("886ad807-623f-1ca9-abf1-26b8a28781a5"));
        assert!(!is_uuid(""));
    }
}
