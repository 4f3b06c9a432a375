"""A server that is started again finds every kind of resource as it was: ids, times, tags and states."""

import json
import time
import uuid

import pytest

from support import clients, models, stores
from support.offline import ACCOUNT

DEADLINE = 60
ROLE = f"arn:aws:iam::{ACCOUNT}:role/kept"
NOVA_ARN = f"arn:aws:bedrock:us-east-1::foundation-model/{models.NOVA_LITE}"
TAGS = [{"key": "env", "value": "test"}, {"key": "team", "value": "red"}]
OUTPUT = {"s3Uri": "s3://kept/output/"}
SOURCE = "arn:aws:sagemaker:us-east-1:aws:hub-content/SageMakerPublicHub/Model/qwen3-4b/1.0.0"
SAGEMAKER = {"initialInstanceCount": 1, "instanceType": "ml.g5.2xlarge", "executionRole": ROLE}
BLOCKED = {"blockedInputMessaging": "Not that.", "blockedOutputsMessaging": "Not this."}
WORDS = {"wordPolicyConfig": {"wordsConfig": [{"text": "granite"}]}}


@pytest.fixture(params=stores.LASTING)
def start(request, start_server, tmp_path):
    """Starts a server whose resources outlive it."""
    (tmp_path / "kept").mkdir()
    record = {"recordId": "RECORD00001", "modelInput": {"messages": [{"role": "user", "content": [{"text": "Hi"}]}]}}
    (tmp_path / "kept" / "batch.jsonl").write_text(json.dumps(record))

    def start(*flags: str):
        return start_server("--s3-root", str(tmp_path), *flags, store=request.param)

    return start


def profile(geography_id: str) -> dict:
    return {"modelArn": f"arn:aws:bedrock:us-east-1:{ACCOUNT}:inference-profile/{geography_id}"}


def make_guardrails(control) -> list:
    made = control.create_guardrail(name="kept", tags=TAGS, **BLOCKED, **WORDS)
    key = {"guardrailIdentifier": made["guardrailId"]}
    control.create_guardrail_version(**key, description="The first")
    control.update_guardrail(**key, name="changed", **BLOCKED, **WORDS)
    enforced = {"guardrailIdentifier": made["guardrailId"], "guardrailVersion": "1"}
    control.put_enforced_guardrail_configuration(guardrailInferenceConfig=enforced)
    statement = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "bedrock:ApplyGuardrail", "Resource": "*"}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    control.put_resource_policy(resourceArn=made["guardrailArn"], resourcePolicy=json.dumps(policy))
    return [
        ("get_guardrail", key),
        ("get_guardrail", {**key, "guardrailVersion": "1"}),
        ("list_guardrails", key),
        ("list_enforced_guardrails_configuration", {}),
        ("get_resource_policy", {"resourceArn": made["guardrailArn"]}),
        ("list_tags_for_resource", {"resourceARN": made["guardrailArn"]}),
    ]


def make_profiles(control) -> list:
    own = control.create_inference_profile(inferenceProfileName="kept", modelSource={"copyFrom": NOVA_ARN}, tags=TAGS)
    own = own["inferenceProfileArn"]
    router = control.create_prompt_router(
        promptRouterName="kept",
        models=[profile("us.amazon.nova-lite-v1:0"), profile("us.amazon.nova-pro-v1:0")],
        fallbackModel=profile("us.amazon.nova-pro-v1:0"),
        routingCriteria={"responseQualityDifference": 0.1},
    )["promptRouterArn"]
    capacity = control.create_provisioned_model_throughput(
        provisionedModelName="kept", modelUnits=1, modelId=f"{NOVA_ARN}:24k", tags=TAGS
    )["provisionedModelArn"]
    endpoint = control.create_marketplace_model_endpoint(
        endpointName="kept", modelSourceIdentifier=SOURCE, acceptEula=True, endpointConfig={"sageMaker": SAGEMAKER}
    )["marketplaceModelEndpoint"]["endpointArn"]
    return [
        ("get_inference_profile", {"inferenceProfileIdentifier": own}),
        ("list_tags_for_resource", {"resourceARN": own}),
        ("get_prompt_router", {"promptRouterArn": router}),
        ("get_provisioned_model_throughput", {"provisionedModelId": capacity}),
        ("list_tags_for_resource", {"resourceARN": capacity}),
        ("get_marketplace_model_endpoint", {"endpointArn": endpoint}),
    ]


