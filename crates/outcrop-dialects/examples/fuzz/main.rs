//! Feeds every dialect with broken variants of the golden bodies, and follows what is accepted to the end of its
//! answer. The same seed makes the same variants.
//!
//! ```text
//! cargo run --release -p outcrop-dialects --example fuzz -- [--family NAME] [--direction request|response|stream]
//!                                                           [--seconds 60] [--seed 0]
//! ```
//!
//! Without a family and a direction all of them share the time.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of the command line"
)]

mod arguments;
mod check;
mod corpus;
mod mutate;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use outcrop_engine::canned::chance::{Chance, hash64};

use arguments::Arguments;
use check::{Direction, Outcome};
use corpus::{Corpus, Family};

fn main() -> ExitCode {
    match Arguments::parse(std::env::args().skip(1)).and_then(|arguments| run(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fuzz: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let corpus = Corpus::read()?;
    let families: Vec<_> = corpus
        .families
        .iter()
        .filter(|family| {
            arguments
                .family
                .as_ref()
                .is_none_or(|name| *name == family.name)
        })
        .collect();
    if families.is_empty() {
        return Err(format!(
            "there is no such family; choose one of {}",
            corpus.names().join(", ")
        ));
    }
    let directions = arguments
        .direction
        .map_or_else(|| Direction::ALL.to_vec(), |direction| vec![direction]);
    let shares = u32::try_from(families.len() * directions.len()).unwrap_or(u32::MAX);
    let share = Duration::from_secs(arguments.seconds) / shares;
    // What a panic says is told with the body that caused it.
    panic::set_hook(Box::new(|_| {}));
    println!(
        "{:<20} {:<9} {:>9} {:>9}",
        "family", "direction", "cases", "accepted"
    );
    for family in families {
        for direction in &directions {
            fuzz(&corpus, family, *direction, arguments.seed, share)?;
        }
    }
    Ok(())
}

fn fuzz(
    corpus: &Corpus,
    family: &Family,
    direction: Direction,
    seed: u64,
    share: Duration,
) -> Result<(), String> {
    let started = Instant::now();
    let (mut cases, mut accepted) = (0_u64, 0_u64);
    // The clock is looked at between rounds only.
    while started.elapsed() < share || cases == 0 {
        for _ in 0..64 {
            let case = hash64(family.name.as_bytes(), seed.wrapping_add(cases));
            let mut chance = Chance::new(case);
            let body = mutate::variant(corpus, family, &mut chance);
            let model = corpus.model(family, &mut chance);
            let checked =
                panic::catch_unwind(AssertUnwindSafe(|| check::check(model, &body, direction)));
            let outcome = checked.unwrap_or_else(|_| Err("it panics".to_owned()));
            match outcome {
                Ok(Outcome::Accepted) => accepted += 1,
                Ok(Outcome::Refused) => {}
                Err(fault) => {
                    return Err(format!(
                        "{fault}\nfamily {}, direction {}, model {}, case {cases} of seed {seed}\n{}",
                        family.name,
                        direction.name(),
                        model.id,
                        String::from_utf8_lossy(&body)
                    ));
                }
            }
            cases += 1;
        }
    }
    println!(
        "{:<20} {:<9} {cases:>9} {accepted:>9}",
        family.name,
        direction.name()
    );
    Ok(())
}
