"""InvokeModel with the bodies of the other families, as their providers document them."""

import base64
import json

import pytest

from support import models
from support.errors import invalid
from support.parts import WEATHER, schema_of

PROMPT = "Tell me about marble."


def invoke(runtime, model: str, **body):
    response = runtime.invoke_model(modelId=model, body=json.dumps(body))
    return json.loads(response["body"].read()), response["ResponseMetadata"]["HTTPHeaders"]


@pytest.mark.parametrize("model", ["cohere.rerank-v3-5:0", "amazon.rerank-v1:0"])
def test_rerankers_put_what_fits_first(runtime, model):
    documents = ["Basalt forms from lava.", "The office opens at nine.", "Marble forms from limestone."]
    question = "When does the office open?"
    extra = {"api_version": 2} if model.startswith("cohere") else {}
    answer, headers = invoke(runtime, model, query=question, documents=documents, top_n=2, **extra)
    results = answer["results"]
    assert len(results) == 2
    assert results[0]["index"] == 1
    assert results[0]["relevance_score"] > results[1]["relevance_score"]
    assert "x-amzn-bedrock-input-token-count" not in headers


def test_novas_tools(runtime):
    spec = {"name": "get_weather", "description": "", "inputSchema": {"json": schema_of(WEATHER)}}
    answer, _ = invoke(
        runtime,
        models.NOVA_LITE,
        messages=[{"role": "user", "content": [{"text": "Hello"}]}],
        toolConfig={"tools": [{"toolSpec": spec}], "toolChoice": {"any": {}}},
    )
    assert answer["stopReason"] == "tool_use"
    assert answer["output"]["message"]["content"][0]["toolUse"]["name"] == "get_weather"


def test_images_have_the_asked_size(runtime):
    config = {"width": 512, "height": 768, "numberOfImages": 2}
    answer, _ = invoke(
        runtime,
        "amazon.nova-canvas-v1:0",
        taskType="TEXT_IMAGE",
        textToImageParams={"text": PROMPT},
        imageGenerationConfig=config,
    )
    images = [base64.b64decode(image) for image in answer["images"]]
    assert len(images) == 2
    for image in images:
        assert image.startswith(b"\x89PNG\r\n\x1a\n")
        assert [int.from_bytes(image[at : at + 4], "big") for at in (16, 20)] == [512, 768]


@pytest.mark.parametrize("model", [models.NOVA_LITE, models.TITAN_TEXT, "meta.llama3-8b-instruct-v1:0"])
def test_broken_bodies_are_refused(runtime, model):
    with invalid("Malformed input request, please reformat your input and try again."):
        runtime.invoke_model(modelId=model, body=b"{")
    with invalid() as error:
        runtime.invoke_model(modelId=model, body=b'{"foo": 1}')
    assert error["message"].startswith("Malformed input request: ")


CHOICES = {
    "Qwen": ("qwen.qwen3-32b-v1:0", {"n": 2}, lambda answer: [c["message"]["content"] for c in answer["choices"]]),
    "Jamba": ("ai21.jamba-1-5-mini-v1:0", {"n": 2}, lambda answer: [c["message"]["content"] for c in answer["choices"]]),
}


@pytest.mark.parametrize("family", CHOICES)
def test_choices_differ_and_are_the_same_each_time(runtime, family):
    model, extra, texts = CHOICES[family]
    messages = [{"role": "user", "content": PROMPT}]
    answer, headers = invoke(runtime, model, messages=messages, **extra)
    first, second = texts(answer)
    assert first != second
    again, _ = invoke(runtime, model, messages=messages, **extra)
    assert texts(again) == [first, second]
    assert int(headers["x-amzn-bedrock-output-token-count"]) == answer["usage"]["completion_tokens"]


def test_streamed_choices_are_those_of_the_whole_answer(runtime):
    body = {"messages": [{"role": "user", "content": PROMPT}], "n": 2}
    model = "qwen.qwen3-32b-v1:0"
    whole, _ = invoke(runtime, model, **body)
    stream = runtime.invoke_model_with_response_stream(modelId=model, body=json.dumps(body))["body"]
    texts = ["", ""]
    for event in stream:
        for choice in json.loads(event["chunk"]["bytes"])["choices"]:
            texts[choice["index"]] += choice["delta"].get("content") or ""
    assert texts == [choice["message"]["content"] for choice in whole["choices"]]


def test_jamba_streams_one_choice(runtime):
    body = {"messages": [{"role": "user", "content": PROMPT}], "n": 2}
    with invalid() as seen:
        runtime.invoke_model_with_response_stream(modelId="ai21.jamba-1-5-mini-v1:0", body=json.dumps(body))
    assert "#/n" in seen["message"]
