"""What belongs to guardrails: the one that an account enforces, and the policies that share them."""

import json

import pytest

from support import clients
from support.errors import invalid, refused
from support.offline import ACCOUNT
from support.resources import guardrail


@pytest.fixture(scope="module")
def control(start_server):
    """Of a server of this module's own: what it enforces would act in the tests of others."""
    return clients.boto("bedrock", start_server().url)


def enforced(control) -> list[dict]:
    pages = control.get_paginator("list_enforced_guardrails_configuration").paginate()
    return [configuration for page in pages for configuration in page["guardrailsConfig"]]


def test_enforcement_from_beginning_to_end(control):
    arn = guardrail(control, "enforced")
    version = control.create_guardrail_version(guardrailIdentifier=arn)["version"]
    assert enforced(control) == []
    wanted = {"guardrailIdentifier": arn, "guardrailVersion": version}
    made = control.put_enforced_guardrail_configuration(guardrailInferenceConfig=wanted)
    (found,) = enforced(control)
    assert (found["configId"], found["guardrailArn"], found["guardrailVersion"]) == (made["configId"], arn, version)
    assert (found["owner"], found["createdAt"]) == ("ACCOUNT", found["updatedAt"])

    # There is one at a time, and it is changed by its id.
    with refused("ConflictException", 400):
        control.put_enforced_guardrail_configuration(guardrailInferenceConfig=wanted)
    newer = control.create_guardrail_version(guardrailIdentifier=arn)["version"]
    wanted["guardrailVersion"] = newer
    control.put_enforced_guardrail_configuration(configId=made["configId"], guardrailInferenceConfig=wanted)
    (changed,) = enforced(control)
    assert (changed["configId"], changed["guardrailVersion"]) == (made["configId"], newer)
    assert changed["createdAt"] == found["createdAt"] <= changed["updatedAt"]

    # What is enforced stays.
    for of in ({}, {"guardrailVersion": newer}):
        with refused("ConflictException", 400):
            control.delete_guardrail(guardrailIdentifier=arn, **of)
    control.delete_enforced_guardrail_configuration(configId=made["configId"])
    assert enforced(control) == []
    with refused("ResourceNotFoundException", 404):
        control.delete_enforced_guardrail_configuration(configId=made["configId"])
    control.delete_guardrail(guardrailIdentifier=arn)


def test_only_versions_that_are_there_are_enforced(control):
    arn = guardrail(control, "without-versions")
    for identifier, version in ((arn, "1"), (arn[:-12] + "abcdefghijkl", "1")):
        wanted = {"guardrailIdentifier": identifier, "guardrailVersion": version}
        with refused("ResourceNotFoundException", 404):
            control.put_enforced_guardrail_configuration(guardrailInferenceConfig=wanted)
    assert enforced(control) == []
    control.delete_guardrail(guardrailIdentifier=arn)


def policy(arn: str, account: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": ["bedrock:ApplyGuardrail", "bedrock:GetGuardrail"],
        "Resource": arn,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_a_policy_from_beginning_to_end(control):
    arn = guardrail(control, "shared")
    with refused("ResourceNotFoundException", 404):
        control.get_resource_policy(resourceArn=arn)
    for account in ("111122223333", "444455556666"):
        document = policy(arn, account)
        assert control.put_resource_policy(resourceArn=arn, resourcePolicy=document)["resourceArn"] == arn
        assert control.get_resource_policy(resourceArn=arn)["resourcePolicy"] == document
    for document in ("not JSON", "[]", "{}", json.dumps({"Statement": [{"Effect": "Maybe"}]})):
        with invalid():
            control.put_resource_policy(resourceArn=arn, resourcePolicy=document)
    assert control.get_resource_policy(resourceArn=arn)["resourcePolicy"] == policy(arn, "444455556666")
    control.delete_resource_policy(resourceArn=arn)
    for operation in (control.get_resource_policy, control.delete_resource_policy):
        with refused("ResourceNotFoundException", 404):
            operation(resourceArn=arn)

    # It goes with its guardrail.
    control.put_resource_policy(resourceArn=arn, resourcePolicy=policy(arn, ACCOUNT))
    control.delete_guardrail(guardrailIdentifier=arn)
    with refused("ResourceNotFoundException", 404):
        control.get_resource_policy(resourceArn=arn)


def test_a_reasoning_policy_is_there_as_long_as_a_guardrail_applies_it(control):
    made = control.create_automated_reasoning_policy(name="in-use")
    arn = made["policyArn"]
    applied = control.create_automated_reasoning_policy_version(
        policyArn=arn, lastUpdatedDefinitionHash=made["definitionHash"]
    )["policyArn"]
    user = guardrail(
        control,
        "applies-a-policy",
        automatedReasoningPolicyConfig={"policies": [applied]},
        crossRegionConfig={"guardrailProfileIdentifier": "us.guardrail.v1:0"},
    )
    for used in (applied, arn):
        with refused("ResourceInUseException", 400):
            control.delete_automated_reasoning_policy(policyArn=used)
    control.delete_guardrail(guardrailIdentifier=user)
    for unused in (applied, arn, arn):
        control.delete_automated_reasoning_policy(policyArn=unused)
