"""Model invocation logging: its configuration, of an account in a region, and the logs that come of it."""

import gzip
import json
import pathlib
import time

import pytest

from support import clients, media, models
from support.errors import invalid, refused

ROLE = "arn:aws:iam::123456789012:role/logging"
CONFIG = {"s3Config": {"bucketName": "logs", "keyPrefix": "bedrock"}, "textDataDeliveryEnabled": True}
ALL_KINDS = {f"{kind}DataDeliveryEnabled": True for kind in ("text", "image", "embedding", "video")}
MESSAGES = [{"role": "user", "content": [{"text": "Name a mineral."}]}]
CLAUDE = {
    "anthropic_version": "bedrock-2023-05-31",
    "max_tokens": 50,
    "messages": [{"role": "user", "content": "Name a rock."}],
}
DEADLINE = 60


class Logs:
    """A server whose buckets and log groups are folders, and what is logged there."""

    def __init__(self, start_server, folder: pathlib.Path):
        self._start, self.folder = start_server, folder
        for bucket in ("logs", "large"):
            (folder / "s3" / bucket).mkdir(parents=True)

    def start(self, *flags: str):
        return self._start(
            *("--s3-root", str(self.folder / "s3"), "--cloudwatch-root", str(self.folder / "cloudwatch")), *flags
        )

    def objects(self) -> dict[str, bytes]:
        """The whole objects of both buckets, by their keys after the bucket's.

        One that is being written has a `#` and a number behind its name, and loses both at any moment.
        """
        root = self.folder / "s3"
        whole = (path for path in root.rglob("*") if "#" not in path.name and path.is_file())
        return {str(path.relative_to(root)): path.read_bytes() for path in whole}

    def records(self) -> list[dict]:
        """The records in the bucket of logs, in their order."""
        names = sorted(name for name in self.objects() if name.startswith("logs/") and name.endswith(".json.gz"))
        text = [gzip.decompress(self.objects()[name]).decode() for name in names if "/data/" not in name]
        return [json.loads(line) for lines in text for line in lines.splitlines()]

    def wait(self, count: int) -> list[dict]:
        """The records, once there are so many."""
        deadline = time.monotonic() + DEADLINE
        while len(records := self.records()) < count:
            assert time.monotonic() < deadline, records
        assert len(records) == count
        return records


@pytest.fixture
def logs(start_server, tmp_path):
    return Logs(start_server, tmp_path)


@pytest.fixture
def logging(logs):
    """A server that delivers at once, and its two clients."""
    server = logs.start("--invocation-log-delay", "0s")
    return clients.boto("bedrock", server.url), clients.boto("bedrock-runtime", server.url)


def test_the_configuration_is_its_regions(logs):
    server = logs.start()
    control, elsewhere = (clients.boto("bedrock", server.url, region=region) for region in ("us-east-1", "eu-west-1"))
    control.put_model_invocation_logging_configuration(loggingConfig=CONFIG)
    # What is not named is delivered.
    assert control.get_model_invocation_logging_configuration()["loggingConfig"] == ALL_KINDS | CONFIG
    assert "loggingConfig" not in elsewhere.get_model_invocation_logging_configuration()
    for _ in range(2):
        control.delete_model_invocation_logging_configuration()
        assert "loggingConfig" not in control.get_model_invocation_logging_configuration()


def test_every_operation_is_logged(logs, logging):
    control, runtime = logging
    control.put_model_invocation_logging_configuration(loggingConfig=CONFIG)
    request_ids, answers = [], []

    def note(response, answer):
        request_ids.append(response["ResponseMetadata"]["RequestId"])
        answers.append(answer)
        logs.wait(len(answers))

    response = runtime.converse(modelId=models.NOVA_LITE, messages=MESSAGES, requestMetadata={"team": "red"})
    note(response, response["output"])
    response = runtime.converse_stream(modelId=models.SONNET, messages=MESSAGES)
    events = list(response["stream"])
    text = "".join(event["contentBlockDelta"]["delta"]["text"] for event in events if "contentBlockDelta" in event)
    note(response, {"message": {"content": [{"text": text}], "role": "assistant"}})
    native = {"modelId": models.SONNET, "body": json.dumps(CLAUDE)}
    response = runtime.invoke_model(**native)
    note(response, json.loads(response["body"].read()))
    response = runtime.invoke_model_with_response_stream(**native)
    note(response, [json.loads(event["chunk"]["bytes"]) for event in response["body"]])

    records = logs.wait(4)
    assert [record["requestId"] for record in records] == request_ids
    operations = ["Converse", "ConverseStream", "InvokeModel", "InvokeModelWithResponseStream"]
    assert [record["operation"] for record in records] == operations
    bodies = [record["output"]["outputBodyJson"] for record in records]
    assert [body["output"] for body in bodies[:2]] + bodies[2:] == answers
    assert records[0]["input"]["inputBodyJson"] == {"messages": MESSAGES}
    assert records[0]["requestMetadata"] == {"team": "red"}
    assert records[2]["input"]["inputBodyJson"] == CLAUDE
    for record in records:
        assert (record["schemaType"], record["schemaVersion"]) == ("ModelInvocationLog", "1.0")
        assert (record["accountId"], record["region"]) == ("123456789012", "us-east-1")
        assert record["identity"] == {"arn": "arn:aws:iam::123456789012:root"}
        assert record["input"]["inputTokenCount"] > 0
        assert record["output"]["outputTokenCount"] > 0
        assert "errorCode" not in record
    assert [record.get("inferenceRegion") for record in records] == [None] + ["us-east-1"] * 3
    hours = "logs/bedrock/AWSLogs/123456789012/BedrockModelInvocationLogs"
    assert f"{hours}/amazon-bedrock-logs-permission-check" in logs.objects()
    assert sum(name.startswith(f"{hours}/us-east-1/") for name in logs.objects()) == 4

    control.delete_model_invocation_logging_configuration()
    runtime.converse(modelId=models.NOVA_LITE, messages=MESSAGES)
    control.put_model_invocation_logging_configuration(loggingConfig=CONFIG)
    runtime.converse(modelId=models.NOVA_LITE, messages=MESSAGES)
    logs.wait(5)


