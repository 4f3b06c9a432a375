//! A native request as a Converse request and back again is the same request.

mod support;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use support::{chat, model, writer};

/// The smallest picture.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==";

/// A question, what was thought about it, a call and its result.
#[derive(Debug, Clone)]
struct Turn {
    asked: Vec<String>,
    image: bool,
    thought: Option<String>,
    said: Option<String>,
    input: Value,
    results: Vec<String>,
}

#[derive(Debug, Clone)]
struct Talk {
    system: String,
    turns: Vec<Turn>,
    max_tokens: u32,
    stop: Vec<String>,
}

fn words() -> impl Strategy<Value = String> {
    "[a-z\"\\\\é☃\n]{0,12}[a-z]"
}

fn input() -> impl Strategy<Value = Value> {
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

fn talk() -> impl Strategy<Value = Talk> {
    let turns = prop::collection::vec(turn(), 1..4);
    let stop = prop::collection::vec("[A-Z]{1,5}", 0..3);
    (words(), turns, 1..4000_u32, stop).prop_map(|(system, turns, max_tokens, stop)| Talk {
        system,
        turns,
        max_tokens,
        stop,
    })
}

/// The turns of a family that has results in the turn of the user.
fn messages(talk: &Talk, tell: impl Fn(&Turn, usize) -> [Vec<Value>; 3]) -> Vec<Value> {
    let turns = talk.turns.iter().enumerate();
    turns
        .flat_map(|(index, turn)| {
            let [asked, said, results] = tell(turn, index);
            [("user", asked), ("assistant", said), ("user", results)]
        })
        .map(|(role, content)| json!({"role": role, "content": content}))
        .collect()
}

fn claude(talk: &Talk) -> Value {
    let text = |text: &String| json!({"type": "text", "text": text});
    let messages = messages(talk, |turn, index| {
        let id = format!("toolu_{index}");
        let mut asked: Vec<_> = turn.asked.iter().map(text).collect();
        if turn.image {
            let source = json!({"type": "base64", "media_type": "image/png", "data": PNG});
            asked.push(json!({"type": "image", "source": source}));
        }
        let thought = turn
            .thought
            .iter()
            .map(|thought| json!({"type": "thinking", "thinking": thought, "signature": "c2ln"}));
        let call = json!({"type": "tool_use", "id": id, "name": "tool", "input": turn.input});
        let said = thought
            .chain(turn.said.iter().map(text))
            .chain([call])
            .collect();
        let results: Vec<_> = turn.results.iter().map(text).collect();
        let result = json!({"type": "tool_result", "tool_use_id": id, "content": results});
        [asked, said, vec![result]]
    });
    json!({
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": talk.max_tokens,
        "stop_sequences": talk.stop,
        "system": talk.system,
        "messages": messages,
        "tools": [{"name": "tool", "description": talk.system, "input_schema": {"type": "object"}}],
    })
}

fn nova(talk: &Talk) -> Value {
    let text = |text: &String| json!({"text": text});
    let messages = messages(talk, |turn, index| {
        let id = format!("t-{index}");
        let mut asked: Vec<_> = turn.asked.iter().map(text).collect();
        if turn.image {
            asked.push(json!({"image": {"format": "png", "source": {"bytes": PNG}}}));
        }
        let thought = turn.thought.iter().map(|thought| {
            json!({"reasoningContent": {"reasoningText": {"text": thought, "signature": "c2ln"}}})
        });
        let call = json!({"toolUse": {"toolUseId": id, "name": "tool", "input": turn.input}});
        let said = thought
            .chain(turn.said.iter().map(text))
            .chain([call])
            .collect();
        let results: Vec<_> = turn.results.iter().map(text).collect();
        let result = json!({"toolResult": {"toolUseId": id, "content": results}});
        [asked, said, vec![result]]
    });
    let tool = json!({"name": "tool", "description": talk.system, "inputSchema": {"json": {"type": "object"}}});
    json!({
        "system": [{"text": talk.system}],
        "messages": messages,
        "inferenceConfig": {"maxTokens": talk.max_tokens, "stopSequences": talk.stop},
        "toolConfig": {"tools": [{"toolSpec": tool}]},
    })
}

fn openai_chat(talk: &Talk) -> Value {
    let text = |text: &String| json!({"type": "text", "text": text});
    let mut messages = vec![json!({"role": "system", "content": talk.system})];
    for (index, turn) in talk.turns.iter().enumerate() {
        let id = format!("call_{index}");
        let mut asked: Vec<_> = turn.asked.iter().map(text).collect();
        if turn.image {
            let url = format!("data:image/png;base64,{PNG}");
            asked.push(json!({"type": "image_url", "image_url": {"url": url}}));
        }
        messages.push(json!({"role": "user", "content": asked}));
        let said: Vec<_> = turn.said.iter().map(text).collect();
        let function = json!({"name": "tool", "arguments": sorted(&turn.input).to_string()});
        let call = json!({"id": id, "type": "function", "function": function});
        let mut message = json!({"role": "assistant", "content": said, "tool_calls": [call]});
        if let Some(thought) = &turn.thought {
            message["reasoning_content"] = json!(thought);
        }
        messages.push(message);
        let results: Vec<_> = turn.results.iter().map(text).collect();
        messages.push(json!({"role": "tool", "tool_call_id": id, "content": results}));
    }
    let function =
        json!({"name": "tool", "description": talk.system, "parameters": {"type": "object"}});
    json!({
        "messages": messages,
        "max_tokens": talk.max_tokens,
        "stop": talk.stop,
        "tools": [{"type": "function", "function": function}],
    })
}

/// Documents have their members in order, also where a string holds them.
fn sorted(value: &Value) -> Value {
    use outcrop_engine::document;
    document::to_value(&document::to_document(value))
}

/// A prompt in the template of Llama 3, and what its turns say.
fn llama(talk: &Talk) -> (String, Vec<(&'static str, String)>) {
    let header = |speaker: &str| format!("<|start_header_id|>{speaker}<|end_header_id|>\n\n");
    let mut prompt = format!(
        "<|begin_of_text|>{}{}<|eot_id|>",
        header("system"),
        talk.system
    );
    let mut turns = Vec::new();
    for turn in &talk.turns {
        turns.push(("user", turn.asked.join(" ")));
        turns.extend(turn.said.clone().map(|said| ("assistant", said)));
    }
    turns.push(("user", "And?".to_owned()));
    for (speaker, text) in &turns {
        prompt.extend([&header(speaker), text.as_str(), "<|eot_id|>"]);
    }
    prompt.push_str(&header("assistant"));
    (prompt, turns)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bodies_come_back(talk in talk()) {
        type Writer = fn(&outcrop_dialects::ConverseParts) -> Value;
        let cases: [(&str, Value, Writer); 4] = [
            ("anthropic.claude-sonnet-4-5-20250929-v1:0", claude(&talk), writer::claude),
            ("amazon.nova-2-lite-v1:0", nova(&talk), writer::nova),
            ("qwen.qwen3-vl-235b-a22b", openai_chat(&talk), writer::openai_chat),
            ("mistral.mistral-large-2407-v1:0", openai_chat(&talk), writer::openai_chat),
        ];
        for (id, body, writer) in cases {
            let (parts, _) = chat(&model(id), body.to_string().as_bytes()).unwrap();
            prop_assert_eq!(writer(&parts), body, "{}", id);
        }
    }

    #[test]
    fn prompts_keep_every_turn(talk in talk()) {
        let (prompt, turns) = llama(&talk);
        let body = json!({"prompt": prompt}).to_string();
        let (parts, _) = chat(&model("meta.llama3-8b-instruct-v1:0"), body.as_bytes()).unwrap();
        let told: Vec<_> = parts.messages.iter().map(|message| {
            (message.role.as_str(), message.content[0].as_text().unwrap().as_str())
        }).collect();
        let turns: Vec<_> = turns.iter().map(|(speaker, text)| (*speaker, text.trim())).collect();
        prop_assert_eq!(told, turns);
    }

    #[test]
    fn unknown_members_survive(name in "x_[a-z]{1,8}", value in input()) {
        for (id, mut body) in [
            ("qwen.qwen3-32b-v1:0", json!({"messages": [{"role": "user", "content": "Hi"}]})),
            ("imported", json!({"prompt": "Hi"})),
        ] {
            let mut model = model("qwen.qwen3-32b-v1:0");
            id.clone_into(&mut model.id);
            body[&name] = value.clone();
            let (parts, _) = chat(&model, body.to_string().as_bytes()).unwrap();
            let fields = parts.additional_model_request_fields.unwrap();
            prop_assert_eq!(&fields[&name], &value);
        }
    }
}
