//! `ListEnforcedGuardrailsConfiguration`: the account's configuration, if there is one.

use bedrock_smithy::{
    error::ListEnforcedGuardrailsConfigurationError,
    input::ListEnforcedGuardrailsConfigurationInput,
    model::{AccountEnforcedGuardrailOutputConfiguration, ConfigurationOwner},
    output::ListEnforcedGuardrailsConfigurationOutput,
};
use outcrop_store::Scope;

use super::{EnforcedGuardrailConfiguration, of, principal};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::{Page, PageRequest},
    resource::{Held, arn},
};

pub(crate) async fn list_enforced_guardrails_configuration(
    control: &Control,
    input: ListEnforcedGuardrailsConfigurationInput,
    context: &Context,
) -> Result<ListEnforcedGuardrailsConfigurationOutput, ListEnforcedGuardrailsConfigurationError> {
    let request = PageRequest {
        max_results: None,
        next_token: input.next_token.as_deref(),
    };
    let held = of(control, context).await?;
    let name = "enforced-guardrails-configuration";
    let page = Page::of(name, held, |held| held.id(), request)?;
    let scope = context.scope();
    let configurations = page.items.iter().map(|held| configuration(&scope, held));
    Ok(ListEnforcedGuardrailsConfigurationOutput {
        guardrails_config: configurations.collect::<Result<_, _>>()?,
        next_token: page.next_token,
    })
}

fn configuration(
    scope: &Scope,
    held: &Held<EnforcedGuardrailConfiguration>,
) -> Result<AccountEnforcedGuardrailOutputConfiguration, ControlError> {
    let config = held.request()?.guardrail_inference_config;
    #[expect(
        deprecated,
        reason = "a member that requests no longer have, and answers neither"
    )]
    Ok(AccountEnforcedGuardrailOutputConfiguration {
        config_id: Some(held.id().to_owned()),
        created_at: Some(held.created_at()),
        created_by: Some(principal(scope)),
        guardrail_arn: Some(arn(scope, "guardrail", &held.state.guardrail_id)),
        guardrail_id: Some(held.state.guardrail_id.clone()),
        guardrail_version: Some(held.state.guardrail_version.clone()),
        input_tags: None,
        model_enforcement: config.model_enforcement,
        owner: Some(ConfigurationOwner::Account),
        selective_content_guarding: config.selective_content_guarding,
        updated_at: Some(held.updated_at()),
        updated_by: Some(principal(scope)),
    })
}
