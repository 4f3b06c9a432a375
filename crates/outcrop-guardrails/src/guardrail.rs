//! A compiled guardrail.

use crate::automated_reasoning;
use crate::content::{Content, Qualifier};
use crate::content_filters::Filter;
use crate::contextual_grounding::{Progress, Reference};
use crate::error::PolicyError;
use crate::finding::{Finding, Kind};
use crate::forced::Forced;
use crate::judge::{Judge, Questions, Subject};
use crate::mask::Masking;
use crate::outcome::{Intervention, Outcome};
use crate::plan::Plan;
use crate::policy::{Action, Direction, GroundingType, Policy};
use crate::report::{self, Findings, Scope};
use crate::scan::{Context, Scan, image_findings};
use crate::usage::{self, Amount};

/// A version of a guardrail, ready to assess. Compile once, and share.
#[derive(Debug, Clone)]
pub struct Guardrail {
    input: Plan,
    output: Plan,
}

/// What is assessed, and how.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Where the content comes from.
    pub direction: Direction,
    /// The content.
    pub content: &'a [Content<'a>],
    /// How much is told.
    pub scope: Scope,
    /// Who knows better than the rules.
    pub judge: Option<&'a dyn Judge>,
    /// What is found in any case.
    pub forced: Option<&'a Forced>,
}

impl<'a> Request<'a> {
    /// An assessment of `content` by rule, of which interventions are told.
    #[must_use]
    pub fn new(direction: Direction, content: &'a [Content<'a>]) -> Self {
        Self {
            direction,
            content,
            scope: Scope::Interventions,
            judge: None,
            forced: None,
        }
    }
}

impl Guardrail {
    /// Compiles `policy`.
    ///
    /// # Errors
    ///
    /// [`PolicyError`] where a regex has no linear-time evaluation, is too large or is none.
    pub fn compile(policy: &Policy) -> Result<Self, PolicyError> {
        Ok(Self {
            input: Plan::compile(policy, Direction::Input)?,
            output: Plan::compile(policy, Direction::Output)?,
        })
    }

    pub(crate) fn plan(&self, direction: Direction, forced: Option<&Forced>) -> Plan {
        let plan = self.own(direction).clone();
        match forced {
            Some(forced) => plan.forced(forced),
            None => plan,
        }
    }

    fn own(&self, direction: Direction) -> &Plan {
        match direction {
            Direction::Input => &self.input,
            Direction::Output => &self.output,
        }
    }

    /// What a judge is asked about contents of `direction`.
    #[must_use]
    pub fn questions(&self, direction: Direction) -> Questions<'_> {
        let plan = self.own(direction);
        let filters = |on: fn(&Filter) -> bool| {
            let filters = plan.filters.iter().filter(|filter| on(filter));
            filters.map(|filter| filter.kind).collect()
        };
        Questions {
            topics: plan.topics.iter().map(|topic| &topic.given).collect(),
            text: filters(|filter| filter.text),
            images: filters(|filter| filter.image),
            grounding: !plan.grounding.is_empty(),
        }
    }

    /// What a judge is asked about when `content` is assessed, in order. There is nothing to ask about a text that says nothing.
    #[must_use]
    pub fn subjects<'a>(
        &self,
        direction: Direction,
        content: &'a [Content<'a>],
    ) -> Vec<Subject<'a>> {
        let questions = self.questions(direction);
        let (texts, images) = (
            !questions.topics.is_empty() || !questions.text.is_empty(),
            !questions.images.is_empty(),
        );
        let mut subjects = Vec::new();
        for piece in content {
            match piece {
                Content::Image(image) if images => subjects.push(Subject::Image {
                    direction,
                    image: *image,
                }),
                piece => {
                    let said = piece.guarded().filter(|text| !text.trim().is_empty());
                    let text = said.filter(|_| texts);
                    subjects.extend(text.map(|text| Subject::Text { direction, text }));
                }
            }
        }
        if questions.grounding {
            let source = joined(content, Qualifier::GroundingSource);
            let query = joined(content, Qualifier::Query);
            if Reference::new(&source, &query).is_some() {
                let answer: String = content.iter().filter_map(Content::guarded).collect();
                subjects.push(Subject::Grounding {
                    source: source.into(),
                    query: query.into(),
                    answer: answer.into(),
                });
            }
        }
        subjects
    }

    /// Assesses a content.
    #[must_use]
    pub fn assess(&self, request: &Request<'_>) -> Outcome {
        let forced = request
            .forced
            .map(|forced| self.own(request.direction).clone().forced(forced));
        let plan = forced.as_ref().unwrap_or(self.own(request.direction));
        let reference = reference(plan, request.content);
        let context = Context {
            plan,
            judge: request.judge,
            reference: reference.as_ref(),
        };
        let (mut found, texts, progress, answer) = read(context, request.content);
        found.scores = scores(context, &progress);
        if let Some(reasoning) = &plan.reasoning {
            let query = joined(request.content, Qualifier::Query);
            let query = (!query.is_empty()).then_some(query.as_str());
            found.reasoning = match plan.certain.reasoning {
                Some(kind) => automated_reasoning::forced(reasoning, &answer, kind),
                None => automated_reasoning::findings(reasoning, &answer, query),
            };
        }
        outcome(
            plan,
            &found,
            texts,
            Amount::of(request.content),
            request.scope,
        )
    }
}

