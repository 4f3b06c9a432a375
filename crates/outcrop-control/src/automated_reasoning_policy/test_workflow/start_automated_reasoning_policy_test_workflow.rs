//! `StartAutomatedReasoningPolicyTestWorkflow`: runs test cases against the definition that a build made.

use std::collections::BTreeMap;

use bedrock_smithy::{
    error::StartAutomatedReasoningPolicyTestWorkflowError,
    input::StartAutomatedReasoningPolicyTestWorkflowInput,
    output::StartAutomatedReasoningPolicyTestWorkflowOutput,
};
use outcrop_store::{Key, Record, Write};
use serde_json::value::RawValue;

use super::{CaseState, State, TestResult, TestRun, finding::finding, id, is_running};
use crate::{
    Control,
    automated_reasoning_policy::{
        Policy, TRIES, build_workflow::is_completed, children, definition::Definition,
        test_case::TestCase,
    },
    context::Context,
    error::ControlError,
    resource::{Held, New, Resource, companion, uuid},
};

pub(crate) async fn start_automated_reasoning_policy_test_workflow(
    control: &Control,
    input: StartAutomatedReasoningPolicyTestWorkflowInput,
    context: &Context,
) -> Result<
    StartAutomatedReasoningPolicyTestWorkflowOutput,
    StartAutomatedReasoningPolicyTestWorkflowError,
> {
    for _ in 0..TRIES {
        match start(control, &input, context).await {
            Err(ControlError::Busy) => {}
            settled => {
                settled?;
                return Ok(StartAutomatedReasoningPolicyTestWorkflowOutput {
                    policy_arn: input.policy_arn,
                });
            }
        }
    }
    Err(ControlError::Busy.into())
}

async fn start(
    control: &Control,
    input: &StartAutomatedReasoningPolicyTestWorkflowInput,
    context: &Context,
) -> Result<(), ControlError> {
    let (policy, workflow) = control
        .build_workflow(context, &input.policy_arn, &input.build_workflow_id)
        .await?;
    // The texts are ours.
    if !is_completed(control, &workflow) {
        return Err(ControlError::Validation(format!(
            "The build workflow {} isn't COMPLETED. Wait until it is, and try again.",
            workflow.id()
        )));
    }
    let token = input.client_request_token.as_ref();
    // The path says which workflow, and the fingerprint of the body does not see it.
    let token = token.map(|token| format!("{}/{token}", workflow.id()));
    let cases = cases(control, context, &policy, input.test_case_ids.as_deref()).await?;
    let definition = workflow.built(&workflow.source()?).definition;
    let mut writes = Vec::new();
    for case in cases {
        let id = id(workflow.id(), case.id());
        let before: Option<Held<TestResult>> = control.look_up(context, &id).await?;
        if before
            .as_ref()
            .is_some_and(|before| is_running(control, before))
        {
            let made = control
                .made_with::<TestRun>(context, token.as_deref())
                .await?;
            return made.map(|_| ()).ok_or_else(|| running(case.id()));
        }
        let state = state(control, &policy, &case, &definition)?;
        writes.push(kept(control, context, workflow.id(), id, before, state)?);
    }
    for earlier in children::all(control, context, TestRun::KIND, workflow.id()).await? {
        writes.push(children::deletion(earlier));
    }
    // The workflow has to be there still.
    writes.push(policy.kept()?);
    let new = New::<TestRun> {
        parent: Some(workflow.id().to_owned()),
        token: token.as_deref(),
        with: writes,
        ..New::of(uuid(), "", ())
    };
    control.create(context, new).await.map(|_| ())
}

fn running(case: &str) -> ControlError {
    ControlError::InUse(format!(
        "The test case {case} is being tested against the build workflow. Wait until the test has ended, and try again."
    ))
}

/// The test cases that are asked for; all of the policy's, the oldest first, if none is.
async fn cases(
    control: &Control,
    context: &Context,
    policy: &Held<Policy>,
    ids: Option<&[String]>,
) -> Result<Vec<Held<TestCase>>, ControlError> {
    let all = if let Some(ids) = ids {
        ids.to_vec()
    } else {
        let all = children::all(control, context, TestCase::KIND, policy.id()).await?;
        all.into_iter().map(|record| record.key.id).collect()
    };
    let mut cases = Vec::with_capacity(all.len());
    for id in all {
        cases.push(control.test_case(context, policy, &id).await?);
    }
    if cases.is_empty() {
        return Err(ControlError::Validation(
            "The policy has no test cases. Create one, and try again.".to_owned(),
        ));
    }
    Ok(cases)
}

fn state(
    control: &Control,
    policy: &Held<Policy>,
    case: &Held<TestCase>,
    definition: &Definition,
) -> Result<State, ControlError> {
    let request = case.request()?;
    let question = request.query_content.as_deref();
    let threshold = request.confidence_threshold;
    Ok(State {
        finding: finding(definition, &request.guard_content, question, threshold),
        started_at: control.now(),
        fails: policy.outcome().failure(),
        case: CaseState {
            id: case.id().to_owned(),
            guard_content: request.guard_content,
            query_content: request.query_content,
            expected: request.expected_aggregated_findings_result,
            confidence_threshold: threshold,
            created_at: case.created_nanos(),
            updated_at: case.updated_nanos(),
        },
    })
}

/// The test in the place of the one before.
fn kept(
    control: &Control,
    context: &Context,
    workflow: &str,
    id: String,
    before: Option<Held<TestResult>>,
    state: State,
) -> Result<Write, ControlError> {
    let now = control.now();
    if let Some(mut before) = before {
        before.state = state;
        return before.replaced(now);
    }
    let key = Key {
        scope: context.scope(),
        kind: TestResult::KIND,
        id,
    };
    // The request is kept with the run.
    let request = RawValue::from_string("{}".to_owned()).map_err(|_| ControlError::Store)?;
    let record = companion::<TestResult>(key, "", now, BTreeMap::new(), request, state)?;
    Ok(Write::Create(Record {
        parent: Some(workflow.to_owned()),
        ..record
    }))
}
