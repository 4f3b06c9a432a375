//! One text, read piece by piece: what is found does not depend on the pieces.

use crate::content_filters;
use crate::contextual_grounding::{Progress, Reference};
use crate::finding::{Finding, Kind};
use crate::judge::{Judge, Subject, Verdict};
use crate::plan::{Literal, Plan};
use crate::policy::{Action, Confidence};
use crate::sensitive_information;
use crate::text::{characters, next_segment, slice, tokens};
use crate::words::WordMatch;

/// Bytes of text that stay behind what is done with: context of rules and look-behind.
const BEHIND: usize = 128;

/// What is known of a text so far.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    buffer: String,
    /// The offset of the buffer in the text.
    base: usize,
    segment: usize,
    words: usize,
    regexes: Vec<usize>,
    literals: Vec<usize>,
    /// What was found, in no order.
    pub(crate) findings: Vec<Finding>,
    /// The ends of segments that nobody has taken yet.
    ends: Vec<usize>,
    /// The characters that arrived.
    pub(crate) characters: usize,
    pub(crate) progress: Progress,
    verdict: Option<Verdict>,
    started: bool,
}

/// What a scan needs besides its text.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) judge: Option<&'a dyn Judge>,
    pub(crate) reference: Option<&'a Reference>,
}

impl Scan {
    /// Reads a whole text.
    pub(crate) fn whole(context: Context<'_>, text: &str) -> Self {
        let mut scan = Self::default();
        if let Some(judge) = context.judge {
            let verdict = judge.judge(&Subject::Text {
                direction: context.plan.direction,
                text,
            });
            scan.settle(context.plan, &verdict, 0);
            scan.verdict = Some(verdict);
        }
        scan.push(text);
        scan.advance(context, true);
        scan
    }

    /// Adds text; [`Self::advance`] reads it.
    pub(crate) fn push(&mut self, text: &str) {
        self.buffer.push_str(text);
        self.characters += characters(text);
    }

    /// Reads as far as the text decides. `last` says that no more follows.
    pub(crate) fn advance(&mut self, context: Context<'_>, last: bool) {
        if !std::mem::replace(&mut self.started, true) {
            self.start(context.plan);
        }
        self.read_segments(context, last);
        if context.plan.certain.instead {
            self.words = self.buffer.len();
            self.regexes.fill(self.buffer.len());
        } else {
            self.read_words(context.plan, last);
            self.read_regexes(context.plan, last);
        }
        self.read_literals(context.plan, last);
    }

    fn start(&mut self, plan: &Plan) {
        self.regexes = vec![0; plan.regexes.len()];
        self.literals = vec![0; plan.certain.literals.len()];
        for index in &plan.certain.topics {
            self.found(0, 0, String::new(), Kind::Topic(*index));
        }
        for (index, confidence) in &plan.certain.filters {
            self.found(0, 0, String::new(), Kind::Filter(*index, *confidence));
        }
    }

    fn found(&mut self, start: usize, end: usize, text: String, kind: Kind) {
        self.findings.push(Finding {
            start: self.base + start,
            end: self.base + end,
            text,
            kind,
        });
    }

    fn read_segments(&mut self, context: Context<'_>, last: bool) {
        while let Some(end) = next_segment(&self.buffer, self.segment, last) {
            let start = std::mem::replace(&mut self.segment, end);
            self.ends.push(self.base + end);
            let segment = slice(&self.buffer, start, end).to_owned();
            if let Some(reference) = context.reference {
                reference.read(&mut self.progress, &segment);
            }
            if !context.plan.certain.instead {
                self.read_segment(context, &segment, start, end);
            }
        }
    }

    fn read_segment(&mut self, context: Context<'_>, segment: &str, start: usize, end: usize) {
        let plan = context.plan;
        let own = match (&self.verdict, context.judge) {
            (Some(verdict), _) => Some(verdict.clone()),
            (None, Some(judge)) => {
                let verdict = judge.judge(&Subject::Text {
                    direction: plan.direction,
                    text: segment,
                });
                self.settle(plan, &verdict, start);
                Some(verdict)
            }
            (None, None) => None,
        };
        self.read_subjects(plan, segment, start, end, own.as_ref());
        let kinds = plan.entities.iter().map(|entity| entity.kind);
        for found in sensitive_information::find(&self.buffer, start, end, kinds) {
            let entity = plan
                .entities
                .iter()
                .find(|entity| entity.kind == found.kind);
            if let Some(entity) = entity.copied() {
                let text = slice(&self.buffer, found.start, found.end).to_owned();
                self.found(found.start, found.end, text, Kind::Pii(entity));
            }
        }
    }

