"""LangChain: its own standard tests of chat models and embeddings, and what they leave out."""

import httpx
import pytest
from langchain_aws import BedrockEmbeddings, ChatBedrockConverse
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_tests.integration_tests import ChatModelIntegrationTests, EmbeddingsIntegrationTests

from support import media, models
from support.parts import unique


@pytest.fixture(autouse=True)
def images(monkeypatch):
    """Images that the standard tests would fetch from the network."""

    def get(url: str, **_) -> httpx.Response:
        return httpx.Response(200, content=media.png(40, 40), request=httpx.Request("GET", url))

    monkeypatch.setattr(httpx, "get", get)


class ChatModel(ChatModelIntegrationTests):
    """What the tests may ask of every model here."""

    chat_model_class = ChatBedrockConverse
    supports_image_inputs = True
    supports_image_tool_message = True
    # The standard test names its document `test_file.pdf`, and the service takes no dots in names.
    supports_pdf_inputs = False

    @pytest.mark.xfail(strict=True, reason="the canned engine calls tools by their names, not by their sense")
    def test_agent_loop(self, model):
        super().test_agent_loop(model)

    @pytest.mark.xfail(strict=True, reason="the canned engine makes up the arguments of tools")
    def test_unicode_tool_call_integration(self, model):
        super().test_unicode_tool_call_integration(model)


class TestClaude(ChatModel):
    chat_model_params = {"model": models.SONNET}  # noqa: RUF012


class TestNova(ChatModel):
    chat_model_params = {"model": models.NOVA_LITE}  # noqa: RUF012


class TestTitan(EmbeddingsIntegrationTests):
    embeddings_class = BedrockEmbeddings
    embedding_model_params = {"model_id": models.TITAN_EMBED}  # noqa: RUF012


class TestCohere(EmbeddingsIntegrationTests):
    embeddings_class = BedrockEmbeddings
    embedding_model_params = {"model_id": models.COHERE_EMBED}  # noqa: RUF012


def test_reasoning_is_sent_back():
    thinking = {"thinking": {"type": "enabled", "budget_tokens": 1024}}
    model = ChatBedrockConverse(model=models.SONNET, max_tokens=3000, additional_model_request_fields=thinking)
    chunks = list(model.stream("Hello"))
    streamed = sum(chunks[1:], chunks[0])
    for answer in (model.invoke("Hello"), streamed):
        assert [block["type"] for block in answer.content] == ["reasoning_content", "text"]
        following = model.invoke([HumanMessage("Hello"), answer, HumanMessage("And granite?")])
        assert "And granite?" in following.content[-1]["text"]


def test_prompts_are_cached():
    model = ChatBedrockConverse(model=models.SONNET)
    system = SystemMessage([{"text": unique("The rock cycle. " * 1000)}, {"cachePoint": {"type": "default"}}])
    first, second = (
        model.invoke([system, HumanMessage("Hello")]).usage_metadata["input_token_details"] for _ in range(2)
    )
    assert first["ephemeral_5m_input_tokens"] == second["cache_read"] > 2000
