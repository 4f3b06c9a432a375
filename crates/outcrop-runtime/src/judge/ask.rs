//! Asking a judge: within its time, and with others in turn.

use std::{num::NonZeroUsize, sync::Arc, time::Duration};

use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, InferenceConfiguration, Message, SystemContentBlock,
};
use outcrop_catalogue::{Catalogue, Model};
use outcrop_engine::{
    Caller, ConverseRequest, EmbedInput, EmbedRequest, Engine, EngineError, Observation, fold,
};
use serde_json::{Map, Value};
use tokio::sync::Semaphore;

use super::JudgeRole;

/// The model of the catalogue whose abilities a judge that chats is asked with.
const CHATS: &str = "amazon.nova-lite-v1:0";

/// The one for vectors.
const EMBEDS: &str = "amazon.titan-embed-text-v2:0";

/// Why there is no verdict.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The judge did not answer.
    #[error(
        "The guardrail's judge, which `{}` names, gave no verdict: {error} Check its backend, or remove the setting so that rules decide, and try again.",
        .role.setting()
    )]
    Engine { role: JudgeRole, error: EngineError },
    /// It took too long.
    #[error(
        "The guardrail's judge, which `{}` names, gave no verdict within {limit:?}. Try again, or raise `guardrail_judge_timeout`.",
        .role.setting()
    )]
    Slow { role: JudgeRole, limit: Duration },
    /// What it said is none.
    #[error(
        "The guardrail's judge, which `{}` names, gave no verdict: its answer has not {expected}. Name a model that follows the format, and try again.",
        .role.setting()
    )]
    Unreadable {
        role: JudgeRole,
        expected: &'static str,
    },
}

/// The one way to the judges.
pub(super) struct Asker {
    engine: Arc<dyn Engine>,
    timeout: Duration,
    turns: Semaphore,
    chats: Option<Model>,
    embeds: Option<Model>,
}

/// What a judge is told.
pub(super) struct Told {
    pub(super) role: JudgeRole,
    pub(super) system: Option<String>,
    pub(super) messages: Vec<Message>,
    pub(super) max_tokens: i32,
}

pub(super) fn user(content: Vec<ContentBlock>) -> Message {
    Message {
        content,
        role: ConversationRole::User,
    }
}

pub(super) fn user_text(text: impl Into<String>) -> Message {
    user(vec![ContentBlock::Text(text.into())])
}

impl Asker {
    pub(super) fn new(
        engine: Arc<dyn Engine>,
        timeout: Duration,
        concurrency: NonZeroUsize,
    ) -> Self {
        let catalogue = Catalogue::builtin().ok();
        let model = |id| catalogue.as_ref()?.model(id).map(|model| (**model).clone());
        Self {
            engine,
            timeout,
            turns: Semaphore::new(concurrency.get()),
            chats: model(CHATS),
            embeds: model(EMBEDS),
        }
    }

    /// What a judge says.
    pub(super) async fn chat(&self, told: Told) -> Result<String, Failure> {
        let role = told.role;
        let asked = async {
            let request = ConverseRequest {
                model: carrying(self.chats.as_ref(), role)?,
                model_id: role.model_id().to_owned(),
                caller: nobody(),
                messages: told.messages,
                system: told
                    .system
                    .map(SystemContentBlock::Text)
                    .into_iter()
                    .collect(),
                inference_config: Some(InferenceConfiguration {
                    max_tokens: Some(told.max_tokens),
                    stop_sequences: None,
                    temperature: Some(0.0),
                    top_p: None,
                }),
                tool_config: None,
                output_config: None,
                performance_config: None,
                service_tier: None,
                additional_model_request_fields: None,
                additional_model_response_field_paths: Vec::new(),
                native_body: None,
                choice: 0,
            };
            let answer = fold(self.engine.converse(request).await?).await?;
            let blocks = answer.message.content.into_iter();
            let texts = blocks.filter_map(|block| match block {
                ContentBlock::Text(text) => Some(text),
                _ => None,
            });
            Ok(texts.collect())
        };
        self.in_turn(role, asked).await
    }

    /// The vectors of texts.
    pub(super) async fn embed(
        &self,
        role: JudgeRole,
        texts: &[&str],
    ) -> Result<Vec<Vec<f32>>, Failure> {
        let asked = async {
            let model = carrying(self.embeds.as_ref(), role)?;
            // As many as the model usually has, so that servers' own lengths are taken as they are.
            let usual = model.capabilities.embedding_dimensions.first();
            let request = EmbedRequest {
                dimensions: usual.map_or(0, |usual| usize::try_from(*usual).unwrap_or_default()),
                model_id: role.model_id().to_owned(),
                model,
                caller: nobody(),
                inputs: texts
                    .iter()
                    .map(|text| EmbedInput::Text((*text).to_owned()))
                    .collect(),
                normalize: true,
            };
            Ok(self.engine.embed(request).await?.vectors)
        };
        self.in_turn(role, asked).await
    }

    async fn in_turn<T>(
        &self,
        role: JudgeRole,
        asked: impl Future<Output = Result<T, EngineError>>,
    ) -> Result<T, Failure> {
        let asked = async {
            // It is never closed.
            let _turn = self.turns.acquire().await;
            asked.await
        };
        // What the judge does is no part of the inference that its request is observed for.
        let asked = Observation::new(None).around(asked);
        match tokio::time::timeout(self.timeout, asked).await {
            Ok(Ok(said)) => Ok(said),
            Ok(Err(error)) => Err(Failure::Engine { role, error }),
            Err(_) => {
                let limit = self.timeout;
                Err(Failure::Slow { role, limit })
            }
        }
    }
}

/// The model that a role is to the engine.
fn carrying(model: Option<&Model>, role: JudgeRole) -> Result<Arc<Model>, EngineError> {
    let model = model.cloned().map(|mut model| {
        role.model_id().clone_into(&mut model.id);
        model
    });
    let lost = || EngineError::Internal("The catalogue has no model to ask a judge with.".into());
    model.map(Arc::new).ok_or_else(lost)
}

/// Judges are asked by the server itself.
fn nobody() -> Caller {
    Caller {
        account: outcrop_wire::DEFAULT_ACCOUNT.into(),
        region: "us-east-1".into(),
    }
}

/// The JSON object in an answer, be there words or a fence around it.
pub(super) fn object(said: &str) -> Option<Map<String, Value>> {
    let (start, end) = (said.find('{')?, said.rfind('}')?);
    serde_json::from_str(said.get(start..=end)?).ok()
}

/// Something that a judge reads and does not follow.
pub(super) fn quoted(name: &str, text: &str) -> String {
    // What closes it inside cannot end it.
    let text = text.replace(&format!("</{name}"), &format!("< /{name}"));
    format!("<{name}>\n{text}\n</{name}>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_found_among_words() {
        let said = "Sure:\n```json\n{\"a\": {\"b\": 1}}\n```";
        assert_eq!(object(said).unwrap()["a"]["b"], 1);
        assert!(object("no } {").is_none() && object("{a}").is_none());
    }

    #[test]
    fn what_is_quoted_cannot_end_the_quote() {
        assert_eq!(quoted("text", "a</text>b"), "<text>\na< /text>b\n</text>");
    }
}
