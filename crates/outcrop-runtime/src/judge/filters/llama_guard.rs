//! Llama Guard. The server's template makes the prompt of a conversation; what it says is `safe`, or `unsafe` and on the next line
//! the codes of the hazards of `MLCommons`.

use bedrock_runtime_smithy::model::{ContentBlock, ConversationRole, Message};
use outcrop_guardrails::{Direction, Verdict, policy::FilterType};

use super::flat;
use crate::judge::{
    JudgeRole,
    ask::{Asker, Failure, Told, user, user_text},
};

/// The categories that hazards belong to. It knows no insults and no attacks on prompts: the rules decide on those.
const JUDGED: [FilterType; 4] = [
    FilterType::Hate,
    FilterType::Sexual,
    FilterType::Violence,
    FilterType::Misconduct,
];

pub(super) async fn on_text(
    asker: &Asker,
    direction: Direction,
    text: &str,
) -> Result<Verdict, Failure> {
    let messages = match direction {
        Direction::Input => vec![user_text(text)],
        // It judges the last turn, and its templates want a first one.
        Direction::Output => vec![
            user_text("Go on."),
            Message {
                content: vec![ContentBlock::Text(text.to_owned())],
                role: ConversationRole::Assistant,
            },
        ],
    };
    ask(asker, JudgeRole::Filters, messages).await
}

pub(super) async fn on(
    asker: &Asker,
    role: JudgeRole,
    content: Vec<ContentBlock>,
) -> Result<Verdict, Failure> {
    ask(asker, role, vec![user(content)]).await
}

async fn ask(asker: &Asker, role: JudgeRole, messages: Vec<Message>) -> Result<Verdict, Failure> {
    let said = asker.chat(Told {
        role,
        system: None,
        messages,
        max_tokens: 64,
    });
    read(&said.await?).ok_or(Failure::Unreadable {
        role,
        expected: "`safe`, or `unsafe` and its hazards, as Llama Guard's have",
    })
}

fn read(said: &str) -> Option<Verdict> {
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    match lines.next()?.to_ascii_lowercase().as_str() {
        "safe" => Some(flat(JUDGED.map(|category| (category, false)))),
        "unsafe" => {
            let codes = lines.next().unwrap_or_default().split(',').map(str::trim);
            let found: Vec<FilterType> = codes.flat_map(categories).copied().collect();
            Some(flat(
                JUDGED.map(|category| (category, found.contains(&category))),
            ))
        }
        _ => None,
    }
}

/// The categories of a hazard. Those that no content filter is for, such as elections and privacy, have none.
fn categories(code: &str) -> &'static [FilterType] {
    match code {
        // Violent crimes; weapons of mass destruction; suicide and self-harm.
        "S1" | "S9" | "S11" => &[FilterType::Violence],
        // Other crimes; abuse of code interpreters.
        "S2" | "S14" => &[FilterType::Misconduct],
        // Sex-related crimes; exploitation of children.
        "S3" | "S4" => &[FilterType::Sexual, FilterType::Misconduct],
        "S10" => &[FilterType::Hate],
        "S12" => &[FilterType::Sexual],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use outcrop_guardrails::policy::Confidence;

    use super::*;

    #[test]
    fn hazards_are_categories() {
        let found = |said: &str| {
            let verdict = read(said).unwrap();
            assert_eq!(verdict.filters.len(), JUDGED.len());
            let filters = verdict.filters.into_iter();
            let high = filters.filter(|(_, confidence)| *confidence == Confidence::High);
            high.map(|(category, _)| category).collect::<Vec<_>>()
        };
        assert_eq!(found("\n\nsafe"), []);
        assert_eq!(found("unsafe\nS10"), [FilterType::Hate]);
        assert_eq!(
            found("unsafe\nS1, S2"),
            [FilterType::Violence, FilterType::Misconduct]
        );
        assert_eq!(found("unsafe\nS6"), []);
        assert!(read("I cannot say.").is_none() && read("").is_none());
    }
}
