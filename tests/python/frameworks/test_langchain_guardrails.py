"""LangChain's chat models with a guardrail."""

import pytest
from langchain_aws import ChatBedrock, ChatBedrockConverse
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage, HumanMessage

from support import models
from support.errors import invalid

LLAMA = "meta.llama3-8b-instruct-v1:0"


class Interventions(BaseCallbackHandler):
    """What ChatBedrock tells of guardrails."""

    def __init__(self):
        self.told = []

    def on_llm_error(self, error, *, reason=None, trace=None, **_):
        self.told.append((str(error), reason, trace))


def whole(model, messages, **config) -> AIMessage:
    return model.invoke(messages, **config)


def streamed(model, messages, **config) -> AIMessage:
    chunks = list(model.stream(messages, **config))
    return sum(chunks[1:], chunks[0])


def text(answer: AIMessage) -> str:
    return str(answer.text)


@pytest.fixture(params=[whole, streamed], ids=["whole", "streamed"])
def ask(request):
    return request.param


@pytest.fixture
def converse(guardrail) -> ChatBedrockConverse:
    return ChatBedrockConverse(model=models.NOVA_LITE, guardrails=guardrail | {"trace": "enabled"})


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [("What is granite?", "No question."), ("What is basalt?", "No answer.")],
    ids=["input", "output"],
)
def test_converse_is_blocked(converse, guardrail, ask, prompt, answer):
    found = ask(converse, prompt)
    assert text(found) == answer
    assert found.response_metadata["stopReason"] == "guardrail_intervened"
    trace = found.response_metadata["trace"]["guardrail"]
    identifier = guardrail["guardrailIdentifier"]
    if answer == "No question.":
        assert trace["actionReason"] == "Guardrail blocked."
        words = trace["inputAssessment"][identifier]["wordPolicy"]
        assert found.usage_metadata["total_tokens"] == 0
    else:
        # A line for what went in, and one for what came out.
        assert trace["actionReason"] == "No action.\nGuardrail blocked."
        [words] = [assessment["wordPolicy"] for assessment in trace["outputAssessments"][identifier]]
        assert found.usage_metadata["output_tokens"] > 0
    assert [(word["action"], word["detected"]) for word in words["customWords"]] == [("BLOCKED", True)]


def test_converse_masks_what_goes_in_and_out(converse, ask):
    found = ask(converse, "Account 1234567890, jane@example.com")
    assert "Account {Account}, {EMAIL}" in text(found)
    assert "jane" not in text(found)
    assert found.response_metadata["trace"]["guardrail"]["actionReason"] == "Guardrail masked."


def test_converse_lets_pass_what_is_fine(converse, ask):
    found = ask(converse, "What is marble?")
    assert "marble" in text(found)
    assert found.response_metadata["stopReason"] == "end_turn"


def test_only_the_last_turn_is_guarded(guardrail, ask):
    model = ChatBedrockConverse(model=models.NOVA_LITE, guardrails=guardrail, guard_last_turn_only=True)
    asked = [HumanMessage("What is granite?"), AIMessage("A rock.")]
    fine = ask(model, [*asked, HumanMessage("And marble?")])
    assert fine.response_metadata["stopReason"] == "end_turn"
    refused = ask(model, [*asked, HumanMessage("And granite, again?")])
    assert text(refused) == "No question."


def test_only_marked_blocks_are_guarded(converse, ask):
    def asked(free: str, guarded: str) -> HumanMessage:
        return HumanMessage([{"type": "text", "text": free}, {"type": "guard_content", "text": guarded}])

    assert ask(converse, [asked("granite", "marble")]).response_metadata["stopReason"] == "end_turn"
    assert text(ask(converse, [asked("marble", "granite")])) == "No question."


@pytest.mark.parametrize("over_converse", [True, False], ids=["Converse", "InvokeModel"])
def test_what_is_missing_is_an_error(guardrail, ask, over_converse):
    missing = guardrail | {"guardrailVersion": "9"}
    model = ChatBedrock(model=models.SONNET, guardrails=missing, beta_use_converse_api=over_converse)
    with invalid("The guardrail identifier or version provided in the request does not exist."):
        ask(model, "What is marble?")


async def test_converse_is_guarded_asynchronously(converse):
    chunks = [chunk async for chunk in converse.astream("What is granite?")]
    assert text(sum(chunks[1:], chunks[0])) == "No question."
    assert text(await converse.ainvoke("What is granite?")) == "No question."


@pytest.mark.parametrize("model_id", [models.SONNET, LLAMA], ids=["Claude", "Llama"])
@pytest.mark.parametrize(
    ("prompt", "answer", "side"),
    [("What is granite?", "No question.", "input"), ("What is basalt?", "No answer.", "outputs")],
    ids=["input", "output"],
)
def test_invoke_model_tells_its_callback(guardrail, model_id, prompt, answer, side):
    model = ChatBedrock(model=model_id, guardrails=guardrail | {"trace": "enabled"}, beta_use_converse_api=False)
    interventions = Interventions()
    found = whole(model, prompt, config={"callbacks": [interventions]})
    assert text(found) == answer
    [(error, reason, trace)] = interventions.told
    assert (error, reason) == ("Error raised by bedrock service: GUARDRAIL_INTERVENED", "GUARDRAIL_INTERVENED")
    assert guardrail["guardrailIdentifier"] in str(trace["guardrail"][side])


@pytest.mark.parametrize(
    ("prompt", "answer"),
    [
        ("What is granite?", "No question."),
        ("What is basalt?", "No answer."),
        ("jane@example.com", "{EMAIL}"),
        ("Account 1234567890", "Account {Account}"),
        ("What is marble?", "marble"),
    ],
)
def test_invoke_model_is_guarded(guardrail, ask, prompt, answer):
    model = ChatBedrock(model=models.SONNET, guardrails=guardrail, beta_use_converse_api=False)
    found = text(ask(model, prompt))
    if answer.startswith("No "):
        assert found == answer
    else:
        assert answer in found
        assert "jane" not in found
        assert "1234567890" not in found
