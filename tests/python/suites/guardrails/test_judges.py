"""Models that judge for guardrails, played by a backend."""

import json

import pytest
from botocore.exceptions import ClientError, EventStreamError

from support.guardrails import apply, config, headers, streamed, user
from support import clients
from support.backend import Backend, saying

MODEL = "amazon.nova-lite-v1:0"
SAFE, HATEFUL = saying("safe"), saying("\n\nunsafe\nS10")


@pytest.fixture(scope="module")
def backend():
    backend = Backend()
    yield backend
    backend.stop()


@pytest.fixture(scope="module")
def servers(start_server, backend):
    """A server with one judge each, and the canned engine in its place."""
    started = {}

    def start(*flags):
        if flags not in started:
            started[flags] = start_server("--backend", backend.url, *flags)
        url = started[flags].url
        return clients.boto("bedrock-runtime", url), clients.boto("bedrock", url)

    return start


def make(control, **policies) -> str:
    made = control.create_guardrail(
        name="judged", blockedInputMessaging="No question.", blockedOutputsMessaging="No answer.", **policies
    )
    return made["guardrailId"]


def filters(*types) -> dict:
    strengths = {"inputStrength": "HIGH", "outputStrength": "HIGH"}
    return {"contentPolicyConfig": {"filtersConfig": [{"type": name, **strengths} for name in types]}}


@pytest.fixture(scope="module")
def guarded(servers):
    """Llama Guard on hate, for both services."""
    runtime, control = servers("--guardrail-filter-judge", "llama-guard3:8b")
    return runtime, make(control, **filters("HATE"))


def test_a_question_is_judged(backend, guarded):
    runtime, guardrail = guarded
    with backend.replying(HATEFUL) as requests:
        answer = runtime.converse(modelId=MODEL, messages=user("You know them."), guardrailConfig=config(guardrail))
    assert answer["stopReason"] == "guardrail_intervened"
    [found] = answer["trace"]["guardrail"]["inputAssessment"][guardrail]["contentPolicy"]["filters"]
    assert (found["type"], found["confidence"], found["action"]) == ("HATE", "HIGH", "BLOCKED")
    [request] = requests
    assert request["body"]["model"] == "llama-guard3:8b"
    assert request["body"]["messages"] == [{"role": "user", "content": "You know them."}]
    with backend.replying(SAFE, SAFE):
        answer = runtime.converse(modelId=MODEL, messages=user("Hello"), guardrailConfig=config(guardrail))
    assert answer["stopReason"] == "end_turn"


def test_a_stream_is_judged_window_by_window(backend, guarded):
    runtime, guardrail = guarded
    with backend.replying(SAFE, HATEFUL):
        text, stop, metadata = streamed(runtime, MODEL, "Hello", config(guardrail))
    assert (text, stop) == ("No answer.", "guardrail_intervened")
    assert metadata["trace"]["guardrail"]["actionReason"] == "No action.\nGuardrail blocked."


def test_native_bodies_are_judged(backend, guarded):
    runtime, guardrail = guarded
    body = json.dumps({"messages": user("Hello")})
    with backend.replying(SAFE, HATEFUL):
        answer = runtime.invoke_model(modelId=MODEL, body=body, **headers(guardrail))
    answer = json.loads(answer["body"].read())
    assert answer["amazon-bedrock-guardrailAction"] == "INTERVENED"
    with backend.replying(SAFE, HATEFUL):
        answer = runtime.invoke_model_with_response_stream(modelId=MODEL, body=body, **headers(guardrail))
        chunks = [json.loads(event["chunk"]["bytes"]) for event in answer["body"]]
    assert chunks[-1]["amazon-bedrock-guardrailAction"] == "INTERVENED"


def test_apply_guardrail_and_checks_are_judged(backend, guarded):
    runtime, guardrail = guarded
    with backend.replying(HATEFUL):
        assert apply(runtime, guardrail, "Hello")["action"] == "GUARDRAIL_INTERVENED"
    with backend.replying(HATEFUL):
        answer = runtime.invoke_guardrail_checks(
            messages=user("Hello"), checks={"contentFilter": {"categories": [{"category": "HATE"}]}}
        )
    assert answer["results"]["contentFilter"]["results"] == [{"category": "HATE", "severityScore": 1.0}]


def test_a_judge_that_fails_is_an_error(backend, guarded):
    runtime, guardrail = guarded
    with backend.replying(saying("Let me think about it.")), pytest.raises(ClientError) as raised:
        apply(runtime, guardrail, "Hello")
    error = raised.value.response
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 503
    assert "`guardrail_filter_judge`" in error["Error"]["Message"]
    with backend.replying(SAFE, (500, {"error": {"message": "broken"}})), pytest.raises((ClientError, EventStreamError)):
        streamed(runtime, MODEL, "Hello", config(guardrail))


def test_rules_may_decide_where_a_judge_fails(backend, servers):
    runtime, control = servers("--guardrail-filter-judge", "m", "--guardrail-judge-failure", "rules")
    guardrail = make(control, **filters("VIOLENCE"))
    with backend.replying(saying("I cannot say.")):
        assert apply(runtime, guardrail, "I will kill you.")["action"] == "GUARDRAIL_INTERVENED"


