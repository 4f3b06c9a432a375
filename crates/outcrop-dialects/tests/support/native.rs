//! Recorded native answers, taken apart into what an engine would have streamed.

use bedrock_runtime_smithy::model::{StopReason, TokenUsage};
use outcrop_engine::StreamEvent;
use serde_json::Value;

use super::events::{Block, answer};

/// Where the families of prompts keep their text.
const TEXTS: &[&str] = &[
    "/completion",
    "/generation",
    "/outputText",
    "/results/0/outputText",
    "/outputs/0/text",
    "/generations/0/text",
    "/choices/0/message/content",
    "/choices/0/text",
    "/text",
];

/// A whole answer.
pub(crate) fn whole(body: &Value) -> Option<Vec<StreamEvent>> {
    let blocks = if body["type"] == "message" {
        body["content"]
            .as_array()?
            .iter()
            .map(claude_block)
            .collect::<Option<_>>()?
    } else if let Some(content) = body.pointer("/output/message/content") {
        content
            .as_array()?
            .iter()
            .map(nova_block)
            .collect::<Option<_>>()?
    } else {
        let text = TEXTS
            .iter()
            .find_map(|pointer| body.pointer(pointer)?.as_str())?;
        vec![Block::Text(vec![text.to_owned()])]
    };
    Some(answer(blocks, stop(body), usage(&body["usage"])))
}

/// A whole stream; of Command's, the generations one after the other.
pub(crate) fn stream(chunks: &[Value]) -> Option<Vec<StreamEvent>> {
    let mut blocks = Vec::new();
    let mut further: Vec<Block> = Vec::new();
    for chunk in chunks {
        if let Some(start) = chunk.get("content_block") {
            blocks.push(claude_block(start).map(emptied)?);
        } else if let Some(delta) = chunk
            .get("delta")
            .filter(|delta| delta.get("type").is_some())
        {
            push(
                blocks.last_mut()?,
                delta["text"].as_str().or(delta["partial_json"].as_str())?,
            );
        } else if let Some(call) = chunk.pointer("/contentBlockStart/start/toolUse") {
            blocks.push(Block::Call(
                text(&call["toolUseId"]),
                text(&call["name"]),
                Vec::new(),
            ));
        } else if let Some(input) = chunk.pointer("/contentBlockDelta/delta/toolUse/input") {
            push(blocks.last_mut()?, input.as_str()?);
        } else if let Some(piece) = chunk.pointer("/contentBlockDelta/delta/text") {
            match blocks.last_mut() {
                Some(block @ Block::Text(_)) => push(block, piece.as_str()?),
                _ => blocks.push(Block::Text(vec![text(piece)])),
            }
        } else if chunk["completion"] == "" {
            // Claude's text completions end with an empty one.
        } else if chunk["is_finished"].is_boolean() && chunk["index"].as_u64() > Some(0) {
            let place = usize::try_from(chunk["index"].as_u64()? - 1).ok()?;
            if place == further.len() {
                further.push(Block::Text(Vec::new()));
            }
            push(further.get_mut(place)?, chunk["text"].as_str()?);
        } else if let Some(piece) = TEXTS
            .iter()
            .find_map(|pointer| chunk.pointer(pointer)?.as_str())
        {
            if blocks.is_empty() {
                blocks.push(Block::Text(Vec::new()));
            }
            push(blocks.last_mut()?, piece);
        }
    }
    let metrics = &chunks.last()?["amazon-bedrock-invocationMetrics"];
    let reasons = chunks.iter().map(stop);
    let stop = reasons.fold(StopReason::EndTurn, |before, now| {
        if now == StopReason::EndTurn {
            before
        } else {
            now
        }
    });
    let mut events = answer(blocks, stop, usage(metrics));
    let last = events.pop()?;
    for block in further {
        events.extend(answer(vec![block], stop, usage(metrics)));
        events.pop();
    }
    events.push(last);
    Some(events)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn push(block: &mut Block, piece: &str) {
    match block {
        Block::Text(pieces) | Block::Call(_, _, pieces) | Block::Thinking(pieces, _) => {
            pieces.push(piece.to_owned());
        }
        Block::Cited(..) => {}
    }
}

fn emptied(block: Block) -> Block {
    match block {
        Block::Text(_) => Block::Text(Vec::new()),
        Block::Call(id, name, _) => Block::Call(id, name, Vec::new()),
        other => other,
    }
}

fn claude_block(block: &Value) -> Option<Block> {
    match block["type"].as_str()? {
        "text" => Some(Block::Text(vec![text(&block["text"])])),
        "tool_use" => Some(Block::Call(
            text(&block["id"]),
            text(&block["name"]),
            vec![block["input"].to_string()],
        )),
        _ => None,
    }
}

fn nova_block(block: &Value) -> Option<Block> {
    if let Some(text) = block["text"].as_str() {
        return Some(Block::text(&[text]));
    }
    let call = block.get("toolUse")?;
    Some(Block::Call(
        text(&call["toolUseId"]),
        text(&call["name"]),
        vec![call["input"].to_string()],
    ))
}

/// Every family's word, wherever it is.
fn stop(body: &Value) -> StopReason {
    let places = [
        "/stop_reason",
        "/stopReason",
        "/delta/stop_reason",
        "/messageStop/stopReason",
        "/results/0/completionReason",
        "/completionReason",
        "/outputs/0/stop_reason",
        "/generations/0/finish_reason",
        "/choices/0/finish_reason",
        "/finish_reason",
    ];
    match places
        .iter()
        .find_map(|pointer| body.pointer(pointer)?.as_str())
    {
        Some("max_tokens" | "LENGTH" | "length" | "MAX_TOKENS") => StopReason::MaxTokens,
        Some("tool_use") => StopReason::ToolUse,
        _ => StopReason::EndTurn,
    }
}

fn usage(usage: &Value) -> TokenUsage {
    let number = |names: [&str; 3]| {
        let found = names.iter().find_map(|name| usage[*name].as_i64());
        found.and_then(|number| i32::try_from(number).ok())
    };
    TokenUsage::builder()
        .input_tokens(number(["input_tokens", "inputTokens", "inputTokenCount"]))
        .output_tokens(number([
            "output_tokens",
            "outputTokens",
            "outputTokenCount",
        ]))
        .cache_read_input_tokens(number([
            "cache_read_input_tokens",
            "cacheReadInputTokenCount",
            "",
        ]))
        .cache_write_input_tokens(number([
            "cache_creation_input_tokens",
            "cacheWriteInputTokenCount",
            "",
        ]))
        .build()
}
