//! The guardrails of one exchange, and what they found so far.

use std::{
    sync::{Arc, atomic::AtomicBool},
    time::Instant,
};

use bedrock_runtime_smithy::model::{
    ContentBlock, GuardrailAssessment, GuardrailOrigin, StopReason,
};
use outcrop_catalogue::Model;
use outcrop_engine::{Answer, ConverseRequest, EngineError};
use outcrop_guardrails::{
    Content, Direction, Forced, Intervention, Outcome, Qualifier, StreamMode, StreamVerdicts,
};
use outcrop_wire::Caller;

use super::{
    Asked, Overrides, Ready, Selection, TraceLevel,
    content::{self, Piece, Pieces, Reach},
    no_such_guardrail,
    tags::Tags,
};
use crate::{Runtime, judge::Judging};

/// A guardrail that acts in an exchange.
pub(super) struct Attached {
    pub(super) ready: Arc<Ready>,
    origins: Vec<GuardrailOrigin>,
    system: Selection,
    messages: Selection,
    /// Where it finds verdicts on an answer that streams.
    pub(super) verdicts: Arc<StreamVerdicts>,
}

/// The guardrails of one exchange. There is at least one.
pub(crate) struct Exchange {
    pub(super) guards: Vec<Attached>,
    caller: Caller,
    pub(super) trace: TraceLevel,
    pub(super) mode: StreamMode,
    tags: Option<Tags>,
    overrides: Arc<Overrides>,
    /// What the request says, for scenarios.
    said: String,
    /// Whether a streamed answer is blocked.
    pub(super) blocked: Arc<AtomicBool>,
    /// For each guardrail, what it found in the request.
    pub(super) input: Vec<GuardrailAssessment>,
    /// For each guardrail, what it found in each text of the answer.
    pub(super) outputs: Vec<Vec<GuardrailAssessment>>,
    pub(super) input_intervention: Option<Intervention>,
    pub(super) output_intervention: Option<Intervention>,
    /// What the model said, where it was changed.
    pub(super) model_output: Vec<String>,
    /// What an answer is compared with.
    pub(super) grounding_source: String,
    pub(super) query: String,
}

impl Exchange {
    /// The guardrails that `asked` names and that the account enforces; nothing where there are none.
    pub(crate) async fn open(
        runtime: &Runtime,
        caller: &Caller,
        model: &Model,
        asked: Option<Asked>,
    ) -> Result<Option<Self>, EngineError> {
        let mut guards = Vec::new();
        if let Some(asked) = &asked {
            let (identifier, version) = (&asked.identifier, &asked.version);
            if identifier.is_empty() {
                return Err(invalid_identifier());
            }
            let found = runtime.guardrails.find(caller, identifier, version).await?;
            guards.push(Attached {
                ready: found.ok_or_else(no_such_guardrail)?,
                origins: vec![GuardrailOrigin::Request],
                system: Selection::Selective,
                messages: Selection::Selective,
                verdicts: Arc::default(),
            });
        }
        for enforced in runtime.guardrails.enforced(caller, model).await? {
            let same = |own: &&mut Attached| {
                let (own, other) = (&own.ready, &enforced.guardrail);
                own.arn == other.arn && own.version == other.version
            };
            if let Some(own) = guards.iter_mut().find(same) {
                own.origins.push(GuardrailOrigin::AccountEnforced);
                (own.system, own.messages) = (enforced.system, enforced.messages);
            } else {
                guards.push(Attached {
                    ready: enforced.guardrail,
                    origins: vec![GuardrailOrigin::AccountEnforced],
                    system: enforced.system,
                    messages: enforced.messages,
                    verdicts: Arc::default(),
                });
            }
        }
        Ok((!guards.is_empty()).then(|| Self {
            outputs: guards.iter().map(|_| Vec::new()).collect(),
            guards,
            caller: caller.clone(),
            trace: asked
                .as_ref()
                .map_or(TraceLevel::Disabled, |asked| asked.trace),
            mode: asked.map_or(StreamMode::Sync, |asked| asked.mode),
            tags: None,
            overrides: runtime.overrides.load_full(),
            said: String::new(),
            blocked: Arc::default(),
            input: Vec::new(),
            input_intervention: None,
            output_intervention: None,
            model_output: Vec::new(),
            grounding_source: String::new(),
            query: String::new(),
        }))
    }

