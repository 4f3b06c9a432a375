//! Calls of tools out of deltas, in order, one block after the other.
//!
//! Servers may send the pieces of parallel calls in any order, Bedrock sends one call after the
//! other. So the first call that is not complete is streamed, and what comes of later ones waits.

use outcrop_engine::canned::ids;
use serde_json::Value;

use super::chunk::CallDelta;
use crate::blocks::Blocks;

/// Characters that the id of a call may have.
const ID_LENGTH: usize = 64;

/// The calls of one answer.
#[derive(Debug)]
pub(super) struct ToolCalls {
    calls: Vec<Call>,
    /// The call that is being streamed.
    current: usize,
    /// Settles the ids that a server leaves out.
    seed: u64,
}

#[derive(Debug, Default)]
struct Call {
    /// Where the server says it stands.
    index: Option<u64>,
    /// As the server says it.
    id: String,
    name: Option<String>,
    opened: bool,
    /// Input that is not in an event yet.
    input: String,
    extent: Extent,
}

impl ToolCalls {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            calls: Vec::new(),
            current: 0,
            seed,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// Takes a delta, and says what of it can be said now. Returns the bytes of its input.
    pub(super) fn feed(&mut self, delta: CallDelta, blocks: &mut Blocks) -> usize {
        let (name, arguments) = delta
            .function
            .map_or((None, None), |function| (function.name, function.arguments));
        let name = name.filter(|name| !name.is_empty());
        let id = delta.id.filter(|id| !id.is_empty());
        let input = match arguments {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text,
            Some(json) => json.to_string(),
        };
        let call = self.find(delta.index, id, name.is_some());
        call.name = call.name.take().or(name);
        call.extent.feed(&input);
        call.input.push_str(&input);
        self.say(blocks, false);
        input.len()
    }

    /// Says what is left.
    pub(super) fn finish(&mut self, blocks: &mut Blocks) {
        self.say(blocks, true);
    }

    /// The call that a delta belongs to. Some servers give every call the same index, or none: then
    /// a new id with a name is a new call.
    fn find(&mut self, index: Option<u64>, id: Option<String>, named: bool) -> &mut Call {
        let known = match (index, &id) {
            (Some(index), id) => self.calls.iter().rposition(|call| {
                call.index == Some(index)
                    && !(named && id.as_ref().is_some_and(|id| *id != call.id))
            }),
            (None, Some(id)) => self.calls.iter().rposition(|call| call.id == *id),
            (None, None) if named => None,
            (None, None) => self.calls.len().checked_sub(1),
        };
        let place = known.unwrap_or_else(|| {
            self.calls.push(Call {
                index,
                id: id.unwrap_or_default(),
                ..Call::default()
            });
            self.calls.len() - 1
        });
        &mut self.calls[place]
    }

    fn say(&mut self, blocks: &mut Blocks, at_end: bool) {
        let last = self.calls.len();
        while let Some(call) = self.calls.get_mut(self.current) {
            if call.name.is_none() && !at_end {
                return;
            }
            if !call.opened {
                let id = id(&call.id, self.seed, self.current);
                blocks.call(id, call.name.take().unwrap_or_default(), None);
                // Later deltas may repeat the name.
                call.name = Some(String::new());
                call.opened = true;
            }
            if !call.input.is_empty() {
                blocks.input(std::mem::take(&mut call.input));
            }
            let followed = self.current + 1 < last;
            let is_over = at_end || (followed && call.extent.is_complete());
            if !is_over {
                return;
            }
            blocks.close();
            self.current += 1;
        }
    }
}

/// A server's id in the characters that Bedrock's have; one of ours where there is none.
pub(crate) fn id(given: &str, seed: u64, place: usize) -> String {
    if given.is_empty() {
        return ids::tool_use(seed, place as u64);
    }
    let character = |c: char| {
        if c.is_ascii_alphanumeric() || "_.:-".contains(c) {
            c
        } else {
            '_'
        }
    };
    given.chars().take(ID_LENGTH).map(character).collect()
}

/// Where a JSON object ends.
#[derive(Debug, Default)]
struct Extent {
    depth: usize,
    begun: bool,
    in_string: bool,
    escaped: bool,
}

impl Extent {
    fn feed(&mut self, json: &str) {
        for byte in json.bytes() {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'{' | b'[' => {
                    self.begun = true;
                    self.depth += 1;
                }
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn is_complete(&self) -> bool {
        self.begun && self.depth == 0 && !self.in_string
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_ends_with_its_last_bracket() {
        let mut extent = Extent::default();
        for (piece, complete) in [
            ("", false),
            (r#"{"a": "}\"#, false),
            (r#""}", "b": [1,"#, false),
            ("{}]", false),
            ("}", true),
            (" ", true),
        ] {
            extent.feed(piece);
            assert_eq!(extent.is_complete(), complete, "{piece}");
        }
    }

    #[test]
    fn ids_are_those_of_the_server_as_far_as_bedrock_takes_them() {
        assert_eq!(
            id("functions.get_weather:0", 1, 0),
            "functions.get_weather:0"
        );
        assert_eq!(id("a b/c", 1, 0), "a_b_c");
        assert_eq!(id(&"x".repeat(100), 1, 0).len(), ID_LENGTH);
        assert_ne!(id("", 1, 0), id("", 1, 1));
    }
}
