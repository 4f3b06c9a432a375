"""The calls that Terraform's AWS provider makes for guardrails, their versions and invocation logging, in its order.

What the provider waits for: a create or an update until `READY` is seen twice with nothing but `CREATING` or `UPDATING`
before, a deletion until the guardrail is not found, with nothing but `DELETING` or `READY` before. Tags are read after
each read of the guardrail.
"""

import pytest

from support import clients
from support.errors import refused

LOOKS = 100
MESSAGES = {"blockedInputMessaging": "test", "blockedOutputsMessaging": "test"}


def found(control, guardrail: str, version: str) -> dict | None:
    try:
        return control.get_guardrail(guardrailIdentifier=guardrail, guardrailVersion=version)
    except control.exceptions.ResourceNotFoundException:
        return None


def wait(control, guardrail: str, version: str, pending: str) -> dict:
    """Looks until the guardrail is READY, twice in a row."""
    seen = []
    for _ in range(LOOKS):
        answer = found(control, guardrail, version)
        seen.append(answer and answer["status"])
        if seen[-2:] == ["READY", "READY"]:
            return answer
        assert seen[-1] in (None, "READY", pending), seen
    pytest.fail(f"not READY: {seen}")


def wait_deleted(control, guardrail: str, version: str) -> None:
    for _ in range(LOOKS):
        answer = found(control, guardrail, version)
        if answer is None:
            return
        assert answer["status"] in ("DELETING", "READY")
    pytest.fail("not deleted")


def tags(control, arn: str) -> dict:
    return {tag["key"]: tag["value"] for tag in control.list_tags_for_resource(resourceARN=arn)["tags"]}


def configuration(strength: str) -> dict:
    return {
        "contentPolicyConfig": {
            "filtersConfig": [
                {"inputStrength": strength, "outputStrength": strength, "type": "HATE"},
                {"inputStrength": "HIGH", "outputStrength": "HIGH", "type": "VIOLENCE"},
            ]
        },
        "contextualGroundingPolicyConfig": {"filtersConfig": [{"threshold": 0.4, "type": "GROUNDING"}]},
        "sensitiveInformationPolicyConfig": {
            "piiEntitiesConfig": [{"action": "BLOCK", "type": "NAME"}, {"action": "ANONYMIZE", "type": "PASSWORD"}],
            "regexesConfig": [
                {"action": "BLOCK", "description": "a regex", "name": "regex_example", "pattern": r"^\d{3}-\d{2}$"}
            ],
        },
        "topicPolicyConfig": {
            "topicsConfig": [
                {"name": "investment", "examples": ["Where should I invest?"], "type": "DENY", "definition": "Advice."}
            ]
        },
        "wordPolicyConfig": {"managedWordListsConfig": [{"type": "PROFANITY"}], "wordsConfig": [{"text": "HATE"}]},
    }


def assert_told(seen: dict, config: dict) -> None:
    """Every list that was given comes back: the provider compares them with its plan."""
    given = config["sensitiveInformationPolicyConfig"]
    assert seen["contentPolicy"]["filters"] == config["contentPolicyConfig"]["filtersConfig"]
    assert seen["contextualGroundingPolicy"]["filters"] == config["contextualGroundingPolicyConfig"]["filtersConfig"]
    assert seen["sensitiveInformationPolicy"]["piiEntities"] == given["piiEntitiesConfig"]
    assert seen["sensitiveInformationPolicy"]["regexes"] == given["regexesConfig"]
    assert seen["topicPolicy"]["topics"] == config["topicPolicyConfig"]["topicsConfig"]
    assert seen["wordPolicy"]["words"] == config["wordPolicyConfig"]["wordsConfig"]
    assert seen["wordPolicy"]["managedWordLists"] == config["wordPolicyConfig"]["managedWordListsConfig"]


def create(control, name: str) -> dict:
    return control.create_guardrail(
        name=name,
        description="test",
        tags=[{"key": "Name", "value": name}],
        clientRequestToken=f"terraform-{name}",
        **MESSAGES,
        **configuration("MEDIUM"),
    )


def test_aws_bedrock_guardrail(control):
    made = create(control, "tf-guardrail")
    guardrail, arn = made["guardrailId"], made["guardrailArn"]
    wait(control, guardrail, made["version"], "CREATING")

    seen = found(control, guardrail, "DRAFT")
    assert (seen["guardrailArn"], seen["description"]) == (arn, "test")
    assert_told(seen, configuration("MEDIUM"))
    assert tags(control, arn) == {"Name": "tf-guardrail"}

    control.update_guardrail(guardrailIdentifier=guardrail, name="tf-guardrail", **MESSAGES, **configuration("LOW"))
    wait(control, guardrail, "DRAFT", "UPDATING")
    control.untag_resource(resourceARN=arn, tagKeys=["Name"])
    control.tag_resource(resourceARN=arn, tags=[{"key": "Stage", "value": "test"}])
    seen = found(control, guardrail, "DRAFT")
    assert "description" not in seen
    assert_told(seen, configuration("LOW"))
    assert tags(control, arn) == {"Stage": "test"}

    control.delete_guardrail(guardrailIdentifier=guardrail)
    wait_deleted(control, guardrail, "DRAFT")
    with refused("ResourceNotFoundException", 404):
        control.list_tags_for_resource(resourceARN=arn)


def test_aws_bedrock_guardrail_version(control):
    made = create(control, "tf-guardrail-version")
    arn = made["guardrailArn"]
    wait(control, made["guardrailId"], "DRAFT", "CREATING")

    created = control.create_guardrail_version(guardrailIdentifier=arn, clientRequestToken="terraform-version")
    version = created["version"]
    seen = wait(control, arn, version, "CREATING")
    assert (seen["guardrailArn"], seen["version"]) == (arn, version)
    assert "description" not in seen

    control.delete_guardrail(guardrailIdentifier=arn, guardrailVersion=version)
    wait_deleted(control, arn, version)
    control.delete_guardrail(guardrailIdentifier=made["guardrailId"])
    wait_deleted(control, made["guardrailId"], "DRAFT")


def test_aws_bedrock_model_invocation_logging_configuration(start_server, tmp_path):
    (tmp_path / "tf-logging").mkdir()
    control = clients.boto("bedrock", start_server("--s3-root", str(tmp_path)).url)

    def read() -> dict | None:
        return control.get_model_invocation_logging_configuration().get("loggingConfig")

    config = {
        "embeddingDataDeliveryEnabled": True,
        "imageDataDeliveryEnabled": True,
        "textDataDeliveryEnabled": True,
        "videoDataDeliveryEnabled": True,
        "s3Config": {"bucketName": "tf-logging", "keyPrefix": "bedrock"},
    }
    control.put_model_invocation_logging_configuration(loggingConfig=config)
    assert read() == config
    role = "arn:aws:iam::123456789012:role/logging"
    changed = {
        **config,
        "textDataDeliveryEnabled": False,
        "cloudWatchConfig": {
            "logGroupName": "tf-logging",
            "roleArn": role,
            "largeDataDeliveryS3Config": {"bucketName": "tf-logging", "keyPrefix": "large"},
        },
    }
    control.put_model_invocation_logging_configuration(loggingConfig=changed)
    assert read() == changed
    control.delete_model_invocation_logging_configuration()
    assert read() is None