def customize(control) -> str:
    return control.create_model_customization_job(
        jobName="kept",
        customModelName="kept",
        roleArn=ROLE,
        baseModelIdentifier="amazon.nova-lite-v1:0:300k",
        trainingDataConfig={"s3Uri": "s3://kept/training.jsonl"},
        outputDataConfig=OUTPUT,
        hyperParameters={"epochCount": "2"},
        jobTags=TAGS,
        customModelTags=TAGS,
    )["jobArn"]


def make_models(control) -> list:
    job = customize(control)
    model = control.get_model_customization_job(jobIdentifier=job)["outputModelArn"]
    deployment = control.create_custom_model_deployment(modelDeploymentName="kept", modelArn=model, tags=TAGS)
    deployment = deployment["customModelDeploymentArn"]
    copy = control.create_model_copy_job(sourceModelArn=model, targetModelName="copied")["jobArn"]
    imported = control.create_model_import_job(
        jobName="kept",
        importedModelName="imported",
        roleArn=ROLE,
        modelDataSource={"s3DataSource": {"s3Uri": "s3://kept/llama-3.1-8b/"}},
        importedModelTags=TAGS,
    )["jobArn"]
    return [
        ("get_model_customization_job", {"jobIdentifier": job}),
        ("list_tags_for_resource", {"resourceARN": job}),
        ("get_custom_model", {"modelIdentifier": model}),
        ("list_tags_for_resource", {"resourceARN": model}),
        ("get_custom_model_deployment", {"customModelDeploymentIdentifier": deployment}),
        ("get_model_copy_job", {"jobArn": copy}),
        ("get_custom_model", {"modelIdentifier": "copied"}),
        ("get_model_import_job", {"jobIdentifier": imported}),
        ("get_imported_model", {"modelIdentifier": "imported"}),
    ]


def make_jobs(control) -> list:
    metrics = {"taskType": "QuestionAndAnswer", "dataset": {"name": "Builtin.BoolQ"}}
    metrics["metricNames"] = ["Builtin.Accuracy"]
    evaluation = control.create_evaluation_job(
        jobName="kept",
        evaluationConfig={"automated": {"datasetMetricConfigs": [metrics]}},
        inferenceConfig={"models": [{"bedrockModel": {"modelIdentifier": models.NOVA_LITE}}]},
        outputDataConfig=OUTPUT,
        roleArn=ROLE,
        jobTags=TAGS,
    )["jobArn"]
    optimization = control.create_advanced_prompt_optimization_job(
        jobName="kept",
        inputConfig={"s3Uri": "s3://kept/templates.jsonl"},
        outputConfig=OUTPUT,
        modelConfigurations=[{"modelId": models.NOVA_LITE}],
    )["jobArn"]
    batch = control.create_model_invocation_job(
        jobName="kept",
        modelId=models.NOVA_LITE,
        roleArn=ROLE,
        inputDataConfig={"s3InputDataConfig": {"s3Uri": "s3://kept/batch.jsonl"}},
        outputDataConfig={"s3OutputDataConfig": OUTPUT},
        tags=TAGS,
    )["jobArn"]
    deadline = time.monotonic() + DEADLINE
    while (job := control.get_model_invocation_job(jobIdentifier=batch))["status"] != "Completed":
        assert time.monotonic() < deadline, job
    return [
        ("get_evaluation_job", {"jobIdentifier": evaluation}),
        ("get_advanced_prompt_optimization_job", {"jobIdentifier": optimization}),
        ("get_model_invocation_job", {"jobIdentifier": batch}),
        ("list_tags_for_resource", {"resourceARN": batch}),
    ]


