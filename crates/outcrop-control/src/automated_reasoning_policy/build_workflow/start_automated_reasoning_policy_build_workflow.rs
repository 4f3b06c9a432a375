//! `StartAutomatedReasoningPolicyBuildWorkflow`: makes a definition, or a report on one.

use bedrock_smithy::{
    error::StartAutomatedReasoningPolicyBuildWorkflowError,
    input::StartAutomatedReasoningPolicyBuildWorkflowInput,
    model::AutomatedReasoningPolicyBuildWorkflowType as WorkflowType,
    output::StartAutomatedReasoningPolicyBuildWorkflowOutput,
};

use super::{BuildWorkflow, DocumentState, State, source::check, status, status::is_running};
use crate::{
    Control,
    automated_reasoning_policy::{Policy, TRIES, build::documents},
    context::Context,
    error::ControlError,
    page::PageRequest,
    resource::{Held, Listing, New, uuid},
};

/// Workflows that a policy may have of each pool (the user guide; fidelity reports are counted apart from the others, as users of
/// the service have found).
const MOST: usize = 2;

pub(crate) async fn start_automated_reasoning_policy_build_workflow(
    control: &Control,
    input: StartAutomatedReasoningPolicyBuildWorkflowInput,
    context: &Context,
) -> Result<
    StartAutomatedReasoningPolicyBuildWorkflowOutput,
    StartAutomatedReasoningPolicyBuildWorkflowError,
> {
    let held = started(control, &input, context).await?;
    Ok(StartAutomatedReasoningPolicyBuildWorkflowOutput {
        build_workflow_id: held.id().to_owned(),
        policy_arn: input.policy_arn,
    })
}

async fn started(
    control: &Control,
    input: &StartAutomatedReasoningPolicyBuildWorkflowInput,
    context: &Context,
) -> Result<Held<BuildWorkflow>, ControlError> {
    let kind = input.build_workflow_type;
    for _ in 0..TRIES {
        let policy = control.reasoning_policy(context, &input.policy_arn).await?;
        check(kind, &input.source_content)?;
        let token = input.client_request_token.as_ref();
        // The path says these two, and the fingerprint of the body does not see them.
        let token = token.map(|token| format!("{}/{}/{token}", policy.id(), kind.as_str()));
        if let Err(refusal) = has_room(control, context, policy.id(), kind).await {
            let before = control.made_with(context, token.as_deref()).await?;
            return before.ok_or(refusal);
        }
        let new = New {
            parent: Some(policy.id().to_owned()),
            token: token.as_deref(),
            ..New::of(uuid(), "", state(input, &policy))
        };
        let new = New {
            // Workflows that start at once see each other.
            with: vec![policy.kept()?],
            ..new
        };
        match control.create(context, new).await {
            Err(ControlError::Busy) => {}
            settled => return settled,
        }
    }
    Err(ControlError::Busy)
}

fn state(input: &StartAutomatedReasoningPolicyBuildWorkflowInput, policy: &Held<Policy>) -> State {
    let source = &input.source_content;
    let kind = input.build_workflow_type;
    // What is ingested without a definition begins anew (the user guide).
    let begins_anew = kind == WorkflowType::IngestContent || source.policy_definition.is_some();
    let document = documents(source).first().map(|document| DocumentState {
        name: document.document_name.clone(),
        content_type: document.document_content_type,
        description: document.document_description.clone(),
    });
    State {
        kind,
        draft: (!begins_anew).then(|| policy.state.definition.clone()),
        document,
        fails: policy.outcome().failure(),
        cancel_requested_at: None,
        scenarios_given: 0,
    }
}

/// Whether the policy may have one workflow more. The texts are ours.
async fn has_room(
    control: &Control,
    context: &Context,
    policy: &str,
    kind: WorkflowType,
) -> Result<(), ControlError> {
    let is_fidelity = |kind| kind == WorkflowType::GenerateFidelityReport;
    let listing = Listing {
        parent: Some(policy),
        page: PageRequest::default(),
        ..Listing::default()
    };
    let same_pool = |held: &Held<BuildWorkflow>| is_fidelity(held.state.kind) == is_fidelity(kind);
    let others = control.list(context, listing, same_pool).await?.items;
    let mut running = others
        .iter()
        .filter(|held| is_running(status(control, held)));
    if let Some(running) = running.next() {
        return Err(ControlError::InUse(format!(
            "The build workflow {} of the policy is still running. Wait until it ends, or cancel it, and try again.",
            running.id()
        )));
    }
    if others.len() >= MOST {
        return Err(ControlError::Quota(format!(
            "The policy has {MOST} build workflows already. Delete one of them, and try again."
        )));
    }
    Ok(())
}
