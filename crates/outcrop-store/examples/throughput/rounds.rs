//! Rounds: every kind of work, with few and with many, in turns.

use std::time::{Duration, Instant};

/// How much is measured.
pub(crate) struct Plan {
    /// Few and many.
    pub(crate) sizes: [usize; 2],
    rounds: usize,
    /// How long one kind of work goes on in a round.
    time: Duration,
}

impl Plan {
    pub(crate) const WHOLE: Self = Self {
        sizes: [100, 100_000],
        rounds: 5,
        time: Duration::from_millis(300),
    };
    pub(crate) const QUICK: Self = Self {
        sizes: [100, 2000],
        rounds: 1,
        time: Duration::from_millis(20),
    };
}

/// Something that has so many resources.
pub(crate) trait Subject {
    /// What it does, by name.
    const WORKS: &'static [&'static str];

    /// Does one of its works for the `n`th time, and says how many were done.
    async fn work(&mut self, name: &str, n: usize) -> usize;

    /// Takes away what the work has made.
    async fn clean(&mut self);
}

/// Measures each work of two subjects, and prints a row for it.
pub(crate) async fn measure<S: Subject>(whose: &str, plan: &Plan, mut subjects: [S; 2]) {
    for what in S::WORKS {
        let mut rates = [Vec::new(), Vec::new()];
        for _ in 0..plan.rounds {
            for (subject, rates) in subjects.iter_mut().zip(&mut rates) {
                rates.push(rate(subject, what, plan.time).await);
                subject.clean().await;
            }
        }
        let [few, many] = rates.map(median);
        println!(
            "| {whose} | {what} | {few:.0} | {many:.0} | {:.2} |",
            few / many
        );
    }
}

async fn rate<S: Subject>(subject: &mut S, what: &str, time: Duration) -> f64 {
    // What is compiled and cached once is not measured.
    subject.work(what, 0).await;
    let (started, mut done, mut n) = (Instant::now(), 0, 1);
    while started.elapsed() < time {
        done += subject.work(what, n).await;
        n += 1;
    }
    let seconds = started.elapsed().as_secs_f64();
    f64::from(u32::try_from(done).unwrap()) / seconds
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
