//! Tests of Automated Reasoning policies: each test case of a policy against the definition that a build made.

mod finding;
mod get_automated_reasoning_policy_test_result;
mod list_automated_reasoning_policy_test_results;
mod start_automated_reasoning_policy_test_workflow;
mod told;
mod translate;
mod verdict;

use bedrock_smithy::{
    input::StartAutomatedReasoningPolicyTestWorkflowInput,
    model::{
        AutomatedReasoningCheckResult as CheckResult,
        AutomatedReasoningPolicyTestRunStatus as RunStatus,
    },
};
use serde::{Deserialize, Serialize};

pub(crate) use get_automated_reasoning_policy_test_result::get_automated_reasoning_policy_test_result;
pub(crate) use list_automated_reasoning_policy_test_results::list_automated_reasoning_policy_test_results;
pub(crate) use start_automated_reasoning_policy_test_workflow::start_automated_reasoning_policy_test_workflow;

use super::{Policy, build_workflow::BuildWorkflow, children, named};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{Held, Resource, original, reached},
};
use finding::Finding;

original!(
    StartAutomatedReasoningPolicyTestWorkflowInput,
    POST "/automated-reasoning-policies/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aautomated-reasoning-policy%2Fabcdefghijkl/build-workflows/12345678-1234-4234-8234-123456789012/test-workflows"
);

/// The last run of tests against a build, which is its parent.
pub(crate) struct TestRun;

impl Resource for TestRun {
    const KIND: &'static str = "automated-reasoning-policy-test-run";
    type Request = StartAutomatedReasoningPolicyTestWorkflowInput;
    type State = ();
}

/// The last test of a test case against a build. Its id is `BUILD/CASE`, its parent the build.
pub(crate) struct TestResult;

/// A test, decided when it starts, and told when it has run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    case: CaseState,
    /// When it started: nanoseconds since 1970, UTC.
    started_at: i64,
    /// Why it fails, if it does.
    fails: Option<String>,
    finding: Finding,
}

/// A test case as it was.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct CaseState {
    id: String,
    guard_content: String,
    query_content: Option<String>,
    #[serde(with = "named")]
    expected: CheckResult,
    confidence_threshold: Option<f64>,
    /// Nanoseconds since 1970, UTC, as the next one.
    created_at: i64,
    updated_at: i64,
}

impl Resource for TestResult {
    const KIND: &'static str = "automated-reasoning-policy-test-result";
    type Request = StartAutomatedReasoningPolicyTestWorkflowInput;
    type State = State;
}

/// The id of the result of a test case against a build.
fn id(workflow: &str, case: &str) -> String {
    format!("{workflow}/{case}")
}

/// How far a test has come, by the clock.
fn status(control: &Control, held: &Held<TestResult>) -> RunStatus {
    let last = match held.state.fails {
        None => RunStatus::Completed,
        Some(_) => RunStatus::Failed,
    };
    reached(
        &[RunStatus::Scheduled, RunStatus::InProgress],
        last,
        held.state.started_at,
        control.now(),
        control.pace,
    )
}

fn is_running(control: &Control, held: &Held<TestResult>) -> bool {
    matches!(
        status(control, held),
        RunStatus::Scheduled | RunStatus::InProgress
    )
}

/// The results of a test case against all builds of its policy.
pub(crate) async fn results_of(
    control: &Control,
    context: &Context,
    policy: &Held<Policy>,
    case: &str,
) -> Result<Vec<Held<TestResult>>, ControlError> {
    let mut results = Vec::new();
    for workflow in children::all(control, context, BuildWorkflow::KIND, policy.id()).await? {
        let id = id(&workflow.key.id, case);
        results.extend(control.look_up::<TestResult>(context, &id).await?);
    }
    Ok(results)
}

/// Whether a test of the case runs.
pub(crate) async fn is_tested(
    control: &Control,
    context: &Context,
    policy: &Held<Policy>,
    case: &str,
) -> Result<bool, ControlError> {
    let results = results_of(control, context, policy, case).await?;
    Ok(results.iter().any(|held| is_running(control, held)))
}

/// Whether a test against a build runs.
pub(crate) async fn is_tested_against(
    control: &Control,
    context: &Context,
    workflow: &str,
) -> Result<bool, ControlError> {
    for record in children::all(control, context, TestResult::KIND, workflow).await? {
        let held: Option<Held<TestResult>> = control.look_up(context, &record.key.id).await?;
        if held.is_some_and(|held| is_running(control, &held)) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests;
