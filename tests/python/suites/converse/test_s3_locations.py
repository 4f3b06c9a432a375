"""Content that requests leave in S3, which is a folder here."""

import base64
import json
import os

import pytest

from support import clients, media
from support.errors import invalid, refused

NOVA = "amazon.nova-lite-v1:0"
TEXT = "What is in this?"
PICTURE = media.png()


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s3")
    bucket = folder / "media-bucket"
    bucket.mkdir()
    (bucket / "picture.png").write_bytes(PICTURE)
    (bucket / "video.mp4").write_bytes(media.mp4())
    (bucket / "report.txt").write_bytes(b"Marble is a metamorphic rock.")
    (bucket / "report.pdf").write_bytes(media.pdf())
    (bucket / "long.txt").write_bytes(b"a" * 4_500_001)
    return folder


@pytest.fixture(scope="module")
def s3(start_server, root):
    """A client of a server whose buckets are folders of `root`."""
    return clients.boto("bedrock-runtime", start_server("--s3-root", str(root)).url)


def at(key: str, **more) -> dict:
    return {"s3Location": {"uri": f"s3://media-bucket/{key}", **more}}


def image(source: dict) -> dict:
    return {"image": {"format": "png", "source": source}}


def video(source: dict) -> dict:
    return {"video": {"format": "mp4", "source": source}}


def document(source: dict, format: str = "txt") -> dict:
    return {"document": {"format": format, "name": "report", "source": source}}


def ask(s3, *blocks: dict, model: str = NOVA) -> dict:
    content = [{"text": TEXT}, *blocks]
    return s3.converse(modelId=model, messages=[{"role": "user", "content": content}])


def said(answer: dict) -> tuple[list, dict]:
    return answer["output"]["message"]["content"], answer["usage"]


@pytest.mark.parametrize(
    ("block", "key"),
    [(image, "picture.png"), (video, "video.mp4"), (document, "report.txt")],
)
def test_objects_are_answered_like_their_bytes(s3, root, block, key):
    bytes_ = (root / "media-bucket" / key).read_bytes()
    stored = ask(s3, block(at(key, bucketOwner="123456789012")))
    assert said(stored) == said(ask(s3, block({"bytes": bytes_})))


def test_a_stream_is_answered_too(s3):
    messages = [{"role": "user", "content": [{"text": TEXT}, image(at("picture.png"))]}]
    events = list(s3.converse_stream(modelId=NOVA, messages=messages)["stream"])
    assert "metadata" in events[-1]


def test_native_bodies_are_answered_like_their_bytes(s3):
    def invoke(source: dict) -> dict:
        content = [{"text": TEXT}, image(source)]
        body = {"messages": [{"role": "user", "content": content}]}
        return json.loads(s3.invoke_model(modelId=NOVA, body=json.dumps(body))["body"].read())

    inline = {"bytes": base64.b64encode(PICTURE).decode()}
    assert invoke(at("picture.png"))["output"] == invoke(inline)["output"]


EMBEDDINGS = {
    "Nova": (
        "amazon.nova-2-multimodal-embeddings-v1:0",
        lambda source: {
            "taskType": "SINGLE_EMBEDDING",
            "singleEmbeddingParams": {
                "embeddingPurpose": "GENERIC_INDEX",
                "image": {"format": "png", "source": source},
            },
        },
        "bytes",
    ),
    "Marengo 2.7": (
        "us.twelvelabs.marengo-embed-2-7-v1:0",
        lambda source: {"inputType": "image", "mediaSource": source},
        "base64String",
    ),
    "Marengo 3": (
        "us.twelvelabs.marengo-embed-3-0-v1:0",
        lambda source: {"inputType": "image", "image": {"mediaSource": source}},
        "base64String",
    ),
}


@pytest.mark.parametrize("family", EMBEDDINGS)
def test_vectors_of_objects_are_those_of_their_bytes(s3, family):
    model, body, inline = EMBEDDINGS[family]

    def vectors(source: dict) -> dict:
        answer = s3.invoke_model(modelId=model, body=json.dumps(body(source)))
        return json.loads(answer["body"].read())

    bytes_ = base64.b64encode(PICTURE).decode()
    assert vectors(at("picture.png")) == vectors({inline: bytes_})


def test_pegasus_watches_an_object(s3):
    body = {"inputPrompt": TEXT, "mediaSource": at("video.mp4", bucketOwner="123456789012")}
    answer = s3.invoke_model(modelId="us.twelvelabs.pegasus-1-2-v1:0", body=json.dumps(body))
    assert json.loads(answer["body"].read())["message"]


def test_claude_reads_documents_of_tool_results(s3):
    call = {"toolUse": {"toolUseId": "t-1", "name": "read", "input": {}}}
    result = {"toolResult": {"toolUseId": "t-1", "content": [document(at("report.pdf"), "pdf")]}}
    messages = [
        {"role": "user", "content": [{"text": TEXT}]},
        {"role": "assistant", "content": [call]},
        {"role": "user", "content": [result]},
    ]
    tool = {"toolSpec": {"name": "read", "inputSchema": {"json": {"type": "object"}}}}
    answer = s3.converse(
        modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0", messages=messages, toolConfig={"tools": [tool]}
    )
    assert answer["output"]["message"]["content"]


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (image(at("absent.png")), "does not exist"),
        (image({"s3Location": {"uri": "s3://no-such-bucket/a.png"}}), "does not exist"),
        (image(at("../outside.png")), "is invalid"),
        (document(at("long.txt")), "too large"),
    ],
)
def test_what_cannot_be_read_is_refused(s3, block, words):
    with invalid() as seen:
        ask(s3, block)
    assert words in seen["message"]


def test_what_must_not_be_read_is_refused(s3, root, request):
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    path = root / "media-bucket" / "closed.png"
    path.write_bytes(PICTURE)
    path.chmod(0)
    request.addfinalizer(lambda: path.chmod(0o600))
    with refused("AccessDeniedException", 403) as seen:
        ask(s3, image(at("closed.png")))
    assert "denied" in seen["message"]


def test_other_models_take_nothing_from_s3(s3):
    with invalid("This model doesn't support the s3Uri field. Remove s3Uri and try again."):
        ask(s3, image(at("picture.png")), model="us.meta.llama3-2-11b-instruct-v1:0")
