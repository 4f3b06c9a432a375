//! Conversations, made up.

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::prompt::Turns;

/// A question, what was thought about it, a call and its result.
#[derive(Debug, Clone)]
pub(crate) struct Turn {
    pub(crate) asked: Vec<String>,
    pub(crate) image: bool,
    pub(crate) thought: Option<String>,
    pub(crate) said: Option<String>,
    pub(crate) input: Value,
    pub(crate) results: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Talk {
    pub(crate) system: String,
    pub(crate) turns: Vec<Turn>,
    pub(crate) max_tokens: u32,
    pub(crate) stop: Vec<String>,
    /// A temperature and a share of probability, in eighths, which every float can hold.
    pub(crate) sampling: Option<(f64, f64)>,
    /// The value of a member that Converse has no place for.
    pub(crate) top_k: Option<u32>,
}

impl Talk {
    /// The same conversation in turns of text, the last one the user's.
    pub(crate) fn turns(&self) -> Turns {
        let mut said = Vec::new();
        for turn in &self.turns {
            said.push((false, turn.asked.join(" ").trim().to_owned()));
            said.extend(turn.said.iter().map(|said| (true, said.trim().to_owned())));
        }
        said.push((false, "And?".to_owned()));
        Turns {
            system: self.system.trim().to_owned(),
            said,
        }
    }
}

pub(crate) fn words() -> impl Strategy<Value = String> {
    "[a-z\"\\\\é☃\n]{0,12}[a-z]"
}

/// The arguments of a call.
pub(crate) fn input() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        words().prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec(("[a-z]{1,4}", inner), 0..3).prop_map(object),
        ]
    });
    prop::collection::vec(("[a-z]{1,4}", value), 0..4).prop_map(object)
}

fn object(members: Vec<(String, Value)>) -> Value {
    Value::Object(members.into_iter().collect::<Map<_, _>>())
}

fn turn() -> impl Strategy<Value = Turn> {
    let asked = prop::collection::vec(words(), 1..4);
    let results = prop::collection::vec(words(), 1..3);
    let thought = prop::option::of(words());
    let said = prop::option::of(words());
    (asked, any::<bool>(), thought, said, input(), results).prop_map(
        |(asked, image, thought, said, input, results)| Turn {
            asked,
            image,
            thought,
            said,
            input,
            results,
        },
    )
}

pub(crate) fn talk() -> impl Strategy<Value = Talk> {
    let turns = prop::collection::vec(turn(), 1..4);
    let stop = prop::collection::vec("[A-Z]{1,5}", 0..3);
    let eighths = |from: u32| (from..8).prop_map(|number| f64::from(number) / 8.0);
    let sampling = prop::option::of((eighths(0), eighths(1)));
    let top_k = prop::option::of(1..100_u32);
    (words(), turns, 1..4000_u32, stop, sampling, top_k).prop_map(
        |(system, turns, max_tokens, stop, sampling, top_k)| Talk {
            system,
            turns,
            max_tokens,
            stop,
            sampling,
            top_k,
        },
    )
}
