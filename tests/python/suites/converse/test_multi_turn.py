"""Conversations of several turns."""

from support import models
from support.parts import assistant, text_of, user


def test_a_conversation_goes_on(runtime):
    messages, answers, counts = [], [], []
    for prompt in ("Name a rock.", "And another one?", "Which is harder?"):
        messages.append(user(prompt))
        answer = runtime.converse(modelId=models.SONNET, messages=messages)
        messages.append(answer["output"]["message"])
        answers.append(text_of(answer))
        counts.append(answer["usage"]["inputTokens"])
        assert prompt in answers[-1]
    assert counts == sorted(set(counts))


def test_earlier_turns_make_a_difference(runtime):
    def last(first: str) -> str:
        messages = [user(first), assistant("Yes."), user("Go on.")]
        return text_of(runtime.converse(modelId=models.SONNET, messages=messages))

    alone = text_of(runtime.converse(modelId=models.SONNET, messages=[user("Go on.")]))
    assert last("Tell me of granite.") != alone


def test_turns_of_one_role_in_a_row_are_taken(runtime):
    messages = [user("First."), user("Second.")]
    assert "Second." in text_of(runtime.converse(modelId=models.SONNET, messages=messages))


def test_claude_takes_a_conversation_that_the_assistant_began(runtime):
    messages = [assistant("Hello, I am here."), user("Hello.")]
    assert runtime.converse(modelId=models.SONNET, messages=messages)["stopReason"] == "end_turn"


def test_several_blocks_make_one_message(runtime):
    answer = runtime.converse(modelId=models.SONNET, messages=[user("First part.", "Second part.")])
    assert "part." in text_of(answer)
