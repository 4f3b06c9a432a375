"""LiteLLM."""

import litellm
import pytest

from support import models

PROMPT = [{"role": "user", "content": "Tell me about marble."}]
TIME = {"name": "get_time", "parameters": {"type": "object", "properties": {"zone": {"type": "string"}}}}


@pytest.fixture(params=["bedrock/converse", "bedrock/invoke"], ids=["Converse", "InvokeModel"])
def model(request) -> str:
    return f"{request.param}/{models.SONNET}"


def test_a_completion(model):
    answer = litellm.completion(model=model, messages=PROMPT)
    assert "marble" in answer.choices[0].message.content
    assert answer.usage.completion_tokens > 0


def test_a_stream(model):
    chunks = list(litellm.completion(model=model, messages=PROMPT, stream=True))
    assert "marble" in "".join(chunk.choices[0].delta.content or "" for chunk in chunks)


def test_a_tool_call(model):
    prompt = [{"role": "user", "content": "Use get_time."}]
    answer = litellm.completion(model=model, messages=prompt, tools=[{"type": "function", "function": TIME}])
    assert [call.function.name for call in answer.choices[0].message.tool_calls] == ["get_time"]


def test_errors_are_typed():
    with pytest.raises(litellm.BadRequestError, match="The provided model identifier is invalid"):
        litellm.completion(model=f"bedrock/converse/{models.UNKNOWN}", messages=PROMPT)


@pytest.mark.parametrize("embedder", [models.TITAN_EMBED, models.COHERE_EMBED])
def test_embeddings(embedder):
    answer = litellm.embedding(model=f"bedrock/{embedder}", input=["granite", "basalt"])
    assert [len(item["embedding"]) for item in answer.data] == [1024, 1024]


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize(
    ("text", "answer"),
    [("What is granite?", "No question."), ("What is basalt?", "No answer."), ("Hi jane@example.com", "Hi {EMAIL}")],
    ids=["input", "output", "masked"],
)
def test_guardrails_act(guardrail, text, answer, stream):
    prompt = [{"role": "user", "content": text}]
    found = litellm.completion(
        model=f"bedrock/converse/{models.NOVA_LITE}", messages=prompt, guardrailConfig=guardrail, stream=stream
    )
    if stream:
        chunks = list(found)
        content = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
        [reason] = [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices[0].finish_reason]
    else:
        content, reason = found.choices[0].message.content, found.choices[0].finish_reason
    # The service stops for what it masks, too.
    assert reason == "content_filter"
    assert content == answer if answer.startswith("No ") else answer in content
