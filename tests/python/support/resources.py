"""Every kind of resource that callers make: how one is made, read, deleted and listed."""

from collections.abc import Callable
from dataclasses import dataclass

from .offline import ACCOUNT

ROLE = f"arn:aws:iam::{ACCOUNT}:role/tests"
NOVA = "amazon.nova-lite-v1:0"
BASE = f"{NOVA}:300k"
OUTPUT = {"s3Uri": "s3://bucket/output/"}


@dataclass(frozen=True, eq=False)
class Kind:
    """Operations by their names in boto3, and the members of their requests and answers."""

    name: str
    # Makes one, of a name and with other members of the request, and gives its ARN.
    create: Callable[..., str]
    get: tuple[str, str]
    # The operation, the member of the answer, the member of an item that has the ARN, and what it is asked with.
    list: tuple[str, str, str]
    list_with: dict
    delete: tuple[str, str] | None = None
    # The filters by a part of the name, and by what came after and before a time.
    filters: tuple[str, str, str] | None = None
    sorted: bool = False
    # The member of the creation that has the tags; none where a creation takes no tags, or gives them to something else.
    tags: str | None = "tags"
    token: str | None = "clientRequestToken"
    # Whether one's name is refused to another of the kind.
    own_name: bool = True

    def __str__(self) -> str:
        return self.name

    def read(self, client, arn: str) -> dict:
        operation, member = self.get
        return getattr(client, operation)(**{member: arn})

    def remove(self, client, arn: str) -> dict:
        operation, member = self.delete
        return getattr(client, operation)(**{member: arn})

    def page(self, client, **options) -> tuple[list[str], str | None]:
        """The ARNs of a page, and the token of the next."""
        operation, member, arn = self.list
        answer = getattr(client, operation)(**self.list_with, **options)
        return [item[arn] for item in answer[member]], answer.get("nextToken")

    def pages(self, client, size: int, **options) -> list[list[str]]:
        """The ARNs of each page, as the paginator gives them."""
        operation, member, arn = self.list
        options |= self.list_with | {"PaginationConfig": {"PageSize": size}}
        return [[item[arn] for item in page[member]] for page in client.get_paginator(operation).paginate(**options)]


def guardrail(client, name: str, **members) -> str:
    messages = {"blockedInputMessaging": "in", "blockedOutputsMessaging": "out"}
    words = {"wordPolicyConfig": {"wordsConfig": [{"text": "acorn"}]}}
    return client.create_guardrail(name=name, **messages, **words, **members)["guardrailArn"]


def inference_profile(client, name: str, **members) -> str:
    source = {"copyFrom": f"arn:aws:bedrock:{client.meta.region_name}::foundation-model/{NOVA}"}
    answer = client.create_inference_profile(inferenceProfileName=name, modelSource=source, **members)
    return answer["inferenceProfileArn"]


def prompt_router(client, name: str, **members) -> str:
    profile = f"arn:aws:bedrock:{client.meta.region_name}:{ACCOUNT}:inference-profile/us.amazon.nova"
    lite, pro = ({"modelArn": f"{profile}-{size}-v1:0"} for size in ("lite", "pro"))
    criteria = {"responseQualityDifference": 0.1}
    return client.create_prompt_router(
        promptRouterName=name, models=[lite, pro], fallbackModel=pro, routingCriteria=criteria, **members
    )["promptRouterArn"]


def endpoint(client, name: str, **members) -> str:
    config = {"initialInstanceCount": 1, "instanceType": "ml.g5.2xlarge", "executionRole": ROLE}
    return client.create_marketplace_model_endpoint(
        endpointName=name,
        modelSourceIdentifier="arn:aws:sagemaker:us-east-1:aws:hub-content/SageMakerPublicHub/Model/qwen3-4b/1.0.0",
        endpointConfig={"sageMaker": config},
        acceptEula=True,
        **members,
    )["marketplaceModelEndpoint"]["endpointArn"]


def throughput(client, name: str, **members) -> str:
    return client.create_provisioned_model_throughput(
        provisionedModelName=name, modelId=f"{NOVA}:24k", modelUnits=1, **members
    )["provisionedModelArn"]


