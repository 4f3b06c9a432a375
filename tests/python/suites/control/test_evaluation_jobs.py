"""Evaluation jobs of models and knowledge bases, from creation to deletion."""

import pytest

from support import models
from support.errors import invalid, refused
from support.offline import ACCOUNT

ROLE = f"arn:aws:iam::{ACCOUNT}:role/evaluation"
OUTPUT = {"s3Uri": "s3://outputs/evaluations/"}
NONE = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:evaluation-job/abcdefghijkl"


def automated(metric: str = "Builtin.Accuracy") -> dict:
    data = {"taskType": "QuestionAndAnswer", "dataset": {"name": "Builtin.BoolQ"}, "metricNames": [metric]}
    return {"automated": {"datasetMetricConfigs": [data]}}


def of(model: str) -> dict:
    return {"models": [{"bedrockModel": {"modelIdentifier": model}}]}


@pytest.fixture
def create(control):
    """Makes jobs, and deletes those that are left at the end."""
    made = []

    def create(name: str, **members) -> str:
        request = {
            "evaluationConfig": automated(),
            "inferenceConfig": of(models.NOVA_LITE),
            "outputDataConfig": OUTPUT,
            "roleArn": ROLE,
            **members,
        }
        made.append(control.create_evaluation_job(jobName=name, **request)["jobArn"])
        return made[-1]

    yield create
    if made:
        control.batch_delete_evaluation_job(jobIdentifiers=made)


def test_from_creation_to_deletion(control, create):
    arn = create("short-lived", jobDescription="Gone soon", jobTags=[{"key": "team", "value": "red"}])
    assert arn.startswith(f"arn:aws:bedrock:us-east-1:{ACCOUNT}:evaluation-job/")
    job = control.get_evaluation_job(jobIdentifier=arn)
    assert (job["jobName"], job["jobDescription"], job["roleArn"]) == ("short-lived", "Gone soon", ROLE)
    assert (job["jobType"], job["applicationType"], job["status"]) == ("Automated", "ModelEvaluation", "Completed")
    assert job["evaluationConfig"] == automated()
    assert job["outputDataConfig"] == OUTPUT
    assert job["creationTime"].tzinfo is not None
    assert control.list_tags_for_resource(resourceARN=arn)["tags"] == [{"key": "team", "value": "red"}]
    with refused("ConflictException", 400):
        control.stop_evaluation_job(jobIdentifier=arn)

    answer = control.batch_delete_evaluation_job(jobIdentifiers=[arn, NONE])
    assert answer["evaluationJobs"] == [{"jobIdentifier": arn, "jobStatus": "Deleting"}]
    assert [(error["jobIdentifier"], error["code"]) for error in answer["errors"]] == [(NONE, "404")]
    with refused("ResourceNotFoundException", 404):
        control.get_evaluation_job(jobIdentifier=arn)


def test_people_and_knowledge_bases(control, create):
    location = {"s3Uri": "s3://inputs/prompts.jsonl"}
    data = {"taskType": "Custom", "dataset": {"name": "prompts", "datasetLocation": location}}
    people = create(
        "people",
        evaluationConfig={
            "human": {
                "customMetrics": [{"name": "clarity", "ratingMethod": "ThumbsUpDown"}],
                "datasetMetricConfigs": [{**data, "metricNames": ["clarity"]}],
            }
        },
    )
    base = {"knowledgeBaseId": "KB12345678", "knowledgeBaseRetrievalConfiguration": {"vectorSearchConfiguration": {}}}
    rag = create(
        "rag",
        evaluationConfig={
            "automated": {
                "datasetMetricConfigs": [{**data, "metricNames": ["Builtin.ContextRelevance"]}],
                "evaluatorModelConfig": {"bedrockEvaluatorModels": [{"modelIdentifier": models.NOVA_LITE}]},
            }
        },
        inferenceConfig={"ragConfigs": [{"knowledgeBaseConfig": {"retrieveConfig": base}}]},
    )
    listed = {job["jobArn"]: job for job in control.list_evaluation_jobs()["jobSummaries"]}
    assert (listed[people]["jobType"], listed[rag]["jobType"]) == ("Human", "Automated")
    assert listed[people]["modelIdentifiers"] == [models.NOVA_LITE]
    assert listed[rag]["ragIdentifiers"] == ["KB12345678"]
    found = control.list_evaluation_jobs(applicationTypeEquals="RagEvaluation")["jobSummaries"]
    assert [job["jobArn"] for job in found] == [rag]


def test_pages_have_each_once(control, create):
    made = {create(f"page-{number}") for number in range(5)}
    paginator = control.get_paginator("list_evaluation_jobs")
    pages = list(paginator.paginate(nameContains="page", statusEquals="Completed", PaginationConfig={"PageSize": 2}))
    listed = [job["jobArn"] for page in pages for job in page["jobSummaries"]]
    assert len(pages) == 3
    assert sorted(listed) == sorted(made)


def test_what_cannot_be_evaluated(control, create):
    create("taken")
    with refused("ConflictException", 400):
        create("taken")
    with invalid():
        create("unknown-model", inferenceConfig=of("acme.none-v1:0"))
    with invalid() as seen:
        create("judged", evaluationConfig=automated("Builtin.Correctness"))
    assert "Builtin.Correctness" in seen["message"]