def test_failures_and_guardrails_are_logged(logs, logging):
    control, runtime = logging
    control.put_model_invocation_logging_configuration(loggingConfig=CONFIG)
    with invalid():
        runtime.converse(modelId="acme.none-v1:0", messages=MESSAGES)
    (failed,) = logs.wait(1)
    assert (failed["errorCode"], failed["modelId"]) == ("ValidationException", "acme.none-v1:0")
    assert (failed["input"], failed["output"]) == ({}, {})

    made = control.create_guardrail(
        name="logged",
        blockedInputMessaging="Not that.",
        blockedOutputsMessaging="Not this.",
        wordPolicyConfig={"wordsConfig": [{"text": "mineral"}]},
    )
    guardrail = {"guardrailIdentifier": made["guardrailId"], "guardrailVersion": "DRAFT", "trace": "enabled"}
    runtime.converse(modelId=models.NOVA_LITE, messages=MESSAGES, guardrailConfig=guardrail)
    body = logs.wait(2)[1]["output"]["outputBodyJson"]
    assert body["stopReason"] == "guardrail_intervened"
    assert body["output"]["message"]["content"] == [{"text": "Not that."}]
    assert body["trace"]["guardrail"]["inputAssessment"]


def test_cloudwatch_has_an_event_for_each(logs, logging):
    control, runtime = logging
    # Events have whole milliseconds.
    begun = time.time() - 0.001
    large = {"bucketName": "large"}
    cloud_watch = {"logGroupName": "/aws/bedrock/test", "roleArn": ROLE, "largeDataDeliveryS3Config": large}
    config = {"cloudWatchConfig": cloud_watch, "embeddingDataDeliveryEnabled": False}
    control.put_model_invocation_logging_configuration(loggingConfig=config)
    runtime.invoke_model(modelId=models.TITAN_EMBED, body=json.dumps({"inputText": "a"}))
    picture = media.image_block()
    long = {"text": "x" * 110_000}
    runtime.converse(modelId=models.NOVA_LITE, messages=[{"role": "user", "content": [long, picture]}])

    stream = "123456789012/us-east-1/%2Faws%2Fbedrock%2Ftest/aws%2Fbedrock%2Fmodelinvocations.jsonl"
    path = logs.folder / "cloudwatch" / stream
    deadline = time.monotonic() + DEADLINE
    while len(events := [json.loads(line) for line in path.read_text().splitlines()]) < 3:
        assert time.monotonic() < deadline, events
    assert all(begun <= event["timestamp"] / 1000 <= time.time() for event in events)
    assert events[0]["message"] == "Permissions are correctly set for Amazon Bedrock logs."
    records = [json.loads(event["message"]) for event in events[1:]]
    converse, embedding = sorted(records, key=lambda record: record["operation"])
    assert embedding["input"]["inputBodyJson"] == {"inputText": "a"}
    assert embedding["output"] == {"outputContentType": "application/json"}
    bucket, key = converse["input"]["inputBodyS3Path"].removeprefix("s3://").split("/", 1)
    assert bucket == "large"
    assert key.endswith(f"/data/{converse['requestId']}_input.json.gz")
    body = json.loads(gzip.decompress(logs.objects()[f"{bucket}/{key}"]))
    content = body["messages"][0]["content"]
    assert content[0] == long
    image = content[1]["image"]["source"]["s3Location"]["uri"].removeprefix("s3://")
    assert logs.objects()[image] == picture["image"]["source"]["bytes"]


def test_the_end_of_the_server_delivers_what_waits(logs):
    server = logs.start("--invocation-log-delay", "1h")
    clients.boto("bedrock", server.url).put_model_invocation_logging_configuration(loggingConfig=CONFIG)
    runtime = clients.boto("bedrock-runtime", server.url)
    for _ in range(20):
        runtime.converse(modelId=models.NOVA_LITE, messages=MESSAGES)
    assert logs.records() == []
    server.stop()
    assert len(logs.records()) == 20


def test_a_place_that_takes_nothing_is_refused(logs):
    server = logs.start()
    control = clients.boto("bedrock", server.url)
    for config in ({"s3Config": {"bucketName": "none"}}, {"s3Config": {"bucketName": "logs", "keyPrefix": "../x"}}):
        with refused("ValidationException", 400) as seen:
            control.put_model_invocation_logging_configuration(loggingConfig=config)
        assert seen["message"]
    assert "loggingConfig" not in control.get_model_invocation_logging_configuration()
