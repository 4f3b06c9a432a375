"""The events of a ConverseStream: their order, and what they come to."""

import json


def collect(response: dict) -> list[dict]:
    """All events of a stream."""
    return list(response["stream"])


def kinds(events: list[dict]) -> list[str]:
    """The name of each event."""
    return [next(iter(event)) for event in events]


def check_order(events: list[dict]) -> None:
    """messageStart, blocks one after another with rising indexes, messageStop, metadata; nothing else."""
    names = kinds(events)
    assert names[0] == "messageStart", names
    assert names[-2:] == ["messageStop", "metadata"], names
    open_block, expected = None, 0
    for event in events[1:-2]:
        ((name, body),) = event.items()
        index = body["contentBlockIndex"]
        assert index == expected, names
        if name == "contentBlockStart":
            assert open_block is None, names
            assert len(body["start"]) == 1, body
            open_block = index
        elif name == "contentBlockDelta":
            assert len(body["delta"]) == 1, body
            open_block = index
        else:
            assert name == "contentBlockStop", names
            open_block, expected = None, expected + 1
    assert open_block is None, "a block does not stop"


def fold(events: list[dict]) -> dict:
    """The answer that Converse would have given."""
    content, stop, metadata = [], None, None
    for event in events:
        ((name, body),) = event.items()
        if name == "contentBlockStart":
            content.append(dict(body["start"]))
        elif name == "contentBlockDelta":
            if body["contentBlockIndex"] == len(content):
                content.append({})
            _add(content[body["contentBlockIndex"]], body["delta"])
        elif name == "messageStop":
            stop = body
        elif name == "metadata":
            metadata = body
    for block in content:
        if "toolUse" in block:
            block["toolUse"]["input"] = json.loads(block["toolUse"].get("input") or "{}")
    message = {"role": events[0]["messageStart"]["role"], "content": content}
    return {"output": {"message": message}, "stopReason": stop["stopReason"], "usage": metadata["usage"]}


def _add(block: dict, delta: dict) -> None:
    ((kind, value),) = delta.items()
    if kind == "text":
        block["text"] = block.get("text", "") + value
    elif kind == "toolUse":
        block["toolUse"]["input"] = block["toolUse"].get("input", "") + value["input"]
    elif kind == "reasoningContent":
        reasoning = block.setdefault("reasoningContent", {})
        for member, part in value.items():
            if member == "redactedContent":
                reasoning[member] = part
            else:
                inner = reasoning.setdefault("reasoningText", {})
                inner[member] = inner.get(member, "") + part
    else:
        raise AssertionError(f"a delta of an unexpected kind: {delta}")