def make_policies(control) -> list:
    policy = control.create_automated_reasoning_policy(name="kept", tags=TAGS)["policyArn"]
    document = {"document": b"Employees are eligible for leave.", "documentContentType": "txt", "documentName": "a"}
    workflow = control.start_automated_reasoning_policy_build_workflow(
        policyArn=policy,
        buildWorkflowType="INGEST_CONTENT",
        sourceContent={"workflowContent": {"documents": [document]}},
    )["buildWorkflowId"]
    case = control.create_automated_reasoning_policy_test_case(
        policyArn=policy, guardContent="They are.", expectedAggregatedFindingsResult="VALID"
    )["testCaseId"]
    key = {"policyArn": policy}
    return [
        ("get_automated_reasoning_policy", key),
        ("list_tags_for_resource", {"resourceARN": policy}),
        ("get_automated_reasoning_policy_build_workflow", {**key, "buildWorkflowId": workflow}),
        ("get_automated_reasoning_policy_test_case", {**key, "testCaseId": case}),
    ]


def make_settings(control) -> list:
    control.put_use_case_for_model_access(formData=b'{"companyName":"Rock"}')
    model = models.SONNET_MODEL
    offers = control.list_foundation_model_agreement_offers(modelId=model)["offers"]
    control.create_foundation_model_agreement(modelId=model, offerToken=offers[0]["offerToken"])
    control.put_model_invocation_logging_configuration(loggingConfig={"s3Config": {"bucketName": "kept"}})
    return [
        ("get_use_case_for_model_access", {}),
        ("get_foundation_model_availability", {"modelId": model}),
        ("get_model_invocation_logging_configuration", {}),
    ]


LISTINGS = [
    "list_guardrails",
    "list_inference_profiles",
    "list_prompt_routers",
    "list_provisioned_model_throughputs",
    "list_marketplace_model_endpoints",
    "list_model_customization_jobs",
    "list_custom_models",
    "list_custom_model_deployments",
    "list_model_copy_jobs",
    "list_model_import_jobs",
    "list_imported_models",
    "list_evaluation_jobs",
    "list_advanced_prompt_optimization_jobs",
    "list_model_invocation_jobs",
    "list_automated_reasoning_policies",
]


def seen(server, reads: list) -> list:
    """What is answered to all of these."""
    control = clients.boto("bedrock", server.url)
    answers = []
    for operation, members in reads:
        answer = getattr(control, operation)(**members)
        answer.pop("ResponseMetadata")
        answers.append((operation, members, answer))
    return answers


def test_every_kind_of_resource_is_found_again(start):
    server = start()
    control = clients.boto("bedrock", server.url)
    reads = [(operation, {}) for operation in LISTINGS]
    for make in (make_guardrails, make_profiles, make_models, make_jobs, make_policies, make_settings):
        reads += make(control)
    before = seen(server, reads)
    listed = {operation: next(iter(answer.values())) for operation, _, answer in before[: len(LISTINGS)]}
    assert all(listed.values()), listed
    server.stop()
    server.start()
    for was, is_ in zip(before, seen(server, reads), strict=True):
        assert was == is_

    # And it can go on with them.
    control = clients.boto("bedrock", server.url)
    guardrail = listed["list_guardrails"][0]["id"]
    assert control.create_guardrail_version(guardrailIdentifier=guardrail)["version"] == "2"


def test_states_go_on_by_the_clock(start):
    """An hour is longer than any restart: what is under way stays so, since the same time."""
    server = start("--lifecycle-pace", "1h")
    control = clients.boto("bedrock", server.url)
    token = uuid.uuid4().hex
    capacity = {"provisionedModelName": "kept", "modelUnits": 1, "modelId": f"{NOVA_ARN}:24k"}
    arn = control.create_provisioned_model_throughput(**capacity, clientRequestToken=token)["provisionedModelArn"]
    job = customize(control)
    guardrail = control.create_guardrail(name="kept", **BLOCKED, **WORDS)["guardrailId"]
    reads = [
        ("get_provisioned_model_throughput", {"provisionedModelId": arn}),
        ("get_model_customization_job", {"jobIdentifier": job}),
        ("get_guardrail", {"guardrailIdentifier": guardrail}),
    ]
    before = seen(server, reads)
    assert [answer["status"] for _, _, answer in before] == ["Creating", "InProgress", "CREATING"]
    server.stop()
    server.start()
    assert seen(server, reads) == before
    # A request that is sent again after the restart happens once.
    control = clients.boto("bedrock", server.url)
    again = control.create_provisioned_model_throughput(**capacity, clientRequestToken=token)
    assert again["provisionedModelArn"] == arn