    /// Looks for input tags with this suffix.
    pub(crate) fn tagged(mut self, suffix: Option<&str>) -> Self {
        self.tags = suffix.map(Tags::new);
        self
    }

    /// Assesses a request, and masks what is to be masked in it. Gives the message of the first guardrail that blocks it:
    /// no model may be called then.
    pub(crate) async fn input(
        &mut self,
        request: &mut ConverseRequest,
    ) -> Result<Option<String>, EngineError> {
        let mut message = None;
        for index in 0..self.guards.len() {
            let Some(attached) = self.guards.get(index) else {
                break;
            };
            let reach = Reach {
                system: attached.system,
                messages: attached.messages,
                tags: self.tags.as_ref(),
            };
            let started = Instant::now();
            let pieces = content::of_request(request, &reach);
            self.grounding_source = pieces.serving(Qualifier::GroundingSource);
            self.query = pieces.serving(Qualifier::Query);
            if index == 0 {
                self.said = pieces.said();
            }
            let outcome = self
                .assess(attached, Direction::Input, &pieces.contents())
                .await?;
            let texts = outcome.texts.clone();
            let masked = outcome.intervention == Intervention::Masked;
            if masked || self.tags.is_some() {
                pieces.mask(texts);
                // It says what the request said before.
                request.native_body = None;
            }
            message = self.entered(index, outcome, started).or(message);
        }
        Ok(message)
    }

    /// Assesses the texts of a request that is no conversation, as [`Exchange::input`] does.
    pub(crate) async fn input_texts(
        &mut self,
        mut texts: Vec<&mut String>,
    ) -> Result<Option<String>, EngineError> {
        let mut message = None;
        for index in 0..self.guards.len() {
            let Some(attached) = self.guards.get(index) else {
                break;
            };
            let started = Instant::now();
            let own = texts.iter_mut().map(|text| Piece::guarded(text));
            let own = Pieces(own.collect());
            if index == 0 {
                self.said = own.said();
            }
            let outcome = self
                .assess(attached, Direction::Input, &own.contents())
                .await?;
            if outcome.intervention == Intervention::Masked {
                own.mask(outcome.texts.clone());
            }
            message = self.entered(index, outcome, started).or(message);
        }
        Ok(message)
    }

    /// Notes what a guardrail found in the request; gives its message where it blocks and none before it did.
    fn entered(&mut self, index: usize, outcome: Outcome, started: Instant) -> Option<String> {
        let first = self.input_intervention != Some(Intervention::Blocked);
        let blocked = outcome.intervention == Intervention::Blocked;
        self.input_intervention = self.input_intervention.max(Some(outcome.intervention));
        let message = (blocked && first).then(|| outcome.message.clone());
        let assessment = self.finished(index, outcome, started);
        self.input.push(assessment);
        message
    }

    /// Assesses a whole answer, and masks or replaces its texts. `raw` is what the model said.
    pub(crate) async fn whole(
        &mut self,
        answer: &mut Answer,
        raw: impl FnOnce(&Answer) -> String,
    ) -> Result<(), EngineError> {
        if content::of_answer(&mut answer.message.content).is_empty() {
            return Ok(());
        }
        let before = answer.clone();
        let mut message = None;
        for index in 0..self.guards.len() {
            let Some(attached) = self.guards.get(index) else {
                break;
            };
            let started = Instant::now();
            let pieces = Pieces(content::of_answer(&mut answer.message.content));
            let mut outcome = self.assess_answer(attached, &pieces).await?;
            uncount_references(&mut outcome);
            match outcome.intervention {
                Intervention::None => {}
                Intervention::Masked => pieces.mask(outcome.texts.clone()),
                Intervention::Blocked => {
                    message.get_or_insert_with(|| outcome.message.clone());
                }
            }
            self.left(index, outcome, started);
        }
        if let Some(message) = message {
            answer.message.content = vec![ContentBlock::Text(message)];
            answer.stop_reason = StopReason::GuardrailIntervened;
        }
        if self.output_intervention > Some(Intervention::None) {
            answer.stop_reason = StopReason::GuardrailIntervened;
            self.model_output.push(raw(&before));
        }
        Ok(())
    }

