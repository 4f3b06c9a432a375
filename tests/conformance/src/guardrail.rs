//! The guardrails of recorded exchanges: made anew on the server, as far as their traffic shows them.
//!
//! Their policies are data that `outcrop-guardrails` tests with as well. Recorded ids are replaced by those that the server
//! gives, in requests; in answers ids are members' names, which [`hide_ids`] makes equal.

use std::collections::BTreeMap;

use http::Method;
use serde_json::{Value, json};

use crate::{
    Failure, Result,
    client::{Client, Outgoing},
    part::provider_event,
    recording::Exchange,
    server,
};

/// The policies by recorded id, in the form that `outcrop_guardrails::Policy` is kept in.
const POLICIES: &str = "crates/outcrop-guardrails/tests/recorded_guardrails.json";

/// Where `CreateGuardrail` has a list of a policy: the policy's member, and the members of the request.
const LISTS: [(&str, &str, &str); 7] = [
    ("topics", "topicPolicyConfig", "topicsConfig"),
    ("contentFilters", "contentPolicyConfig", "filtersConfig"),
    ("words", "wordPolicyConfig", "wordsConfig"),
    (
        "managedWordLists",
        "wordPolicyConfig",
        "managedWordListsConfig",
    ),
    (
        "piiEntities",
        "sensitiveInformationPolicyConfig",
        "piiEntitiesConfig",
    ),
    (
        "regexes",
        "sensitiveInformationPolicyConfig",
        "regexesConfig",
    ),
    (
        "contextualGrounding",
        "contextualGroundingPolicyConfig",
        "filtersConfig",
    ),
];

/// Whether a guardrail takes part in an exchange.
#[must_use]
pub fn takes_part(exchange: &Exchange) -> bool {
    let request = &exchange.request;
    let header = |(name, _): &(String, String)| name == "x-amzn-bedrock-guardrailidentifier";
    let body = String::from_utf8_lossy(&request.body);
    exchange.operation == "ApplyGuardrail"
        || request.headers.iter().any(header)
        || body.contains("\"guardrailConfig\"")
}

/// The recorded guardrails on one server.
#[derive(Debug)]
pub struct Guardrails {
    policies: BTreeMap<String, Value>,
    /// What the server calls each of them, by recorded id and by who asks.
    made: BTreeMap<(String, Option<String>), String>,
}

impl Guardrails {
    /// Reads the policies.
    pub fn read() -> Result<Self> {
        let path = server::root().join(POLICIES);
        let text = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
        let policies =
            serde_json::from_str(&text).map_err(|error| Failure::content(&path, &error))?;
        let made = BTreeMap::new();
        Ok(Self { policies, made })
    }

    /// The request of an exchange with the server's own guardrail in it, which is made if it is not there.
    pub async fn request(&mut self, client: &mut Client, exchange: &Exchange) -> Result<Outgoing> {
        let recorded = self.policies.keys().find(|id| names(&exchange.request, id));
        let Some(recorded) = recorded.cloned() else {
            return Err(Failure::Server(format!(
                "{}: its guardrail is not in {POLICIES}",
                exchange.file
            )));
        };
        let headers = &exchange.request.headers;
        let authorization = headers.iter().find(|(name, _)| name == "authorization");
        let key = (
            recorded.clone(),
            authorization.map(|(_, value)| value.clone()),
        );
        let own = if let Some(own) = self.made.get(&key) {
            own.clone()
        } else {
            let body = creation(&recorded, &self.policies[&recorded]);
            let own = make(client, body, authorization).await?;
            self.made.entry(key).or_insert(own).clone()
        };
        let replaced = |text: &str| text.replace(&recorded, &own);
        Ok(Outgoing {
            method: exchange.request.method.clone(),
            path: replaced(&exchange.request.path),
            headers: headers
                .iter()
                .map(|(name, value)| (name.clone(), replaced(value)))
                .collect(),
            body: replaced(&String::from_utf8_lossy(&exchange.request.body)).into(),
        })
    }
}

fn names(request: &Outgoing, id: &str) -> bool {
    let body = String::from_utf8_lossy(&request.body);
    let headers = request.headers.iter().map(|(_, value)| value.as_str());
    [request.path.as_str(), &body]
        .into_iter()
        .chain(headers)
        .any(|text| text.contains(id))
}

/// The body of `CreateGuardrail`.
fn creation(name: &str, policy: &Value) -> Value {
    let mut body = json!({
        "name": name,
        "blockedInputMessaging": policy["blockedInputMessaging"],
        "blockedOutputsMessaging": policy["blockedOutputsMessaging"],
    });
    for (member, config, list) in LISTS {
        let Some(Value::Array(elements)) = policy.get(member) else {
            continue;
        };
        let mut elements = elements.clone();
        if member == "topics" {
            for topic in &mut elements {
                topic["type"] = json!("DENY");
            }
        }
        body[config][list] = Value::Array(elements);
    }
    body
}

