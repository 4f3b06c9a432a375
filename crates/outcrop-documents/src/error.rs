//! Why a document has no text.

/// A document that cannot be read. A message goes on with what the document is or does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is of another format, or broken.
    #[error("is no PDF, or broken")]
    NoPdf,
    /// It asks for a password.
    #[error("is encrypted; save it without a password")]
    Encrypted,
    /// A part of it cannot be decoded, so that its text would have gaps.
    #[error("has a page whose content is broken")]
    BrokenPage,
    /// It shows characters that nothing tells the names of.
    #[error("has fonts that do not tell which characters they show")]
    UnknownCharacters,
    /// It shows no characters at all.
    #[error("has no text: its pages may be pictures, which go as images")]
    NoText,
    /// Its text is longer than [`LONGEST_TEXT`](crate::LONGEST_TEXT).
    #[error("has more text than the {} MiB that are read", crate::LONGEST_TEXT >> 20)]
    TooLong,
}
