//! What a request says: one pass over it finds the question, the counts and the cache points.

mod media;
mod part;
mod tools;

use std::collections::HashMap;

use bedrock_runtime_smithy::model::{
    CachePointBlock, CacheTtl, ContentBlock, ConversationRole, GuardrailConverseContentBlock,
    GuardrailConverseTextBlock, Message, SystemContentBlock, Tool,
};

use outcrop_catalogue::Model;

use self::{
    media::attachment,
    part::{Part, parts},
};
use super::{
    cache::{Prefix, Ttl},
    chance::hash64,
    media::MediaError,
    text::{Prompt, ToolOutcome},
};
use crate::{ConverseRequest, EngineError};

/// Tokens around each message, and around the whole request.
const MESSAGE_TOKENS: u64 = 4;
const REQUEST_TOKENS: u64 = 3;

/// A request, read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    /// What an answer refers to.
    pub(super) prompt: Prompt<'a>,
    /// The tools that were called since the user last said something, oldest first.
    pub(super) called: Vec<&'a str>,
    /// Tokens of everything.
    pub(super) input_tokens: u64,
    /// The blocks for the cache, if there are cache points.
    pub(super) prefix: Option<Prefix>,
    /// Settles what the request leaves open.
    pub(super) seed: u64,
    scratch: Vec<u8>,
    model: &'a Model,
}

impl<'a> Reading<'a> {
    /// Reads `request`. Fails for media that are not what the request says.
    pub(super) fn of(request: &'a ConverseRequest) -> Result<Self, EngineError> {
        let caller = &request.caller;
        let scope = [&*caller.account, &*caller.region, request.model.id.as_str()];
        let mut reading = Self {
            prompt: Prompt::default(),
            called: Vec::new(),
            input_tokens: REQUEST_TOKENS,
            prefix: has_points(request).then(|| Prefix::new(&scope)),
            seed: 0,
            scratch: Vec::new(),
            model: &request.model,
        };
        // The order in which prompts are put together, and cached.
        for tool in request.tool_config.iter().flat_map(|config| &config.tools) {
            reading.tool(tool)?;
        }
        for block in &request.system {
            reading.system(block)?;
        }
        for message in &request.messages {
            reading.message(message)?;
        }
        reading.results(&request.messages);
        reading.prompt.choice = request.choice;
        let seed = reading
            .input_tokens
            .wrapping_add(u64::from(request.choice) << 32);
        reading.seed = hash64(reading.prompt.text.as_bytes(), seed);
        Ok(reading)
    }

    fn tool(&mut self, tool: &'a Tool) -> Result<(), EngineError> {
        match tool {
            Tool::CachePoint(point) => self.point(point),
            Tool::SystemTool(tool) => self.count("tool", &[Part::from(tool.name.as_str())])?,
            Tool::ToolSpec(tool) => self.count("tool", &tools::parts(tool))?,
        }
        Ok(())
    }

    fn system(&mut self, block: &'a SystemContentBlock) -> Result<(), EngineError> {
        match block {
            SystemContentBlock::CachePoint(point) => {
                self.point(point);
                return Ok(());
            }
            SystemContentBlock::Text(text)
            | SystemContentBlock::GuardContent(GuardrailConverseContentBlock::Text(
                GuardrailConverseTextBlock { text, .. },
            )) if self.prompt.system.is_empty() => {
                self.prompt.system = text;
            }
            SystemContentBlock::Text(_) | SystemContentBlock::GuardContent(_) => {}
        }
        self.count("system", &part::system_parts(block))
    }

    fn message(&mut self, message: &'a Message) -> Result<(), EngineError> {
        self.input_tokens += MESSAGE_TOKENS;
        let user = message.role == ConversationRole::User;
        if user {
            self.prompt.turn += 1;
            self.prompt.attachments.clear();
        }
        for block in &message.content {
            match block {
                ContentBlock::CachePoint(point) => {
                    self.point(point);
                    continue;
                }
                ContentBlock::ToolUse(call) => self.called.push(&call.name),
                _ => {}
            }
            if let Some(text) = part::said(block).filter(|_| user) {
                self.called.clear();
                if !text.trim().is_empty() {
                    self.prompt.text = text;
                }
            }
            self.count(message.role.as_str(), &parts(block))?;
            if user {
                self.prompt.attachments.extend(attachment(block));
            }
        }
        Ok(())
    }

    /// Adds the tokens of a block, and the block itself where the cache needs it.
    fn count(&mut self, kind: &str, parts: &[Part<'_>]) -> Result<(), EngineError> {
        let mut tokens = 0;
        for part in parts {
            tokens += part.tokens().map_err(|error| self.refused(error))?;
        }
        self.input_tokens += tokens;
        if let Some(prefix) = &mut self.prefix {
            self.scratch.clear();
            for part in parts {
                part.write(&mut self.scratch);
            }
            prefix.push(kind, &self.scratch, tokens);
        }
        Ok(())
    }

    /// Media that are not what the request says, in the words of the model.
    fn refused(&self, error: MediaError) -> EngineError {
        let error = match error {
            MediaError::Mismatch { expected, .. }
                if self.model.id.starts_with("meta.") && expected.starts_with("image/") =>
            {
                MediaError::OtherFormat
            }
            other => other,
        };
        EngineError::ModelValidation(error.to_string())
    }

    fn point(&mut self, point: &CachePointBlock) {
        let ttl = match point.ttl {
            Some(CacheTtl::OneHour) => Ttl::OneHour,
            Some(CacheTtl::FiveMinutes) | None => Ttl::FiveMinutes,
        };
        if let Some(prefix) = &mut self.prefix {
            prefix.point(ttl);
        }
    }

    /// What the last message brings back from tools.
    fn results(&mut self, messages: &'a [Message]) {
        let Some(last) = messages.last() else { return };
        if !last
            .content
            .iter()
            .any(|block| matches!(block, ContentBlock::ToolResult(_)))
        {
            return;
        }
        let blocks = messages.iter().flat_map(|message| &message.content);
        let names: HashMap<&str, &str> = blocks
            .filter_map(|block| match block {
                ContentBlock::ToolUse(call) => {
                    Some((call.tool_use_id.as_str(), call.name.as_str()))
                }
                _ => None,
            })
            .collect();
        for block in &last.content {
            if let ContentBlock::ToolResult(result) = block {
                let id = result.tool_use_id.as_str();
                self.prompt.results.push(ToolOutcome {
                    name: names.get(id).copied().unwrap_or_default().to_owned(),
                    text: tools::result_text(result),
                    failed: tools::failed(result),
                });
            }
        }
    }
}

fn has_points(request: &ConverseRequest) -> bool {
    let tools = request.tool_config.iter().flat_map(|config| &config.tools);
    let contents = request.messages.iter().flat_map(|message| &message.content);
    request
        .system
        .iter()
        .any(|block| matches!(block, SystemContentBlock::CachePoint(_)))
        || tools
            .into_iter()
            .any(|tool| matches!(tool, Tool::CachePoint(_)))
        || contents
            .into_iter()
            .any(|block| matches!(block, ContentBlock::CachePoint(_)))
}

#[cfg(test)]
mod tests;
