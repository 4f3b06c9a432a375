//! Every line of the registry: what its body in `tests/families.json` asks, the whole answer, the whole stream, and how
//! broken bodies are refused, byte for byte.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use std::fs;

use outcrop_catalogue::Model;
use outcrop_dialects::{Call, dialect, families, family};
use outcrop_engine::{Embeddings, RerankResult};
use serde_json::{Value, json};
use support::{chunks, converse, events, fold, model};

/// What is asked of a model, which the suites of the official clients ask too.
struct Case {
    line: &'static str,
    /// What the golden file is named after.
    family: String,
    model: Model,
    body: Value,
}

fn cases() -> Vec<Case> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/families.json");
    let cases: Vec<Value> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let case = |case: &Value| {
        let id = case["model"].as_str().unwrap();
        let id = id.strip_prefix("us.").unwrap_or(id);
        Case {
            line: family(id).unwrap(),
            family: case["family"].as_str().unwrap().to_lowercase(),
            model: model(id),
            body: case["body"].clone(),
        }
    };
    cases.iter().map(case).collect()
}

fn call(case: &Case, body: &Value) -> Result<Call, String> {
    let call = dialect(&case.model).request(&case.model, body.to_string().as_bytes());
    call.map_err(|refusal| refusal.to_string())
}

/// The request, the answer and the chunks, one below the other.
fn told(case: &Case) -> Vec<String> {
    match call(case, &case.body) {
        Ok(Call::Converse(parts, responder)) => {
            let events = events::text();
            let chunks = chunks(responder.as_ref(), &events, 12);
            let mut told = vec![
                format!("{:#}", converse::parts(&parts)),
                responder.response(&fold(&events)).to_string(),
            ];
            told.extend(chunks.iter().map(Value::to_string));
            told
        }
        Ok(Call::Embed(parts, responder)) => {
            let vectors = vec![vec![0.5, -0.25, 0.1]; parts.inputs.len()];
            let input_tokens = 5;
            let answer = Embeddings {
                vectors,
                input_tokens,
            };
            vec![
                format!("{parts:?}"),
                responder.response(&answer).to_string(),
            ]
        }
        Ok(Call::Rerank(parts, responder)) => {
            let results = [(1, 0.75), (0, 0.1)].map(|(index, relevance_score)| RerankResult {
                index,
                relevance_score,
            });
            vec![
                format!("{parts:?}"),
                responder.response(&results).to_string(),
            ]
        }
        Ok(Call::Image(parts, responder)) => {
            let images = vec![b"png".to_vec(); parts.count as usize];
            vec![
                format!("{parts:?}"),
                responder.response(&images).to_string(),
            ]
        }
        Err(refusal) => vec![refusal],
    }
}

/// The body with one member less, of another type, or more; each with what was done to it.
fn broken(body: &Value) -> Vec<(String, Value)> {
    let mut broken = vec![("[]".to_owned(), json!([])), ("{}".to_owned(), json!({}))];
    for name in body.as_object().unwrap().keys() {
        let mut less = body.clone();
        less.as_object_mut().unwrap().shift_remove(name);
        broken.push((format!("without {name}"), less));
        for value in [Value::Null, json!(-1.5), json!({"x": 1})] {
            let mut other = body.clone();
            other[name] = value.clone();
            broken.push((format!("{name}: {value}"), other));
        }
    }
    let mut more = body.clone();
    more["x_more"] = json!(1);
    broken.push(("with x_more".to_owned(), more));
    broken
}

#[test]
fn every_family_has_its_golden_file() {
    for case in cases() {
        let mut told = told(&case);
        told.push(String::new());
        for (what, body) in broken(&case.body) {
            let refusal = call(&case, &body).err();
            told.push(format!(
                "{what} -> {}",
                refusal.as_deref().unwrap_or("taken")
            ));
        }
        let words = case.family.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
        insta::assert_snapshot!(words.join("_"), told.join("\n"));
    }
}

#[test]
fn every_line_is_asked() {
    let asked: Vec<_> = cases().iter().map(|case| case.line).collect();
    let without: Vec<_> = families().filter(|line| !asked.contains(line)).collect();
    assert!(
        without.is_empty(),
        "no case in tests/families.json for {without:?}"
    );
}
