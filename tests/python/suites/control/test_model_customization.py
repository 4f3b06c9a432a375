"""Customization jobs and the custom models that they make, to their deletion; deployments and copies of such models."""

import pytest

from support import clients
from support.errors import invalid, refused
from support.offline import ACCOUNT

BASE = "amazon.nova-lite-v1:0:300k"
OWN = f"arn:aws:bedrock:us-east-1:{ACCOUNT}"


@pytest.fixture
def tune(control):
    """Begins jobs, and deletes the models that are left of them at the end."""
    made = []

    def tune(name: str, **members) -> str:
        answer = control.create_model_customization_job(
            **{
                "jobName": f"tune-{name}",
                "customModelName": name,
                "roleArn": f"arn:aws:iam::{ACCOUNT}:role/tuning",
                "baseModelIdentifier": BASE,
                "trainingDataConfig": {"s3Uri": "s3://data/training.jsonl"},
                "outputDataConfig": {"s3Uri": "s3://data/output/"},
                "hyperParameters": {"epochCount": "2"},
                **members,
            }
        )
        made.append(name)
        return answer["jobArn"]

    yield tune
    left = {model["modelName"] for model in control.list_custom_models(maxResults=1000)["modelSummaries"]}
    for model in left & set(made):
        control.delete_custom_model(modelIdentifier=model)


def model_of(control, job: str) -> str:
    return control.get_model_customization_job(jobIdentifier=job)["outputModelArn"]


def test_from_job_to_deletion(control, tune):
    tags = [{"key": "team", "value": "red"}]
    validation = {"validators": [{"s3Uri": "s3://data/validation.jsonl"}]}
    arn = tune("tuned", customModelTags=tags, validationDataConfig=validation)
    assert arn.startswith(f"{OWN}:model-customization-job/{BASE}/")
    job = control.get_model_customization_job(jobIdentifier="tune-tuned")
    assert (job["jobArn"], job["status"], job["validationDataConfig"]) == (arn, "Completed", validation)
    assert job["baseModelArn"] == f"arn:aws:bedrock:us-east-1::foundation-model/{BASE}"

    model = control.get_custom_model(modelIdentifier="tuned")
    assert model["modelArn"] == job["outputModelArn"]
    assert model["modelArn"].startswith(f"{OWN}:custom-model/{BASE}/")
    assert (model["modelStatus"], model["customizationType"]) == ("Active", "FINE_TUNING")
    assert (model["jobArn"], model["creationTime"]) == (arn, job["endTime"])
    assert model["hyperParameters"] == {"epochCount": "2"}
    assert (model["trainingMetrics"], model["validationMetrics"]) == (job["trainingMetrics"], job["validationMetrics"])
    assert control.list_tags_for_resource(resourceARN=model["modelArn"])["tags"] == tags
    assert control.list_tags_for_resource(resourceARN=arn)["tags"] == []
    with refused("ConflictException", 400):
        control.stop_model_customization_job(jobIdentifier=arn)

    control.delete_custom_model(modelIdentifier=model["modelArn"])
    with refused("ResourceNotFoundException", 404):
        control.get_custom_model(modelIdentifier="tuned")
    assert control.get_model_customization_job(jobIdentifier=arn)["status"] == "Completed"


def test_pages_have_each_once(control, tune):
    jobs = [tune(f"page-{number}") for number in range(5)]
    options = {"nameContains": "page-", "sortBy": "CreationTime", "PaginationConfig": {"PageSize": 2}}
    pages = control.get_paginator("list_model_customization_jobs").paginate(sortOrder="Ascending", **options)
    found = [job for page in pages for job in page["modelCustomizationJobSummaries"]]
    assert [job["jobArn"] for job in found] == jobs
    pages = control.get_paginator("list_custom_models").paginate(**options)
    models = [model for page in pages for model in page["modelSummaries"]]
    assert sorted(model["modelArn"] for model in models) == sorted(job["customModelArn"] for job in found)
    assert {model["baseModelName"] for model in models} == {"amazon.nova-lite-v1"}


