"""Asynchronous invocations from StartAsyncInvoke to the files of their output."""

import json
import time

import pytest

from support import clients
from support.errors import invalid, refused

REEL = "amazon.nova-reel-v1:1"
NOVA = "amazon.nova-2-multimodal-embeddings-v1:0"
MARENGO = "twelvelabs.marengo-embed-2-7-v1:0"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s3")
    (folder / "bucket").mkdir()
    return folder


@pytest.fixture(scope="module")
def url(start_server, root):
    """A server whose buckets are folders of `root`."""
    return start_server("--s3-root", str(root)).url


@pytest.fixture(scope="module")
def invokes(url):
    return clients.boto("bedrock-runtime", url)


def reel(shots: int = 1) -> dict:
    config = {"fps": 24, "dimension": "1280x720", "seed": 7}
    if shots > 1:
        params = {"shots": [{"text": f"A seashell, seen from side {number}"} for number in range(shots)]}
        return {"taskType": "MULTI_SHOT_MANUAL", "multiShotManualParams": params, "videoGenerationConfig": config}
    params = {"text": "A seashell in the sand"}
    config["durationSeconds"] = 6
    return {"taskType": "TEXT_VIDEO", "textToVideoParams": params, "videoGenerationConfig": config}


def start(invokes, model: str, model_input: dict, location: str = "s3://bucket/out", **more) -> str:
    output = {"s3OutputDataConfig": {"s3Uri": location}}
    return invokes.start_async_invoke(modelId=model, modelInput=model_input, outputDataConfig=output, **more)[
        "invocationArn"
    ]


def end(invokes, arn: str) -> dict:
    """Asks as programs do, until the invocation has ended."""
    deadline = time.monotonic() + 60
    while (told := invokes.get_async_invoke(invocationArn=arn))["status"] == "InProgress":
        assert time.monotonic() < deadline, told
    return told


def folder(root, told: dict):
    """Where the output is, as AWS's examples find it."""
    location = told["outputDataConfig"]["s3OutputDataConfig"]["s3Uri"]
    assert location.endswith(told["invocationArn"].rsplit("/", 1)[1])
    return root / location.removeprefix("s3://")


def test_a_video_is_made(invokes, root):
    arn = start(invokes, REEL, reel(), clientRequestToken="video")
    told = end(invokes, arn)
    assert told["status"] == "Completed", told
    assert told["modelArn"] == f"arn:aws:bedrock:us-east-1::foundation-model/{REEL}"
    assert told["clientRequestToken"] == "video"
    assert told["submitTime"] <= told["endTime"]
    output = folder(root, told)
    assert {file.name for file in output.iterdir()} == {"manifest.json", "output.mp4", "video-generation-status.json"}
    assert (output / "output.mp4").read_bytes()[4:8] == b"ftyp"
    status = json.loads((output / "video-generation-status.json").read_text())
    assert status["fullVideo"]["status"] == "SUCCESS"
    again = end(invokes, start(invokes, REEL, reel()))
    assert (folder(root, again) / "output.mp4").read_bytes() == (output / "output.mp4").read_bytes()


def test_shots_are_files_too(invokes, root):
    output = folder(root, end(invokes, start(invokes, REEL, reel(shots=2), location="s3://bucket")))
    sizes = {file.name: file.stat().st_size for file in output.glob("*.mp4")}
    assert sizes.keys() == {"output.mp4", "shot_0001.mp4", "shot_0002.mp4"}
    assert sizes["output.mp4"] > max(sizes["shot_0001.mp4"], sizes["shot_0002.mp4"])


def test_luma_makes_a_video(invokes, root):
    model_input = {"prompt": "a car", "aspect_ratio": "1:1", "resolution": "540p", "duration": "5s", "loop": True}
    told = end(invokes, start(invokes, "luma.ray-v2:0", model_input))
    assert (folder(root, told) / "output.mp4").read_bytes()[4:8] == b"ftyp"


