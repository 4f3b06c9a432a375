"""Embeddings: vectors of the asked length, nearer for texts that are alike."""

import json
import math

import pytest

from support import models
from support.errors import invalid

TEXTS = [
    "How do I reset my password?",
    "I forgot my password and want to reset it.",
    "Granite is an igneous rock with large crystals.",
]


def invoke(runtime, model: str, **body):
    response = runtime.invoke_model(modelId=model, body=json.dumps(body))
    return json.loads(response["body"].read()), response["ResponseMetadata"]["HTTPHeaders"]


def titan(runtime, text: str, model: str = models.TITAN_EMBED, **rest) -> list[float]:
    return invoke(runtime, model, inputText=text, **rest)[0]["embedding"]


def cohere(runtime, texts: list[str]) -> list[list[float]]:
    answer, _ = invoke(runtime, models.COHERE_EMBED, texts=texts, input_type="search_document")
    return answer["embeddings"]


def length(vector: list[float]) -> float:
    return math.sqrt(sum(value * value for value in vector))


def nearness(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / (length(one) * length(other))


@pytest.mark.parametrize("dimensions", [256, 512, 1024])
def test_titan_gives_unit_vectors_of_the_asked_length(runtime, dimensions):
    vector = titan(runtime, TEXTS[0], dimensions=dimensions)
    assert len(vector) == dimensions
    assert length(vector) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(("model", "dimensions"), [(models.TITAN_EMBED, 1024), (models.TITAN_EMBED_1, 1536)])
def test_titan_has_a_default_length(runtime, model, dimensions):
    assert len(titan(runtime, TEXTS[0], model)) == dimensions


def test_titan_counts_tokens(runtime):
    answer, headers = invoke(runtime, models.TITAN_EMBED, inputText=TEXTS[0])
    assert answer["inputTextTokenCount"] > 0
    assert headers["x-amzn-bedrock-input-token-count"] == str(answer["inputTextTokenCount"])
    assert "x-amzn-bedrock-output-token-count" not in headers


def test_titan_gives_types_that_are_asked_for(runtime):
    answer, _ = invoke(runtime, models.TITAN_EMBED, inputText=TEXTS[0], embeddingTypes=["float", "binary"])
    assert set(answer["embeddingsByType"]) == {"float", "binary"}
    assert set(answer["embeddingsByType"]["binary"]) <= {0, 1}


def test_cohere_gives_a_vector_for_each_text(runtime):
    answer, headers = invoke(runtime, models.COHERE_EMBED, texts=TEXTS, input_type="search_document")
    assert answer["response_type"] == "embeddings_floats"
    assert len(answer["embeddings"]) == len(answer["texts"]) == 3
    assert {len(vector) for vector in answer["embeddings"]} == {1024}
    assert int(headers["x-amzn-bedrock-input-token-count"]) > 0


def test_cohere_gives_types_that_are_asked_for(runtime):
    answer, _ = invoke(
        runtime, models.COHERE_EMBED_4, texts=TEXTS[:1], input_type="search_query", embedding_types=["float", "int8"]
    )
    assert answer["response_type"] == "embeddings_by_type"
    assert set(answer["embeddings"]) == {"float", "int8"}


def test_texts_that_are_alike_are_nearer(runtime):
    for vectors in ([titan(runtime, text) for text in TEXTS], cohere(runtime, TEXTS)):
        question, similar, other = vectors
        assert nearness(question, similar) > nearness(question, other) + 0.1
        assert nearness(question, question) == pytest.approx(1)


def test_the_same_text_has_the_same_vector(runtime):
    assert titan(runtime, TEXTS[0]) == titan(runtime, TEXTS[0])
    assert cohere(runtime, TEXTS[:1])[0] == cohere(runtime, TEXTS)[0]


def test_retrieval_finds_the_passage(runtime):
    passages = [
        "Returns are accepted within thirty days of purchase.",
        "The office is open from nine to five on weekdays.",
        "Basalt forms when lava cools quickly at the surface.",
    ]
    index = [titan(runtime, passage) for passage in passages]
    for question, expected in (("When is the office open?", 1), ("How does basalt form from lava?", 2)):
        asked = titan(runtime, question)
        scores = [nearness(asked, vector) for vector in index]
        assert scores.index(max(scores)) == expected


@pytest.mark.parametrize("dimensions", [100, 2048, 0])
def test_titan_refuses_other_lengths(runtime, dimensions):
    with invalid():
        titan(runtime, TEXTS[0], dimensions=dimensions)


@pytest.mark.parametrize(("model", "body"), [(models.TITAN_EMBED, b"{}"), (models.COHERE_EMBED, b'{"texts": ["a"]}')])
def test_required_members_are_named(runtime, model, body):
    with invalid() as error:
        runtime.invoke_model(modelId=model, body=body)
    assert ("inputText" if model == models.TITAN_EMBED else "input_type") in error["message"]
