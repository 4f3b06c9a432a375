"""Strands Agents with a guardrail."""

import functools

import pytest
from strands import Agent, tool
from strands.models import BedrockModel

from support import models

REDACTED = "[User input redacted.]"


@tool
def get_rock(city: str) -> str:
    """The rock of a city.

    Args:
        city: Its name.
    """
    return "granite, says jane@example.com"


def guarded(guardrail, *, tools=(), **options) -> Agent:
    model = BedrockModel(
        model_id=models.NOVA_LITE,
        guardrail_id=guardrail["guardrailIdentifier"],
        guardrail_version=guardrail["guardrailVersion"],
        **options,
    )
    return Agent(model=model, tools=list(tools), callback_handler=None)


@pytest.fixture(params=[True, False], ids=["streamed", "whole"])
def agent(request, guardrail):
    """Makes agents whose model is guarded."""
    return functools.partial(guarded, guardrail, streaming=request.param)


def text(message) -> str:
    return "".join(block["text"] for block in message["content"])


@pytest.mark.parametrize("trace", ["enabled", "enabled_full", "disabled"])
def test_a_blocked_prompt_is_redacted(agent, trace):
    blocked = agent(guardrail_trace=trace)
    result = blocked("What is granite?")
    assert (result.stop_reason, text(result.message)) == ("guardrail_intervened", "No question.")
    assert text(blocked.messages[0]) == REDACTED
    # The conversation goes on without what was blocked.
    assert blocked("And marble?").stop_reason == "end_turn"


def test_a_blocked_answer_is_told(agent):
    blocked = agent()
    result = blocked("What is basalt?")
    assert (result.stop_reason, text(result.message)) == ("guardrail_intervened", "No answer.")
    assert text(blocked.messages[0]) == REDACTED


def test_redaction_has_its_options(agent):
    kept = agent(guardrail_redact_input=False)
    kept("What is granite?")
    assert text(kept.messages[0]) == "What is granite?"
    worded = agent(
        guardrail_redact_input_message="Gone.",
        guardrail_redact_output=True,
        guardrail_redact_output_message="Gone as well.",
    )
    result = worded("What is basalt?")
    assert (text(worded.messages[0]), text(result.message)) == ("Gone.", "Gone as well.")


def test_masked_texts_are_not_redacted(agent):
    masked = agent()
    prompt = "Account 1234567890, jane@example.com"
    result = masked(prompt)
    assert "Account {Account}, {EMAIL}" in text(result.message)
    assert text(masked.messages[0]) == prompt


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_streams_are_guarded_in_either_mode(guardrail, mode):
    result = guarded(guardrail, guardrail_stream_processing_mode=mode)("What is granite?")
    assert (result.stop_reason, text(result.message)) == ("guardrail_intervened", "No question.")


def test_only_the_latest_message_is_guarded(agent):
    latest = agent(guardrail_latest_message=True, guardrail_redact_input=False)
    assert latest("What is granite?").stop_reason == "guardrail_intervened"
    assert latest("And marble?").stop_reason == "end_turn"
    # All of it is assessed without the option.
    all_of_it = agent(guardrail_redact_input=False)
    assert all_of_it("What is granite?").stop_reason == "guardrail_intervened"
    assert all_of_it("And marble?").stop_reason == "guardrail_intervened"


def test_results_of_tools_are_not_guarded(agent):
    # As the service documents it. What the model says of them is an answer all the same.
    answer = agent(tools=[get_rock])("Use get_rock for Oslo.")
    assert "granite, says {EMAIL}" in text(answer.message)
