"""Each case of tests/families.json, through InvokeModel and through its stream."""

import json
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from support.errors import invalid

CASES = json.loads((Path(__file__).parents[3] / "families.json").read_text())
ANSWERED = [case for case in CASES if "answer" in case]
METRICS = "amazon-bedrock-invocationMetrics"


def cases(selected):
    return pytest.mark.parametrize("case", selected, ids=[case["family"] for case in selected])


def request(case):
    return {"modelId": case["model"], "body": json.dumps(case["body"])}


@cases(ANSWERED)
def test_whole_answers(runtime, case):
    response = runtime.invoke_model(**request(case))
    answer = json.loads(response["body"].read())
    assert answer[case["answer"]]
    if "says" in case:
        assert case["says"] in json.dumps(answer[case["answer"]])
        headers = response["ResponseMetadata"]["HTTPHeaders"]
        assert int(headers["x-amzn-bedrock-input-token-count"]) > 0
        assert int(headers["x-amzn-bedrock-output-token-count"]) > 0


@cases([case for case in ANSWERED if case["streams"]])
def test_streams(runtime, case):
    response = runtime.invoke_model_with_response_stream(**request(case))
    chunks = [json.loads(event["chunk"]["bytes"]) for event in response["body"]]
    assert [METRICS in chunk for chunk in chunks] == [False] * (len(chunks) - 1) + [True]
    assert chunks[-1][METRICS]["outputTokenCount"] > 0
    assert case["says"] in json.dumps(chunks)


@cases([case for case in ANSWERED if not case["streams"]])
def test_what_does_not_stream_says_so(runtime, case):
    with invalid("The model is unsupported for streaming."):
        runtime.invoke_model_with_response_stream(**request(case))


@cases([case for case in CASES if "refused" in case])
def test_what_is_not_answered_says_why(runtime, case):
    with pytest.raises(ClientError) as refusal:
        runtime.invoke_model(**request(case))
    assert refusal.value.response["Error"]["Message"] == case["refused"]