def customization_job(client, name: str, **members) -> str:
    return client.create_model_customization_job(
        **{
            "jobName": name,
            "customModelName": f"model-of-{name}",
            "roleArn": ROLE,
            "baseModelIdentifier": BASE,
            "trainingDataConfig": {"s3Uri": "s3://bucket/training.jsonl"},
            "outputDataConfig": OUTPUT,
            **members,
        }
    )["jobArn"]


def custom_model(client, name: str, **members) -> str:
    """A model that a job makes at once."""
    job = customization_job(client, f"job-of-{name}", customModelName=name, **members)
    return client.get_model_customization_job(jobIdentifier=job)["outputModelArn"]


def base_of_others(client) -> str:
    """The one model that deployments and copies are made of."""
    listed = client.list_custom_models(nameContains="base-of-others")["modelSummaries"]
    return listed[0]["modelArn"] if listed else custom_model(client, "base-of-others")


def deployment(client, name: str, **members) -> str:
    return client.create_custom_model_deployment(
        modelDeploymentName=name, modelArn=base_of_others(client), **members
    )["customModelDeploymentArn"]


def copy_job(client, name: str, **members) -> str:
    return client.create_model_copy_job(
        sourceModelArn=base_of_others(client), targetModelName=name, **members
    )["jobArn"]


def import_job(client, name: str, **members) -> str:
    return client.create_model_import_job(
        **{
            "jobName": name,
            "importedModelName": f"model-of-{name}",
            "roleArn": ROLE,
            "modelDataSource": {"s3DataSource": {"s3Uri": "s3://bucket/model/"}},
            **members,
        }
    )["jobArn"]


def imported_model(client, name: str, **members) -> str:
    job = import_job(client, f"job-of-{name}", importedModelName=name, **members)
    return client.get_model_import_job(jobIdentifier=job)["importedModelArn"]


def evaluation_job(client, name: str, **members) -> str:
    data = {"taskType": "QuestionAndAnswer", "dataset": {"name": "Builtin.BoolQ"}, "metricNames": ["Builtin.Accuracy"]}
    return client.create_evaluation_job(
        jobName=name,
        evaluationConfig={"automated": {"datasetMetricConfigs": [data]}},
        inferenceConfig={"models": [{"bedrockModel": {"modelIdentifier": NOVA}}]},
        outputDataConfig=OUTPUT,
        roleArn=ROLE,
        **members,
    )["jobArn"]


def invocation_job(client, name: str, **members) -> str:
    return client.create_model_invocation_job(
        jobName=name,
        modelId=NOVA,
        roleArn=ROLE,
        inputDataConfig={"s3InputDataConfig": {"s3Uri": "s3://bucket/input.jsonl"}},
        outputDataConfig={"s3OutputDataConfig": OUTPUT},
        **members,
    )["jobArn"]


def optimization_job(client, name: str, **members) -> str:
    return client.create_advanced_prompt_optimization_job(
        jobName=name,
        inputConfig={"s3Uri": "s3://bucket/templates.jsonl"},
        outputConfig=OUTPUT,
        modelConfigurations=[{"modelId": NOVA}],
        **members,
    )["jobArn"]


def policy(client, name: str, **members) -> str:
    return client.create_automated_reasoning_policy(name=name, **members)["policyArn"]


NAMED = ("nameContains", "creationTimeAfter", "creationTimeBefore")

