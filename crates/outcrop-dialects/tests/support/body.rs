//! Conversations as native bodies, in the one form of each family that `writer` writes too.

use serde_json::{Value, json};

use super::prompt;
use super::talk::{Talk, Turn};

/// The smallest picture.
pub(crate) const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==";

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

pub(crate) fn claude(talk: &Talk) -> Value {
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

pub(crate) fn nova(talk: &Talk) -> Value {
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

pub(crate) fn openai_chat(talk: &Talk) -> Value {
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
pub(crate) fn sorted(value: &Value) -> Value {
    use outcrop_engine::document;
    document::to_value(&document::to_document(value))
}

/// A body with the limits of a conversation under a family's names; an empty name stands for what the family lacks.
pub(crate) fn limited(talk: &Talk, mut body: Value, names: [&str; 5]) -> Value {
    let [max_tokens, stop, temperature, top_p, top_k] = names;
    let (temperatures, shares) = talk.sampling.unzip();
    let members = [
        (max_tokens, Some(json!(talk.max_tokens))),
        (stop, Some(json!(talk.stop))),
        (temperature, temperatures.map(Value::from)),
        (top_p, shares.map(Value::from)),
        (top_k, talk.top_k.map(Value::from)),
    ];
    for (name, value) in members {
        if let Some(value) = value.filter(|_| !name.is_empty()) {
            body[name] = value;
        }
    }
    body
}

pub(crate) fn claude_text(talk: &Talk) -> Value {
    let body =
        json!({"prompt": prompt::claude(&talk.turns()), "anthropic_version": "bedrock-2023-05-31"});
    limited(
        talk,
        body,
        [
            "max_tokens_to_sample",
            "stop_sequences",
            "temperature",
            "top_p",
            "top_k",
        ],
    )
}

pub(crate) fn llama(talk: &Talk) -> Value {
    let body = json!({"prompt": prompt::llama(&talk.turns())});
    let mut body = limited(talk, body, ["max_gen_len", "", "temperature", "top_p", ""]);
    if talk.turns[0].image {
        body["images"] = json!([PNG]);
    }
    body
}

pub(crate) fn llama_4(talk: &Talk) -> Value {
    let mut body = llama(talk);
    body["prompt"] = json!(prompt::llama_4(&talk.turns()));
    body
}

pub(crate) fn mistral(talk: &Talk) -> Value {
    let body = json!({"prompt": prompt::instructions(&talk.turns())});
    limited(
        talk,
        body,
        ["max_tokens", "stop", "temperature", "top_p", "top_k"],
    )
}

pub(crate) fn deepseek(talk: &Talk) -> Value {
    let body = json!({"prompt": prompt::deepseek(&talk.turns())});
    limited(
        talk,
        body,
        ["max_tokens", "stop", "temperature", "top_p", ""],
    )
}

pub(crate) fn cohere_command(talk: &Talk) -> Value {
    let body = json!({"prompt": talk.turns().last(), "num_generations": 2, "truncate": "END"});
    limited(
        talk,
        body,
        ["max_tokens", "stop_sequences", "temperature", "p", "k"],
    )
}

pub(crate) fn jurassic(talk: &Talk) -> Value {
    let body =
        json!({"prompt": talk.turns().last(), "numResults": 2, "countPenalty": {"scale": 1}});
    limited(
        talk,
        body,
        [
            "maxTokens",
            "stopSequences",
            "temperature",
            "topP",
            "topKReturn",
        ],
    )
}

pub(crate) fn titan_text(talk: &Talk) -> Value {
    let names = ["maxTokenCount", "stopSequences", "temperature", "topP", ""];
    json!({"inputText": talk.turns().last(), "textGenerationConfig": limited(talk, json!({}), names)})
}

pub(crate) fn pegasus(talk: &Talk) -> Value {
    let source = if talk.turns[0].image {
        json!({"base64String": PNG})
    } else {
        json!({"s3Location": {"uri": "s3://bucket/video.mp4", "bucketOwner": "123456789012"}})
    };
    let format = json!({"jsonSchema": {"type": "object"}});
    let body = json!({"inputPrompt": talk.turns().last(), "mediaSource": source, "responseFormat": format});
    limited(talk, body, ["maxOutputTokens", "", "temperature", "", ""])
}

pub(crate) fn completion(talk: &Talk) -> Value {
    let body = json!({"prompt": talk.turns().last(), "n": 2, "echo": true});
    limited(
        talk,
        body,
        ["max_tokens", "stop", "temperature", "top_p", "top_k"],
    )
}
