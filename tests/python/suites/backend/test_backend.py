"""A model server behind Bedrock, through boto3."""

import json

import pytest
from botocore.exceptions import EventStreamError

from support import clients
from support.backend import BREAK, Backend, delta, saying, stop, usage
from support.errors import refused
from support.events import check_order, collect

NOVA = "us.amazon.nova-lite-v1:0"
TOOLS = {"tools": [{"toolSpec": {"name": "weather", "inputSchema": {"json": {"type": "object"}}}}]}


@pytest.fixture(scope="module")
def backend():
    backend = Backend()
    yield backend
    backend.stop()


@pytest.fixture(scope="module")
def runtime(start_server, backend):
    server = start_server(
        "--backend",
        backend.url,
        "--backend-model",
        "amazon.*=llama3.1:8b,anthropic.*=qwen3:8b",
        "--backend-embedding-model",
        "nomic-embed-text",
    )
    return clients.boto("bedrock-runtime", server.url)


def user(*content) -> dict:
    return {"role": "user", "content": list(content)}


def test_an_answer(backend, runtime):
    with backend.replying(saying("Hi é🎂")) as requests:
        answer = runtime.converse(modelId=NOVA, messages=[user({"text": "Hello"})])
    assert answer["output"]["message"]["content"] == [{"text": "Hi é🎂"}]
    assert (answer["stopReason"], answer["usage"]["inputTokens"]) == ("end_turn", 9)
    assert requests[0]["body"]["model"] == "llama3.1:8b"


def test_a_stream_with_reasoning(backend, runtime):
    chunks = [delta(reasoning_content="so"), *saying("Yes")]
    with backend.replying(chunks):
        events = collect(runtime.converse_stream(modelId=NOVA, messages=[user({"text": "Hello"})]))
    check_order(events)
    deltas = [event["contentBlockDelta"]["delta"] for event in events if "contentBlockDelta" in event]
    assert deltas == [{"reasoningContent": {"text": "so"}}, {"text": "Yes"}]


def test_a_loop_with_parallel_calls_ends(backend, runtime):
    def call(index, city):
        arguments = json.dumps({"city": city})
        return {"index": index, "id": f"call_{index}", "function": {"name": "weather", "arguments": arguments}}

    calls = [delta(content=None, tool_calls=[call(0, "Bonn"), call(1, "Köln")]), stop("tool_calls"), usage(9, 9)]
    question = user({"text": "Weather?"})
    with backend.replying(calls, saying("Sunny.")) as requests:
        first = runtime.converse(modelId=NOVA, messages=[question], toolConfig=TOOLS)
        assert first["stopReason"] == "tool_use"
        message = first["output"]["message"]
        uses = [block["toolUse"] for block in message["content"]]
        assert [use["input"]["city"] for use in uses] == ["Bonn", "Köln"]
        results = [
            {"toolResult": {"toolUseId": use["toolUseId"], "content": [{"json": {"degrees": 20}}]}} for use in uses
        ]
        second = runtime.converse(modelId=NOVA, messages=[question, message, user(*results)], toolConfig=TOOLS)
    assert second["output"]["message"]["content"] == [{"text": "Sunny."}]
    sent = requests[1]["body"]["messages"]
    assert [message["role"] for message in sent] == ["user", "assistant", "tool", "tool"]
    assert [message["tool_call_id"] for message in sent[2:]] == ["call_0", "call_1"]


def test_a_native_body(backend, runtime):
    body = {
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": 10,
        "system": [{"type": "text", "text": "Be brief."}],
        "messages": [{"role": "user", "content": "Hello"}],
    }
    with backend.replying(saying("Hi")) as requests:
        response = runtime.invoke_model(modelId="anthropic.claude-3-haiku-20240307-v1:0", body=json.dumps(body))
    assert json.loads(response["body"].read())["content"] == [{"type": "text", "text": "Hi"}]
    assert requests[0]["body"]["model"] == "qwen3:8b"
    assert requests[0]["body"]["messages"][0] == {"role": "system", "content": "Be brief."}


def test_embeddings(backend, runtime):
    vectors = {"data": [{"index": 0, "embedding": [3.0, 4.0]}], "usage": {"prompt_tokens": 3}}
    with backend.replying((200, vectors)) as requests:
        response = runtime.invoke_model(modelId="amazon.titan-embed-text-v2:0", body=json.dumps({"inputText": "a"}))
    answer = json.loads(response["body"].read())
    assert answer["embedding"] == pytest.approx([0.6, 0.8])
    assert answer["inputTextTokenCount"] == 3
    assert requests[0]["path"] == "/v1/embeddings"


@pytest.mark.parametrize(
    ("status", "code", "seen"),
    [
        (400, "ValidationException", 400),
        (401, "AccessDeniedException", 403),
        (404, "ResourceNotFoundException", 404),
        (429, "ThrottlingException", 429),
        (500, "ModelErrorException", 424),
    ],
)
def test_failures_keep_their_meaning(backend, runtime, status, code, seen):
    for call in (runtime.converse, runtime.converse_stream):
        with backend.replying((status, {"error": {"message": "no luck"}})), refused(code, seen) as error:
            call(modelId=NOVA, messages=[user({"text": "Hello"})])
        assert "no luck" in error["message"]


def test_a_broken_stream_ends_with_an_exception(backend, runtime):
    with backend.replying([delta(content="A"), BREAK]):
        stream = runtime.converse_stream(modelId=NOVA, messages=[user({"text": "Hello"})])["stream"]
        with pytest.raises(EventStreamError, match="modelStreamErrorException"):
            list(stream)


def test_a_model_that_is_not_mapped_is_an_error(backend, runtime):
    with backend.replying(), refused("ResourceNotFoundException", 404) as error:
        runtime.converse(modelId="meta.llama3-8b-instruct-v1:0", messages=[user({"text": "Hello"})])
    assert "backend_model" in error["message"]
