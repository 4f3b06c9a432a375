"""The calls that Terraform's AWS provider makes for `aws_bedrock_custom_model`, in its order.

It makes a customization job, reads the job and the model that the job has made, and the tags of the job. To destroy, it stops a job
that still runs, and deletes the model of one that does not.
"""

import uuid

import pytest

from support import clients
from support.errors import refused
from support.offline import ACCOUNT

BASE = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0:300k"


def create(control, name: str) -> str:
    tags = [{"key": "env", "value": "test"}]
    return control.create_model_customization_job(
        clientRequestToken=uuid.uuid4().hex,
        baseModelIdentifier=BASE,
        customModelName=name,
        jobName=f"{name}-job",
        customizationType="FINE_TUNING",
        hyperParameters={"epochCount": "1", "batchSize": "1", "learningRate": "0.005", "learningRateWarmupSteps": "0"},
        roleArn=f"arn:aws:iam::{ACCOUNT}:role/tuning",
        trainingDataConfig={"s3Uri": "s3://training/data/train.jsonl"},
        validationDataConfig={"validators": [{"s3Uri": "s3://training/data/validate.jsonl"}]},
        outputDataConfig={"s3Uri": "s3://output/data/"},
        customModelTags=tags,
        jobTags=tags,
    )["jobArn"]


def tags(control, arn: str) -> dict[str, str]:
    return {tag["key"]: tag["value"] for tag in control.list_tags_for_resource(resourceARN=arn)["tags"]}


def test_a_model_that_is_there(control):
    arn = create(control, "terraform-model")
    job = control.get_model_customization_job(jobIdentifier=arn)
    assert (job["status"], job["jobName"], job["jobArn"]) == ("Completed", "terraform-model-job", arn)
    assert (job["baseModelArn"], job["customizationType"]) == (BASE, "FINE_TUNING")
    assert job["hyperParameters"]["learningRate"] == "0.005"
    assert job["trainingMetrics"]["trainingLoss"] >= 0 and len(job["validationMetrics"]) == 1

    model = control.get_custom_model(modelIdentifier=job["outputModelArn"])
    # What the provider puts into its state; a difference would be a change in the next plan.
    for member in ("hyperParameters", "trainingDataConfig", "validationDataConfig", "outputDataConfig", "baseModelArn"):
        assert model[member] == job[member], member
    assert (model["modelName"], model["jobArn"]) == ("terraform-model", arn)
    assert tags(control, arn) == tags(control, model["modelArn"]) == {"env": "test"}
    control.tag_resource(resourceARN=arn, tags=[{"key": "env", "value": "prod"}])
    assert tags(control, arn) == {"env": "prod"}

    control.delete_custom_model(modelIdentifier=model["modelArn"])
    with refused("ResourceNotFoundException", 404):
        control.get_custom_model(modelIdentifier=model["modelArn"])
    with refused("ResourceNotFoundException", 404):
        control.delete_custom_model(modelIdentifier=model["modelArn"])


@pytest.fixture(scope="module")
def slow(start_server):
    """A client of a server whose jobs take an hour."""
    return clients.boto("bedrock", start_server("--lifecycle-pace", "1h").url)


def test_a_job_that_runs(slow):
    arn = create(slow, "terraform-job")
    job = slow.get_model_customization_job(jobIdentifier=arn)
    assert job["status"] == "InProgress" and "outputModelArn" not in job
    with refused("ResourceNotFoundException", 404):
        slow.get_custom_model(modelIdentifier="terraform-job")
    slow.stop_model_customization_job(jobIdentifier=arn)
    assert slow.get_model_customization_job(jobIdentifier=arn)["status"] == "Stopping"
    with refused("ConflictException", 400):
        slow.stop_model_customization_job(jobIdentifier=arn)
