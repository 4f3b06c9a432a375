"""Requests of guardrails that the suites share."""


def user(text, *more) -> list[dict]:
    """A conversation of one message."""
    return [{"role": "user", "content": [{"text": text}, *more]}]


def config(identifier, version="DRAFT", **more) -> dict:
    """The guardrail of a conversation, with what it found."""
    return {"guardrailIdentifier": identifier, "guardrailVersion": version, "trace": "enabled", **more}


def headers(identifier, version="DRAFT") -> dict:
    """The guardrail of a native request."""
    return {"guardrailIdentifier": identifier, "guardrailVersion": version, "trace": "ENABLED"}


def apply(runtime, identifier, text, version="DRAFT", source="INPUT", **more) -> dict:
    """ApplyGuardrail on one text."""
    content = [{"text": {"text": text}}]
    return runtime.apply_guardrail(
        guardrailIdentifier=identifier, guardrailVersion=version, source=source, content=content, **more
    )


def streamed(runtime, model, text, guardrail) -> tuple[str, str, dict]:
    """Text, stop reason and metadata of a streamed answer."""
    answer = runtime.converse_stream(modelId=model, messages=user(text), guardrailConfig=guardrail)
    events = list(answer["stream"])
    deltas = [event["contentBlockDelta"]["delta"] for event in events if "contentBlockDelta" in event]
    [stop] = [event["messageStop"]["stopReason"] for event in events if "messageStop" in event]
    [metadata] = [event["metadata"] for event in events if "metadata" in event]
    return "".join(delta.get("text", "") for delta in deltas), stop, metadata
