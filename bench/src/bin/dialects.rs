//! What the conversions between native bodies and the Converse vocabulary cost, in instructions and allocations.
//!
//! Instructions come from callgrind: the program runs itself under it with and without the conversion, and the
//! difference is the conversion's.

use std::alloc::System;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{FutureExt, StreamExt};
use outcrop_catalogue::{Catalogue, Model};
use outcrop_dialects::{Call, ChatResponder, DialectError, Timing, dialect, families, family};
use outcrop_engine::canned::CannedEngine;
use outcrop_engine::{Answer, Caller, Engine, StreamEvent, fold};
use serde_json::Value;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

type Failure = Box<dyn std::error::Error>;

/// A golden body, and who it is for. Every other line of the registry is measured with its body in `tests/families.json`.
const GOLDEN: &[(&str, &str)] = &[
    ("anthropic/tools", "anthropic.claude-sonnet-4-20250514-v1:0"),
    ("anthropic/text_completion", "anthropic.claude-v2:1"),
    ("nova/everything", "amazon.nova-lite-v1:0"),
    ("openai_chat/everything", "openai.gpt-oss-120b-1:0"),
    ("openai_chat/imported_completion", "openai.gpt-oss-20b-1:0"),
    ("openai_chat/jamba", "ai21.jamba-1-5-mini-v1:0"),
    (
        "openai_chat/mistral_tools",
        "mistral.mistral-large-2407-v1:0",
    ),
    ("cohere_chat/history", "cohere.command-r-v1:0"),
    ("cohere_chat/text", "cohere.command-r-v1:0"),
    ("prompt/cohere_command", "cohere.command-text-v14"),
    ("prompt/deepseek", "deepseek.r1-v1:0"),
    ("prompt/jurassic", "ai21.j2-mid-v1"),
    ("prompt/llama", "meta.llama3-8b-instruct-v1:0"),
    ("prompt/mistral", "mistral.mistral-7b-instruct-v0:2"),
    ("prompt/pegasus", "twelvelabs.pegasus-1-2-v1:0"),
    ("prompt/titan_text", "amazon.titan-text-express-v1"),
    ("embed/cohere_english", "cohere.embed-english-v3"),
    ("embed/cohere_multilingual", "cohere.embed-multilingual-v3"),
    ("embed/cohere_v4", "cohere.embed-v4:0"),
    ("embed/marengo_2_text", "twelvelabs.marengo-embed-2-7-v1:0"),
    ("embed/marengo_3_text", "twelvelabs.marengo-embed-3-0-v1:0"),
    ("embed/nova", "amazon.nova-2-multimodal-embeddings-v1:0"),
    ("embed/titan_image", "amazon.titan-embed-image-v1"),
    ("embed/titan_v1", "amazon.titan-embed-text-v1"),
    ("embed/titan_v2", "amazon.titan-embed-text-v2:0"),
    ("rerank/amazon", "amazon.rerank-v1:0"),
    ("rerank/cohere", "cohere.rerank-v3-5:0"),
    ("image/nova_canvas", "amazon.nova-canvas-v1:0"),
    ("image/stable_diffusion", "stability.stable-diffusion-xl-v1"),
    ("image/stable_image", "stability.sd3-5-large-v1:0"),
    ("image/titan_text", "amazon.titan-image-generator-v2:0"),
];

const STEPS: [&str; 3] = ["request", "response", "chunk"];
/// Repetitions that callgrind counts.
const TIMES: u64 = 50;

/// A body, understood and answered, ready for each step.
struct Case {
    model: Arc<Model>,
    body: Vec<u8>,
    chat: Option<Chat>,
}

struct Chat {
    responder: Box<dyn ChatResponder>,
    events: Vec<StreamEvent>,
    answer: Answer,
    chunks: u64,
}

/// What a case is read from.
struct Source {
    name: String,
    model: String,
    body: Vec<u8>,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let sources = sources()?;
    if let [name, step, measured] = arguments.as_slice() {
        let mut sources = sources.iter();
        let source = sources.find(|source| source.name == *name);
        let case = Case::read(source.ok_or("no such case")?)?;
        (0..TIMES).for_each(|_| case.run(step, measured == "with"));
        return Ok(());
    }
    println!(
        "{:<36} {:<9} {:>13} {:>12} {:>10}",
        "body", "step", "instructions", "allocations", "bytes"
    );
    let mut valgrind = true;
    for source in &sources {
        let (name, case) = (&source.name, Case::read(source)?);
        for step in STEPS {
            let Some(divisor) = case.divisor(step) else {
                continue;
            };
            let (allocations, bytes) = case.allocations(step);
            let instructions = if valgrind {
                instructions(name, step)
            } else {
                None
            };
            valgrind &= instructions.is_some();
            let told = instructions.map(|count| (count / divisor).to_string());
            println!(
                "{name:<36} {step:<9} {:>13} {:>12} {:>10}",
                told.unwrap_or_default(),
                allocations / divisor,
                bytes / divisor
            );
        }
    }
    if !valgrind {
        println!("skipped: instructions are counted with valgrind, which is not there");
    }
    Ok(())
}

