use std::collections::BTreeSet;

use aws_sdk_bedrock::types::{
    GuardrailStatus, GuardrailWordConfig, GuardrailWordPolicyConfig, InferenceType, ModelModality,
};
use outcrop_sdk_rust::Clients;

pub(crate) async fn models_are_listed_with_filters(clients: &Clients) {
    let all = clients
        .control
        .list_foundation_models()
        .send()
        .await
        .unwrap();
    assert!(all.model_summaries().len() > 100);
    let claude = clients
        .control
        .list_foundation_models()
        .by_provider("Anthropic")
        .send()
        .await
        .unwrap();
    assert!(
        claude
            .model_summaries()
            .iter()
            .all(|model| model.provider_name() == Some("Anthropic"))
    );
    let embeddings = clients
        .control
        .list_foundation_models()
        .by_output_modality(ModelModality::Embedding)
        .by_inference_type(InferenceType::OnDemand)
        .send()
        .await
        .unwrap();
    assert!(!embeddings.model_summaries().is_empty());
    for model in embeddings.model_summaries() {
        assert!(
            model
                .output_modalities()
                .contains(&ModelModality::Embedding),
            "{model:?}"
        );
        let same = clients
            .control
            .get_foundation_model()
            .model_identifier(model.model_id());
        let same = same.send().await.unwrap();
        assert_eq!(same.model_details().unwrap().model_arn(), model.model_arn());
    }
}

pub(crate) async fn profiles_are_listed_to_the_end(clients: &Clients) {
    let whole = clients
        .control
        .list_inference_profiles()
        .max_results(1000)
        .send()
        .await
        .unwrap();
    let whole: BTreeSet<_> = ids(whole.inference_profile_summaries()).collect();
    let mut pages = clients
        .control
        .list_inference_profiles()
        .into_paginator()
        .page_size(7)
        .send();
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        found.extend(ids(page.unwrap().inference_profile_summaries()));
    }
    assert_eq!(found.len(), whole.len(), "nothing twice");
    assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), whole);
    let first = clients
        .control
        .get_inference_profile()
        .inference_profile_identifier(&found[0]);
    assert_eq!(first.send().await.unwrap().inference_profile_id(), found[0]);
}

fn ids(
    profiles: &[aws_sdk_bedrock::types::InferenceProfileSummary],
) -> impl Iterator<Item = String> {
    profiles
        .iter()
        .map(|profile| profile.inference_profile_id().to_owned())
}

pub(crate) async fn guardrails_come_have_versions_and_go(clients: &Clients) {
    let words = GuardrailWordPolicyConfig::builder()
        .words_config(
            GuardrailWordConfig::builder()
                .text("granite")
                .build()
                .unwrap(),
        )
        .build();
    let create = || {
        clients
            .control
            .create_guardrail()
            .name("rocks")
            .blocked_input_messaging("No.")
            .blocked_outputs_messaging("Not that.")
            .word_policy_config(words.clone())
            .send()
    };
    let made = create().await.unwrap();
    let id = made.guardrail_id();
    let draft = clients.control.get_guardrail().guardrail_identifier(id);
    assert_eq!(
        draft.send().await.unwrap().status(),
        &GuardrailStatus::Ready
    );
    let version = clients.control.create_guardrail_version();
    let version = version.guardrail_identifier(id).send().await.unwrap();
    assert_eq!(version.version(), "1");
    let taken = create().await.unwrap_err();
    assert!(taken.as_service_error().unwrap().is_conflict_exception());
    let delete = clients.control.delete_guardrail();
    delete.guardrail_identifier(id).send().await.unwrap();
    let gone = clients.control.get_guardrail().guardrail_identifier(id);
    let gone = gone.send().await.unwrap_err();
    assert!(
        gone.as_service_error()
            .unwrap()
            .is_resource_not_found_exception()
    );
}
