//! What the canned engine says: text that names what it was asked, so that a test can tell answers apart.

use std::fmt::{self, Write};

use super::tokenizer;

/// Characters of the question, of a result and of the system prompt that an answer repeats.
const QUOTED: usize = 100;
const QUOTED_RESULT: usize = 160;
const QUOTED_SYSTEM: usize = 40;

/// Results and attachments that an answer names.
const NAMED: usize = 10;

/// Deltas that an answer is streamed in, roughly, and the least and most bytes of each.
const DELTAS: usize = 8;
const DELTA_BYTES: (usize, usize) = (4, 48);

/// What an answer refers to.
#[derive(Debug, Clone, Default)]
pub struct Prompt<'a> {
    /// The text of the last user message that has some.
    pub text: &'a str,
    /// The first system prompt; empty when there is none.
    pub system: &'a str,
    /// How many messages of the user there are.
    pub turn: usize,
    /// What came with the last user message, in words: `an image (png, 64x64)`.
    pub attachments: Vec<String>,
    /// What tools returned in the last user message.
    pub results: Vec<ToolOutcome>,
    /// Which of several answers is asked for, from 0.
    pub choice: u32,
}

/// What one tool returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolOutcome {
    /// The tool's name; empty when the call is not in the conversation.
    pub name: String,
    /// What it returned, as text.
    pub text: String,
    /// Whether it failed.
    pub failed: bool,
}

/// The answer to `prompt`.
#[must_use]
pub fn answer(prompt: &Prompt<'_>) -> String {
    let mut answer = String::with_capacity(256);
    // Writing to a string cannot fail.
    let _ = write_answer(prompt, &mut answer);
    answer
}

fn write_answer(prompt: &Prompt<'_>, answer: &mut String) -> fmt::Result {
    for outcome in prompt.results.iter().take(NAMED) {
        let name = Some(outcome.name.as_str()).filter(|name| !name.is_empty());
        let did = if outcome.failed { "failed" } else { "returned" };
        let result = quote(&outcome.text, QUOTED_RESULT);
        write!(answer, "The {} {did}: {result}. ", name.unwrap_or("tool"))?;
    }
    if let Some(more) = prompt.results.len().checked_sub(NAMED + 1) {
        write!(answer, "So did {} more. ", more + 1)?;
    }
    if !prompt.system.is_empty() {
        let system = quote(prompt.system, QUOTED_SYSTEM);
        write!(answer, "Told to be \"{system}\": ")?;
    }
    if prompt.turn > 1 {
        write!(answer, "In message {} you", prompt.turn)?;
    } else {
        answer.push_str("You");
    }
    let quoted = quote(prompt.text, QUOTED);
    let mut sent = prompt.attachments[..prompt.attachments.len().min(NAMED)].join(", ");
    if let Some(more) = prompt.attachments.len().checked_sub(NAMED + 1) {
        write!(sent, " and {} more", more + 1)?;
    }
    match (quoted.is_empty(), sent.is_empty()) {
        (false, true) => write!(answer, " wrote \"{quoted}\".")?,
        (false, false) => write!(answer, " wrote \"{quoted}\" and sent {sent}.")?,
        (true, false) => write!(answer, " sent {sent}.")?,
        (true, true) => answer.push_str(" wrote nothing."),
    }
    match prompt.choice {
        0 => answer.push_str(" This is the canned answer of Outcrop."),
        further => write!(answer, " This is canned answer {} of Outcrop.", further + 1)?,
    }
    Ok(())
}

/// What the canned engine thinks before it answers `prompt`.
#[must_use]
pub fn reasoning(prompt: &Prompt<'_>, next: &str) -> String {
    format!(
        "The user's request is \"{}\". The fitting next step is {next}.",
        quote(prompt.text, QUOTED)
    )
}

/// The beginning of `text` on one line, cut between words.
fn quote(text: &str, limit: usize) -> String {
    // Only as much as can be shown is looked at: a prompt may have megabytes.
    let shown = tokenizer::prefix(text, limit * 4);
    let mut quoted = String::with_capacity(limit + 8);
    let mut characters = 0;
    let mut cut = shown.len() < text.len();
    for word in shown.split_whitespace() {
        let length = word.chars().count();
        if characters + length > limit {
            cut = true;
            if quoted.is_empty() {
                quoted.extend(word.chars().take(limit));
            }
            break;
        }
        if !quoted.is_empty() {
            quoted.push(' ');
        }
        quoted.push_str(word);
        characters += length + 1;
    }
    if cut {
        quoted.push('…');
    }
    quoted
}

/// Why a text ends where it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// Everything was said.
    EndTurn,
    /// The token limit cut it.
    MaxTokens,
    /// This stop sequence would have come next.
    StopSequence(String),
}

/// A text within the request's limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limited {
    /// What is left of the text.
    pub text: String,
    /// Its tokens; never more than the limit.
    pub tokens: u64,
    /// Why it ends there.
    pub ending: Ending,
}

