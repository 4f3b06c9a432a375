//! The templates with which a prompt tells its turns apart, of all families that have some.
//!
//! A prompt that keeps to none of them, or only in part, is one turn as it stands.

use bedrock_runtime_smithy::model::ConversationRole;

use super::Conversation;
use super::request::{one_turn, turn};

/// Turns under headers that name the speaker.
struct Headers {
    open: &'static str,
    close: &'static str,
    /// What ends a turn.
    ends: &'static [&'static str],
}

const HEADERS: [Headers; 2] = [
    // Llama 3 to 3.3
    Headers {
        open: "<|start_header_id|>",
        close: "<|end_header_id|>",
        ends: &["<|eot_id|>", "<|eom_id|>", "<|end_of_text|>"],
    },
    // Llama 4
    Headers {
        open: "<|header_start|>",
        close: "<|header_end|>",
        ends: &["<|eot|>", "<|eom|>", "<|end_of_text|>"],
    },
];

const BEGIN_OF_TEXT: &str = "<|begin_of_text|>";

/// The turns of a prompt.
pub(super) fn conversation(prompt: &str) -> Conversation {
    let by_headers = || {
        HEADERS
            .iter()
            .find_map(|headers| under_headers(prompt, headers))
    };
    by_headers()
        .or_else(|| instructions(prompt))
        .or_else(|| speakers(prompt))
        .filter(|read| {
            let last = read.messages.last();
            last.is_some_and(|last| last.role == ConversationRole::User)
        })
        .unwrap_or_else(|| one_turn(prompt))
}

fn under_headers(prompt: &str, headers: &Headers) -> Option<Conversation> {
    let (before, turns) = prompt.split_once(headers.open)?;
    let mut read = start(before, BEGIN_OF_TEXT)?;
    for piece in turns.split(headers.open) {
        let (speaker, text) = piece.split_once(headers.close)?;
        let text = headers
            .ends
            .iter()
            .fold(text.trim(), |text, end| text.trim_end_matches(end))
            .trim();
        match speaker.trim() {
            "system" => add_system(&mut read, text),
            "assistant" => add(&mut read, ConversationRole::Assistant, text),
            _ => add(&mut read, ConversationRole::User, text),
        }
    }
    Some(read)
}

/// Llama 2 and Mistral: `<s>[INST] question [/INST] answer</s>`, with the system prompt in the first question.
fn instructions(prompt: &str) -> Option<Conversation> {
    let (before, turns) = prompt.split_once("[INST]")?;
    let mut read = start(before, "<s>")?;
    for piece in turns.split("[INST]") {
        let (question, answer) = piece.split_once("[/INST]")?;
        let mut question = question.trim();
        if let Some((system, rest)) = question
            .strip_prefix("<<SYS>>")
            .and_then(|text| text.split_once("<</SYS>>"))
        {
            add_system(&mut read, system.trim());
            question = rest.trim();
        }
        add(&mut read, ConversationRole::User, question);
        let answer = answer.trim().trim_end_matches("<s>").trim_end();
        let answer = answer.trim_end_matches("</s>").trim();
        add(&mut read, ConversationRole::Assistant, answer);
    }
    Some(read)
}

/// `DeepSeek`: the system prompt, then turns that begin with their speaker.
fn speakers(prompt: &str) -> Option<Conversation> {
    const USER: &str = "<｜User｜>";
    const ASSISTANT: &str = "<｜Assistant｜>";
    let (before, turns) = prompt.split_once(USER)?;
    let mut read = Conversation::default();
    let system = before.trim().trim_start_matches("<｜begin▁of▁sentence｜>");
    add_system(&mut read, system.trim());
    for piece in turns.split(USER) {
        let (question, answer) = piece.split_once(ASSISTANT).unwrap_or((piece, ""));
        add(&mut read, ConversationRole::User, question.trim());
        let answer = answer.trim().trim_end_matches("<｜end▁of▁sentence｜>");
        let answer = Some(answer.trim()).filter(|answer| *answer != "<think>");
        add(
            &mut read,
            ConversationRole::Assistant,
            answer.unwrap_or_default(),
        );
    }
    Some(read)
}

/// An empty conversation, where nothing comes before its first turn.
fn start(before: &str, mark: &str) -> Option<Conversation> {
    let before = before.trim();
    (before.is_empty() || before == mark).then(Conversation::default)
}

fn add(read: &mut Conversation, role: ConversationRole, text: &str) {
    if !text.is_empty() {
        read.messages.push(turn(role, text));
    }
}

fn add_system(read: &mut Conversation, text: &str) {
    if !text.is_empty() {
        read.system = Some(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(prompt: &str) -> (Option<String>, Vec<(&'static str, String)>) {
        let read = conversation(prompt);
        let turns = read.messages.iter().map(|message| {
            let speaker = match message.role {
                ConversationRole::Assistant => "assistant",
                _ => "user",
            };
            (speaker, message.content[0].as_text().unwrap().clone())
        });
        (read.system, turns.collect())
    }

    fn talk() -> (Option<String>, Vec<(&'static str, String)>) {
        let turns = [("user", "Hi"), ("assistant", "Hello."), ("user", "Bye")];
        let turns = turns.map(|(speaker, text)| (speaker, text.to_owned()));
        (Some("Be brief.".to_owned()), turns.to_vec())
    }

    #[test]
    fn each_template_has_the_same_turns() {
        let llama_3 = "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>\
            <|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>\
            <|start_header_id|>assistant<|end_header_id|>\n\nHello.<|eot_id|>\
            <|start_header_id|>user<|end_header_id|>\n\nBye<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n";
        let llama_4 = llama_3
            .replace("start_header_id", "header_start")
            .replace("end_header_id", "header_end")
            .replace("eot_id", "eot");
        let llama_2 =
            "<s>[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\nHi [/INST] Hello. </s><s>[INST] Bye [/INST]";
        let deepseek = "<｜begin▁of▁sentence｜>Be brief.<｜User｜>Hi<｜Assistant｜>Hello.<｜end▁of▁sentence｜>\
            <｜User｜>Bye<｜Assistant｜><think>\n";
        for prompt in [llama_3, &llama_4, llama_2, deepseek] {
            assert_eq!(told(prompt), talk(), "{prompt}");
        }
    }

    #[test]
    fn anything_else_is_one_turn_as_it_stands() {
        for prompt in [
            "Hi",
            "What does [INST] mean?",
            "Hi [INST] there [/INST]",
            "<|start_header_id|>user",
            "[INST] [/INST]",
            "<|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>",
            " ",
        ] {
            assert_eq!(told(prompt), (None, vec![("user", prompt.to_owned())]));
        }
    }
}
