//! What decides besides a guardrail's own rules: judges, and scenarios that force assessments.

use std::sync::Arc;

use outcrop_engine::EngineError;
use outcrop_guardrails::{Content, Direction, Forced, Judge, Outcome, Request, Scope};

use super::Ready;
use crate::judge::Judges;

/// Judges and scenarios. Without any, rules decide alone.
#[derive(Default)]
pub struct Overrides {
    /// The models that judge.
    pub judges: Option<Arc<Judges>>,
    /// The scenarios; all that fit an assessment count.
    pub scenarios: Vec<Scenario>,
}

/// Findings that are made whatever the rules say, for assessments that fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// The guardrails that it is for, by name, id or ARN; every one without it.
    pub guardrail: Option<String>,
    /// The direction that it is for; both without it.
    pub direction: Option<Direction>,
    /// A text that the request has to have; any request fits without it.
    pub contains: Option<String>,
    /// What is found.
    pub forced: Forced,
}

impl Scenario {
    fn fits(&self, ready: &Ready, direction: Direction, said: &str) -> bool {
        let named = |name: &String| [&ready.name, &ready.id, &ready.arn].contains(&name);
        self.guardrail.as_ref().is_none_or(named)
            && self.direction.is_none_or(|own| own == direction)
            && self
                .contains
                .as_ref()
                .is_none_or(|text| said.contains(text))
    }
}

impl Overrides {
    /// What scenarios force on an assessment of a request that says `said`, or of its answer.
    pub(crate) fn forced(&self, ready: &Ready, direction: Direction, said: &str) -> Option<Forced> {
        let fitting = self.scenarios.iter();
        let fitting = fitting.filter(|scenario| scenario.fits(ready, direction, said));
        fitting
            .map(|scenario| scenario.forced.clone())
            .reduce(Forced::and)
    }

    /// Assesses a whole content, after the judges have been asked about it.
    pub(crate) async fn assess(
        &self,
        ready: &Ready,
        direction: Direction,
        content: &[Content<'_>],
        scope: Scope,
        said: &str,
    ) -> Result<Outcome, EngineError> {
        let forced = self.forced(ready, direction, said);
        let alone = forced.as_ref().is_some_and(|forced| forced.only);
        let verdicts = match self.judges.as_ref().filter(|_| !alone) {
            Some(judges) => {
                let asked = judges.verdicts(&ready.guardrail, direction, content);
                Some(asked.await?)
            }
            None => None,
        };
        Ok(ready.guardrail.assess(&Request {
            scope,
            judge: verdicts.as_ref().map(|verdicts| verdicts as &dyn Judge),
            forced: forced.as_ref(),
            ..Request::new(direction, content)
        }))
    }
}
