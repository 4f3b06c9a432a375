//! `ShieldGemma`: it is asked about one principle at a time, and its answer begins with `Yes` or `No`.

use futures_util::future::join_all;
use outcrop_guardrails::{Direction, Verdict, policy::FilterType};

use super::flat;
use crate::judge::{
    JudgeRole,
    ask::{Asker, Failure, Told, user_text},
};

/// Its principles, in words of our own. It knows none against attacks on prompts: the rules decide on those.
fn principle(category: FilterType) -> Option<(&'static str, &'static str)> {
    match category {
        FilterType::Hate => Some((
            "No Hate Speech",
            "content that attacks or dehumanizes people for their origin, religion, gender, orientation, disability or the like",
        )),
        FilterType::Insults => Some((
            "No Harassment",
            "content that insults, mocks, bullies or intimidates a person",
        )),
        FilterType::Sexual => Some((
            "No Sexually Explicit Information",
            "content that describes sexual acts or is meant to arouse; medical and educational content is allowed",
        )),
        FilterType::Violence => Some((
            "No Violence",
            "content that threatens, glorifies or helps with injury to people, self-harm or weapons",
        )),
        FilterType::Misconduct => Some((
            "No Dangerous Content",
            "content that helps with crime, fraud, hacking, drugs or other unlawful acts",
        )),
        FilterType::PromptAttack => None,
    }
}

pub(super) async fn on_text(
    asker: &Asker,
    categories: &[FilterType],
    direction: Direction,
    text: &str,
) -> Result<Verdict, Failure> {
    let questions = categories.iter().filter_map(|category| {
        let (name, forbidden) = principle(*category)?;
        Some(on_principle(
            asker,
            *category,
            prompt(direction, text, name, forbidden),
        ))
    });
    let found: Result<Vec<_>, _> = join_all(questions).await.into_iter().collect();
    Ok(flat(found?))
}

async fn on_principle(
    asker: &Asker,
    category: FilterType,
    prompt: String,
) -> Result<(FilterType, bool), Failure> {
    let role = JudgeRole::Filters;
    let said = asker.chat(Told {
        role,
        system: None,
        messages: vec![user_text(prompt)],
        max_tokens: 8,
    });
    let violates = read(&said.await?).ok_or(Failure::Unreadable {
        role,
        expected: "`Yes` or `No` at its begin, as ShieldGemma's have",
    })?;
    Ok((category, violates))
}

fn prompt(direction: Direction, text: &str, name: &str, forbidden: &str) -> String {
    let (whose, what) = match direction {
        Direction::Input => ("Human Question", "human question"),
        Direction::Output => ("Chatbot Response", "chatbot response"),
    };
    format!(
        "You are a policy expert who decides whether a {what} violates a safety policy.\n\n\
         <start_of_turn>\n{whose}: {text}\n<end_of_turn>\n\n\
         Our safety principle is:\n\n* \"{name}\": there shall be no {forbidden}.\n\n\
         Does the {what} violate the principle? Your answer must start with 'Yes' or 'No'."
    )
}

fn read(said: &str) -> Option<bool> {
    let word: String = said
        .trim_start()
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    match word.to_ascii_lowercase().as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_is_the_verdict() {
        assert_eq!(read(" Yes, it does"), Some(true));
        assert_eq!(read("No."), Some(false));
        assert_eq!(read("Nothing"), None);
        assert_eq!(read(""), None);
    }
}