def test_segments_of_a_video_are_embedded(invokes, root):
    video = folder(root, end(invokes, start(invokes, REEL, reel()))) / "output.mp4"
    (root / "bucket" / "in.mp4").write_bytes(video.read_bytes())
    params = {
        "embeddingPurpose": "GENERIC_INDEX",
        "embeddingDimension": 384,
        "video": {
            "format": "mp4",
            "source": {"s3Location": {"uri": "s3://bucket/in.mp4"}},
            "embeddingMode": "AUDIO_VIDEO_COMBINED",
            "segmentationConfig": {"durationSeconds": 4},
        },
    }
    told = end(invokes, start(invokes, NOVA, {"taskType": "SEGMENTED_EMBEDDING", "segmentedEmbeddingParams": params}))
    assert told["status"] == "Completed", told
    output = folder(root, told)
    result = json.loads((output / "segmented-embedding-result.json").read_text())
    assert result["sourceFileUri"] == "s3://bucket/in.mp4"
    (kept,) = result["embeddingResults"]
    assert kept["outputFileUri"].endswith("/embedding-audio-video.jsonl")
    lines = [json.loads(line) for line in (output / "embedding-audio-video.jsonl").read_text().splitlines()]
    metadata = [line["segmentMetadata"] for line in lines]
    times = [(segment["segmentStartSeconds"], segment["segmentEndSeconds"]) for segment in metadata]
    assert times == [(0, 4), (4, 6)]
    assert all(len(line["embedding"]) == 384 and line["status"] == "SUCCESS" for line in lines)


def test_marengo_lists_its_vectors(invokes, root):
    text = end(invokes, start(invokes, MARENGO, {"inputType": "text", "inputText": "man walking a dog"}))
    (vector,) = json.loads((folder(root, text) / "output.json").read_text())["data"]
    assert len(vector["embedding"]) == 1024


def test_the_listing_has_every_invocation_once(invokes):
    arns = [start(invokes, REEL, reel()) for _ in range(5)]
    for arn in arns:
        end(invokes, arn)
    submitted = invokes.get_async_invoke(invocationArn=arns[0])["submitTime"]
    pages = invokes.get_paginator("list_async_invokes").paginate(
        submitTimeAfter=submitted,
        statusEquals="Completed",
        sortBy="SubmissionTime",
        sortOrder="Ascending",
        PaginationConfig={"PageSize": 2},
    )
    found = [told["invocationArn"] for page in pages for told in page["asyncInvokeSummaries"]]
    # Clients' times have microseconds, so the first may be later than its own.
    assert found in (arns, arns[1:])


def test_the_same_token_starts_one(invokes):
    first = start(invokes, REEL, reel(), clientRequestToken="once")
    assert start(invokes, REEL, reel(), clientRequestToken="once") == first
    with refused("ConflictException", 400):
        start(invokes, REEL, reel(shots=2), clientRequestToken="once")


def test_a_failure_is_told(invokes):
    tags = [{"key": "outcrop:fail", "value": "Out of film"}]
    told = end(invokes, start(invokes, REEL, reel(), tags=tags))
    assert (told["status"], told["failureMessage"]) == ("Failed", "Out of film")


def test_tags_are_listed_by_the_control_plane(invokes, url):
    tags = [{"key": "team", "value": "films"}]
    arn = start(invokes, REEL, reel(), tags=tags)
    assert clients.boto("bedrock", url).list_tags_for_resource(resourceARN=arn)["tags"] == tags


def test_what_cannot_be_is_refused_at_once(invokes):
    with invalid("The provided request is not valid"):
        start(invokes, "amazon.nova-lite-v1:0", {"messages": []})
    with invalid("#: required key [taskType] not found"):
        start(invokes, REEL, {})
    with invalid("Invalid Output Config/Credentials"):
        start(invokes, REEL, reel(), location="s3://nowhere/out")
    with invalid():
        invokes.get_async_invoke(invocationArn="arn:aws:bedrock:us-east-1:123456789012:async-invoke/abcdefghijkl")
