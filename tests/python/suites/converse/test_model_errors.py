"""Typed errors before a stream: what is wrong with the model that a request names."""

import pytest

from support import models
from support.errors import invalid, refused
from support.parts import TIME, user

ON_DEMAND = (
    "Invocation of model ID {} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an "
    "inference profile that contains this model."
)
END_OF_LIFE = (
    "This model version has reached the end of its life. Please refer to the AWS documentation for more details."
)


@pytest.fixture(params=["converse", "converse_stream", "invoke_model", "invoke_model_with_response_stream"])
def call(request, runtime):
    """Every operation that calls a model, with a body that would do."""
    operation = getattr(runtime, request.param)
    if request.param.startswith("converse"):
        return lambda model: operation(modelId=model, messages=[user("Hello")])
    return lambda model: operation(modelId=model, body=b"{}")


@pytest.mark.parametrize(
    "model",
    [
        models.UNKNOWN,
        "us.acme.chat-v1:0",
        "arn:aws:bedrock:us-east-1::foundation-model/acme.chat-v1:0",
        f"eu.{models.SONNET_MODEL}",
        "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
    ],
    ids=["model", "profile", "arn", "profile of another geography", "arn of another region"],
)
def test_unknown_models(call, model):
    with invalid("The provided model identifier is invalid."):
        call(model)


@pytest.mark.parametrize("model", [models.DEEPSEEK_R1, models.SONNET_MODEL])
def test_models_that_are_only_served_through_a_profile(call, model):
    with invalid(ON_DEMAND.format(model)):
        call(model)


def test_models_at_their_end_of_life(call):
    with refused("ResourceNotFoundException", 404, END_OF_LIFE):
        call(models.RETIRED)


def test_errors_are_typed_for_clients(runtime):
    request = {"modelId": models.RETIRED, "messages": [user("Hello")]}
    for operation in (runtime.converse, runtime.converse_stream):
        with pytest.raises(runtime.exceptions.ResourceNotFoundException):
            operation(**request)
        with pytest.raises(runtime.exceptions.ValidationException):
            operation(**request | {"modelId": models.UNKNOWN})


def test_models_that_do_not_converse(runtime):
    with invalid(
        "This action doesn't support the model that you provided. Try again with a supported text or chat model."
    ):
        runtime.converse(modelId=models.TITAN_EMBED, messages=[user("Hello")])


def test_models_that_do_not_stream(runtime):
    with invalid() as error:
        runtime.invoke_model_with_response_stream(modelId=models.TITAN_EMBED, body=b'{"inputText": "Hello"}')
    assert error["message"].startswith("The model is unsupported for streaming")


def test_models_without_tools(runtime):
    with invalid("This model doesn't support tool use."):
        runtime.converse(modelId=models.TITAN_TEXT, messages=[user("Hello")], toolConfig={"tools": [TIME]})


def test_models_without_tools_while_they_stream(runtime):
    with invalid("This model doesn't support tool use in streaming mode."):
        runtime.converse_stream(
            modelId="us.meta.llama3-2-90b-instruct-v1:0", messages=[user("Hello")], toolConfig={"tools": [TIME]}
        )


def test_models_without_system_prompts(runtime):
    with invalid() as error:
        runtime.converse(modelId=models.TITAN_TEXT, messages=[user("Hello")], system=[{"text": "Be brief."}])
    assert error["message"].startswith("This model doesn't support system messages.")


def test_a_guardrail_that_does_not_exist_is_not_passed_over(runtime):
    guardrail = {"guardrailIdentifier": "abcdefghijkl", "guardrailVersion": "1"}
    with invalid("The guardrail identifier or version provided in the request does not exist."):
        runtime.converse(modelId=models.SONNET, messages=[user("Hello")], guardrailConfig=guardrail)
