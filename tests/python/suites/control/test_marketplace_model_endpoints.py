"""Endpoints for models from the marketplace, from creation to deletion, with registration, pages and inference."""

import json

import pytest

from support.errors import invalid, refused
from support.offline import ACCOUNT
from support.parts import text_of, user

SOURCE = "arn:aws:sagemaker:us-east-1:aws:hub-content/SageMakerPublicHub/Model/qwen3-4b/1.0.0"


def config(instances: int = 1) -> dict:
    return {
        "sageMaker": {
            "initialInstanceCount": instances,
            "instanceType": "ml.g5.2xlarge",
            "executionRole": f"arn:aws:iam::{ACCOUNT}:role/endpoint",
        }
    }


@pytest.fixture
def create(control):
    """Makes endpoints, and deletes them at the end."""
    made = []

    def create(name: str) -> str:
        answer = control.create_marketplace_model_endpoint(
            endpointName=name, modelSourceIdentifier=SOURCE, acceptEula=True, endpointConfig=config()
        )
        made.append(answer["marketplaceModelEndpoint"]["endpointArn"])
        return made[-1]

    yield create
    for arn in made:
        control.delete_marketplace_model_endpoint(endpointArn=arn)


def test_from_creation_to_deletion(control):
    made = control.create_marketplace_model_endpoint(
        endpointName="short-lived", modelSourceIdentifier=SOURCE, endpointConfig=config()
    )["marketplaceModelEndpoint"]
    arn = made["endpointArn"]
    assert arn == f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:endpoint/short-lived"
    found = control.get_marketplace_model_endpoint(endpointArn=arn)["marketplaceModelEndpoint"]
    assert (found["status"], found["endpointStatus"]) == ("REGISTERED", "InService")
    assert (found["modelSourceIdentifier"], found["endpointConfig"]) == (SOURCE, config())
    changed = control.update_marketplace_model_endpoint(endpointArn=arn, endpointConfig=config(2))
    assert changed["marketplaceModelEndpoint"]["endpointConfig"] == config(2)
    control.delete_marketplace_model_endpoint(endpointArn=arn)
    with refused("ResourceNotFoundException", 404):
        control.get_marketplace_model_endpoint(endpointArn=arn)


def test_it_answers_while_it_is_registered(control, runtime, create):
    arn = create("asked")
    answer = runtime.converse(modelId=arn, messages=[user("Hello there")])
    assert "Hello there" in text_of(answer)
    body = json.dumps({"messages": [{"role": "user", "content": "Hello there"}], "max_tokens": 100})
    answer = json.loads(runtime.invoke_model(modelId=arn, body=body)["body"].read())
    assert "Hello there" in answer["choices"][0]["message"]["content"]

    control.deregister_marketplace_model_endpoint(endpointArn=arn)
    with invalid("The provided model identifier is invalid."):
        runtime.converse(modelId=arn, messages=[user("Hello there")])
    again = control.register_marketplace_model_endpoint(endpointIdentifier=arn, modelSourceIdentifier=SOURCE)
    assert again["marketplaceModelEndpoint"]["status"] == "REGISTERED"
    runtime.converse(modelId=arn, messages=[user("Hello there")])


def test_pages_have_each_once(control, create):
    made = {create(f"page-{number}") for number in range(5)}
    paginator = control.get_paginator("list_marketplace_model_endpoints")
    pages = paginator.paginate(modelSourceEquals=SOURCE, PaginationConfig={"PageSize": 2})
    listed = [endpoint["endpointArn"] for page in pages for endpoint in page["marketplaceModelEndpoints"]]
    assert len(listed) == len(set(listed))
    assert made <= set(listed)


def test_names_are_unique(control, create):
    create("taken")
    with refused("ConflictException", 400):
        control.create_marketplace_model_endpoint(
            endpointName="taken", modelSourceIdentifier=SOURCE, endpointConfig=config()
        )