def test_a_model_that_chats_grades_every_category(backend, servers):
    runtime, control = servers("--guardrail-filter-judge", "qwen3:8b")
    guardrail = make(control, **filters("HATE", "INSULTS"))
    with backend.replying(saying('{"HATE": "NONE", "INSULTS": "MEDIUM"}')) as requests:
        answer = apply(runtime, guardrail, "Hello")
    [found] = answer["assessments"][0]["contentPolicy"]["filters"]
    assert (found["type"], found["confidence"]) == ("INSULTS", "MEDIUM")
    system = requests[0]["body"]["messages"][0]["content"]
    assert "INSULTS" in system and "SEXUAL" not in system


def test_shield_gemma_is_asked_one_principle_at_a_time(backend, servers):
    runtime, control = servers("--guardrail-filter-judge", "shieldgemma:2b", "--guardrail-judge-concurrency", "1")
    guardrail = make(control, **filters("HATE", "SEXUAL"))
    with backend.replying(saying("No, it is fine."), saying("Yes")):
        answer = apply(runtime, guardrail, "Hello")
    assert [found["type"] for found in answer["assessments"][0]["contentPolicy"]["filters"]] == ["SEXUAL"]


def topics() -> dict:
    topic = {"name": "Finance", "definition": "Advice about money.", "examples": ["Is gold good?"], "type": "DENY"}
    return {"topicPolicyConfig": {"topicsConfig": [topic]}}


def test_topics_are_judged_by_a_model(backend, servers):
    runtime, control = servers("--guardrail-topic-judge", "qwen3:8b")
    guardrail = make(control, **topics())
    with backend.replying(saying('```json\n{"topics": [1]}\n```')) as requests:
        answer = apply(runtime, guardrail, "Where do I put my savings?")
    assert answer["assessments"][0]["topicPolicy"]["topics"][0]["name"] == "Finance"
    assert "Is gold good?" in requests[0]["body"]["messages"][0]["content"]


def test_topics_are_judged_by_vectors(backend, servers):
    runtime, control = servers("--guardrail-topic-embeddings", "nomic-embed-text")
    guardrail = make(control, **topics())

    def vectors(*vectors):
        data = [{"index": index, "embedding": vector} for index, vector in enumerate(vectors)]
        return 200, {"data": data, "usage": {"prompt_tokens": 3}}

    near, far = [0.6, 0.8, 0.0], [0.0, 0.0, 1.0]
    with backend.replying(vectors([0.8, 0.6, 0.0], near, far)) as requests:
        assert apply(runtime, guardrail, "Where do I put my savings?")["action"] == "GUARDRAIL_INTERVENED"
    assert requests[0]["body"]["input"] == ["Where do I put my savings?", "Finance: Advice about money.", "Is gold good?"]
    # The topic's vectors are known by now.
    with backend.replying(vectors([0.0, 1.0, 0.0])):
        assert apply(runtime, guardrail, "Tell me a joke.")["action"] == "GUARDRAIL_INTERVENED"
    with backend.replying(vectors([1.0, 0.0, 0.0])):
        assert apply(runtime, guardrail, "Tell me another one.")["action"] == "GUARDRAIL_INTERVENED"
    with backend.replying(vectors([0.9, -0.4, -0.1])):
        assert apply(runtime, guardrail, "Tell me a third one.")["action"] == "NONE"


def test_grounding_is_judged(backend, servers):
    runtime, control = servers("--guardrail-grounding-judge", "qwen3:8b")
    grounding = {"filtersConfig": [{"type": "GROUNDING", "threshold": 0.7}, {"type": "RELEVANCE", "threshold": 0.7}]}
    guardrail = make(control, contextualGroundingPolicyConfig=grounding)
    texts = {"grounding_source": "Tokyo is in Japan.", "query": "Where is Tokyo?", "guard_content": "In China."}
    content = [{"text": {"text": text, "qualifiers": [qualifier]}} for qualifier, text in texts.items()]
    with backend.replying(saying('{"grounding": 0.05, "relevance": 0.95}')):
        answer = runtime.apply_guardrail(
            guardrailIdentifier=guardrail, guardrailVersion="DRAFT", source="OUTPUT", content=content
        )
    found = answer["assessments"][0]["contextualGroundingPolicy"]["filters"]
    assert [(own["score"], own["action"]) for own in found] == [(0.05, "BLOCKED"), (0.95, "NONE")]


def test_images_are_judged(backend, servers):
    runtime, control = servers("--guardrail-image-judge", "llava:7b")
    filters = [
        {"type": "VIOLENCE", "inputStrength": "HIGH", "outputStrength": "HIGH", "inputModalities": ["TEXT", "IMAGE"]}
    ]
    guardrail = make(control, contentPolicyConfig={"filtersConfig": filters})
    image = {"image": {"format": "png", "source": {"bytes": b"image"}}}
    with backend.replying(saying('{"VIOLENCE": "HIGH"}')) as requests:
        answer = runtime.apply_guardrail(
            guardrailIdentifier=guardrail, guardrailVersion="DRAFT", source="INPUT", content=[image]
        )
    assert answer["action"] == "GUARDRAIL_INTERVENED"
    shown = requests[0]["body"]["messages"][1]["content"][0]
    assert shown["image_url"]["url"].startswith("data:image/png;base64,")
