//! Recorded exchanges, as the files of `../shared/recordings` have them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use http::Method;
use serde::Deserialize;

use crate::{Failure, Result, answer::Answer, client::Outgoing, server};

/// One exchange with the real service.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The file, relative to the recordings.
    pub file: String,
    /// The operation's name, or method and path where the recorder knew none.
    pub operation: String,
    /// The model id, decoded.
    pub model: String,
    /// The first word of the model id without its geography: `amazon`, `anthropic`.
    pub provider: String,
    /// What the recorder left out.
    pub flags: Vec<String>,
    /// The request; secrets and transport headers are left out.
    pub request: Outgoing,
    /// The answer.
    pub answer: Answer,
    /// Whether the answer's bytes are those of the wire, and not JSON printed again.
    pub keeps_order: bool,
    /// The day of the answer as a number, 20260731.
    pub day: Option<u32>,
}

#[derive(Deserialize)]
struct Line {
    file: String,
    op: String,
    model: Option<String>,
    provider: Option<String>,
    flags: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct File {
    request: Message,
    response: Message,
}

#[derive(Deserialize)]
struct Message {
    method: Option<String>,
    path: Option<String>,
    host: Option<String>,
    status: Option<u16>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    body_text: Option<String>,
    body_base64: Option<String>,
    #[serde(default)]
    body_reserialized: bool,
}

/// The folder of the recordings, where it is present.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let folder = server::root().join("../shared/recordings");
    folder.join("index.jsonl").exists().then_some(folder)
}

/// Reads every exchange, in the index's order.
pub fn load(folder: &Path) -> Result<Vec<Exchange>> {
    let index = folder.join("index.jsonl");
    let text = fs::read_to_string(&index).map_err(Failure::file(&index))?;
    let lines = text.lines().filter(|line| !line.is_empty()).map(|line| {
        let line: Line =
            serde_json::from_str(line).map_err(|error| Failure::content(&index, &error))?;
        let path = folder.join(&line.file);
        let text = fs::read_to_string(&path).map_err(Failure::file(&path))?;
        let file = serde_json::from_str(&text).map_err(|error| Failure::content(&path, &error))?;
        exchange(line, &file).map_err(|reason| Failure::content(&path, &reason))
    });
    lines.collect()
}

fn exchange(line: Line, file: &File) -> Result<Exchange, String> {
    let day = day(file);
    let method = file.request.method.as_deref().unwrap_or("POST");
    let method = Method::from_bytes(method.as_bytes()).map_err(|error| error.to_string())?;
    let headers = file
        .request
        .headers
        .iter()
        .filter_map(|(name, value)| relevant(name, value));
    let region = file
        .request
        .host
        .as_deref()
        .and_then(region)
        .map(authorization);
    let request = Outgoing {
        method,
        path: file.request.path.clone().unwrap_or_default(),
        headers: headers.chain(region).collect(),
        body: body(&file.request)?,
    };
    let headers = file.response.headers.iter();
    let answer = Answer {
        status: file.response.status.unwrap_or_default(),
        headers: headers
            .map(|(name, value)| (name.to_lowercase(), value.clone()))
            .collect(),
        body: body(&file.response)?,
    };
    Ok(Exchange {
        file: line.file,
        operation: operation(&line.op).to_owned(),
        model: line.model.unwrap_or_default(),
        provider: line.provider.unwrap_or_else(|| "-".to_owned()),
        flags: line.flags.unwrap_or_default(),
        keeps_order: !file.response.body_reserialized,
        request,
        answer,
        day,
    })
}

fn operation(name: &str) -> &str {
    match name {
        "GET /foundation-models" => "ListFoundationModels",
        other => other,
    }
}

/// Headers that change what the service does. A stub's matcher stands for the value it matches.
fn relevant(name: &str, value: &str) -> Option<(String, String)> {
    let name = name.to_lowercase();
    let value = value
        .strip_prefix("{'equalTo': '")
        .and_then(|rest| rest.strip_suffix("'}"))
        .unwrap_or(value);
    let sent = ["content-type", "accept", "anthropic-beta"].contains(&name.as_str())
        || name.starts_with("x-amzn-bedrock-");
    sent.then(|| (name, value.to_owned()))
}

