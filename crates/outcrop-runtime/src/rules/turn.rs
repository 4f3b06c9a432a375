//! Turns.
//!
//! The service takes consecutive messages of one role as one turn (recorded: two user messages in a
//! row are accepted; measured: tool results and a text in two user messages are refused like in one).

use bedrock_runtime_smithy::model::{ContentBlock, ConversationRole, Message};

use super::place::Place;

/// Consecutive messages of one role.
#[derive(Clone, Copy)]
pub(super) struct Turn<'a> {
    /// Index of its first message.
    pub(super) first: usize,
    messages: &'a [Message],
}

/// The turns of a conversation, in order.
pub(super) fn turns(messages: &[Message]) -> impl Iterator<Item = Turn<'_>> {
    let mut first = 0;
    messages
        .chunk_by(|left, right| left.role == right.role)
        .map(move |messages| {
            let turn = Turn { first, messages };
            first += messages.len();
            turn
        })
}

impl<'a> Turn<'a> {
    /// Whether it is a turn of this role.
    pub(super) fn is_of(&self, role: ConversationRole) -> bool {
        self.messages
            .first()
            .is_some_and(|message| message.role == role)
    }

    /// Its messages, with their indexes in the conversation.
    pub(super) fn messages(self) -> impl Iterator<Item = (usize, &'a Message)> {
        (self.first..).zip(self.messages)
    }

    /// Its content blocks, with their places in the conversation.
    pub(super) fn blocks(self) -> impl Iterator<Item = (Place, &'a ContentBlock)> {
        self.messages().flat_map(|(message, content)| {
            let places = (0..).map(move |block| Place { message, block });
            places.zip(&content.content)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{assistant, text, user};

    #[test]
    fn consecutive_messages_of_a_role_are_one_turn() {
        let messages = [
            user([text("a")]),
            user([text("b"), text("c")]),
            assistant([text("d")]),
            user([]),
        ];
        let seen: Vec<_> = turns(&messages)
            .map(|turn| (turn.first, turn.messages().count(), turn.blocks().count()))
            .collect();
        assert_eq!(seen, [(0, 2, 3), (2, 1, 1), (3, 1, 0)]);
    }

    #[test]
    fn blocks_know_their_places() {
        let messages = [user([text("a")]), user([text("b"), text("c")])];
        let turn = turns(&messages).next().unwrap();
        let places: Vec<_> = turn
            .blocks()
            .map(|(place, _)| (place.message, place.block))
            .collect();
        assert_eq!(places, [(0, 0), (1, 0), (1, 1)]);
    }
}
