//! What is assessed.

/// One piece of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content<'a> {
    /// Text, with what it is for.
    Text {
        /// The text.
        text: &'a str,
        /// What it is for; without any it is guarded.
        qualifiers: &'a [Qualifier],
    },
    /// An image. It is judged only where there is a judge.
    Image(Image<'a>),
    /// Text that is part of the request, but outside of what the caller marked for the guardrail. It is counted
    /// and not assessed.
    Outside(&'a str),
}

impl<'a> Content<'a> {
    /// Text that is guarded.
    #[must_use]
    pub fn text(text: &'a str) -> Self {
        Self::Text {
            text,
            qualifiers: &[],
        }
    }

    /// Text with qualifiers.
    #[must_use]
    pub fn qualified(text: &'a str, qualifiers: &'a [Qualifier]) -> Self {
        Self::Text { text, qualifiers }
    }

    /// The text that policies apply to: what has no qualifier, or `guard_content` among them. Sources and
    /// queries serve grounding alone (recorded: a source and a query are 0 of 70 guarded characters).
    pub(crate) fn guarded(&self) -> Option<&'a str> {
        match self {
            Self::Text { text, qualifiers } => (qualifiers.is_empty()
                || qualifiers.contains(&Qualifier::GuardContent))
            .then_some(text),
            Self::Image(_) | Self::Outside(_) => None,
        }
    }

    /// All of its text.
    pub(crate) fn whole(&self) -> Option<&'a str> {
        match self {
            Self::Text { text, .. } | Self::Outside(text) => Some(text),
            Self::Image(_) => None,
        }
    }

    /// Its text, where it serves as `qualifier`.
    pub(crate) fn serving(&self, qualifier: Qualifier) -> Option<&'a str> {
        match self {
            Self::Text { text, qualifiers } => qualifiers.contains(&qualifier).then_some(text),
            Self::Image(_) | Self::Outside(_) => None,
        }
    }
}

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// What an answer has to be true to.
    GroundingSource,
    /// What an answer has to be about.
    Query,
    /// What is guarded.
    GuardContent,
}

/// An image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image<'a> {
    /// Its format, `png` or `jpeg`.
    pub format: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}
