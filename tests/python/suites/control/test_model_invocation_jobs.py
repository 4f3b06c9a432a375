"""Batch inference from CreateModelInvocationJob to the files of its output."""

import json
import time

import pytest

from support import clients
from support.errors import refused

ROLE = "arn:aws:iam::123456789012:role/batch"
MODEL = "amazon.nova-lite-v1:0"
ENDS = ("Completed", "Failed", "Stopped", "PartiallyCompleted", "Expired")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s3")
    (folder / "bucket").mkdir()
    return folder


@pytest.fixture(scope="module")
def jobs(start_server, root):
    """A client of a server whose buckets are folders of `root`."""
    return clients.boto("bedrock", start_server("--s3-root", str(root)).url)


def records(count: int) -> str:
    def record(number: int) -> str:
        messages = [{"role": "user", "content": [{"text": f"Say {number}"}]}]
        return json.dumps({"recordId": f"RECORD{number:05}", "modelInput": {"messages": messages}})

    return "".join(record(number) + "\n" for number in range(count))


def submit(jobs, input_: str, **more) -> str:
    return jobs.create_model_invocation_job(
        **{
            "jobName": "batch",
            "modelId": MODEL,
            "roleArn": ROLE,
            "inputDataConfig": {"s3InputDataConfig": {"s3Uri": f"s3://bucket/{input_}"}},
            "outputDataConfig": {"s3OutputDataConfig": {"s3Uri": "s3://bucket/out/"}},
            **more,
        }
    )["jobArn"]


def end(jobs, arn: str) -> dict:
    """Asks as programs do, until the job has ended."""
    deadline = time.monotonic() + 60
    while (job := jobs.get_model_invocation_job(jobIdentifier=arn))["status"] not in ENDS:
        assert time.monotonic() < deadline, job
    return job


def output(root, arn: str, name: str) -> list[dict]:
    path = root / "bucket" / "out" / arn.rsplit("/", 1)[1] / name
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize("invocation", ["InvokeModel", "Converse"])
def test_a_batch_goes_through(jobs, root, invocation):
    (root / "bucket" / "in.jsonl").write_text(records(120))
    arn = submit(jobs, "in.jsonl", modelInvocationType=invocation)
    job = end(jobs, arn)
    assert (job["status"], job["totalRecordCount"], job["successRecordCount"]) == ("Completed", 120, 120)
    lines = output(root, arn, "in.jsonl.out")
    assert [line["recordId"] for line in lines] == [f"RECORD{number:05}" for number in range(120)]
    assert all(line["modelOutput"]["output"]["message"]["content"] for line in lines)
    (manifest,) = output(root, arn, "manifest.json.out")
    assert (manifest["processedRecordCount"], manifest["errorRecordCount"]) == (120, 0)
    assert manifest["inputTokenCount"] == sum(line["modelOutput"]["usage"]["inputTokens"] for line in lines)


def test_input_that_is_not_there_fails_the_job(jobs):
    job = end(jobs, submit(jobs, "none.jsonl"))
    assert job["status"] == "Failed"
    assert "There is no input" in job["message"]


def test_the_listing_has_every_job_once(jobs):
    arns = {submit(jobs, "none.jsonl", jobName=f"listed{number}") for number in range(5)}
    pages = jobs.get_paginator("list_model_invocation_jobs").paginate(
        nameContains="listed", PaginationConfig={"PageSize": 2}
    )
    found = [job["jobArn"] for page in pages for job in page["invocationJobSummaries"]]
    assert len(found) == 5
    assert set(found) == arns


def test_an_ended_job_cannot_be_stopped(jobs):
    arn = submit(jobs, "none.jsonl")
    end(jobs, arn)
    with refused("ConflictException", 400):
        jobs.stop_model_invocation_job(jobIdentifier=arn)
