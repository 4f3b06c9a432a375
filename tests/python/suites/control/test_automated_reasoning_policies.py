"""Automated Reasoning policies: from a document to a definition, a version and tests that pass."""

import uuid

import pytest

from support.errors import refused

HANDBOOK = (
    b"Full-time employees with more than 12 months of tenure are eligible for parental leave. "
    b"Contractors are not eligible for sick leave."
)


@pytest.fixture
def policy(control) -> str:
    arn = control.create_automated_reasoning_policy(name=f"leave {uuid.uuid4()}")["policyArn"]
    yield arn
    control.delete_automated_reasoning_policy(policyArn=arn, force=True)


def build(control, arn: str, kind: str, **source) -> str:
    answer = control.start_automated_reasoning_policy_build_workflow(
        policyArn=arn, buildWorkflowType=kind, sourceContent=source
    )
    workflow = answer["buildWorkflowId"]
    seen = control.get_automated_reasoning_policy_build_workflow(policyArn=arn, buildWorkflowId=workflow)
    assert (seen["status"], seen["buildWorkflowType"]) == ("COMPLETED", kind)
    return workflow


def asset(control, arn: str, workflow: str, kind: str) -> dict:
    answer = control.get_automated_reasoning_policy_build_workflow_result_assets(
        policyArn=arn, buildWorkflowId=workflow, assetType=kind
    )
    (content,) = answer["buildWorkflowAssets"].values()
    return content


def ingest(control, arn: str) -> str:
    document = {"document": HANDBOOK, "documentContentType": "txt", "documentName": "handbook"}
    return build(control, arn, "INGEST_CONTENT", workflowContent={"documents": [document]})


def test_from_a_document_to_a_version(control, policy):
    workflow = ingest(control, policy)
    made = asset(control, policy, workflow, "POLICY_DEFINITION")
    assert len(made["rules"]) == 2
    assert asset(control, policy, workflow, "QUALITY_REPORT")["ruleCount"] == 2
    updated = control.update_automated_reasoning_policy(policyArn=policy, policyDefinition=made)
    version = control.create_automated_reasoning_policy_version(
        policyArn=policy, lastUpdatedDefinitionHash=updated["definitionHash"]
    )
    assert version["policyArn"] == f"{policy}:1"
    exported = control.export_automated_reasoning_policy_version(policyArn=f"{policy}:1")
    assert exported["policyDefinition"] == made
    paginator = control.get_paginator("list_automated_reasoning_policies")
    pages = paginator.paginate(policyArn=policy, PaginationConfig={"PageSize": 1})
    listed = [summary["version"] for page in pages for summary in page["automatedReasoningPolicySummaries"]]
    assert listed == ["1"]
    with refused("ConflictException", 400):
        control.create_automated_reasoning_policy_version(policyArn=policy, lastUpdatedDefinitionHash="0" * 128)


def test_suggested_tests_pass(control, policy):
    workflow = ingest(control, policy)
    suggested = asset(control, policy, workflow, "GENERATED_TEST_CASES")["generatedTestCases"]
    assert len(suggested) == 4
    for case in suggested:
        control.create_automated_reasoning_policy_test_case(policyArn=policy, **case)
    control.start_automated_reasoning_policy_test_workflow(policyArn=policy, buildWorkflowId=workflow)
    paginator = control.get_paginator("list_automated_reasoning_policy_test_results")
    pages = paginator.paginate(policyArn=policy, buildWorkflowId=workflow, PaginationConfig={"PageSize": 3})
    results = [result for page in pages for result in page["testResults"]]
    assert [result["testRunResult"] for result in results] == ["PASSED"] * 4
    cases = control.list_automated_reasoning_policy_test_cases(policyArn=policy)["testCases"]
    control.delete_automated_reasoning_policy_test_case(
        policyArn=policy, testCaseId=cases[0]["testCaseId"], lastUpdatedAt=cases[0]["updatedAt"]
    )


def test_annotations_refine_and_workflows_go(control, policy):
    definition = asset(control, policy, ingest(control, policy), "POLICY_DEFINITION")
    rule = {"addRuleFromNaturalLanguage": {"naturalLanguage": "If a person is a manager, then they may approve leave."}}
    assets = {"policyRepairAssets": {"annotations": [rule]}}
    refined = build(control, policy, "REFINE_POLICY", policyDefinition=definition, workflowContent=assets)
    assert len(asset(control, policy, refined, "POLICY_DEFINITION")["rules"]) == 3
    notes = control.get_automated_reasoning_policy_annotations(policyArn=policy, buildWorkflowId=refined)
    assert notes["annotations"] == [rule]
    control.update_automated_reasoning_policy_annotations(
        policyArn=policy,
        buildWorkflowId=refined,
        annotations=[],
        lastUpdatedAnnotationSetHash=notes["annotationSetHash"],
    )
    with refused("ServiceQuotaExceededException", 400):
        build(control, policy, "GENERATE_POLICY_SCENARIOS", policyDefinition=definition)
    listed = control.list_automated_reasoning_policy_build_workflows(policyArn=policy)
    for workflow in listed["automatedReasoningPolicyBuildWorkflowSummaries"]:
        control.delete_automated_reasoning_policy_build_workflow(
            policyArn=policy, buildWorkflowId=workflow["buildWorkflowId"], lastUpdatedAt=workflow["updatedAt"]
        )
    scenarios = build(control, policy, "GENERATE_POLICY_SCENARIOS", policyDefinition=definition)
    first = control.get_automated_reasoning_policy_next_scenario(policyArn=policy, buildWorkflowId=scenarios)
    assert first["scenario"]["ruleIds"]
