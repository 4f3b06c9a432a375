//! The families, one in each file.

mod claude_text;
mod cohere_command;
mod completion;
mod deepseek;
mod jurassic;
mod llama;
mod mistral;
mod pegasus;
mod titan_text;

pub(crate) use claude_text::CLAUDE_TEXT;
pub(crate) use cohere_command::COHERE_COMMAND;
pub(crate) use completion::COMPLETION;
pub(crate) use deepseek::DEEPSEEK;
pub(crate) use jurassic::JURASSIC;
pub(crate) use llama::LLAMA;
pub(crate) use mistral::MISTRAL;
pub(crate) use pegasus::PEGASUS;
pub(crate) use titan_text::TITAN_TEXT;
