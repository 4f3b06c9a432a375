//! Recorded bodies of the real service: each is understood, and our answers have the shape of its answers.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]
#![expect(
    clippy::print_stdout,
    reason = "the score, and why nothing was compared"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use aws_smithy_types::base64;
use outcrop_catalogue::Model;
use outcrop_dialects::{Call, dialect};
use outcrop_engine::{Embeddings, StreamEvent};
use serde_json::Value;
use support::{chunks, fold, native, skeleton};

/// Members that the service added while the recordings were made.
const LATER: &[&str] = &[
    "stop_details",
    "cache_creation",
    "service_tier",
    "output_tokens_details",
];

/// The recorder of these replaced the body of the request by a key of its own.
const NO_BODY: &str = "no-request-body";

struct Recording {
    file: String,
    model: Model,
    body: Vec<u8>,
    response: Value,
    /// Whether the answer's members are in the order of the service.
    ordered: bool,
    chunks: Option<Vec<Value>>,
}

/// The recorded calls that the service accepted; nothing where there are no recordings.
fn recordings() -> Vec<Recording> {
    let root = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/recordings"
    ));
    let Ok(index) = fs::read_to_string(root.join("index.jsonl")) else {
        println!("skipped: no recordings at {}", root.display());
        return Vec::new();
    };
    let entries = index
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let calls = entries.filter(|entry| {
        entry["op"]
            .as_str()
            .is_some_and(|op| op.starts_with("InvokeModel"))
            && entry["status"] == 200
            && !entry["flags"].to_string().contains(NO_BODY)
    });
    calls.map(|entry| read(&root, &entry)).collect()
}

fn read(root: &Path, entry: &Value) -> Recording {
    let file = entry["file"].as_str().unwrap();
    let recording: Value = serde_json::from_slice(&fs::read(root.join(file)).unwrap()).unwrap();
    let response = &recording["response"];
    let streamed = fs::read(root.join(file.replace(".json", ".events.json"))).ok();
    Recording {
        file: file.to_owned(),
        model: model(entry["model"].as_str().unwrap()),
        body: recording["request"]["body_text"]
            .as_str()
            .unwrap()
            .as_bytes()
            .to_vec(),
        response: serde_json::from_str(response["body_text"].as_str().unwrap_or_default())
            .unwrap_or_default(),
        ordered: response["body_reserialized"] != true,
        chunks: streamed.map(|events| frames(&serde_json::from_slice(&events).unwrap())),
    }
}

fn frames(events: &Value) -> Vec<Value> {
    let payloads = events
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["payload"]["bytes"]);
    payloads
        .map(|bytes| {
            serde_json::from_slice(&base64::decode(bytes.as_str().unwrap()).unwrap()).unwrap()
        })
        .collect()
}

/// The foundation model behind an id, a profile or an ARN. What is none gets its own id.
fn model(id: &str) -> Model {
    let bare = id.rsplit('/').next().unwrap();
    let bare = ["us.", "eu.", "global."]
        .iter()
        .find_map(|prefix| bare.strip_prefix(prefix))
        .unwrap_or(bare);
    if bare.contains('.') {
        return support::model(bare);
    }
    let mut model = support::model("openai.gpt-oss-20b-1:0");
    bare.clone_into(&mut model.id);
    model
}

/// A family: what comes before the second dash of its models' ids.
fn family(model: &Model) -> String {
    let words: Vec<_> = model.id.splitn(3, '-').take(2).collect();
    words.join("-")
}

/// Counts by family, and what did not count.
#[derive(Default)]
struct Score {
    good: BTreeMap<String, (usize, usize)>,
    bad: Vec<String>,
}

impl Score {
    fn count(&mut self, recording: &Recording, result: Result<(), String>) {
        let counts = self.good.entry(family(&recording.model)).or_default();
        counts.1 += 1;
        match result {
            Ok(()) => counts.0 += 1,
            Err(reason) => self.bad.push(format!(
                "{} ({}): {reason}",
                recording.file, recording.model.id
            )),
        }
    }

    fn print(&self, what: &str) {
        for (family, (good, all)) in &self.good {
            println!("{what}: {family} {good}/{all}");
        }
        for bad in &self.bad {
            println!("  {bad}");
        }
    }

