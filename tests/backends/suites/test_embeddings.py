"""Embeddings, in Titan's and in Cohere's words."""

import json
import math

import pytest

from support import models

TEXTS = ["granite", "basalt and gneiss"]


def invoke(embeddings, model: str, **body) -> dict:
    return json.loads(embeddings.invoke_model(modelId=model, body=json.dumps(body))["body"].read())


@pytest.fixture(scope="module")
def vectors(embedder) -> list[list[float]]:
    """What the engine gives to a client of its own."""
    answer = embedder.post("/embeddings", {"input": TEXTS})
    return [item["embedding"] for item in answer["data"]]


def test_titan(embeddings, embedder, vectors):
    answer = invoke(embeddings, models.TITAN_EMBED, inputText=TEXTS[0], normalize=True)
    assert answer["embedding"] == pytest.approx(vectors[0], abs=1e-4)
    assert math.hypot(*answer["embedding"]) == pytest.approx(1, abs=1e-4)
    counted = embedder.post("/embeddings", {"input": TEXTS[:1]})["usage"]["prompt_tokens"]
    assert answer["inputTextTokenCount"] == counted


def test_cohere(embeddings, vectors):
    answer = invoke(embeddings, models.COHERE_EMBED, texts=TEXTS, input_type="search_document")
    assert len(answer["embeddings"]) == len(TEXTS)
    for found, expected in zip(answer["embeddings"], vectors, strict=True):
        assert found == pytest.approx(expected, abs=1e-4)


def test_the_engine_has_fewer_dimensions(embeddings):
    """A length that was asked for, and that the engine's model does not have, is an error that says so."""
    with pytest.raises(embeddings.exceptions.ValidationException, match="have 64 dimensions, 256 were asked for"):
        invoke(embeddings, models.TITAN_EMBED, inputText=TEXTS[0], dimensions=256)


def test_a_model_that_only_embeds_does_not_chat(embeddings):
    with pytest.raises(embeddings.exceptions.ResourceNotFoundException, match="backend_model"):
        embeddings.converse(modelId=models.SONNET, messages=[{"role": "user", "content": [{"text": "Hello"}]}])
