"""Images, documents and video: taken, checked and counted."""

import pytest

from support import media, models
from support.errors import invalid
from support.media import document_block, image_block
from support.parts import TIME, text_of, tool_result, tool_uses, user

UNSUPPORTED = (
    "This model doesn't support the {} content block that you provided. Update the content block and try again."
)


def ask(runtime, *content, model=models.SONNET):
    return runtime.converse(modelId=model, messages=[user(*content)])


def tokens(runtime, *content, model=models.SONNET) -> int:
    return ask(runtime, *content, model=model)["usage"]["inputTokens"]


@pytest.mark.parametrize("model", [models.SONNET, models.HAIKU_3, models.NOVA_LITE])
def test_images_are_taken_and_counted(runtime, model):
    small = tokens(runtime, "What is this?", image_block(media.png(8, 8)), model=model)
    large = tokens(runtime, "What is this?", image_block(media.png(600, 500)), model=model)
    assert tokens(runtime, "What is this?", model=model) < small < large


def test_answers_tell_images_apart(runtime):
    answers = {text_of(ask(runtime, "What is this?", image_block(media.png(size, size)))) for size in (8, 16)}
    assert len(answers) == 2


def test_an_image_can_come_without_text(runtime):
    assert ask(runtime, image_block())["stopReason"] == "end_turn"


def test_documents_are_taken_and_counted(runtime):
    text = document_block("notes", "txt", b"granite gneiss basalt " * 50)
    page = document_block("page", "pdf", media.pdf(1))
    pages = document_block("pages", "pdf", media.pdf(3))
    counts = [tokens(runtime, "Summarize.", block) for block in (text, page, pages)]
    plain = tokens(runtime, "Summarize.")
    assert plain + 100 < counts[0] < counts[1] < counts[2]


@pytest.mark.parametrize("kind", ["csv", "html", "md", "txt"])
def test_text_documents_of_every_kind_are_taken(runtime, kind):
    answer = ask(runtime, "Summarize.", document_block("notes", kind, b"a,b\n1,2\n"))
    assert answer["stopReason"] == "end_turn"


def test_video_is_taken_and_counted(runtime):
    block = {"video": {"format": "mp4", "source": {"bytes": media.mp4(10)}}}
    plain = tokens(runtime, "What happens?", model=models.NOVA_LITE)
    assert tokens(runtime, "What happens?", block, model=models.NOVA_LITE) > plain + 1000


def test_tools_can_return_images(runtime):
    first = user("Use get_time now.")
    answer = runtime.converse(modelId=models.SONNET, messages=[first], toolConfig={"tools": [TIME]})
    (use,) = tool_uses(answer)
    result = user(tool_result(use, image_block(), {"text": "noon"}))
    messages = [first, answer["output"]["message"], result]
    answer = runtime.converse(modelId=models.SONNET, messages=messages, toolConfig={"tools": [TIME]})
    assert "noon" in text_of(answer)


def test_bytes_of_another_type_are_the_models_error(runtime):
    with invalid(
        "The model returned the following errors: The detected file MIME type text/plain does not match the expected "
        "type image/png. Reformat your input and try again."
    ):
        ask(runtime, "What is this?", image_block(b"these bytes are no image"), model=models.NOVA_LITE)


@pytest.mark.parametrize(
    ("model", "kind", "block"),
    [
        (models.NOVA_MICRO, "image", image_block()),
        (models.SONNET, "video", {"video": {"format": "mp4", "source": {"bytes": media.mp4()}}}),
        (models.SONNET, "audio", {"audio": {"format": "mp3", "source": {"bytes": b"ID3"}}}),
    ],
)
def test_content_that_the_model_cannot_read_is_refused(runtime, model, kind, block):
    with invalid(UNSUPPORTED.format(kind)):
        ask(runtime, "What is this?", block, model=model)


def test_documents_come_with_text(runtime):
    with invalid("A text block must be included when using documents. Add a text block and retry your request."):
        ask(runtime, document_block("notes", "txt", b"granite"))


def test_documents_have_plain_and_different_names(runtime):
    with invalid() as error:
        ask(runtime, "Summarize.", document_block("notes.txt", "txt", b"granite"))
    assert error["message"].startswith("The document file name can only contain alphanumeric characters")
    with invalid("Messages can't contain duplicate document names. Rename the document and retry your request."):
        ask(runtime, "Summarize.", *[document_block("notes", "txt", b"granite")] * 2)


def test_six_documents_are_too_many(runtime):
    documents = [document_block(f"notes {number}", "txt", b"granite") for number in range(6)]
    with invalid() as error:
        ask(runtime, "Summarize.", *documents)
    assert error["message"].startswith("You can't include more than 5 documents in a request.")
