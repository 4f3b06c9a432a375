//! Replays recorded exchanges with the real service against the running binary.
//!
//! `cargo test -p outcrop-conformance --test recordings -- --nocapture` prints the score and writes the differing files to
//! `target/tmp/recordings.txt`. With `OUTCROP_FLOOR=raise` it raises `floor.json` to what was reached.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test, outside of its test functions"
)]

use std::{collections::BTreeMap, env, fs, path::Path};

use outcrop_conformance::{
    Result,
    answer::Answer,
    backend::Backend,
    client::Client,
    evidence::Evidence,
    floor,
    guardrail::{self, Guardrails},
    recording::{self, Exchange},
    scope::Scope,
    score::Score,
    server::Server,
    verdict::{Verdict, judge},
};
use serde_json::Value;

/// Requests to these operations that the service accepted have to be accepted.
const COMPLETE: [&str; 3] = ["Converse", "ConverseStream", "CountTokens"];

fn load() -> Option<Vec<Exchange>> {
    let folder = recording::folder();
    if folder.is_none() {
        println!("skipped: ../shared/recordings is not there");
    }
    Some(recording::load(&folder?).expect("readable recordings"))
}

fn replayable(exchanges: &[Exchange]) -> Vec<&Exchange> {
    let usable = exchanges
        .iter()
        .filter(|exchange| matches!(Scope::of(exchange), Scope::Replayed | Scope::Guarded));
    usable.collect()
}

/// The comparison finds nothing in what it takes as the truth.
#[test]
fn recorded_answers_equal_themselves() {
    let Some(exchanges) = load() else { return };
    let exchanges = replayable(&exchanges);
    let (evidence, unusable) = Evidence::collect(exchanges.iter().copied());
    assert!(unusable.is_empty(), "{unusable:#?}");
    let notes = exchanges.iter().flat_map(|exchange| {
        let notes = judge(&evidence, exchange, &exchange.answer).notes;
        notes
            .into_iter()
            .map(|note| format!("{}: {note}", exchange.file))
    });
    // Recorders replaced some request ids and dropped the headers of some errors.
    let recorded =
        |note: &String| !note.contains("x-amzn-requestid is") && !note.contains("type: ");
    let notes: Vec<_> = notes.filter(recorded).collect();
    assert!(notes.is_empty(), "{notes:#?}");
}

/// It does find what is taken away: each member of a recorded JSON answer in turn.
#[test]
fn a_missing_member_is_a_difference() {
    let Some(exchanges) = load() else { return };
    let exchanges = replayable(&exchanges);
    let (evidence, _) = Evidence::collect(exchanges.iter().copied());
    let mut overlooked = Vec::new();
    let plain =
        |exchange: &&&Exchange| exchange.accepted() && !exchange.operation.ends_with("Stream");
    for exchange in exchanges.iter().filter(plain) {
        let body = exchange.answer.json().expect("a JSON answer");
        for (name, less) in without_each_member(&body) {
            let mut answer = exchange.answer.clone();
            answer.body = less.to_string().into();
            if is_compared(exchange, &name)
                && judge(&evidence, exchange, &answer).skeleton != Some(false)
            {
                overlooked.push(format!("{}: {name}", exchange.file));
            }
        }
    }
    assert!(overlooked.is_empty(), "{overlooked:#?}");
}

/// What is left out of the comparison: undocumented members of model summaries, what was cached, and members that only
/// some of a model's undated recordings have.
fn is_compared(exchange: &Exchange, name: &str) -> bool {
    let dated = exchange.day.is_some() || name != "serverToolUsage";
    dated && exchange.operation != "ListFoundationModels" && name != "cacheDetails"
}

/// Copies of an answer that lack one member each, outside of lists and of tool arguments.
fn without_each_member(body: &Value) -> Vec<(String, Value)> {
    let Value::Object(members) = body else {
        return Vec::new();
    };
    let copies = members.iter().flat_map(|(name, value)| {
        let mut less = members.clone();
        less.shift_remove(name);
        let inner = without_each_member(value)
            .into_iter()
            .map(|(inner, value)| {
                let mut less = members.clone();
                less.insert(name.clone(), value);
                (inner, Value::Object(less))
            });
        [(name.clone(), Value::Object(less))]
            .into_iter()
            .chain(inner)
    });
    copies.collect()
}

