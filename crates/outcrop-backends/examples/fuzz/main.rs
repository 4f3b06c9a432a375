//! Feeds the conversions of both kinds of servers with broken variants of their streams, cut anywhere. The same seed
//! makes the same variants.
//!
//! ```text
//! cargo run --release -p outcrop-backends --example fuzz -- [--seconds 60] [--seed 0]
//! ```

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of the command line"
)]

mod check;
mod streams;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use outcrop_backends::Kind;
use outcrop_engine::canned::chance::{Chance, hash64};

fn main() -> ExitCode {
    match arguments(std::env::args().skip(1)).and_then(|(seconds, seed)| run(seconds, seed)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fuzz: {error}");
            ExitCode::FAILURE
        }
    }
}

fn arguments(mut arguments: impl Iterator<Item = String>) -> Result<(u64, u64), String> {
    let (mut seconds, mut seed) = (60, 0);
    while let Some(name) = arguments.next() {
        let value = arguments.next();
        let value = value.and_then(|value| value.parse().ok());
        let value = value.ok_or_else(|| format!("{name} needs a whole number"))?;
        match name.as_str() {
            "--seconds" => seconds = value,
            "--seed" => seed = value,
            _ => return Err(format!("{name} is unknown; there are --seconds and --seed")),
        }
    }
    Ok((seconds, seed))
}

fn run(seconds: u64, seed: u64) -> Result<(), String> {
    // What a panic says is told with the bytes that caused it.
    panic::set_hook(Box::new(|_| {}));
    println!("{:<10} {:>9} {:>9}", "kind", "cases", "whole");
    for (kind, streams) in [
        (Kind::OpenAi, streams::OPENAI),
        (Kind::Anthropic, streams::ANTHROPIC),
    ] {
        fuzz(kind, streams, Duration::from_secs(seconds) / 2, seed)?;
    }
    Ok(())
}

fn fuzz(kind: Kind, streams: &[&str], share: Duration, seed: u64) -> Result<(), String> {
    let started = Instant::now();
    let (mut cases, mut whole) = (0_u64, 0_u64);
    // The clock is looked at between rounds only.
    while started.elapsed() < share || cases == 0 {
        for _ in 0..64 {
            let case = hash64(format!("{kind:?}").as_bytes(), seed.wrapping_add(cases));
            let mut chance = Chance::new(case);
            let bytes = streams::variant(streams, &mut chance);
            let checked = AssertUnwindSafe(|| check::check(kind, &bytes, &mut chance));
            let outcome =
                panic::catch_unwind(checked).unwrap_or_else(|_| Err("it panics".to_owned()));
            let is_whole = outcome.map_err(|fault| {
                let bytes = String::from_utf8_lossy(&bytes);
                format!("{fault}\nkind {kind:?}, case {cases} of seed {seed}\n{bytes}")
            })?;
            whole += u64::from(is_whole);
            cases += 1;
        }
    }
    println!("{:<10} {cases:>9} {whole:>9}", format!("{kind:?}"));
    Ok(())
}
