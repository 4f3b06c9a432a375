"""CountTokens counts what the other operations report as their input."""

import json

import pytest

from support import media, models
from support.errors import invalid
from support.media import document_block, image_block
from support.parts import TIME, WEATHER, assistant, user

REQUESTS = {
    "text": {"messages": [user("Tell me about marble.")]},
    "a system prompt": {"messages": [user("Hello")], "system": [{"text": "You are a geologist."}]},
    "several turns": {"messages": [user("Hello"), assistant("Hello!"), user("And now?")]},
    "tools": {"messages": [user("Hello")], "toolConfig": {"tools": [WEATHER, TIME]}},
    "media": {
        "messages": [
            user("What is this?", image_block(media.png(200, 200)), document_block("page", "pdf", media.pdf()))
        ]
    },
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_it_counts_what_converse_reports(runtime, request_):
    counted = runtime.count_tokens(modelId=models.SONNET_MODEL, input={"converse": request_})
    assert counted["inputTokens"] == runtime.converse(modelId=models.SONNET, **request_)["usage"]["inputTokens"]


def test_it_counts_native_bodies(runtime):
    body = {
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": 100,
        "system": "You are a geologist.",
        "messages": [{"role": "user", "content": "Tell me about marble."}],
    }
    data = json.dumps(body).encode()
    counted = runtime.count_tokens(modelId=models.SONNET_MODEL, input={"invokeModel": {"body": data}})
    answer = json.loads(runtime.invoke_model(modelId=models.SONNET, body=data)["body"].read())
    assert counted["inputTokens"] == answer["usage"]["input_tokens"]
    same = {"messages": [user("Tell me about marble.")], "system": [{"text": "You are a geologist."}]}
    assert counted == counted | {
        "inputTokens": runtime.count_tokens(modelId=models.SONNET_MODEL, input={"converse": same})["inputTokens"]
    }


@pytest.mark.parametrize("model", [models.SONNET, models.NOVA_LITE], ids=["a profile", "another family"])
def test_models_that_cannot_be_counted_for(runtime, model):
    with invalid("The provided model doesn't support counting tokens."):
        runtime.count_tokens(modelId=model, input={"converse": {"messages": [user("Hello")]}})


def test_broken_conversations_are_refused(runtime):
    with invalid():
        runtime.count_tokens(modelId=models.SONNET_MODEL, input={"converse": {"messages": [user("")]}})