    async fn assess_answer(
        &self,
        attached: &Attached,
        pieces: &Pieces<'_>,
    ) -> Result<Outcome, EngineError> {
        let mut contents = Vec::new();
        let references = [
            (&self.grounding_source, &[Qualifier::GroundingSource]),
            (&self.query, &[Qualifier::Query]),
        ];
        for (text, qualifier) in references {
            if !text.is_empty() {
                contents.push(Content::qualified(text, qualifier));
            }
        }
        contents.extend(pieces.contents());
        self.assess(attached, Direction::Output, &contents).await
    }

    async fn assess(
        &self,
        attached: &Attached,
        direction: Direction,
        content: &[Content<'_>],
    ) -> Result<Outcome, EngineError> {
        let scope = self.trace.scope();
        let (ready, said) = (&attached.ready, &self.said);
        let assessed = self
            .overrides
            .assess(ready, direction, content, scope, said);
        assessed.await
    }

    /// What scenarios force on the answer.
    pub(super) fn forced(&self, attached: &Attached) -> Option<Forced> {
        let (ready, said) = (&attached.ready, &self.said);
        self.overrides.forced(ready, Direction::Output, said)
    }

    /// How a streamed answer is judged; nothing where no judge is configured.
    pub(crate) fn judging(&self) -> Option<Judging> {
        let judges = self.overrides.judges.clone()?;
        let guards = self.guards.iter();
        Some(Judging {
            judges,
            guards: guards
                .map(|own| (Arc::clone(&own.ready), Arc::clone(&own.verdicts)))
                .collect(),
            mode: self.mode,
            grounding_source: self.grounding_source.clone(),
            query: self.query.clone(),
            blocked: Arc::clone(&self.blocked),
        })
    }

    /// Whether verdicts on a streamed answer come from judges.
    pub(super) fn is_judged(&self) -> bool {
        self.overrides.judges.is_some()
    }

    /// Notes what a guardrail found in a text of the answer.
    pub(super) fn left(&mut self, index: usize, outcome: Outcome, started: Instant) {
        self.output_intervention = self.output_intervention.max(Some(outcome.intervention));
        let assessment = self.finished(index, outcome, started);
        if let Some(outputs) = self.outputs.get_mut(index) {
            outputs.push(assessment);
        }
    }

    fn finished(&self, index: usize, outcome: Outcome, started: Instant) -> GuardrailAssessment {
        let latency = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
        let attached = self.guards.get(index);
        let details = attached.map(|own| own.ready.details(&self.caller, &own.origins));
        outcome.with(latency, details).assessment
    }

    /// Whether a guardrail changed the request or the answer.
    pub(crate) fn intervened(&self) -> bool {
        self.input_intervention.max(self.output_intervention) > Some(Intervention::None)
    }
}

/// What the service says of an identifier that can name none (quoted by users). The model's pattern allows an empty one.
fn invalid_identifier() -> EngineError {
    EngineError::Validation("The provided guardrail identifier is invalid.".into())
}

/// Sources and queries are the request's: an answer's coverage is of the answer alone (recorded: 41 of 41).
fn uncount_references(outcome: &mut Outcome) {
    if let Some(characters) = &mut outcome.coverage.text_characters {
        characters.total = characters.guarded;
    }
}
