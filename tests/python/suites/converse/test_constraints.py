"""Constraints of the model, in the service's wording, each naming its member. boto3's own checks are off."""

import pytest

from support import models
from support.errors import invalid
from support.parts import TIME, tool, user


def detected(*violations: str) -> str:
    count = len(violations)
    return f"{count} validation error{'s' if count > 1 else ''} detected: {'; '.join(violations)}"


def violation(value: str, member: str, constraint: str) -> str:
    return f"Value '{value}' at '{member}' failed to satisfy constraint: {constraint}"


def request(**rest) -> dict:
    return {"modelId": models.SONNET, "messages": [user("Hello")]} | rest


@pytest.fixture(params=["converse", "converse_stream"])
def call(request, unchecked):
    return getattr(unchecked, request.param)


def test_the_token_limit_is_positive(call):
    member, constraint = "inferenceConfig.maxTokens", "Member must have value greater than or equal to 1"
    with invalid(detected(violation("0", member, constraint))):
        call(**request(inferenceConfig={"maxTokens": 0}))


@pytest.mark.parametrize("parameter", ["temperature", "topP"])
@pytest.mark.parametrize(("value", "constraint"), [(9, "less than or equal to 1"), (-1, "greater than or equal to 0")])
def test_probabilities_have_a_range(call, parameter, value, constraint):
    with invalid() as error:
        call(**request(inferenceConfig={parameter: value}))
    assert (
        f"at 'inferenceConfig.{parameter}' failed to satisfy constraint: Member must have value {constraint}"
        in (error["message"])
    )


def test_names_have_a_pattern_and_a_length(call):
    with invalid() as error:
        call(**request(toolConfig={"tools": [TIME, tool("", {})]}))
    member = "toolConfig.tools.2.member.toolSpec.name"
    assert error["message"].startswith("2 validation errors detected: ")
    for constraint in (
        "Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+",
        "Member must have length greater than or equal to 1",
    ):
        assert violation("", member, constraint) in error["message"]


def test_every_violation_is_told(call):
    with invalid() as error:
        call(**request(inferenceConfig={"maxTokens": 0, "temperature": 2.0}))
    assert error["message"].startswith("2 validation errors detected: ")
    assert "'inferenceConfig.maxTokens'" in error["message"]
    assert "'inferenceConfig.temperature'" in error["message"]


def test_required_members_are_required(call):
    with invalid() as error:
        call(**request(toolConfig={}))
    assert error["message"] == detected(
        "Value null at 'toolConfig.tools' failed to satisfy constraint: Member must not be null"
    )


def test_values_of_an_enum_are_listed(call):
    with invalid() as error:
        call(**request(messages=[{"role": "narrator", "content": [{"text": "Hello"}]}]))
    member, constraint = "messages.1.member.role", "Member must satisfy enum value set: [user, assistant"
    assert violation("narrator", member, constraint) in error["message"]


def test_model_ids_have_a_pattern(call):
    with invalid() as error:
        call(**request(modelId="no such model!"))
    assert "at 'modelId' failed to satisfy constraint" in error["message"]


def test_stop_sequences_are_not_empty(call):
    with invalid() as error:
        call(**request(inferenceConfig={"stopSequences": [""]}))
    assert "'inferenceConfig.stopSequences" in error["message"]


def test_count_tokens_is_held_to_them_too(unchecked):
    with invalid() as error:
        unchecked.count_tokens(modelId=models.SONNET_MODEL, input={"converse": {"messages": [{"content": []}]}})
    assert "role' failed to satisfy constraint: Member must not be null" in error["message"]