/// The golden bodies, then one of every line of the registry that none of them is of. A line without any is an error.
fn sources() -> Result<Vec<Source>, Failure> {
    let golden = GOLDEN.iter().map(|(name, model)| {
        let path = format!("crates/outcrop-dialects/tests/fixtures/{name}.json");
        Ok(Source {
            name: (*name).to_owned(),
            model: (*model).to_owned(),
            body: read(&path)?,
        })
    });
    let mut sources = golden.collect::<Result<Vec<_>, Failure>>()?;
    let asked: Vec<Value> = serde_json::from_slice(&read("tests/families.json")?)?;
    for line in families() {
        let measured = |source: &Source| family(&source.model) == Some(line);
        if sources.iter().any(measured) {
            continue;
        }
        let of_line = asked.iter().find_map(|case| {
            let id = case["model"].as_str()?;
            let id = id.strip_prefix("us.").unwrap_or(id);
            (family(id) == Some(line)).then_some((id, case))
        });
        let (id, case) = of_line.ok_or_else(|| {
            format!("no golden body and no case in tests/families.json for the line {line}")
        })?;
        sources.push(Source {
            name: line.to_owned(),
            model: id.to_owned(),
            body: case["body"].to_string().into_bytes(),
        });
    }
    Ok(sources)
}

/// A file of the repository.
fn read(path: &str) -> Result<Vec<u8>, Failure> {
    let path = format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"));
    Ok(std::fs::read(&path).map_err(|error| format!("{path}: {error}"))?)
}

impl Case {
    fn read(source: &Source) -> Result<Self, Failure> {
        let catalogue = Catalogue::builtin()?;
        let (id, body) = (&source.model, source.body.clone());
        let model = Arc::clone(catalogue.model(id).ok_or("no such model")?);
        let (parts, responder) = match dialect(&model).request(&model, &body) {
            Ok(Call::Converse(parts, responder)) => (parts, responder),
            Err(refusal) if !is_elsewhere(&refusal) => {
                return Err(format!("{}: {refusal}", source.name).into());
            }
            _ => {
                return Ok(Self {
                    model,
                    body,
                    chat: None,
                });
            }
        };
        let caller = Caller {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        };
        let request = parts.into_request(Arc::clone(&model), id.clone(), caller);
        let stream = CannedEngine::new()
            .converse(request)
            .now_or_never()
            .ok_or("it waits")??;
        let events: Vec<_> = stream
            .collect::<Vec<_>>()
            .now_or_never()
            .ok_or("it waits")?;
        let events = events.into_iter().collect::<Result<Vec<_>, _>>()?;
        let again = futures_util::stream::iter(events.clone().into_iter().map(Ok));
        let answer = fold(Box::pin(again)).now_or_never().ok_or("it waits")??;
        let mut chat = Chat {
            responder,
            events,
            answer,
            chunks: 0,
        };
        chat.chunks = chat.stream(chat.events.clone());
        Ok(Self {
            model,
            body,
            chat: Some(chat),
        })
    }

    /// By what the cost of a step is divided; nothing when the family does not take it.
    fn divisor(&self, step: &str) -> Option<u64> {
        match step {
            "request" => Some(1),
            "response" => self.chat.as_ref().map(|_| 1),
            _ => self.chat.as_ref().map(|chat| chat.chunks.max(1)),
        }
    }

    /// Does a step, or all that surrounds it.
    fn run(&self, step: &str, measured: bool) {
        match (step, &self.chat) {
            ("request", _) if measured => {
                drop(dialect(&self.model).request(&self.model, &self.body))
            }
            ("response", Some(chat)) if measured => drop(chat.responder.response(&chat.answer)),
            ("chunk", Some(chat)) => {
                let events = chat.events.clone();
                if measured {
                    chat.stream(events);
                }
            }
            _ => {}
        }
    }

    fn allocations(&self, step: &str) -> (u64, u64) {
        let count = |measured| {
            let region = Region::new(ALLOCATOR);
            self.run(step, measured);
            let change = region.change();
            (
                (change.allocations + change.reallocations) as u64,
                change.bytes_allocated as u64,
            )
        };
        let (without, with) = (count(false), count(true));
        (
            with.0.saturating_sub(without.0),
            with.1.saturating_sub(without.1),
        )
    }
}

/// Models that other operations reach refuse every body: that is what is measured of them.
fn is_elsewhere(refusal: &DialectError) -> bool {
    refusal
        .to_string()
        .contains("doesn't support this operation")
}

impl Chat {
    fn stream(&self, events: Vec<StreamEvent>) -> u64 {
        let mut stream = self.responder.stream(12);
        let timing = Timing {
            first_byte_latency: Duration::from_millis(1),
            invocation_latency: Duration::from_millis(2),
        };
        let chunks = events
            .into_iter()
            .map(|event| stream.chunks(event, timing).len() as u64);
        chunks.sum()
    }
}

/// Of one conversion; nothing without valgrind.
fn instructions(name: &str, step: &str) -> Option<u64> {
    let with = collected(name, step, "with")?;
    Some(with.saturating_sub(collected(name, step, "without")?) / TIMES)
}

fn collected(name: &str, step: &str, measured: &str) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().ok()?)
        .args([name, step, measured])
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let line = told.lines().find(|line| line.contains("Collected :"))?;
    line.split_whitespace().last()?.parse().ok()
}