#[tokio::test]
async fn recorded_requests_are_answered_as_recorded() {
    let Some(exchanges) = load() else { return };
    let replayed = replayable(&exchanges);
    let (evidence, _) = Evidence::collect(replayed.iter().copied());
    let server = Server::start(&[]).await.expect("a running server");
    store_objects(&server, &replayed).expect("a writable folder");
    let mut client = Client::new(server.address);
    let mut guarded = Guarded::start().await.expect("a server with guardrails");
    let mut run = Run::default();
    // One after the other, as recorded: a later request may read what an earlier one cached.
    for exchange in &replayed {
        let answer = match Scope::of(exchange) {
            Scope::Guarded => guarded.send(exchange).await,
            _ => client.send(&exchange.request).await,
        };
        let verdict = match &answer {
            Ok(answer) => judge(&evidence, exchange, answer),
            Err(failure) => refused(exchange, failure.to_string()),
        };
        run.add(exchange, &verdict);
        if let (Ok(answer), "ApplyGuardrail") = (&answer, exchange.operation.as_str()) {
            assert_eq!(
                neutral(answer),
                neutral(&exchange.answer),
                "{}",
                exchange.file
            );
        }
    }
    run.failures.extend(server.panics());
    run.failures.extend(guarded.server.panics());
    print_scopes(&exchanges);
    println!("{}", run.score);
    run.finish().expect("a report and a floor");
    assert!(run.failures.is_empty(), "{:#?}", run.failures);
}

/// Puts the objects behind `s3://` that requests name where the server looks for them. What they held was not
/// recorded: here each is the smallest that its format allows.
fn store_objects(server: &Server, exchanges: &[&Exchange]) -> Result<()> {
    for exchange in exchanges {
        let body = String::from_utf8_lossy(&exchange.request.body);
        let uris = body.split("\"s3://").skip(1);
        for uri in uris.filter_map(|rest| rest.split('"').next()) {
            let Some((bucket, key)) = uri.split_once('/') else {
                continue;
            };
            let contents: &[u8] = match key.rsplit('.').next() {
                Some("jpg") => b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x10\x00\x10\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9",
                Some("mp4") => b"\x00\x00\x00\x10ftypisomisom",
                _ => b"%PDF-1.4\n",
            };
            server.store(bucket, key, contents)?;
        }
    }
    Ok(())
}

/// A server with guardrails, and with a backend that says what was recorded.
struct Guarded {
    server: Server,
    client: Client,
    backend: Backend,
    guardrails: Guardrails,
}

impl Guarded {
    async fn start() -> Result<Self> {
        let backend = Backend::start().await?;
        let flags = ["--backend", &backend.url, "--backend-model", "m"];
        let server = Server::start(&flags).await?;
        Ok(Self {
            client: Client::new(server.address),
            guardrails: Guardrails::read()?,
            server,
            backend,
        })
    }

    async fn send(&mut self, exchange: &Exchange) -> Result<Answer> {
        self.backend.say(&guardrail::said(exchange));
        let request = self.guardrails.request(&mut self.client, exchange).await?;
        self.client.send(&request).await
    }
}

/// The text of an assessment without whose guardrail made it, and how long it took: everything else is equal to the byte.
fn neutral(answer: &Answer) -> String {
    let own = r#""guardrailProcessingLatency":\d+|:\d{12}:guardrail/\w+|"guardrailId":"\w+""#;
    let own = regex::Regex::new(own).expect("a pattern");
    let text = String::from_utf8_lossy(&answer.body);
    own.replace_all(&text, "_").into_owned()
}

fn print_scopes(exchanges: &[Exchange]) {
    let mut scopes: BTreeMap<Scope, u32> = BTreeMap::new();
    for exchange in exchanges {
        *scopes.entry(Scope::of(exchange)).or_default() += 1;
    }
    for (scope, count) in scopes {
        println!("{scope:<24}{count:>5}");
    }
    println!();
}

/// What becomes of an exchange without an answer.
fn refused(exchange: &Exchange, note: String) -> Verdict {
    let accepted = exchange.accepted();
    Verdict {
        accepted: accepted.then_some(false),
        skeleton: accepted.then_some(false),
        error: (!accepted).then_some(false),
        notes: vec![note],
        ..Verdict::default()
    }
}

#[derive(Default)]
struct Run {
    score: Score,
    report: String,
    failures: Vec<String>,
}

impl Run {
    fn add(&mut self, exchange: &Exchange, verdict: &Verdict) {
        self.score.add(exchange, verdict);
        if verdict.notes.is_empty() {
            return;
        }
        let notes = verdict.notes.join("\n    ");
        let text = format!(
            "{} {} {}\n    {notes}",
            exchange.operation, exchange.model, exchange.file
        );
        let anthropic =
            exchange.operation.starts_with("InvokeModel") && exchange.family() == "anthropic";
        let complete = anthropic || COMPLETE.contains(&exchange.operation.as_str());
        if verdict.error == Some(false) || (complete && verdict.accepted == Some(false)) {
            self.failures.push(text.clone());
        }
        self.report.push_str(&text);
        self.report.push('\n');
    }

    /// Writes the report, and compares the scores with the floor.
    fn finish(&mut self) -> Result<()> {
        let report = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recordings.txt");
        fs::write(&report, format!("{}\n\n{}", self.score, self.report))
            .expect("a writable target folder");
        println!("\ndifferences: {}", report.display());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("floor.json");
        let floor = floor::read(&path)?;
        let scores = self.score.sums();
        self.failures.extend(floor::shortfalls(&floor, &scores));
        if env::var("OUTCROP_FLOOR").as_deref() == Ok("raise") {
            floor::write(&path, &floor::raised(&floor, &scores))?;
        }
        Ok(())
    }
}
