//! `GetGuardrail`: the draft, or a version.

use bedrock_smithy::{
    error::GetGuardrailError, input::GetGuardrailInput, output::GetGuardrailOutput,
};

use super::{DRAFT, described::Described, draft, policy, version};
use crate::{Control, context::Context, resource::reference::kms_key_arn};

pub(crate) async fn get_guardrail(
    control: &Control,
    input: GetGuardrailInput,
    context: &Context,
) -> Result<GetGuardrailOutput, GetGuardrailError> {
    let draft = draft(control, context, &input.guardrail_identifier).await?;
    let seen = match input.guardrail_version.as_deref() {
        None | Some(DRAFT) => Described::draft(control, &draft)?,
        Some(number) => {
            let held = version(control, context, &draft, number).await?;
            Described::version(control, &held)?
        }
    };
    Ok(output(context, seen))
}

fn output(context: &Context, seen: Described) -> GetGuardrailOutput {
    let request = seen.request;
    let key = request.kms_key_id.as_deref();
    let failed = seen.reason.is_some();
    GetGuardrailOutput {
        automated_reasoning_policy: request
            .automated_reasoning_policy_config
            .map(policy::automated_reasoning),
        blocked_input_messaging: request.blocked_input_messaging,
        blocked_outputs_messaging: request.blocked_outputs_messaging,
        content_policy: request.content_policy_config.map(policy::content),
        contextual_grounding_policy: request
            .contextual_grounding_policy_config
            .map(policy::contextual_grounding),
        created_at: seen.created_at,
        cross_region_details: request
            .cross_region_config
            .map(|config| policy::cross_region(context, config)),
        description: seen.description,
        failure_recommendations: failed.then(|| vec![super::AFTER_FAILURE.to_owned()]),
        guardrail_arn: seen.arn,
        guardrail_id: seen.id,
        kms_key_arn: key.map(|key| kms_key_arn(context, key)),
        name: request.name,
        sensitive_information_policy: request
            .sensitive_information_policy_config
            .map(policy::sensitive_information),
        status: seen.status,
        status_reasons: seen.reason.map(|reason| vec![reason]),
        topic_policy: request.topic_policy_config.map(policy::topic),
        updated_at: seen.updated_at,
        version: seen.version,
        word_policy: request.word_policy_config.map(policy::word),
    }
}
