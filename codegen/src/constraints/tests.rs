use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::constraints;
use crate::prepare::testing::model;

const MODEL: &str = r#"{
    "t#Service":{"type":"service"},
    "t#Say":{"type":"operation","input":{"target":"t#SayInput"},"output":{"target":"t#SayOutput"},
        "traits":{"smithy.api#http":{"method":"POST","uri":"/say/{id}?loud","code":202}}},
    "t#List":{"type":"operation","input":{"target":"t#ListInput"},"traits":{"smithy.api#http":{"method":"GET","uri":"/say"}}},
    "t#SayInput":{"type":"structure","members":{
        "warmth":{"target":"smithy.api#Float","traits":{"smithy.api#range":{"min":0,"max":1}}},
        "id":{"target":"t#Id","traits":{"smithy.api#httpLabel":{},"smithy.api#required":{}}},
        "mood":{"target":"t#Mood"},
        "words":{"target":"t#Words","traits":{"smithy.api#length":{"max":3}}},
        "format":{"target":"t#Mood","traits":{"smithy.api#required":{},"smithy.api#default":"glad"}}}},
    "t#SayOutput":{"type":"structure","members":{"events":{"target":"t#Events","traits":{"smithy.api#httpPayload":{}}}}},
    "t#Events":{"type":"union","members":{"e":{"target":"t#OnlyStreamed"}},"traits":{"smithy.api#streaming":{}}},
    "t#OnlyStreamed":{"type":"structure","members":{}},
    "t#ListInput":{"type":"structure","members":{"mood":{"target":"t#Old","traits":{"smithy.api#httpQuery":"m"}}}},
    "t#Id":{"type":"string","traits":{"smithy.api#pattern":"^[a-z]+$","smithy.api#length":{"min":1}}},
    "t#Mood":{"type":"enum","members":{"GLAD":{"target":"smithy.api#Unit","traits":{"smithy.api#enumValue":"glad"}}}},
    "t#Old":{"type":"string","traits":{"smithy.api#enum":[{"value":"sad","name":"SAD"}]}},
    "t#Words":{"type":"list","member":{"target":"smithy.api#String","traits":{"smithy.api#length":{"min":1}}},"traits":{"smithy.api#uniqueItems":{}}}}"#;

fn table() -> Value {
    let opened = BTreeSet::from(["t#Mood".to_owned()]);
    serde_json::from_str(&constraints(&model(MODEL), &opened).unwrap()).unwrap()
}

#[test]
fn lists_operations_by_name_with_their_routes() {
    assert_eq!(
        table()["operations"],
        json!([
            {"name": "List", "method": "GET", "uri": "/say", "query": [], "status": 200, "input": "ListInput",
             "payload": null, "input_stream": false, "output_stream": false},
            {"name": "Say", "method": "POST", "uri": "/say/{id}", "query": ["loud"], "status": 202, "input": "SayInput",
             "payload": null, "input_stream": false, "output_stream": true, "unenforced": true},
        ])
    );
}

#[test]
fn describes_what_inputs_reach_and_nothing_else() {
    assert_eq!(
        table()["shapes"],
        json!({
            "Id": {"type": "string", "length": [1, null], "pattern": "[a-z]+"},
            "ListInput": {"type": "structure", "members": {"mood": {"target": "Old", "in": "query:m"}}},
            "Mood": {"type": "string", "enum": ["glad"], "open": true},
            "Old": {"type": "string", "enum": ["sad"]},
            "SayInput": {"type": "structure", "members": {
                "format": {"target": "Mood"},
                "id": {"target": "Id", "required": true, "in": "label"},
                "mood": {"target": "Mood"},
                "warmth": {"target": "Float", "range": [0, 1]},
                "words": {"target": "Words", "length": [null, 3]},
            }},
            "Words": {"type": "list", "unique": true, "member": {"target": "String", "length": [1, null]}},
        })
    );
}

#[test]
fn fails_on_a_shape_that_could_be_taken_for_one_of_the_prelude() {
    let ambiguous = MODEL.replace("\"t#Mood\"", "\"t#String\"");
    let error = constraints(&model(&ambiguous), &BTreeSet::new()).unwrap_err();
    assert!(
        error.to_string().starts_with("t#String: its name"),
        "{error}"
    );
}
