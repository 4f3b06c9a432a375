//! The annotations of build workflows: notes of what a next build should change, which its owner keeps here.

use aws_smithy_types::DateTime;
use bedrock_smithy::{
    input::UpdateAutomatedReasoningPolicyAnnotationsInput,
    model::{
        AutomatedReasoningPolicyAnnotation as Annotation,
        AutomatedReasoningPolicyWorkflowTypeContent as Content,
    },
};
use serde::{Deserialize, Serialize};

use super::BuildWorkflow;
use crate::{
    Control,
    automated_reasoning_policy::{digest::sha512, time::time},
    context::Context,
    error::ControlError,
    resource::{Held, Resource, original},
};

original!(
    UpdateAutomatedReasoningPolicyAnnotationsInput,
    PATCH "/automated-reasoning-policies/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aautomated-reasoning-policy%2Fabcdefghijkl/build-workflows/12345678-1234-4234-8234-123456789012/annotations"
);

/// The annotations of a workflow once a request has set them. The id is the workflow's, the parent the policy.
pub(crate) struct Annotations;

/// What there is to know of annotations besides the request that set them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct AnnotationsState {
    pub(super) hash: String,
}

impl Resource for Annotations {
    const KIND: &'static str = "automated-reasoning-policy-annotations";
    type Request = UpdateAutomatedReasoningPolicyAnnotationsInput;
    type State = AnnotationsState;
}

/// The annotations as they are.
pub(super) struct Current {
    /// What they are kept in; `None` before the first change.
    pub(super) held: Option<Held<Annotations>>,
    pub(super) hash: String,
}

impl Current {
    pub(super) async fn of(
        control: &Control,
        context: &Context,
        workflow: &Held<BuildWorkflow>,
    ) -> Result<Self, ControlError> {
        let held: Option<Held<Annotations>> = control.look_up(context, workflow.id()).await?;
        let hash = match &held {
            Some(held) => held.state.hash.clone(),
            None => sha512(&workflow.id()),
        };
        Ok(Self { held, hash })
    }

    /// Those that a request has set, or those that the workflow was started with.
    pub(super) fn annotations(
        &self,
        workflow: &Held<BuildWorkflow>,
    ) -> Result<Vec<Annotation>, ControlError> {
        if let Some(held) = &self.held {
            return Ok(held.request()?.annotations);
        }
        Ok(match workflow.source()?.workflow_content {
            Some(Content::PolicyRepairAssets(assets)) => assets.annotations,
            _ => Vec::new(),
        })
    }

    pub(super) fn updated_at(&self, workflow: &Held<BuildWorkflow>) -> DateTime {
        let held = self.held.as_ref();
        time(held.map_or_else(|| workflow.created_nanos(), Held::updated_nanos))
    }
}

/// The hash of the annotations in the body of a request.
pub(super) fn hash(context: &Context) -> String {
    let mut body: serde_json::Value = serde_json::from_slice(&context.body).unwrap_or_default();
    body.sort_all_objects();
    sha512(&body.get("annotations"))
}
