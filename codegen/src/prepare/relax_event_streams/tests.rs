use super::*;
use crate::prepare::testing::{json_of, model};

/// A stream in each direction; `Place` and `Name` are shared with the request, `Token` and `Count` are not.
const SHAPES: &str = r#"{
    "t#Ask":{"type":"operation","input":{"target":"t#AskInput"},"output":{"target":"t#AskOutput"}},
    "t#AskInput":{"type":"structure","members":{
        "name":{"target":"t#Name"},"place":{"target":"t#Place"},"plain":{"target":"t#Plain"},"secret":{"target":"t#Secret"},
        "up":{"target":"t#Up","traits":{"smithy.api#required":{}}}}},
    "t#AskOutput":{"type":"structure","members":{"down":{"target":"t#Down"},"kept":{"target":"t#Kept","traits":{"smithy.api#required":{}}}}},
    "t#Up":{"type":"union","members":{"chunk":{"target":"t#Chunk"}},"traits":{"smithy.api#streaming":{}}},
    "t#Down":{"type":"union","members":{"event":{"target":"t#Event"}},"traits":{"smithy.api#streaming":{}}},
    "t#Chunk":{"type":"structure","members":{"token":{"target":"t#Token","traits":{"smithy.api#required":{}}}}},
    "t#Event":{"type":"structure","members":{
        "name":{"target":"t#Name","traits":{"smithy.api#required":{}}},"place":{"target":"t#Place"},"plain":{"target":"t#Plain"},
        "secret":{"target":"t#Secret"},"count":{"target":"t#Count"}}},
    "t#Place":{"type":"union","members":{"spot":{"target":"t#Spot"},"next":{"target":"t#Place"}}},
    "t#Spot":{"type":"structure","members":{"at":{"target":"smithy.api#Integer","traits":{"smithy.api#range":{"min":0}}}}},
    "t#Plain":{"type":"structure","members":{"a":{"target":"smithy.api#String"}}},
    "t#Name":{"type":"string","traits":{"smithy.api#length":{"min":1}}},
    "t#Secret":{"type":"string","traits":{"smithy.api#length":{"min":1},"smithy.api#sensitive":{}}},
    "t#Token":{"type":"blob","traits":{"smithy.api#length":{"max":9}}},
    "t#Count":{"type":"list","member":{"target":"smithy.api#Integer"},"traits":{"smithy.api#uniqueItems":{}}},
    "t#Kept":{"type":"string","traits":{"smithy.api#length":{"min":1}}}}"#;

fn relaxed() -> Model {
    let mut model = model(SHAPES);
    relax_event_streams(&mut model).unwrap();
    model
}

#[test]
fn nothing_that_a_stream_reaches_is_restricted() {
    let model = relaxed();
    let streamed = reachable(&model, ["t#Up".to_owned(), "t#Down".to_owned()], |_| true);
    assert!(
        streamed.contains("t#Chunk") && streamed.contains("t#StreamSpot"),
        "{streamed:?}"
    );
    assert!(!reaches_constraint(&model, &streamed));
}

#[test]
fn requests_and_other_answers_keep_their_constraints() {
    let (before, after) = (model(SHAPES), relaxed());
    for id in [
        "t#AskInput",
        "t#AskOutput",
        "t#Name",
        "t#Place",
        "t#Spot",
        "t#Plain",
        "t#Secret",
        "t#Kept",
    ] {
        assert_eq!(json_of(&after, id), json_of(&before, id));
    }
}

#[test]
fn streams_get_the_prelude_or_a_copy() {
    let model = relaxed();
    let event = json_of(&model, "t#Event");
    assert!(
        event.contains(r#""name":{"target":"smithy.api#String""#),
        "{event}"
    );
    assert!(
        event.contains(r#""place":{"target":"t#StreamPlace"}"#),
        "{event}"
    );
    assert!(
        event.contains(r#""secret":{"target":"t#StreamSecret"}"#),
        "{event}"
    );
    assert!(event.contains(r#""plain":{"target":"t#Plain"}"#), "{event}");
    assert!(event.contains(r#""count":{"target":"t#Count"}"#), "{event}");
    let place = json_of(&model, "t#StreamPlace");
    assert_eq!(
        place,
        r#"{"type":"union","members":{"spot":{"target":"t#StreamSpot"},"next":{"target":"t#StreamPlace"}}}"#
    );
    assert_eq!(
        json_of(&model, "t#StreamSecret"),
        r#"{"type":"string","traits":{"smithy.api#sensitive":{}}}"#
    );
}

#[test]
fn fails_when_the_name_of_a_copy_is_taken() {
    let taken = SHAPES.replacen('{', r#"{"t#StreamSpot":{"type":"string"},"#, 1);
    let error = relax_event_streams(&mut model(&taken)).unwrap_err();
    assert!(matches!(error, PrepareError::NameTaken { ref shape, .. } if shape == "t#StreamSpot"));
}
