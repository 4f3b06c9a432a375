//! Where in a conversation something stands.

use std::fmt;

/// A content block of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Index of the message.
    pub(super) message: usize,
    /// Index of the block within it.
    pub(super) block: usize,
}

impl fmt::Display for Place {
    /// As conversation rules name it: indexes count from 0.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "messages.{}.content.{}",
            self.message, self.block
        )
    }
}

impl Place {
    /// A member of the block, as constraints name it: list members count from 1.
    pub(super) fn member(self, path: &'static str) -> Member {
        Member {
            place: self,
            inner: None,
            path,
        }
    }

    /// A member of a block of the tool result that stands here.
    pub(super) fn inner_member(self, inner: usize, path: &'static str) -> Member {
        Member {
            place: self,
            inner: Some(inner),
            path,
        }
    }
}

/// A member of a content block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    place: Place,
    inner: Option<usize>,
    path: &'static str,
}

impl fmt::Display for Member {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { message, block } = self.place;
        write!(
            formatter,
            "messages.{}.member.content.{}.member.",
            message + 1,
            block + 1
        )?;
        if let Some(inner) = self.inner {
            write!(formatter, "toolResult.content.{}.member.", inner + 1)?;
        }
        formatter.write_str(self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_count_from_0_and_constraints_from_1() {
        let place = Place {
            message: 15,
            block: 0,
        };
        assert_eq!(place.to_string(), "messages.15.content.0");
        assert_eq!(
            place.member("video.format").to_string(),
            "messages.16.member.content.1.member.video.format"
        );
        assert_eq!(
            place.inner_member(2, "video.format").to_string(),
            "messages.16.member.content.1.member.toolResult.content.3.member.video.format"
        );
    }
}
