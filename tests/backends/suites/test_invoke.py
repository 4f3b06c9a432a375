"""InvokeModel: the engine in the words of the model that it stands in for."""

import json

import pytest

from support import models
from support.parts import text_of, user

LLAMA = "us.meta.llama3-3-70b-instruct-v1:0"
PROMPT = "Hello"
TOKENS = 24


def claude_text(answer: dict) -> str:
    return "".join(block["text"] for block in answer["content"])


BODIES = {
    models.SONNET: {
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": TOKENS,
        "temperature": 0,
        "messages": [{"role": "user", "content": PROMPT}],
    },
    models.NOVA_LITE: {
        "schemaVersion": "messages-v1",
        "messages": [{"role": "user", "content": [{"text": PROMPT}]}],
        "inferenceConfig": {"maxTokens": TOKENS, "temperature": 0},
    },
    LLAMA: {
        "prompt": f"<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n{PROMPT}<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\n",
        "max_gen_len": TOKENS,
        "temperature": 0,
    },
}
TEXTS = {models.SONNET: claude_text, models.NOVA_LITE: text_of, LLAMA: lambda answer: answer["generation"]}
FAMILIES = pytest.mark.parametrize("model", BODIES)


@pytest.fixture(scope="module")
def converse(runtime):
    """What Converse gives for the same prompt."""
    config = {"maxTokens": TOKENS, "temperature": 0.0}
    return runtime.converse(modelId=models.SONNET, messages=[user(PROMPT)], inferenceConfig=config)


@FAMILIES
def test_the_same_answer_in_every_body(runtime, converse, model):
    response = runtime.invoke_model(modelId=model, body=json.dumps(BODIES[model]))
    headers = response["ResponseMetadata"]["HTTPHeaders"]
    assert TEXTS[model](json.loads(response["body"].read())) == text_of(converse)
    assert int(headers["x-amzn-bedrock-output-token-count"]) == converse["usage"]["outputTokens"]


@FAMILIES
def test_the_same_answer_in_chunks(runtime, converse, model):
    response = runtime.invoke_model_with_response_stream(modelId=model, body=json.dumps(BODIES[model]))
    chunks = [json.loads(event["chunk"]["bytes"]) for event in response["body"]]
    assert "".join(piece(model, chunk) for chunk in chunks) == text_of(converse)
    metrics = chunks[-1]["amazon-bedrock-invocationMetrics"]
    assert metrics["outputTokenCount"] == converse["usage"]["outputTokens"]


def piece(model: str, chunk: dict) -> str:
    """The text in a chunk."""
    if model == LLAMA:
        return chunk.get("generation") or ""
    if model == models.NOVA_LITE:
        return chunk.get("contentBlockDelta", {}).get("delta", {}).get("text", "")
    return chunk.get("delta", {}).get("text", "")
