//! Prints what guardrails cost: `cargo run --release -p outcrop-guardrails --example cost`.
//!
//! Instructions for each KB of text come from callgrind: the program runs itself under it twice, with the assessment once and
//! eleven times, and the difference is that of ten. They do not depend on the machine's load. Without valgrind their column
//! is empty, and only times are told, the best of twenty. With the argument `held` it tells what streams hold back, and nothing else.

#![expect(clippy::print_stdout, reason = "it prints what it measures")]
#![expect(clippy::cast_precision_loss, reason = "kilobytes are few")]

mod policies;

use std::{error::Error, hint::black_box, process::Command, time::Instant};

use outcrop_guardrails::{
    Content, Direction, Guardrail, Policy, Qualifier, Request, StreamGuard, StreamOptions,
    policy::Action,
};

use policies::{adversarial, all, policies};

const TEXT: &str = "The quarterly report was sent to jane@example.com last week, and she answered within a day. \
Revenue grew by 12 percent, while the costs of the new office in the old harbour stayed below what had been planned. \
Nobody expected the second team to finish first; the schedule had been tight from the very start. ";
const ROUNDS: usize = 20;
/// Assessments whose instructions are counted.
const COUNTED: usize = 10;

type Failure = Box<dyn Error>;

/// Something to measure.
struct Case {
    name: String,
    policy: Policy,
    text: String,
    streamed: bool,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if arguments == ["held"] {
        return held_back();
    }
    let cases = cases();
    if let [index, times] = arguments.as_slice() {
        let case = cases.get(index.parse::<usize>()?).ok_or("no such case")?;
        let guardrail = Guardrail::compile(&case.policy)?;
        (0..times.parse()?).for_each(|_| case.run(&guardrail));
        return Ok(());
    }
    println!(
        "{:<34} {:>16} {:>12}",
        "for each KB of text", "instructions", "µs"
    );
    for (index, case) in cases.iter().enumerate() {
        let guardrail = Guardrail::compile(&case.policy)?;
        let kilobytes = case.text.len() as f64 / 1024.0;
        let instructions = instructions(index).map(|count| format!("{:.0}", count / kilobytes));
        let time = best(|| case.run(&guardrail)) * 1e6 / kilobytes;
        println!(
            "{:<34} {:>16} {time:>12.1}",
            case.name,
            instructions.unwrap_or_default()
        );
    }
    println!();
    held_back()?;
    Ok(())
}

fn cases() -> Vec<Case> {
    let text = TEXT.repeat(64);
    let mut cases: Vec<Case> = policies()
        .into_iter()
        .map(|(name, policy)| Case {
            name: name.to_owned(),
            policy,
            text: text.clone(),
            streamed: false,
        })
        .collect();
    cases.push(Case {
        name: "all, as a stream of words".to_owned(),
        policy: all(),
        text,
        streamed: true,
    });
    cases.extend(adversarial().into_iter().map(|(name, policy, text)| Case {
        name: format!("regex {name}"),
        policy,
        text,
        streamed: false,
    }));
    cases
}

impl Case {
    fn run(&self, guardrail: &Guardrail) {
        if self.streamed {
            let mut stream = StreamGuard::new(guardrail, StreamOptions::default());
            for delta in self.text.split_inclusive(' ') {
                black_box(stream.push(delta));
            }
            black_box(stream.finish());
            return;
        }
        let content = [
            Content::qualified(TEXT, &[Qualifier::GroundingSource]),
            Content::qualified("How did revenue grow?", &[Qualifier::Query]),
            Content::text(&self.text),
        ];
        black_box(guardrail.assess(&Request::new(Direction::Output, &content)));
    }
}

/// The least seconds that `run` takes.
fn best(run: impl Fn()) -> f64 {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    });
    rounds.fold(f64::MAX, f64::min)
}

/// The instructions of one run of a case; nothing without valgrind.
fn instructions(index: usize) -> Option<f64> {
    let (one, more) = (counted(index, 1)?, counted(index, 1 + COUNTED)?);
    Some((more - one) / COUNTED as f64)
}

fn counted(index: usize, times: usize) -> Option<f64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().ok()?)
        .args([index.to_string(), times.to_string()])
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let count = told.split("Collected :").nth(1)?;
    count.split_whitespace().next()?.parse().ok()
}

/// How much of a stream a guardrail holds back: bytes, and events of one word each, at most.
fn held_back() -> Result<(), Failure> {
    println!(
        "{:<34} {:>16} {:>12}",
        "held back in a stream, at most", "bytes", "events"
    );
    let plain = Policy {
        words: all().words,
        content_filters: all().content_filters,
        ..Policy::default()
    };
    let unbroken = "no end of it ".repeat(400);
    let none = ("nothing", Policy::default(), TEXT.repeat(64));
    let rows = [
        none,
        ("words and filters", plain.clone(), TEXT.repeat(64)),
        ("words and filters, no sentence", plain, unbroken.clone()),
        ("all", all(), TEXT.repeat(64)),
        ("all, no sentence", all(), unbroken),
    ];
    for (name, mut policy, text) in rows {
        // Nothing is masked, so that lengths can be compared.
        for entity in &mut policy.pii_entities {
            entity.action = Action::None;
        }
        for regex in &mut policy.regexes {
            regex.action = Action::None;
        }
        let guardrail = Guardrail::compile(&policy)?;
        let (bytes, events) = held(&guardrail, &text);
        println!("{name:<34} {bytes:>16} {events:>12}");
    }
    Ok(())
}

fn held(guardrail: &Guardrail, text: &str) -> (usize, usize) {
    let mut stream = StreamGuard::new(guardrail, StreamOptions::default());
    let (mut pushed, mut released) = (0, 0);
    let (mut most, mut waiting, mut longest) = (0, 0, 0);
    for delta in text.split_inclusive(' ') {
        pushed += delta.len();
        let passed = stream.push(delta).text.len();
        released += passed;
        waiting = if passed > 0 { 0 } else { waiting + 1 };
        most = most.max(pushed.saturating_sub(released));
        longest = longest.max(waiting);
    }
    drop(stream.finish());
    (most, longest)
}
