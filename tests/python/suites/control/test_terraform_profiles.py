"""The calls that Terraform's AWS provider makes for `aws_bedrock_inference_profile` and
`aws_bedrock_provisioned_model_throughput`, in its order: create, wait, read, change tags, read, delete, wait."""

import uuid

from support import models
from support.errors import refused

MODEL_ARN = f"arn:aws:bedrock:us-east-1::foundation-model/{models.NOVA_LITE}"
PROVISIONED_ARN = f"{MODEL_ARN}:24k"


def tags(control, arn: str) -> dict[str, str]:
    found = control.list_tags_for_resource(resourceARN=arn)["tags"]
    return {tag["key"]: tag["value"] for tag in found}


def change_tags(control, arn: str) -> None:
    """Takes away what is no longer there, then adds what is new, as the provider does."""
    assert tags(control, arn) == {"env": "test", "team": "red"}
    control.untag_resource(resourceARN=arn, tagKeys=["team"])
    control.tag_resource(resourceARN=arn, tags=[{"key": "env", "value": "prod"}])
    assert tags(control, arn) == {"env": "prod"}


def tagged() -> list[dict]:
    return [{"key": "env", "value": "test"}, {"key": "team", "value": "red"}]


def without_metadata(answer: dict) -> dict:
    answer.pop("ResponseMetadata")
    return answer


def test_inference_profile(control):
    made = control.create_inference_profile(
        clientRequestToken=uuid.uuid4().hex,
        inferenceProfileName="terraform profile",
        description="Made by Terraform",
        modelSource={"copyFrom": MODEL_ARN},
        tags=tagged(),
    )
    arn = made["inferenceProfileArn"]
    read = {"inferenceProfileIdentifier": arn}
    found = without_metadata(control.get_inference_profile(**read))
    assert found["status"] == "ACTIVE"
    # What the provider puts into its state; a difference would be a change in the next plan.
    assert found["inferenceProfileArn"] == arn
    assert arn.endswith("/" + found["inferenceProfileId"])
    assert (found["inferenceProfileName"], found["description"]) == ("terraform profile", "Made by Terraform")
    assert (found["models"], found["type"]) == ([{"modelArn": MODEL_ARN}], "APPLICATION")
    assert found["createdAt"] == found["updatedAt"]
    change_tags(control, arn)
    assert without_metadata(control.get_inference_profile(**read)) == found
    control.delete_inference_profile(**read)
    for operation in (control.get_inference_profile, control.delete_inference_profile):
        with refused("ResourceNotFoundException", 404):
            operation(**read)


def test_provisioned_model_throughput(control):
    made = control.create_provisioned_model_throughput(
        clientRequestToken=uuid.uuid4().hex,
        modelId=PROVISIONED_ARN,
        modelUnits=1,
        provisionedModelName="terraform-throughput",
        tags=tagged(),
    )
    arn = made["provisionedModelArn"]
    read = {"provisionedModelId": arn}
    found = without_metadata(control.get_provisioned_model_throughput(**read))
    assert found["status"] == "InService"
    assert "commitmentDuration" not in found
    assert (found["modelArn"], found["modelUnits"]) == (PROVISIONED_ARN, 1)
    assert (found["provisionedModelArn"], found["provisionedModelName"]) == (arn, "terraform-throughput")
    change_tags(control, arn)
    assert without_metadata(control.get_provisioned_model_throughput(**read)) == found
    control.delete_provisioned_model_throughput(**read)
    for operation in (control.get_provisioned_model_throughput, control.delete_provisioned_model_throughput):
        with refused("ResourceNotFoundException", 404):
            operation(**read)


def test_provisioned_capacity_answers(control, runtime):
    made = control.create_provisioned_model_throughput(
        modelId=PROVISIONED_ARN, modelUnits=1, provisionedModelName="asked-throughput"
    )
    arn = made["provisionedModelArn"]
    answer = runtime.converse(modelId=arn, messages=[{"role": "user", "content": [{"text": "Hello there"}]}])
    assert "Hello there" in answer["output"]["message"]["content"][0]["text"]
    control.delete_provisioned_model_throughput(provisionedModelId=arn)