/// The region of a host: `bedrock-runtime.eu-central-1.amazonaws.com`.
fn region(host: &str) -> Option<&str> {
    let region = host.strip_suffix(".amazonaws.com")?.split('.').nth(1)?;
    (!region.contains('<')).then_some(region)
}

/// A credential scope tells the region, on which it depends what can be called; signatures were not recorded.
fn authorization(region: &str) -> (String, String) {
    let scope = format!("Credential=012345678901/20260101/{region}/bedrock/aws4_request");
    let value = format!(
        "AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature={:064}",
        0
    );
    ("authorization".to_owned(), value)
}

fn body(message: &Message) -> Result<Bytes, String> {
    match (&message.body_text, &message.body_base64) {
        (Some(text), _) => Ok(text.clone().into()),
        (None, Some(text)) => aws_smithy_types::base64::decode(text)
            .map(Bytes::from)
            .map_err(|error| error.to_string()),
        (None, None) => Ok(Bytes::new()),
    }
}

fn day(file: &File) -> Option<u32> {
    let header = |message: &Message, wanted: &str| {
        let mut headers = message.headers.iter();
        let found = headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.clone())
    };
    let answered = header(&file.response, "date").and_then(|date| http_day(&date));
    answered.or_else(|| header(&file.request, "x-amz-date")?.get(..8)?.parse().ok())
}

/// The day of an HTTP date: `Tue, 12 May 2026 23:48:20 GMT`.
fn http_day(date: &str) -> Option<u32> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let mut words = date.split(' ').skip(1);
    let day: u32 = words.next()?.parse().ok()?;
    let month = u32::try_from(MONTHS.find(words.next()?)? / 3 + 1).ok()?;
    let year: u32 = words.next()?.parse().ok()?;
    Some(year * 10_000 + month * 100 + day)
}

impl Exchange {
    /// The model without the geography of an inference profile and without what precedes it in an ARN.
    #[must_use]
    pub fn base_model(&self) -> &str {
        let id = self.model.rsplit('/').next().unwrap_or_default();
        match id.split_once('.') {
            Some((geography, rest))
                if ["us", "eu", "apac", "jp", "au", "global"].contains(&geography) =>
            {
                rest
            }
            _ => id,
        }
    }

    /// The provider, also where the model is an ARN.
    #[must_use]
    pub fn family(&self) -> &str {
        self.base_model().split('.').next().unwrap_or_default()
    }

    /// Whether the service took the request.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.answer.status == 200
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str, file: &str) -> Exchange {
        let line = serde_json::from_str(line).expect("a line");
        let file = serde_json::from_str(file).expect("a file");
        exchange(line, &file).expect("an exchange")
    }

    #[test]
    fn what_matters_of_an_exchange_is_kept() {
        let exchange = read(
            r#"{"file":"f.json","op":"Converse","model":"arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-lite-v1:0","provider":"amazon","flags":null}"#,
            r#"{"request":{"method":"POST","path":"/model/x/converse","host":"bedrock-runtime.eu-central-1.amazonaws.com","headers":{"Content-Type":"{'equalTo': 'application/json'}","User-Agent":"x"},"body_text":"{}"},
                "response":{"status":200,"headers":{"Date":"Tue, 02 May 2026 23:48:20 GMT"},"body_base64":"e30=","body_reserialized":true}}"#,
        );
        let [kind, authorization] = &exchange.request.headers[..] else {
            panic!("{exchange:?}")
        };
        assert_eq!(
            kind,
            &("content-type".to_owned(), "application/json".to_owned())
        );
        assert!(
            authorization.1.contains("/eu-central-1/bedrock/"),
            "{authorization:?}"
        );
        assert_eq!(&exchange.answer.body[..], b"{}");
        assert_eq!(exchange.day, Some(20_260_502));
        assert_eq!(exchange.base_model(), "amazon.nova-lite-v1:0");
        assert_eq!(exchange.family(), "amazon");
        assert!(!exchange.keeps_order);
    }

    #[test]
    fn the_request_tells_the_day_where_the_answer_does_not() {
        let exchange = read(
            r#"{"file":"f.json","op":"Converse","model":"m","provider":"p","flags":["no-request-id"]}"#,
            r#"{"request":{"headers":{"X-Amz-Date":"20251231T203643Z"}},"response":{"status":200}}"#,
        );
        assert_eq!(exchange.day, Some(20_251_231));
        assert_eq!(exchange.flags, ["no-request-id"]);
    }
}
