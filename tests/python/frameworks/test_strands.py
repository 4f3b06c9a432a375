"""Strands Agents."""

import pydantic
import pytest
from strands import Agent, tool
from strands.models import BedrockModel

from support import models


@tool
def get_weather(city: str) -> str:
    """The weather of a city.

    Args:
        city: Its name.
    """
    return "cloudless"


class Rock(pydantic.BaseModel):
    """A rock."""

    name: str
    hardness: float


@pytest.fixture(params=[True, False], ids=["streamed", "whole"])
def model(request) -> BedrockModel:
    return BedrockModel(model_id=models.SONNET, streaming=request.param)


def test_an_agent_uses_its_tool_and_goes_on(model):
    agent = Agent(model=model, tools=[get_weather], callback_handler=None)
    assert "cloudless" in str(agent("Use get_weather for Oslo."))
    assert "granite" in str(agent("And what of granite?"))


def test_structured_output(model):
    agent = Agent(model=model, callback_handler=None)
    assert isinstance(agent("Describe granite.", structured_output_model=Rock).structured_output, Rock)
