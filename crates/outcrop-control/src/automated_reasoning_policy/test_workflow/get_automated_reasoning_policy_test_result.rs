//! `GetAutomatedReasoningPolicyTestResult`: what the last test of a test case against a build has found.

use bedrock_smithy::{
    error::GetAutomatedReasoningPolicyTestResultError,
    input::GetAutomatedReasoningPolicyTestResultInput,
    model::{
        AutomatedReasoningPolicyTestResult, AutomatedReasoningPolicyTestRunStatus as RunStatus,
    },
    output::GetAutomatedReasoningPolicyTestResultOutput,
};

use super::{TestResult, id, told::told};
use crate::{
    Control,
    automated_reasoning_policy::{test_case::TestCase, time::time},
    context::Context,
    error::ControlError,
    resource::Held,
};

pub(crate) async fn get_automated_reasoning_policy_test_result(
    control: &Control,
    input: GetAutomatedReasoningPolicyTestResultInput,
    context: &Context,
) -> Result<GetAutomatedReasoningPolicyTestResultOutput, GetAutomatedReasoningPolicyTestResultError>
{
    let (policy, workflow) = control
        .build_workflow(context, &input.policy_arn, &input.build_workflow_id)
        .await?;
    let case = control
        .test_case(context, &policy, &input.test_case_id)
        .await?;
    let held: Option<Held<TestResult>> = control
        .look_up(context, &id(workflow.id(), case.id()))
        .await?;
    let test_result = match held {
        Some(held) => told(control, &policy.arn(), &held),
        None => not_started(&policy.arn(), &case)?,
    };
    Ok(GetAutomatedReasoningPolicyTestResultOutput { test_result })
}

fn not_started(
    policy_arn: &str,
    case: &Held<TestCase>,
) -> Result<AutomatedReasoningPolicyTestResult, ControlError> {
    Ok(AutomatedReasoningPolicyTestResult {
        aggregated_test_findings_result: None,
        policy_arn: policy_arn.to_owned(),
        test_case: case.told()?,
        test_findings: None,
        test_run_result: None,
        test_run_status: RunStatus::NotStarted,
        updated_at: time(case.updated_nanos()),
    })
}