/// Makes a guardrail with its version 1; gives its id.
async fn make(
    client: &mut Client,
    body: Value,
    authorization: Option<&(String, String)>,
) -> Result<String> {
    let json = ("content-type".to_owned(), "application/json".to_owned());
    let headers: Vec<_> = authorization.cloned().into_iter().chain([json]).collect();
    let post = |path: String, body: Value| Outgoing {
        method: Method::POST,
        path,
        headers: headers.clone(),
        body: body.to_string().into(),
    };
    let answer = client.send(&post("/guardrails".to_owned(), body)).await?;
    let made = answer.json().map_err(Failure::Server)?;
    let id = made["guardrailId"].as_str().map(str::to_owned);
    let id = id.ok_or_else(|| Failure::Server(format!("no guardrail: {}", answer.excerpt())))?;
    let version = client
        .send(&post(format!("/guardrails/{id}"), json!({})))
        .await?;
    match version.status {
        200..300 => Ok(id),
        _ => Err(Failure::Server(format!(
            "no version: {}",
            version.excerpt()
        ))),
    }
}

/// What the model said in an exchange, before a guardrail changed it. Where it was blocked before a model was called, nothing.
#[must_use]
pub fn said(exchange: &Exchange) -> String {
    let answer = &exchange.answer;
    let mut values = if answer.is_stream() {
        answer.frames().map_or_else(
            |_| Vec::new(),
            |frames| {
                let values = frames
                    .iter()
                    .map(|frame| provider_event(frame).unwrap_or_else(|_| frame.payload.clone()));
                values.collect()
            },
        )
    } else {
        answer.json().into_iter().collect()
    };
    let raw = values.iter().find_map(|value| {
        let trace = value.get("trace").or(value.get("amazon-bedrock-trace"))?;
        trace.pointer("/guardrail/modelOutput/0")?.as_str()
    });
    if let Some(raw) = raw {
        // A whole answer is in the words of its family, a streamed one is the text alone.
        match serde_json::from_str::<Value>(raw) {
            Ok(body @ Value::Object(_)) => values = vec![body],
            _ => return raw.to_owned(),
        }
    }
    let mut text = String::new();
    for value in &values {
        gather(value, &mut text);
    }
    text
}

/// All that is said in an answer of any family that was recorded with guardrails.
fn gather(value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(said) if ["text", "outputText"].contains(&name.as_str()) => {
                        text.push_str(said);
                    }
                    _ if name == "trace" || name == "amazon-bedrock-trace" => {}
                    inner => gather(inner, text),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| gather(element, text)),
        _ => {}
    }
}

/// Gives the guardrails of a trace one name.
pub(crate) fn hide_ids(value: &mut Value) {
    for pointer in [
        "/trace/guardrail/inputAssessment",
        "/trace/guardrail/outputAssessments",
        "/amazon-bedrock-trace/guardrail/input",
        "/amazon-bedrock-trace/guardrail/outputs",
    ] {
        match value.pointer_mut(pointer) {
            Some(Value::Array(elements)) => elements.iter_mut().for_each(hide_id),
            Some(by_id) => hide_id(by_id),
            None => {}
        }
    }
}

fn hide_id(by_id: &mut Value) {
    if let Value::Object(members) = by_id {
        let renamed = std::mem::take(members).into_iter();
        members.extend(renamed.map(|(_, value)| ("ID".to_owned(), value)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::exchange;

    #[test]
    fn every_list_of_a_policy_has_its_place() {
        let guardrails = Guardrails::read().expect("the data");
        let known: Vec<_> = LISTS.iter().map(|(member, ..)| *member).collect();
        for policy in guardrails.policies.values() {
            let members = policy.as_object().expect("an object").iter();
            let lists = members.filter(|(_, value)| value.is_array());
            for (name, _) in lists {
                assert!(known.contains(&name.as_str()), "{name}");
            }
        }
        let body = creation(
            "n",
            &json!({"topics": [{"name": "t"}], "words": [{"text": "w"}]}),
        );
        assert_eq!(body["topicPolicyConfig"]["topicsConfig"][0]["type"], "DENY");
        assert_eq!(body["wordPolicyConfig"]["wordsConfig"][0]["text"], "w");
    }

    #[test]
    fn the_model_said_what_the_trace_tells_or_else_the_answer() {
        let plain = exchange(
            "Converse",
            "{}",
            r#"{"output":{"message":{"content":[{"text":"a"},{"text":"b"}]}},"trace":{"guardrail":{"modelOutput":[]}}}"#,
        );
        assert_eq!(said(&plain), "ab");
        let masked = exchange(
            "InvokeModel",
            "{}",
            r#"{"results":[{"outputText":"{A}"}],"amazon-bedrock-trace":{"guardrail":{"modelOutput":["{\"results\":[{\"outputText\":\"x\"}]}"]}}}"#,
        );
        assert_eq!(said(&masked), "x");
    }

    #[test]
    fn guardrails_of_a_trace_have_one_name() {
        let mut one = json!({"trace": {"guardrail": {"inputAssessment": {"a": 1}}}});
        let mut other = json!({"trace": {"guardrail": {"inputAssessment": {"b": 1}}}});
        hide_ids(&mut one);
        hide_ids(&mut other);
        assert_eq!(one, other);
    }
}
