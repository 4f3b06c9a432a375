//! Broken variants of bodies.

use outcrop_engine::canned::chance::Chance;
use serde_json::{Map, Value, json};

use crate::corpus::{Corpus, Family, below};

/// A body of the family with some changes: to its structure as a rule, to its bytes now and then.
pub(crate) fn variant(corpus: &Corpus, family: &Family, chance: &mut Chance) -> Vec<u8> {
    let body = &family.bodies[below(chance, family.bodies.len())];
    let changes = below(chance, 4);
    if chance.number().is_multiple_of(8) {
        let mut bytes = body.clone();
        (0..=changes).for_each(|_| damage(&mut bytes, chance));
        return bytes;
    }
    let mut value: Value = serde_json::from_slice(body).unwrap_or(Value::Null);
    (0..changes).for_each(|_| change(&mut value, corpus, chance));
    value.to_string().into_bytes()
}

fn damage(bytes: &mut Vec<u8>, chance: &mut Chance) {
    if bytes.is_empty() {
        return;
    }
    let place = below(chance, bytes.len());
    let byte = chance.number().to_le_bytes()[0];
    match chance.number() % 4 {
        0 => bytes.truncate(place),
        1 => bytes.insert(place, byte),
        2 => {
            bytes.remove(place);
        }
        _ => bytes[place] = byte,
    }
}

/// Goes down a random way, and changes what is there.
fn change(value: &mut Value, corpus: &Corpus, chance: &mut Chance) {
    let stays = chance.number().is_multiple_of(4);
    match value {
        Value::Array(values) if !values.is_empty() && !stays => {
            let place = below(chance, values.len());
            match chance.number() % 6 {
                0 => {
                    values.remove(place);
                }
                1 => {
                    let again = values[place].clone();
                    values.insert(place, again);
                }
                _ => change(&mut values[place], corpus, chance),
            }
        }
        Value::Object(members) if !members.is_empty() && !stays => member(members, corpus, chance),
        other => *other = replacement(other, corpus, chance),
    }
}

fn member(members: &mut Map<String, Value>, corpus: &Corpus, chance: &mut Chance) {
    let place = below(chance, members.len());
    let Some(name) = members.keys().nth(place).cloned() else {
        return;
    };
    match chance.number() % 6 {
        0 => {
            members.shift_remove(&name);
        }
        1 => {
            let part = corpus.parts[below(chance, corpus.parts.len())].clone();
            members.insert(format!("{name}_"), part);
        }
        _ => {
            if let Some(value) = members.get_mut(&name) {
                change(value, corpus, chance);
            }
        }
    }
}

fn replacement(old: &Value, corpus: &Corpus, chance: &mut Chance) -> Value {
    match chance.number() % 16 {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(0),
        4 => json!(u64::MAX),
        5 => json!(1e308),
        6 => json!(0.5),
        7 => json!(""),
        8 => json!("\u{0}\u{202e}é☃𝄞"),
        9 => json!("x".repeat(3000)),
        10 => json!([]),
        11 => json!({}),
        12 => json!([old]),
        13 => json!({"type": old}),
        _ => corpus.parts[below(chance, corpus.parts.len())].clone(),
    }
}
