//! Models that judge for guardrails, in place of lexicons and similarities.
//!
//! A guardrail is evaluated without I/O. Where a judge is configured, it is asked before: [`Judges::verdicts`] gives what the
//! evaluation of a whole content needs to know, [`judged`] what a stream's needs, window by window. A judge that fails is an
//! error that names the setting, unless the settings say that the rules decide then: it never passes for a clean verdict.

mod ask;
mod filters;
mod grounding;
mod role;
mod similarity;
mod stream;
mod topics;

use std::{num::NonZeroUsize, sync::Arc, time::Duration};

use futures_util::{
    FutureExt,
    future::{join_all, try_join},
};
use outcrop_engine::{Engine, EngineError};
use outcrop_guardrails::{
    Content, Direction, Guardrail, Questions, Subject, Verdict, Verdicts,
    policy::{Confidence, FilterType},
};

pub(crate) use self::stream::{Judging, judged};
use self::{ask::Asker, similarity::Similarity};
pub use self::{filters::FilterFormat, role::JudgeRole};

/// Which judges there are. What none is configured for is decided by rule.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgeSettings {
    /// How the judge of content filters on texts is asked.
    pub filters: Option<FilterFormat>,
    /// Whether a chat model judges denied topics.
    pub topics: bool,
    /// The similarity of vectors from which on a topic is talked about, where vectors judge. A chat model comes before them.
    pub topic_similarity: Option<f64>,
    /// Whether contextual grounding is judged.
    pub grounding: bool,
    /// How the judge of images is asked.
    pub images: Option<FilterFormat>,
    /// Time for a verdict, waiting for a turn included.
    pub timeout: Duration,
    /// Verdicts that are asked for at once.
    pub concurrency: NonZeroUsize,
    /// Whether the rules decide where a judge fails. Otherwise the request fails.
    pub rules_instead: bool,
}

impl Default for JudgeSettings {
    fn default() -> Self {
        Self {
            filters: None,
            topics: false,
            topic_similarity: None,
            grounding: false,
            images: None,
            timeout: Duration::from_secs(30),
            concurrency: NonZeroUsize::MIN.saturating_add(7),
            rules_instead: false,
        }
    }
}

impl JudgeSettings {
    fn any(&self) -> bool {
        self.topics
            || self.grounding
            || self.filters.is_some()
            || self.images.is_some()
            || self.topic_similarity.is_some()
    }
}

/// The judges.
pub struct Judges {
    settings: JudgeSettings,
    asker: Asker,
    similarity: Option<Similarity>,
}

impl Judges {
    /// Judges behind an engine that leads each [`JudgeRole`] to its model; nothing where none is configured.
    #[must_use]
    pub fn new(engine: Arc<dyn Engine>, settings: JudgeSettings) -> Option<Self> {
        settings.any().then(|| Self {
            asker: Asker::new(engine, settings.timeout, settings.concurrency),
            similarity: settings.topic_similarity.map(Similarity::new),
            settings,
        })
    }

    /// The verdicts that the evaluation of a whole content needs.
    pub(crate) async fn verdicts(
        &self,
        guardrail: &Guardrail,
        direction: Direction,
        content: &[Content<'_>],
    ) -> Result<Verdicts, EngineError> {
        let questions = guardrail.questions(direction);
        let subjects = guardrail.subjects(direction, content);
        self.on_all(&questions, &subjects).await
    }

    /// The verdicts on several subjects.
    async fn on_all(
        &self,
        questions: &Questions<'_>,
        subjects: &[Subject<'_>],
    ) -> Result<Verdicts, EngineError> {
        let asked = subjects.iter().map(|subject| self.on(questions, subject));
        let mut verdicts = Verdicts::default();
        for (subject, verdict) in subjects.iter().zip(join_all(asked).await) {
            verdicts.add(subject, verdict?);
        }
        Ok(verdicts)
    }

    /// The verdict on one subject.
    async fn on(
        &self,
        questions: &Questions<'_>,
        subject: &Subject<'_>,
    ) -> Result<Verdict, EngineError> {
        match subject {
            Subject::Text { direction, text } => {
                let filters = self.filters(questions, *direction, text);
                let topics = self.topics(questions, text);
                let (filters, topics) = try_join(filters, topics).await?;
                Ok(filters.or(topics))
            }
            Subject::Image { image, .. } => {
                let Some(format) = self
                    .settings
                    .images
                    .filter(|_| !questions.images.is_empty())
                else {
                    return Ok(Verdict::default());
                };
                let asked = filters::on_image(&self.asker, format, &questions.images, *image);
                self.settled(asked.await)
            }
            Subject::Grounding {
                source,
                query,
                answer,
            } => {
                if !self.settings.grounding {
                    return Ok(Verdict::default());
                }
                self.settled(grounding::on(&self.asker, source, query, answer).await)
            }
        }
    }

    async fn filters(
        &self,
        questions: &Questions<'_>,
        direction: Direction,
        text: &str,
    ) -> Result<Verdict, EngineError> {
        let Some(format) = self.settings.filters.filter(|_| !questions.text.is_empty()) else {
            return Ok(Verdict::default());
        };
        let asked = filters::on_text(&self.asker, format, &questions.text, direction, text);
        self.settled(asked.await)
    }

    async fn topics(&self, questions: &Questions<'_>, text: &str) -> Result<Verdict, EngineError> {
        if questions.topics.is_empty() {
            return Ok(Verdict::default());
        }
        let asked = match (&self.similarity, self.settings.topics) {
            (_, true) => topics::on(&self.asker, &questions.topics, text).left_future(),
            (Some(similarity), false) => similarity
                .on(&self.asker, &questions.topics, text)
                .right_future(),
            (None, false) => return Ok(Verdict::default()),
        };
        self.settled(asked.await)
    }

    /// How likely any of the texts belongs to each category, for checks without a guardrail.
    pub(crate) async fn categories(
        &self,
        categories: &[FilterType],
        texts: &[&str],
    ) -> Result<Vec<(FilterType, Confidence)>, EngineError> {
        let questions = Questions {
            text: categories.to_vec(),
            ..Questions::default()
        };
        let said = texts.iter().filter(|text| !text.trim().is_empty());
        let asked = said.map(|text| self.filters(&questions, Direction::Input, text));
        let mut found: Vec<(FilterType, Confidence)> = Vec::new();
        for verdict in join_all(asked).await {
            for (category, confidence) in verdict?.filters {
                match found.iter_mut().find(|(known, _)| *known == category) {
                    Some((_, known)) => *known = confidence.max(*known),
                    None => found.push((category, confidence)),
                }
            }
        }
        Ok(found)
    }

    /// A verdict, or the rules' turn where the settings say so.
    fn settled(&self, asked: Result<Verdict, ask::Failure>) -> Result<Verdict, EngineError> {
        match asked {
            Ok(verdict) => Ok(verdict),
            Err(failure) if self.settings.rules_instead => {
                tracing::warn!(%failure, "a judge gave no verdict, and the rules decide");
                Ok(Verdict::default())
            }
            Err(failure) => Err(EngineError::ServiceUnavailable(failure.to_string())),
        }
    }
}