    /// Topics and filters, where no verdict settled them.
    fn read_subjects(
        &mut self,
        plan: &Plan,
        segment: &str,
        start: usize,
        end: usize,
        verdict: Option<&Verdict>,
    ) {
        if plan.topics.is_empty() && plan.filters.is_empty() {
            return;
        }
        let tokens = tokens(segment);
        for (index, topic) in plan.topics.iter().enumerate() {
            let settled = verdict.is_some_and(|verdict| verdict.topics.contains_key(&topic.name));
            if !settled && topic.detects(&tokens) {
                self.found(start, end, String::new(), Kind::Topic(index));
            }
        }
        for (index, filter) in plan.filters.iter().enumerate() {
            let settled = verdict.is_some_and(|verdict| verdict.filters.contains_key(&filter.kind));
            let confidence = filter.confidence(&tokens);
            if !settled && confidence > Confidence::None {
                self.found(start, end, String::new(), Kind::Filter(index, confidence));
            }
        }
    }

    /// What a verdict found at the byte `at`.
    fn settle(&mut self, plan: &Plan, verdict: &Verdict, at: usize) {
        for (index, topic) in plan.topics.iter().enumerate() {
            if verdict.topics.get(&topic.name) == Some(&true) {
                self.found(at, at, String::new(), Kind::Topic(index));
            }
        }
        for (index, filter) in plan.filters.iter().enumerate() {
            if let Some(confidence) = verdict.filters.get(&filter.kind) {
                self.found(at, at, String::new(), Kind::Filter(index, *confidence));
            }
        }
    }

    fn read_words(&mut self, plan: &Plan, last: bool) {
        let Some(words) = &plan.words else {
            self.words = self.buffer.len();
            return;
        };
        let mut found = Vec::new();
        words.scan(&self.buffer, &mut self.words, last, |start, end, word| {
            found.push((start, end, word));
        });
        for (start, end, word) in found {
            self.found(start, end, word.text.clone(), Kind::Word(word));
        }
    }

    fn read_regexes(&mut self, plan: &Plan, last: bool) {
        let mut found = Vec::new();
        for (index, (rule, cursor)) in plan.regexes.iter().zip(&mut self.regexes).enumerate() {
            rule.search.scan(&self.buffer, cursor, last, |start, end| {
                found.push((start, end, Kind::Regex(index)));
            });
        }
        self.found_all(found);
    }

    fn read_literals(&mut self, plan: &Plan, last: bool) {
        let mut found = Vec::new();
        for ((rule, literal), cursor) in plan.certain.literals.iter().zip(&mut self.literals) {
            rule.search.scan(&self.buffer, cursor, last, |start, end| {
                found.push((start, end, kind(*literal, slice(&self.buffer, start, end))));
            });
        }
        self.found_all(found);
    }

    fn found_all(&mut self, found: Vec<(usize, usize, Kind)>) {
        for (start, end, kind) in found {
            let text = slice(&self.buffer, start, end).to_owned();
            self.found(start, end, text, kind);
        }
    }

    /// Everything that starts before this byte is found.
    fn frontier(&self) -> usize {
        let cursors = self.regexes.iter().chain(&self.literals).copied();
        self.base + cursors.fold(self.segment.min(self.words), usize::min)
    }

    /// The end of the next segment that everything is known about.
    pub(crate) fn next_end(&mut self) -> Option<usize> {
        let end = *self.ends.first()?;
        (end <= self.frontier()).then(|| self.ends.remove(0))
    }

    /// The text that is kept, and its offset.
    pub(crate) fn text(&self) -> (&str, usize) {
        (&self.buffer, self.base)
    }

    /// Lets go of text before the byte `done` that nothing needs any more.
    pub(crate) fn forget(&mut self, done: usize) {
        let least = self.frontier().min(done).saturating_sub(BEHIND);
        let bytes = crate::text::floor(&self.buffer, least.saturating_sub(self.base));
        if bytes < BEHIND {
            return;
        }
        self.buffer.drain(..bytes);
        self.base += bytes;
        self.segment -= bytes;
        self.words -= bytes;
        for cursor in self.regexes.iter_mut().chain(&mut self.literals) {
            *cursor -= bytes;
        }
    }

    /// Whether something that starts within these bytes blocks.
    pub(crate) fn blocks(&self, plan: &Plan, from: usize, to: usize) -> bool {
        self.findings.iter().any(|finding| {
            (from..to.max(from + 1)).contains(&finding.start)
                && finding.action(plan) == Action::Block
        })
    }
}

fn kind(literal: Literal, text: &str) -> Kind {
    match literal {
        Literal::Word(action) => Kind::Word(WordMatch {
            text: text.to_owned(),
            managed: None,
            action,
        }),
        Literal::Pii(entity) => Kind::Pii(entity),
        Literal::Regex(index) => Kind::Regex(index),
    }
}

/// The confidences of a plan's filters for an image.
pub(crate) fn image_findings(
    context: Context<'_>,
    image: crate::content::Image<'_>,
) -> Vec<Finding> {
    let filters: &[content_filters::Filter] = &context.plan.filters;
    let judged = filters.iter().enumerate().filter_map(|(index, filter)| {
        let confidence = filter.image(context.judge, context.plan.direction, image);
        (confidence > Confidence::None).then_some(Finding {
            start: 0,
            end: 0,
            text: String::new(),
            kind: Kind::Filter(index, confidence),
        })
    });
    judged.collect()
}
