//! Build workflows of Automated Reasoning policies. A build does not change its policy: what it makes is for its owner to look at
//! and to update the policy with.

mod annotations;
mod asset;
mod cancel_automated_reasoning_policy_build_workflow;
mod delete_automated_reasoning_policy_build_workflow;
mod get_automated_reasoning_policy_annotations;
mod get_automated_reasoning_policy_build_workflow;
mod get_automated_reasoning_policy_build_workflow_result_assets;
mod get_automated_reasoning_policy_next_scenario;
mod list_automated_reasoning_policy_build_workflows;
mod source;
mod start_automated_reasoning_policy_build_workflow;
mod status;
mod update_automated_reasoning_policy_annotations;

use bedrock_smithy::{
    input::StartAutomatedReasoningPolicyBuildWorkflowInput,
    model::{
        AutomatedReasoningPolicyBuildDocumentContentType as ContentType,
        AutomatedReasoningPolicyBuildWorkflowSource as Source,
        AutomatedReasoningPolicyBuildWorkflowType as WorkflowType,
    },
};
use serde::{Deserialize, Serialize};

pub(crate) use annotations::Annotations;
pub(crate) use cancel_automated_reasoning_policy_build_workflow::cancel_automated_reasoning_policy_build_workflow;
pub(crate) use delete_automated_reasoning_policy_build_workflow::delete_automated_reasoning_policy_build_workflow;
pub(crate) use get_automated_reasoning_policy_annotations::get_automated_reasoning_policy_annotations;
pub(crate) use get_automated_reasoning_policy_build_workflow::get_automated_reasoning_policy_build_workflow;
pub(crate) use get_automated_reasoning_policy_build_workflow_result_assets::get_automated_reasoning_policy_build_workflow_result_assets;
pub(crate) use get_automated_reasoning_policy_next_scenario::get_automated_reasoning_policy_next_scenario;
pub(crate) use list_automated_reasoning_policy_build_workflows::list_automated_reasoning_policy_build_workflows;
pub(crate) use start_automated_reasoning_policy_build_workflow::start_automated_reasoning_policy_build_workflow;
pub(crate) use status::{changed_at, is_completed, status};
pub(crate) use update_automated_reasoning_policy_annotations::update_automated_reasoning_policy_annotations;

use super::{
    Policy,
    build::{Built, built},
    definition::Definition,
    named,
};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{Held, Resource, original},
};

original!(
    StartAutomatedReasoningPolicyBuildWorkflowInput,
    POST "/automated-reasoning-policies/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aautomated-reasoning-policy%2Fabcdefghijkl/build-workflows/INGEST_CONTENT/start"
);

/// A build workflow. Its parent is its policy.
pub(crate) struct BuildWorkflow;

/// What there is to know of a build workflow besides the request's body.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    #[serde(with = "named")]
    pub(crate) kind: WorkflowType,
    /// The policy's draft as it was, where the request has no definition.
    draft: Option<Definition>,
    document: Option<DocumentState>,
    /// Why it fails, if it does.
    fails: Option<String>,
    /// When a request asked for it to be cancelled. Nanoseconds since 1970, UTC.
    cancel_requested_at: Option<i64>,
    /// How many scenarios have been given out.
    scenarios_given: usize,
}

/// What is told of the first document.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct DocumentState {
    name: String,
    #[serde(with = "named")]
    content_type: ContentType,
    description: Option<String>,
}

impl Resource for BuildWorkflow {
    const KIND: &'static str = "automated-reasoning-policy-build-workflow";
    type Request = StartAutomatedReasoningPolicyBuildWorkflowInput;
    type State = State;

    fn not_found(identifier: &str) -> String {
        format!(
            "The build workflow {identifier} could not be found. Check its id and the ARN of its policy, and try again."
        )
    }
}

impl Held<BuildWorkflow> {
    /// What it was given.
    pub(crate) fn source(&self) -> Result<Source, ControlError> {
        Ok(self.request()?.source_content)
    }

    /// What it makes.
    pub(crate) fn built(&self, source: &Source) -> Built {
        let given = source.policy_definition.clone().map(Definition::from);
        let base = given.or_else(|| self.state.draft.clone());
        built(
            self.state.kind,
            source,
            base.unwrap_or_else(Definition::empty),
        )
    }
}

impl Control {
    /// A build workflow and its policy.
    pub(crate) async fn build_workflow(
        &self,
        context: &Context,
        policy_arn: &str,
        id: &str,
    ) -> Result<(Held<Policy>, Held<BuildWorkflow>), ControlError> {
        let policy = self.reasoning_policy(context, policy_arn).await?;
        let held: Held<BuildWorkflow> = self.find(context, id).await?;
        if held.parent() == Some(policy.id()) {
            return Ok((policy, held));
        }
        Err(ControlError::NotFound(BuildWorkflow::not_found(id)))
    }
}

#[cfg(test)]
pub(super) mod tests;
