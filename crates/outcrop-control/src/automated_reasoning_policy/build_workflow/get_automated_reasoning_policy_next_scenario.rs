//! `GetAutomatedReasoningPolicyNextScenario`: a scenario of a build that was not given before, until there are no more.

use bedrock_smithy::{
    error::GetAutomatedReasoningPolicyNextScenarioError,
    input::GetAutomatedReasoningPolicyNextScenarioInput,
    model::{
        AutomatedReasoningPolicyBuildWorkflowType as WorkflowType,
        AutomatedReasoningPolicyScenario as Scenario,
    },
    output::GetAutomatedReasoningPolicyNextScenarioOutput,
};

use super::{BuildWorkflow, is_completed};
use crate::{
    Control,
    automated_reasoning_policy::{TRIES, build::scenarios},
    context::Context,
    error::ControlError,
    resource::Held,
};

pub(crate) async fn get_automated_reasoning_policy_next_scenario(
    control: &Control,
    input: GetAutomatedReasoningPolicyNextScenarioInput,
    context: &Context,
) -> Result<
    GetAutomatedReasoningPolicyNextScenarioOutput,
    GetAutomatedReasoningPolicyNextScenarioError,
> {
    for _ in 0..TRIES {
        let (policy, held) = control
            .build_workflow(context, &input.policy_arn, &input.build_workflow_id)
            .await?;
        match next(control, held).await {
            Err(ControlError::Busy) => {}
            settled => {
                return Ok(GetAutomatedReasoningPolicyNextScenarioOutput {
                    policy_arn: policy.arn(),
                    scenario: settled?,
                });
            }
        }
    }
    Err(ControlError::Busy.into())
}

async fn next(
    control: &Control,
    mut held: Held<BuildWorkflow>,
) -> Result<Option<Scenario>, ControlError> {
    let has_scenarios = held.state.kind == WorkflowType::GeneratePolicyScenarios;
    if !has_scenarios || !is_completed(control, &held) {
        // The text is ours.
        return Err(ControlError::NotFound(format!(
            "The build workflow {} has no scenarios. Start one of the type GENERATE_POLICY_SCENARIOS, and wait until it is COMPLETED.",
            held.id()
        )));
    }
    let source = held.source()?;
    let mut scenarios = scenarios(&held.built(&source).definition).into_iter();
    let next = scenarios.nth(held.state.scenarios_given);
    if next.is_some() {
        held.state.scenarios_given += 1;
        // That a scenario was given does not change the build.
        let at = held.updated_nanos();
        control.apply(vec![held.replaced(at)?], "").await?;
    }
    Ok(next)
}
