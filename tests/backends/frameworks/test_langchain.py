"""LangChain's agents with the engine behind them."""

from typing import Literal

import pytest
from langchain_aws import BedrockEmbeddings, ChatBedrockConverse
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool
from pydantic import BaseModel

from support import models


@tool
def weather(city: Literal["Bonn", "Rome"]) -> str:
    """The weather of a city."""
    return f"20 degrees in {city}"


class Place(BaseModel):
    """A place."""

    city: Literal["Bonn", "Rome"]


@pytest.fixture
def model(server) -> ChatBedrockConverse:
    return ChatBedrockConverse(model=models.SONNET, endpoint_url=server.url)


@pytest.mark.parametrize("choice", ["any", "weather", None])
def test_a_loop_ends(model, choice):
    asked = HumanMessage("What is the weather?")
    first = model.bind_tools([weather], tool_choice=choice).invoke([asked])
    results = [weather.invoke(call) for call in first.tool_calls]
    assert results and all(isinstance(result, ToolMessage) for result in results)
    second = model.bind_tools([weather]).invoke([asked, first, *results])
    assert second.text and not second.tool_calls


def test_a_streamed_call(model):
    chunks = list(model.bind_tools([weather], tool_choice="any").stream("What is the weather?"))
    whole = sum(chunks[1:], chunks[0])
    assert {call["args"]["city"] for call in whole.tool_calls} <= {"Bonn", "Rome"}
    assert whole.usage_metadata["output_tokens"] > 0
    assert len(chunks) > 10


def test_structured_output(model):
    assert isinstance(model.with_structured_output(Place).invoke("Where?"), Place)


def test_embeddings(embeddings):
    vectors = BedrockEmbeddings(model_id=models.TITAN_EMBED, client=embeddings).embed_documents(["granite", "basalt"])
    assert [len(vector) for vector in vectors] == [64, 64]
