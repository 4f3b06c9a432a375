//! `UpdateAutomatedReasoningPolicyAnnotations`: other annotations in the place of those that are there.

use bedrock_smithy::{
    error::UpdateAutomatedReasoningPolicyAnnotationsError,
    input::UpdateAutomatedReasoningPolicyAnnotationsInput,
    output::UpdateAutomatedReasoningPolicyAnnotationsOutput,
};

use super::{
    Annotations, BuildWorkflow,
    annotations::{AnnotationsState, Current, hash},
};
use crate::{
    Control,
    automated_reasoning_policy::{TRIES, time::time},
    context::Context,
    error::ControlError,
    resource::{Held, New},
};

pub(crate) async fn update_automated_reasoning_policy_annotations(
    control: &Control,
    input: UpdateAutomatedReasoningPolicyAnnotationsInput,
    context: &Context,
) -> Result<
    UpdateAutomatedReasoningPolicyAnnotationsOutput,
    UpdateAutomatedReasoningPolicyAnnotationsError,
> {
    let (policy, workflow) = control
        .build_workflow(context, &input.policy_arn, &input.build_workflow_id)
        .await?;
    for _ in 0..TRIES {
        let current = Current::of(control, context, &workflow).await?;
        if current.hash != input.last_updated_annotation_set_hash {
            // The text is ours.
            return Err(ControlError::Conflict(format!(
                "The annotations of the build workflow {} have another hash than lastUpdatedAnnotationSetHash. Get them, and try \
                 again with their annotationSetHash.",
                workflow.id()
            ))
            .into());
        }
        match set(control, context, &workflow, current.held).await {
            Err(ControlError::Busy) => {}
            settled => {
                return Ok(UpdateAutomatedReasoningPolicyAnnotationsOutput {
                    updated_at: time(settled?),
                    annotation_set_hash: hash(context),
                    build_workflow_id: workflow.id().to_owned(),
                    policy_arn: policy.arn(),
                });
            }
        }
    }
    Err(ControlError::Busy.into())
}

/// Keeps the request's annotations. When that was: nanoseconds since 1970, UTC.
async fn set(
    control: &Control,
    context: &Context,
    workflow: &Held<BuildWorkflow>,
    held: Option<Held<Annotations>>,
) -> Result<i64, ControlError> {
    let state = AnnotationsState {
        hash: hash(context),
    };
    if let Some(mut held) = held {
        held.set_request(context)?;
        held.state = state;
        let now = control.now();
        control.apply(vec![held.replaced(now)?], "").await?;
        return Ok(now);
    }
    let new = New {
        parent: workflow.parent().map(str::to_owned),
        ..New::<Annotations>::of(workflow.id().to_owned(), "", state)
    };
    Ok(control.create(context, new).await?.updated_nanos())
}
