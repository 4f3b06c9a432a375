//! Guarding an answer while it arrives.

use std::sync::Arc;

use crate::contextual_grounding::Reference;
use crate::forced::Forced;
use crate::guardrail::{Guardrail, outcome, scores, sort};
use crate::judge::Judge;
use crate::mask::Masking;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::policy::Direction;
use crate::report::{Findings, Scope};
use crate::scan::{Context, Scan};
use crate::text::characters;
use crate::usage::Amount;

/// When text is passed on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StreamMode {
    /// Once it is assessed: masked, and nothing from the segment that blocks on.
    #[default]
    Sync,
    /// At once. What follows a finding that blocks is held back; nothing is masked.
    Async,
}

/// How an answer is guarded.
#[derive(Clone, Default)]
pub struct StreamOptions {
    /// When text is passed on.
    pub mode: StreamMode,
    /// How much the assessment tells.
    pub scope: Scope,
    /// What the answer has to be true to; empty where there is nothing.
    pub grounding_source: String,
    /// What the answer has to be about; empty where there is nothing.
    pub query: String,
    /// Who knows better than the rules. It is asked about each segment.
    pub judge: Option<Arc<dyn Judge + Send + Sync>>,
    /// What is found in any case.
    pub forced: Option<Forced>,
}

/// Text that may be passed on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Release {
    /// The text.
    pub text: String,
    /// Whether the answer is blocked: after this text comes the guardrail's message, and nothing else.
    pub blocked: bool,
}

/// An answer on its way through a guardrail.
///
/// What it releases and finds depends on the text and not on how the text is cut. It holds back a segment
/// (about a sentence, at most 600 bytes) and what the longest match of a word or regex could reach beyond it, at
/// most 2048 bytes. Grounding is known only at the end: an answer that fails it is released and then blocked,
/// as the service documents it for relevance. Automated reasoning has no part in streams.
pub struct StreamGuard {
    plan: Plan,
    options: StreamOptions,
    reference: Option<Reference>,
    scan: Scan,
    masking: Masking,
    /// The start of the segment that is looked at next.
    at: usize,
    /// The end of the segment that blocks.
    blocked: Option<usize>,
}

impl StreamGuard {
    /// Guards an answer by `guardrail`.
    #[must_use]
    pub fn new(guardrail: &Guardrail, options: StreamOptions) -> Self {
        let plan = guardrail.plan(Direction::Output, options.forced.as_ref());
        let reference = if plan.grounding.is_empty() {
            None
        } else {
            Reference::new(&options.grounding_source, &options.query)
        };
        Self {
            plan,
            options,
            reference,
            scan: Scan::default(),
            masking: Masking::default(),
            at: 0,
            blocked: None,
        }
    }

    /// Takes the next piece of the answer; gives what may be passed on now.
    pub fn push(&mut self, delta: &str) -> Release {
        if self.blocked.is_some() {
            return self.release(String::new());
        }
        if self.options.mode == StreamMode::Async && self.options.judge.is_some() {
            return self.push_before_verdict(delta);
        }
        self.scan.push(delta);
        self.step(delta, false)
    }

    /// In asynchronous mode the verdict on a piece comes after it was passed on: what came before it is read now.
    fn push_before_verdict(&mut self, delta: &str) -> Release {
        let release = self.step("", false);
        if release.blocked {
            return release;
        }
        self.scan.push(delta);
        self.release(delta.to_owned())
    }

    /// Takes the end of the answer; gives the rest of the text, and the outcome of it all.
    #[must_use]
    pub fn finish(mut self) -> (Release, Outcome) {
        let release = if self.blocked.is_some() {
            self.release(String::new())
        } else {
            self.step("", true)
        };
        let outcome = self.outcome();
        let blocked = outcome.intervention == crate::Intervention::Blocked;
        let release = Release { blocked, ..release };
        (release, outcome)
    }

    fn step(&mut self, delta: &str, last: bool) -> Release {
        let judge = self.options.judge.clone();
        let context = Context {
            plan: &self.plan,
            judge: judge.as_deref().map(|judge| judge as &dyn Judge),
            reference: self.reference.as_ref(),
        };
        self.scan.advance(context, last);
        let mut text = String::new();
        while let Some(end) = self.scan.next_end() {
            if self.scan.blocks(&self.plan, self.at, end) {
                self.blocked = Some(end);
                break;
            }
            self.at = end;
            if self.options.mode == StreamMode::Sync {
                let (kept, base) = self.scan.text();
                let findings = &self.scan.findings;
                text += &self.masking.release(kept, base, end, findings, &self.plan);
            }
        }
        if self.options.mode == StreamMode::Async {
            if self.blocked.is_none() {
                delta.clone_into(&mut text);
            }
            self.scan.forget(self.at);
        } else {
            self.scan.forget(self.masking.at());
        }
        self.release(text)
    }

    fn release(&self, text: String) -> Release {
        Release {
            text,
            blocked: self.blocked.is_some(),
        }
    }

    fn outcome(self) -> Outcome {
        let context = Context {
            plan: &self.plan,
            judge: self
                .options
                .judge
                .as_deref()
                .map(|judge| judge as &dyn Judge),
            reference: self.reference.as_ref(),
        };
        let mut findings = self.scan.findings;
        // What follows the segment that blocks was read by chance.
        if let Some(end) = self.blocked {
            findings.retain(|finding| finding.start < end.max(1));
        }
        sort(&mut findings);
        let masking = self.options.mode == StreamMode::Sync;
        let mut found = Findings {
            list: findings,
            masking,
            ..Findings::default()
        };
        // An answer that was cut off is not compared with anything.
        if self.blocked.is_none() {
            found.scores = scores(context, &self.scan.progress);
        }
        let amount = Amount {
            guarded: self.scan.characters,
            total: self.scan.characters,
            images: 0,
            reference: characters(&self.options.grounding_source) + characters(&self.options.query),
        };
        outcome(&self.plan, &found, Vec::new(), amount, self.options.scope)
    }
}

impl std::fmt::Debug for StreamGuard {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("StreamGuard")
            .field("mode", &self.options.mode)
            .field("blocked", &self.blocked)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