def test_what_is_refused(tune):
    tune("taken")
    with invalid("The provided job name is currently in use."):
        tune("taken", customModelName="other")
    with invalid():
        tune("other", customModelName="taken")
    with invalid():
        tune("other", baseModelIdentifier="amazon.nova-lite-v1:0")


def test_failure_on_demand(control, tune):
    arn = tune("failing", jobTags=[{"key": "outcrop:fail", "value": "Training data is empty"}])
    job = control.get_model_customization_job(jobIdentifier=arn)
    assert (job["status"], job["failureMessage"]) == ("Failed", "Training data is empty")
    assert "outputModelArn" not in job


def test_brought_models(control):
    source = {"s3DataSource": {"s3Uri": "s3://escrow/nova-micro/model"}}
    role = f"arn:aws:iam::{ACCOUNT}:role/models"
    arn = control.create_custom_model(modelName="brought", modelSourceConfig=source, roleArn=role)["modelArn"]
    assert arn.startswith(f"{OWN}:custom-model/imported/")
    model = control.get_custom_model(modelIdentifier=arn)
    assert (model["modelStatus"], model["customizationType"]) == ("Active", "IMPORTED")
    control.delete_custom_model(modelIdentifier=arn)


def test_deployments(control, tune):
    first, second = (model_of(control, tune(name)) for name in ("deployed-first", "deployed-second"))
    arns = [
        control.create_custom_model_deployment(modelDeploymentName=f"deployment-{number}", modelArn=first)[
            "customModelDeploymentArn"
        ]
        for number in range(3)
    ]
    pages = control.get_paginator("list_custom_model_deployments").paginate(
        modelArnEquals=first, PaginationConfig={"PageSize": 2}
    )
    found = [item["customModelDeploymentArn"] for page in pages for item in page["modelDeploymentSummaries"]]
    assert found == arns[::-1]

    control.update_custom_model_deployment(customModelDeploymentIdentifier="deployment-0", modelArn=second)
    updated = control.get_custom_model_deployment(customModelDeploymentIdentifier=arns[0])
    assert (updated["status"], updated["modelArn"]) == ("Active", second)
    assert updated["updateDetails"] == {"modelArn": second, "updateStatus": "UpdateCompleted"}
    with refused("ConflictException", 400):
        control.delete_custom_model(modelIdentifier=second)
    for arn in arns:
        control.delete_custom_model_deployment(customModelDeploymentIdentifier=arn)
    with refused("ResourceNotFoundException", 404):
        control.get_custom_model_deployment(customModelDeploymentIdentifier="deployment-0")
    control.delete_custom_model(modelIdentifier=second)


def test_copies(server, control, tune):
    source = model_of(control, tune("copied-from"))
    european = clients.boto("bedrock", server.url, region="eu-west-1")
    arn = european.create_model_copy_job(sourceModelArn=source, targetModelName="copied-to")["jobArn"]
    job = european.get_model_copy_job(jobArn=arn)
    assert (job["status"], job["sourceModelName"], job["sourceAccountId"]) == ("Completed", "copied-from", ACCOUNT)
    copy = european.get_custom_model(modelIdentifier="copied-to")
    assert copy["modelArn"] == job["targetModelArn"]
    assert copy["baseModelArn"] == f"arn:aws:bedrock:eu-west-1::foundation-model/{BASE}"
    pages = european.get_paginator("list_model_copy_jobs").paginate(sourceModelArnEquals=source)
    assert [job["jobArn"] for page in pages for job in page["modelCopyJobSummaries"]] == [arn]
    european.delete_custom_model(modelIdentifier="copied-to")
    with refused("ResourceNotFoundException", 404):
        european.get_custom_model(modelIdentifier=copy["modelArn"])