KINDS = [
    Kind(
        "guardrail",
        guardrail,
        ("get_guardrail", "guardrailIdentifier"),
        ("list_guardrails", "guardrails", "arn"),
        {},
        delete=("delete_guardrail", "guardrailIdentifier"),
    ),
    Kind(
        "inference profile",
        inference_profile,
        ("get_inference_profile", "inferenceProfileIdentifier"),
        ("list_inference_profiles", "inferenceProfileSummaries", "inferenceProfileArn"),
        {"typeEquals": "APPLICATION"},
        delete=("delete_inference_profile", "inferenceProfileIdentifier"),
        own_name=False,
    ),
    Kind(
        "prompt router",
        prompt_router,
        ("get_prompt_router", "promptRouterArn"),
        ("list_prompt_routers", "promptRouterSummaries", "promptRouterArn"),
        {"type": "custom"},
        delete=("delete_prompt_router", "promptRouterArn"),
    ),
    Kind(
        "marketplace endpoint",
        endpoint,
        ("get_marketplace_model_endpoint", "endpointArn"),
        ("list_marketplace_model_endpoints", "marketplaceModelEndpoints", "endpointArn"),
        {},
        delete=("delete_marketplace_model_endpoint", "endpointArn"),
        # The model's ARNs of what can have tags do not have it.
        tags=None,
    ),
    Kind(
        "provisioned throughput",
        throughput,
        ("get_provisioned_model_throughput", "provisionedModelId"),
        ("list_provisioned_model_throughputs", "provisionedModelSummaries", "provisionedModelArn"),
        {},
        delete=("delete_provisioned_model_throughput", "provisionedModelId"),
        filters=NAMED,
        sorted=True,
    ),
    Kind(
        "customization job",
        customization_job,
        ("get_model_customization_job", "jobIdentifier"),
        ("list_model_customization_jobs", "modelCustomizationJobSummaries", "jobArn"),
        {},
        filters=NAMED,
        sorted=True,
        tags="jobTags",
    ),
    Kind(
        "custom model",
        custom_model,
        ("get_custom_model", "modelIdentifier"),
        ("list_custom_models", "modelSummaries", "modelArn"),
        {},
        delete=("delete_custom_model", "modelIdentifier"),
        filters=NAMED,
        sorted=True,
        tags="customModelTags",
        token=None,
    ),
    Kind(
        "custom model deployment",
        deployment,
        ("get_custom_model_deployment", "customModelDeploymentIdentifier"),
        ("list_custom_model_deployments", "modelDeploymentSummaries", "customModelDeploymentArn"),
        {},
        delete=("delete_custom_model_deployment", "customModelDeploymentIdentifier"),
        filters=("nameContains", "createdAfter", "createdBefore"),
        sorted=True,
    ),
    Kind(
        "copy job",
        copy_job,
        ("get_model_copy_job", "jobArn"),
        ("list_model_copy_jobs", "modelCopyJobSummaries", "jobArn"),
        {},
        filters=("targetModelNameContains", "creationTimeAfter", "creationTimeBefore"),
        sorted=True,
        # They are the model's that it makes.
        tags=None,
    ),
    Kind(
        "import job",
        import_job,
        ("get_model_import_job", "jobIdentifier"),
        ("list_model_import_jobs", "modelImportJobSummaries", "jobArn"),
        {},
        filters=NAMED,
        sorted=True,
        tags="jobTags",
    ),
    Kind(
        "imported model",
        imported_model,
        ("get_imported_model", "modelIdentifier"),
        ("list_imported_models", "modelSummaries", "modelArn"),
        {},
        delete=("delete_imported_model", "modelIdentifier"),
        filters=NAMED,
        sorted=True,
        tags="importedModelTags",
        token=None,
    ),
    Kind(
        "evaluation job",
        evaluation_job,
        ("get_evaluation_job", "jobIdentifier"),
        ("list_evaluation_jobs", "jobSummaries", "jobArn"),
        {},
        filters=NAMED,
        sorted=True,
        tags="jobTags",
    ),
    Kind(
        "invocation job",
        invocation_job,
        ("get_model_invocation_job", "jobIdentifier"),
        ("list_model_invocation_jobs", "invocationJobSummaries", "jobArn"),
        {},
        filters=("nameContains", "submitTimeAfter", "submitTimeBefore"),
        sorted=True,
        own_name=False,
    ),
    Kind(
        "prompt optimization job",
        optimization_job,
        ("get_advanced_prompt_optimization_job", "jobIdentifier"),
        ("list_advanced_prompt_optimization_jobs", "jobSummaries", "jobArn"),
        {},
        sorted=True,
        # The model's ARNs of what can have tags do not have it.
        tags=None,
        token="clientToken",
        own_name=False,
    ),
    Kind(
        "Automated Reasoning policy",
        policy,
        ("get_automated_reasoning_policy", "policyArn"),
        ("list_automated_reasoning_policies", "automatedReasoningPolicySummaries", "policyArn"),
        {},
        # Deleting what is not there succeeds (the official model), so that it is not among those whose deletion is refused.
        delete=("delete_automated_reasoning_policy", "policyArn"),
    ),
]