/// Reads every piece: what was found, the masked texts, how grounded they are, and all guarded text.
fn read(context: Context<'_>, pieces: &[Content<'_>]) -> (Findings, Vec<String>, Progress, String) {
    let mut found = Findings {
        masking: true,
        ..Findings::default()
    };
    let (mut texts, mut answer, mut progress) = (Vec::new(), String::new(), Progress::default());
    for piece in pieces {
        if let Content::Image(image) = piece {
            found.list.extend(image_findings(context, *image));
        }
        let Some(text) = piece.guarded() else {
            continue;
        };
        let mut scan = Scan::whole(context, text);
        sort(&mut scan.findings);
        let mut masking = Masking::default();
        texts.push(masking.release(text, 0, text.len(), &scan.findings, context.plan));
        found.list.append(&mut scan.findings);
        progress.add(scan.progress);
        answer.push_str(text);
    }
    (found, texts, progress, answer)
}

/// Orders findings by where they start, and drops what was found twice.
pub(crate) fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by_key(|finding| (finding.start, rank(&finding.kind), finding.end));
    findings.dedup();
}

fn rank(kind: &Kind) -> (u8, usize) {
    match kind {
        Kind::Topic(index) => (0, *index),
        Kind::Filter(index, _) => (1, *index),
        Kind::Word(_) => (2, 0),
        Kind::Pii(entity) => (3, usize::from(entity.action == Action::None)),
        Kind::Regex(index) => (4, *index),
    }
}

fn reference(plan: &Plan, content: &[Content<'_>]) -> Option<Reference> {
    if plan.grounding.is_empty() {
        return None;
    }
    let source = joined(content, Qualifier::GroundingSource);
    Reference::new(&source, &joined(content, Qualifier::Query))
}

fn joined(content: &[Content<'_>], qualifier: Qualifier) -> String {
    let texts: Vec<_> = content
        .iter()
        .filter_map(|piece| piece.serving(qualifier))
        .collect();
    texts.join("\n")
}

/// The scores of the plan's grounding filters; none where there is nothing to compare with.
pub(crate) fn scores(context: Context<'_>, progress: &Progress) -> Vec<(GroundingType, f64)> {
    let certain = &context.plan.certain;
    let filters = context.plan.grounding.iter().filter_map(|filter| {
        let forced = match filter.kind {
            GroundingType::Grounding => certain.grounding,
            GroundingType::Relevance => certain.relevance,
        };
        let score = context
            .reference
            .map(|reference| reference.score(progress, filter.kind, context.judge));
        Some((filter.kind, forced.or(score)?))
    });
    filters.collect()
}

/// What follows from what was found.
pub(crate) fn outcome(
    plan: &Plan,
    found: &Findings,
    texts: Vec<String>,
    amount: Amount,
    scope: Scope,
) -> Outcome {
    let actions = found.list.iter().map(|finding| finding.action(plan));
    let blocked = actions.clone().any(|action| action == Action::Block)
        || report::grounding_blocks(plan, found);
    let masked = found.masking
        && actions
            .into_iter()
            .any(|action| action == Action::Anonymize);
    let usage = usage::usage(plan, amount, !found.scores.is_empty());
    let coverage = usage::coverage(plan, amount);
    Outcome {
        intervention: match (blocked, masked) {
            (true, _) => Intervention::Blocked,
            (false, true) => Intervention::Masked,
            (false, false) => Intervention::None,
        },
        direction: plan.direction,
        texts,
        message: plan.message.clone(),
        assessment: report::assessment(plan, found, scope),
        usage,
        coverage,
    }
    .with(0, None)
}

#[cfg(test)]
mod tests;