/// Cuts `text` before the first stop sequence in it and after `max_tokens`, whichever comes first.
#[must_use]
pub fn limit(mut text: String, max_tokens: Option<u64>, stop_sequences: &[String]) -> Limited {
    let mut ending = Ending::EndTurn;
    let mut tokens = None;
    let cut = max_tokens.and_then(|limit| Some((limit, tokenizer::truncate(&text, limit)?.len())));
    if let Some((limit, bytes)) = cut {
        text.truncate(bytes);
        ending = Ending::MaxTokens;
        tokens = Some(limit);
    }
    let stops = stop_sequences.iter().filter(|stop| !stop.is_empty());
    let first = stops
        .filter_map(|stop| Some((text.find(stop.as_str())?, stop)))
        .min_by_key(|(place, _)| *place);
    if let Some((place, stop)) = first {
        text.truncate(place);
        ending = Ending::StopSequence(stop.clone());
        tokens = None;
    }
    let tokens = tokens.unwrap_or_else(|| tokenizer::count(&text));
    Limited {
        tokens: max_tokens.map_or(tokens, |limit| tokens.min(limit)),
        text,
        ending,
    }
}

/// `text` in the parts that it is streamed in: several unless it is a single short word, none empty.
pub fn deltas(text: &str) -> impl Iterator<Item = &str> {
    let target = (text.len() / DELTAS).clamp(DELTA_BYTES.0, DELTA_BYTES.1);
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (delta, after) = rest.split_at(delta_end(rest, target));
        rest = after;
        Some(delta)
    })
}

/// Where the first delta of `text` ends: before the first space after `target` bytes, if one is near.
fn delta_end(text: &str, target: usize) -> usize {
    if text.len() <= target {
        return text.len();
    }
    let from = text.ceil_char_boundary(target);
    let near = text.floor_char_boundary(target * 2).max(from);
    match text[from..near].find(char::is_whitespace) {
        Some(place) => from + place,
        None => near.max(text.ceil_char_boundary(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Prompt<'_> {
        Prompt {
            text,
            turn: 1,
            ..Prompt::default()
        }
    }

    #[test]
    fn answers_refer_to_the_prompt() {
        assert_eq!(
            answer(&asked("What is the\ncapital of France?")),
            "You wrote \"What is the capital of France?\". This is the canned answer of Outcrop."
        );
        let prompt = Prompt {
            text: "And here?",
            system: "Terse.",
            turn: 2,
            attachments: vec!["an image (png, 2x2)".to_owned()],
            results: vec![ToolOutcome {
                name: "get_weather".to_owned(),
                text: "sunny".to_owned(),
                failed: false,
            }],
            choice: 1,
        };
        assert_eq!(
            answer(&prompt),
            "The get_weather returned: sunny. Told to be \"Terse.\": In message 2 you wrote \"And here?\" and sent \
             an image (png, 2x2). This is canned answer 2 of Outcrop."
        );
    }

    #[test]
    fn long_prompts_are_quoted_by_their_beginning() {
        let answer = answer(&asked(&"word ".repeat(1_000_000)));
        assert!(answer.contains("word…\""), "{answer}");
        assert!(answer.len() < 300);
        let unbroken = "ü".repeat(10_000);
        assert!(super::answer(&asked(&unbroken)).contains("üüü…\""));
    }

    #[test]
    fn only_some_of_many_results_and_attachments_are_named() {
        let outcome = ToolOutcome {
            name: "look".to_owned(),
            text: "found".to_owned(),
            failed: false,
        };
        let prompt = Prompt {
            attachments: vec!["an image".to_owned(); 12],
            results: vec![outcome; 1000],
            ..asked("Well?")
        };
        let answer = answer(&prompt);
        assert!(answer.contains("So did 990 more. "), "{answer}");
        assert!(answer.contains("an image and 2 more."), "{answer}");
    }

    #[test]
    fn the_token_limit_cuts() {
        let text = answer(&asked("Tell me a story."));
        for max in 1..10 {
            let limited = limit(text.clone(), Some(max), &[]);
            assert_eq!(limited.ending, Ending::MaxTokens);
            assert_eq!(limited.tokens, max);
            assert!(text.starts_with(&limited.text));
        }
        let whole = limit(text.clone(), Some(10_000), &[]);
        assert_eq!(whole, limit(text.clone(), None, &[]));
        assert_eq!(whole.ending, Ending::EndTurn);
        assert_eq!(whole.text, text);
    }

    #[test]
    fn the_earliest_stop_sequence_cuts() {
        let stops = ["gamma".to_owned(), "beta".to_owned()];
        let limited = limit("alpha beta gamma".to_owned(), Some(100), &stops);
        assert_eq!(limited.text, "alpha ");
        assert_eq!(limited.ending, Ending::StopSequence("beta".to_owned()));
        // A stop sequence beyond the token limit is never reached.
        let limited = limit("alpha beta gamma".to_owned(), Some(1), &stops);
        assert_eq!(limited.ending, Ending::MaxTokens);
        // A text may end before it begins.
        assert_eq!(limit("beta".to_owned(), None, &stops).tokens, 0);
    }

    #[test]
    fn deltas_make_up_the_text() {
        let unbroken = "é".repeat(500);
        for text in [
            "",
            "x",
            "one two three four",
            &answer(&asked("Hi")),
            &unbroken,
            "🎂🎂🎂 🎂",
        ] {
            let parts: Vec<_> = deltas(text).collect();
            assert_eq!(parts.concat(), text);
            assert!(parts.iter().all(|part| !part.is_empty()));
        }
        assert!(deltas("one two three four").count() > 2);
        assert!(deltas(&answer(&asked("Hi"))).count() > 4);
    }
}
