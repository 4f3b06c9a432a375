"""Advanced prompt optimization jobs, from creation to deletion."""

import pytest

from support import models
from support.errors import invalid, refused
from support.offline import ACCOUNT

MODELS = [{"modelId": models.NOVA_LITE, "inferenceConfig": {"maxTokens": 100, "stopSequences": ["END"]}}]
INPUT = {"s3Uri": "s3://inputs/templates.jsonl"}
OUTPUT = {"s3Uri": "s3://outputs/prompts/"}


@pytest.fixture
def create(control):
    """Makes jobs, and deletes those that are left at the end."""
    made = []

    def create(name: str, **members) -> str:
        request = {"inputConfig": INPUT, "outputConfig": OUTPUT, "modelConfigurations": MODELS, **members}
        made.append(control.create_advanced_prompt_optimization_job(jobName=name, **request)["jobArn"])
        return made[-1]

    yield create
    if made:
        control.batch_delete_advanced_prompt_optimization_job(jobIdentifiers=made)


def test_from_creation_to_deletion(control, create):
    arn = create("short-lived", jobDescription="Gone soon")
    job_id = arn.rsplit("/", 1)[1]
    for identifier in (arn, job_id):
        job = control.get_advanced_prompt_optimization_job(jobIdentifier=identifier)
        assert (job["jobArn"], job["jobName"], job["jobStatus"]) == (arn, "short-lived", "Completed")
        assert (job["inputConfig"], job["outputConfig"]) == (INPUT, OUTPUT)
        assert job["modelConfigurations"] == MODELS
    with refused("ConflictException", 400):
        control.stop_advanced_prompt_optimization_job(jobIdentifier=arn)
    none = f"arn:aws:bedrock:us-east-1:{ACCOUNT}:advanced-prompt-optimization-job/abcdefghijkl"
    answer = control.batch_delete_advanced_prompt_optimization_job(jobIdentifiers=[job_id, none])
    assert answer["advancedPromptOptimizationJobs"] == [{"jobIdentifier": job_id, "jobStatus": "Deleting"}]
    assert [error["jobIdentifier"] for error in answer["errors"]] == [none]
    with refused("ResourceNotFoundException", 404):
        control.get_advanced_prompt_optimization_job(jobIdentifier=arn)


def test_pages_have_each_once(control, create):
    made = [create(f"page-{number}") for number in range(5)]
    paginator = control.get_paginator("list_advanced_prompt_optimization_jobs")
    pages = list(paginator.paginate(sortOrder="Ascending", PaginationConfig={"PageSize": 2}))
    listed = [job["jobArn"] for page in pages for job in page["jobSummaries"]]
    assert listed == made
    assert len(pages) == 3


def test_unknown_models_are_refused(create):
    with invalid():
        create("refused", modelConfigurations=[{"modelId": "acme.none-v1:0"}])
