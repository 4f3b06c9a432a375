//! Turns as one prompt, in the template of each family, and what a prompt's request says.

use bedrock_runtime_smithy::model::{ConversationRole, SystemContentBlock};
use outcrop_dialects::ConverseParts;

/// A system prompt and turns of text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Turns {
    pub(crate) system: String,
    /// Whether the assistant said it, and the text.
    pub(crate) said: Vec<(bool, String)>,
}

impl Turns {
    /// What a request says.
    pub(crate) fn of(parts: &ConverseParts) -> Self {
        let system = match parts.system.as_slice() {
            [] => String::new(),
            [SystemContentBlock::Text(text)] => text.clone(),
            other => panic!("{other:?}"),
        };
        let said = parts.messages.iter().map(|message| {
            let texts = message
                .content
                .iter()
                .filter_map(|block| block.as_text().ok());
            let text: String = texts.map(String::as_str).collect();
            (message.role == ConversationRole::Assistant, text)
        });
        Self {
            system,
            said: said.collect(),
        }
    }

    /// The last text, for families that know no turns.
    pub(crate) fn last(&self) -> String {
        self.said
            .last()
            .map(|(_, text)| text.clone())
            .unwrap_or_default()
    }
}

/// Llama 3.
pub(crate) fn llama(turns: &Turns) -> String {
    let turn = |speaker: &str, text: &str| {
        format!("<|start_header_id|>{speaker}<|end_header_id|>\n\n{text}<|eot_id|>")
    };
    let said = turns.said.iter().map(|(assistant, text)| {
        let speaker = if *assistant { "assistant" } else { "user" };
        turn(speaker, text)
    });
    let said: String = said.collect();
    let system = turn("system", &turns.system);
    format!("<|begin_of_text|>{system}{said}<|start_header_id|>assistant<|end_header_id|>\n\n")
}

/// Llama 4.
pub(crate) fn llama_4(turns: &Turns) -> String {
    llama(turns)
        .replace("start_header_id", "header_start")
        .replace("end_header_id", "header_end")
        .replace("eot_id", "eot")
}

/// Llama 2, and Mistral's models of the first generations.
pub(crate) fn instructions(turns: &Turns) -> String {
    let mut prompt = String::new();
    for (index, (assistant, text)) in turns.said.iter().enumerate() {
        let turn = match (index, assistant) {
            (0, _) => format!(
                "<s>[INST] <<SYS>>\n{}\n<</SYS>>\n\n{text} [/INST]",
                turns.system
            ),
            (_, true) => format!(" {text} </s>"),
            (_, false) => format!("<s>[INST] {text} [/INST]"),
        };
        prompt.push_str(&turn);
    }
    prompt
}

/// `DeepSeek`.
pub(crate) fn deepseek(turns: &Turns) -> String {
    let said = turns.said.iter().map(|(assistant, text)| {
        if *assistant {
            format!("<｜Assistant｜>{text}<｜end▁of▁sentence｜>")
        } else {
            format!("<｜User｜>{text}")
        }
    });
    let said: String = said.collect();
    format!(
        "<｜begin▁of▁sentence｜>{}{said}<｜Assistant｜><think>\n",
        turns.system
    )
}

/// Claude's text completions.
pub(crate) fn claude(turns: &Turns) -> String {
    let said = turns.said.iter().map(|(assistant, text)| {
        let speaker = if *assistant { "Assistant" } else { "Human" };
        format!("\n\n{speaker}: {text}")
    });
    let said: String = said.collect();
    format!("{}{said}\n\nAssistant:", turns.system)
}
