//! Requests to try rules on.

mod blocks;

use std::sync::Arc;

use bedrock_runtime_smithy::model::{
    ContentBlock, InferenceConfiguration, Message, SystemContentBlock, Tool, ToolChoice,
    ToolConfiguration,
};
use outcrop_catalogue::{Catalogue, Model};
use outcrop_engine::EngineError;
use serde_json::Value;

pub(super) use self::blocks::*;
use super::{Conversation, check};

pub(super) const HAIKU_3: &str = "anthropic.claude-3-haiku-20240307-v1:0";
pub(super) const SONNET_4: &str = "anthropic.claude-sonnet-4-20250514-v1:0";
pub(super) const SONNET_4_5: &str = "anthropic.claude-sonnet-4-5-20250929-v1:0";
pub(super) const SONNET_4_6: &str = "anthropic.claude-sonnet-4-6";
pub(super) const OPUS_4_7: &str = "anthropic.claude-opus-4-7";
pub(super) const NOVA_PRO: &str = "amazon.nova-pro-v1:0";
pub(super) const NOVA_2_LITE: &str = "amazon.nova-2-lite-v1:0";
pub(super) const NOVA_MICRO: &str = "amazon.nova-micro-v1:0";
pub(super) const LLAMA: &str = "meta.llama3-3-70b-instruct-v1:0";
pub(super) const LLAMA_4: &str = "meta.llama4-maverick-17b-instruct-v1:0";
pub(super) const MISTRAL: &str = "mistral.mistral-large-2407-v1:0";
pub(super) const TITAN: &str = "amazon.titan-text-express-v1";
pub(super) const GPT_OSS: &str = "openai.gpt-oss-120b-1:0";
pub(super) const QWEN: &str = "qwen.qwen3-32b-v1:0";

/// A model of the catalogue.
fn model(id: &str) -> Arc<Model> {
    let catalogue = Catalogue::builtin().unwrap();
    let model = catalogue.model(id).unwrap_or_else(|| panic!("{id}"));
    Arc::clone(model)
}

/// A request that owns its parts.
pub(super) struct Request {
    model: Arc<Model>,
    streaming: bool,
    pub(super) messages: Vec<Message>,
    pub(super) system: Vec<SystemContentBlock>,
    pub(super) inference_config: Option<InferenceConfiguration>,
    pub(super) tool_config: Option<ToolConfiguration>,
    pub(super) fields: Option<Value>,
}

impl Request {
    /// Of these messages and nothing else.
    pub(super) fn new(model_id: &str, messages: impl Into<Vec<Message>>) -> Self {
        Self {
            model: model(model_id),
            streaming: false,
            messages: messages.into(),
            system: Vec::new(),
            inference_config: None,
            tool_config: None,
            fields: None,
        }
    }

    /// Of one user message.
    pub(super) fn saying(model_id: &str, content: impl Into<Vec<ContentBlock>>) -> Self {
        Self::new(model_id, [user(content)])
    }

    /// Of the user message "Hi".
    pub(super) fn hi(model_id: &str) -> Self {
        Self::saying(model_id, [text("Hi")])
    }

    pub(super) fn streaming(mut self) -> Self {
        self.streaming = true;
        self
    }

    pub(super) fn with_system(mut self, system: impl Into<Vec<SystemContentBlock>>) -> Self {
        self.system = system.into();
        self
    }

    pub(super) fn with_tools(mut self, tools: impl Into<Vec<Tool>>) -> Self {
        self.tool_config = Some(ToolConfiguration {
            tool_choice: None,
            tools: tools.into(),
        });
        self
    }

    /// With the tool "look".
    pub(super) fn with_a_tool(self) -> Self {
        self.with_tools([tool("look")])
    }

    pub(super) fn choosing(mut self, choice: ToolChoice) -> Self {
        let config = self.tool_config.as_mut().expect("tools come first");
        config.tool_choice = Some(choice);
        self
    }

    pub(super) fn inferring(mut self, config: InferenceConfiguration) -> Self {
        self.inference_config = Some(config);
        self
    }

    pub(super) fn with_fields(mut self, fields: Value) -> Self {
        self.fields = Some(fields);
        self
    }

    pub(super) fn conversation(&self) -> Conversation<'_> {
        Conversation {
            model: &self.model,
            streaming: self.streaming,
            messages: &self.messages,
            system: &self.system,
            inference_config: self.inference_config.as_ref(),
            tool_config: self.tool_config.as_ref(),
            additional_model_request_fields: self.fields.as_ref(),
        }
    }

    #[track_caller]
    pub(super) fn is_accepted(&self) {
        assert_eq!(check(&self.conversation()), Ok(()), "{}", self.model.id);
    }

    /// Refused by Bedrock.
    #[track_caller]
    pub(super) fn is_refused(&self, message: &str) {
        let expected = Err(EngineError::Validation(message.to_owned()));
        assert_eq!(check(&self.conversation()), expected, "{}", self.model.id);
    }

    /// Refused by the model.
    #[track_caller]
    pub(super) fn is_refused_by_the_model(&self, message: &str) {
        let expected = Err(EngineError::ModelValidation(message.to_owned()));
        assert_eq!(check(&self.conversation()), expected, "{}", self.model.id);
    }
}
