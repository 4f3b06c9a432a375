//! Streams of both kinds, and broken variants of them.

use outcrop_engine::canned::chance::Chance;

/// Chat completions, with what servers do differently.
pub(crate) const OPENAI: &[&str] = &[
    concat!(
        ": hello\r\n\r\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\r\n\r\n",
        "data:{\"choices\":[{\"delta\":{\"content\":\"<think>So é\"}}]}\r\n\r\n",
        "data:{\"choices\":[{\"delta\":{\"content\":\"</think>\\n\\n🎂 東京\"},\"logprobs\":null}]}\r\n\r\n",
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3}}\r\n\r\n",
        "data: [DONE]\r\n\r\n",
    ),
    concat!(
        "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"Two calls.\",\"content\":null}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\"\"}}]}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\": [1, \\\"}\\\"]}\"}}]}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"Late.\"},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n",
    ),
    concat!(
        "data: {\"choices\":[{\"delta\":{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"text\":\"So\"}]},{\"text\":\"A\"}]}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"function_call\":{\"name\":\"f\",\"arguments\":{\"x\":1}},\"refusal\":\"No.\"}}]}\n\n",
        "event: error\ndata: {\"error\":{\"message\":\"no memory\",\"code\":500}}\n\n",
    ),
    "data: {\"choices\":[{\"message\":{\"content\":\"so</think>Yes\"},\"finish_reason\":\"length\"}],\"x_groq\":{\"usage\":{\"prompt_tokens\":1}}}",
];

/// Messages, with every kind of block.
pub(crate) const ANTHROPIC: &[&str] = &[
    concat!(
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":5,\"cache_creation\":{}}}}\n\n",
        "event: ping\ndata: {\"type\":\"ping\"}\n\n",
        "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\"}}\n\n",
        "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"So é\"}}\n\n",
        "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}}\n\n",
        "data: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
        "data: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
        "data: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"citations_delta\",\"citation\":{\"type\":\"char_location\",\"start_char_index\":-1}}}\n\n",
        "data: {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\"🎂 東京\"}}\n\n",
        "data: {\"type\":\"content_block_stop\",\"index\":1}\n\n",
        "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":3}}\n\n",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
    ),
    concat!(
        "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"redacted_thinking\",\"data\":\"b64\"}}\r\n\r\n",
        "data: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{\"q\":1}}}\r\n\r\n",
        "data: {\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[{}]}}\r\n\r\n",
        "data: {\"type\":\"content_block_start\",\"index\":3,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}}}\r\n\r\n",
        "data: {\"type\":\"content_block_delta\",\"index\":3,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"x\\\": 1}\"}}\r\n\r\n",
        "data: {\"type\":\"content_block_delta\",\"index\":9,\"delta\":{\"type\":\"text_delta\",\"text\":\"Unannounced\"}}\r\n\r\n",
        "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\r\n\r\n",
    ),
    "data: {\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"Yes\"}],\"stop_reason\":\"max_tokens\",\"usage\":{\"input_tokens\":1}}\n\ndata: [DONE]\n\n",
];

/// A stream with some changes: to its bytes, and to the order and number of its lines.
pub(crate) fn variant(streams: &[&str], chance: &mut Chance) -> Vec<u8> {
    let stream = chance.pick(streams).copied().unwrap_or_default();
    let mut lines: Vec<&str> = stream.split_inclusive('\n').collect();
    for _ in 0..chance.below(3) {
        if lines.is_empty() {
            break;
        }
        let (from, to) = (below(chance, lines.len()), below(chance, lines.len()));
        match chance.below(3) {
            0 => lines.swap(from, to),
            1 => lines.insert(to, lines[from]),
            _ => {
                lines.remove(from);
            }
        }
    }
    let mut bytes = lines.concat().into_bytes();
    for _ in 0..chance.below(4) {
        damage(&mut bytes, chance);
    }
    bytes
}

fn damage(bytes: &mut Vec<u8>, chance: &mut Chance) {
    if bytes.is_empty() {
        return;
    }
    let place = below(chance, bytes.len());
    let byte = chance.number().to_le_bytes()[0];
    match chance.below(5) {
        0 => bytes.truncate(place),
        1 => bytes.insert(place, byte),
        2 => {
            bytes.remove(place);
        }
        3 => bytes[place] = *chance.pick(b"\r\n:{}[]\",0").unwrap_or(&byte),
        _ => bytes[place] = byte,
    }
}

fn below(chance: &mut Chance, length: usize) -> usize {
    let bound = u64::try_from(length.max(1)).unwrap_or(1);
    usize::try_from(chance.below(bound)).unwrap_or(0)
}
