//! The managed list of profanity.

/// One word in a line, in lower case; lines that start with `#` are comments.
const LIST: &str = include_str!("../../data/profanity.txt");

/// The words of the list.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    LIST.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}