    /// All of these providers' counted.
    fn holds(&self, providers: &[&str]) -> bool {
        let mut families = self.good.iter();
        families.all(|(family, (good, all))| {
            good == all || !providers.iter().any(|name| family.starts_with(name))
        })
    }
}

#[test]
fn every_accepted_body_is_understood() {
    let mut score = Score::default();
    for recording in recordings() {
        let call = dialect(&recording.model).request(&recording.model, &recording.body);
        score.count(
            &recording,
            call.map(|_| ()).map_err(|error| error.to_string()),
        );
    }
    score.print("understood");
    assert!(score.bad.is_empty());
}

fn guarded(recording: &Recording) -> bool {
    let chunks = recording.chunks.iter().flatten();
    if chunks
        .clone()
        .any(|chunk| chunk.to_string().contains("bedrock-guardrails-"))
    {
        return true;
    }
    chunks
        .chain([&recording.response])
        .any(|body| body.get("amazon-bedrock-guardrailAction").is_some())
}

#[test]
fn whole_answers_have_the_recorded_shape() {
    let mut score = Score::default();
    for recording in recordings()
        .into_iter()
        .filter(|recording| recording.chunks.is_none() && !guarded(recording))
    {
        let Ok(call) = dialect(&recording.model).request(&recording.model, &recording.body) else {
            continue;
        };
        let ours = match call {
            Call::Converse(_, responder) => {
                let Some(events) = native::whole(&recording.response) else {
                    continue;
                };
                responder.response(&fold(&events))
            }
            Call::Embed(parts, responder) => {
                let vectors = vec![vec![0.5; parts.dimensions]; parts.inputs.len()];
                responder.response(&Embeddings {
                    vectors,
                    input_tokens: 3,
                })
            }
            _ => continue,
        };
        score.count(
            &recording,
            same_shape(&ours, &recording.response, recording.ordered),
        );
    }
    score.print("whole answers");
    assert!(score.holds(&["amazon", "meta", "mistral", "ai21"]));
    // The oldest recordings have other orders (Claude 3 in its first weeks, Cohere in 2023), or lack a member.
    assert!(score.bad.len() <= 6);
}

#[test]
fn streams_have_the_recorded_shape() {
    let mut score = Score::default();
    for recording in recordings()
        .into_iter()
        .filter(|recording| !guarded(recording))
    {
        let Some(recorded) = &recording.chunks else {
            continue;
        };
        let Ok(Call::Converse(_, responder)) =
            dialect(&recording.model).request(&recording.model, &recording.body)
        else {
            continue;
        };
        let whole = recorded
            .first()
            .and_then(native::whole)
            .filter(|_| recorded.len() == 1);
        let Some(events) = whole.or_else(|| native::stream(recorded)) else {
            continue;
        };
        let ours = chunks(responder.as_ref(), &events, input_tokens(&events));
        score.count(&recording, same_chunks(&ours, recorded, recording.ordered));
    }
    score.print("streams");
    assert!(score.holds(&["amazon", "cohere", "meta", "mistral"]));
    // Claude 3 in its first weeks had the model after the content.
    assert!(score.bad.len() <= 1);
}

fn input_tokens(events: &[StreamEvent]) -> u32 {
    match events.last() {
        Some(StreamEvent::Metadata(event)) => event
            .usage
            .as_ref()
            .and_then(|usage| usage.input_tokens)
            .unwrap_or(0),
        _ => 0,
    }
    .unsigned_abs()
}

fn same_chunks(ours: &[Value], recorded: &[Value], ordered: bool) -> Result<(), String> {
    if ours.len() != recorded.len() {
        return Err(format!(
            "{} chunks, recorded {}",
            ours.len(),
            recorded.len()
        ));
    }
    let mut pairs = ours.iter().zip(recorded);
    pairs.try_for_each(|(ours, recorded)| same_shape(ours, recorded, ordered))
}

fn same_shape(ours: &Value, recorded: &Value, ordered: bool) -> Result<(), String> {
    // The usage at the end of Claude's streams became cumulative later.
    let end = ours["type"] == "message_delta";
    let later = if end {
        &["usage", "stop_details"]
    } else {
        LATER
    };
    let shape = |value: &Value| skeleton::of(&skeleton::without(value, later, ordered));
    let (mine, theirs) = (shape(ours), shape(recorded));
    if mine == theirs {
        return Ok(());
    }
    Err(format!("\n    ours     {mine}\n    recorded {theirs}"))
}
