"""pydantic-ai."""

import pydantic
import pytest
from pydantic_ai import Agent, NativeOutput, PromptedOutput
from pydantic_ai.messages import ThinkingPart
from pydantic_ai.models.bedrock import BedrockConverseModel
from pydantic_ai.providers.bedrock import BedrockProvider

from support import models


class Rock(pydantic.BaseModel):
    """A rock."""

    name: str
    hardness: float


@pytest.fixture
def model(server):
    return lambda name: BedrockConverseModel(name, provider=BedrockProvider(base_url=server.url))


@pytest.mark.parametrize("name", [models.SONNET, models.NOVA_LITE, "mistral.mistral-large-2402-v1:0"])
def test_an_agent_uses_its_tool_and_answers(model, name):
    agent = Agent(model(name), instructions="Be brief.")
    asked = []

    @agent.tool_plain
    def get_weather(city: str) -> str:
        """The weather of a city."""
        asked.append(city)
        return "cloudless"

    told = agent.run_sync("Use get_weather for Oslo.")
    assert asked == ["Oslo"]
    assert "cloudless" in told.output
    assert told.usage.requests == 2


@pytest.mark.parametrize("output", [Rock, NativeOutput(Rock), PromptedOutput(Rock)], ids=["tool", "native", "prompted"])
def test_structured_output(model, output):
    assert isinstance(Agent(model(models.SONNET), output_type=output).run_sync("Describe granite.").output, Rock)


def test_thoughts_come_back_and_are_taken_back(model):
    agent = Agent(model(models.SONNET), model_settings={"thinking": True})
    first = agent.run_sync("Think about granite.")
    assert any(isinstance(part, ThinkingPart) for part in first.new_messages()[-1].parts)
    assert "basalt" in agent.run_sync("And basalt?", message_history=first.all_messages()).output


async def test_a_stream_is_what_is_said_whole(model):
    agent = Agent(model(models.SONNET))
    async with agent.run_stream("Describe granite.") as stream:
        pieces = [piece async for piece in stream.stream_text(delta=True, debounce_by=None)]
    assert len(pieces) > 1
    assert "".join(pieces) == (await agent.run("Describe granite.")).output
