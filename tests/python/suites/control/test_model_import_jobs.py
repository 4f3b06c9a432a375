"""Import jobs, and the models that they make, to their deletion."""

import pytest

from support.errors import invalid, refused
from support.offline import ACCOUNT

SOURCE = {"s3DataSource": {"s3Uri": "s3://models/llama-3.1-8b/"}}


@pytest.fixture
def import_model(control):
    """Imports models, and deletes those that are left at the end."""
    made = []

    def import_model(job: str, model: str, **members) -> str:
        answer = control.create_model_import_job(
            jobName=job,
            importedModelName=model,
            roleArn=f"arn:aws:iam::{ACCOUNT}:role/import",
            modelDataSource=SOURCE,
            **members,
        )
        made.append(model)
        return answer["jobArn"]

    yield import_model
    left = {model["modelName"] for model in control.list_imported_models(maxResults=1000)["modelSummaries"]}
    for model in left & set(made):
        control.delete_imported_model(modelIdentifier=model)


def test_from_job_to_deletion(control, import_model):
    tags = [{"key": "team", "value": "red"}]
    arn = import_model("import-short-lived", "short-lived", importedModelTags=tags)
    job = control.get_model_import_job(jobIdentifier="import-short-lived")
    assert (job["jobArn"], job["status"], job["modelDataSource"]) == (arn, "Completed", SOURCE)
    assert job["endTime"] >= job["creationTime"]

    model_arn = job["importedModelArn"]
    model = control.get_imported_model(modelIdentifier=model_arn)
    assert model["modelArn"].startswith(f"arn:aws:bedrock:us-east-1:{ACCOUNT}:imported-model/")
    assert (model["modelName"], model["jobArn"], model["jobName"]) == ("short-lived", arn, "import-short-lived")
    assert (model["modelArchitecture"], model["instructSupported"]) == ("llama", True)
    assert model["customModelUnits"] == {"customModelUnitsPerModelCopy": 2, "customModelUnitsVersion": "v1.0"}
    assert control.list_tags_for_resource(resourceARN=model_arn)["tags"] == tags
    assert control.list_tags_for_resource(resourceARN=arn)["tags"] == []

    control.delete_imported_model(modelIdentifier="short-lived")
    with refused("ResourceNotFoundException", 404):
        control.get_imported_model(modelIdentifier=model_arn)
    assert control.get_model_import_job(jobIdentifier=arn)["status"] == "Completed"


def test_pages_have_each_once(control, import_model):
    jobs = [import_model(f"import-page-{number}", f"page-{number}") for number in range(5)]
    options = {"nameContains": "page-", "sortBy": "CreationTime", "PaginationConfig": {"PageSize": 2}}
    pages = control.get_paginator("list_model_import_jobs").paginate(sortOrder="Ascending", **options)
    assert [job["jobArn"] for page in pages for job in page["modelImportJobSummaries"]] == jobs
    pages = control.get_paginator("list_imported_models").paginate(**options)
    names = [model["modelName"] for page in pages for model in page["modelSummaries"]]
    assert sorted(names) == [f"page-{number}" for number in range(5)]


def test_names_are_unique(import_model):
    import_model("import-taken", "taken")
    with invalid("The provided job name is currently in use."):
        import_model("import-taken", "other")
    with invalid():
        import_model("import-other", "taken")


def test_failure_on_demand(control, import_model):
    arn = import_model("import-failing", "failing", jobTags=[{"key": "outcrop:fail", "value": "No config.json"}])
    job = control.get_model_import_job(jobIdentifier=arn)
    assert (job["status"], job["failureMessage"]) == ("Failed", "No config.json")
    assert "importedModelArn" not in job
