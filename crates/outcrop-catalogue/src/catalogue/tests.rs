use std::collections::HashSet;

use super::*;
use crate::capability::{ToolChoice, ToolSupport};
use crate::vocabulary::{Api, InferenceType, Lifecycle, Modality};

fn builtin() -> Catalogue {
    Catalogue::builtin().expect("the built-in catalogue is right")
}

fn ids(catalogue: &Catalogue, filter: ModelFilter<'_>) -> Vec<String> {
    catalogue
        .models(filter)
        .map(|model| model.id.clone())
        .collect()
}

#[test]
fn the_facts_of_the_built_in_models_agree() {
    for model in &builtin().models {
        let (id, can) = (&model.id, &model.capabilities);
        assert!(
            !model.input.is_empty() && !model.output.is_empty(),
            "{id} takes and gives something"
        );
        assert_eq!(
            can.api == Api::Embedding,
            model.output == [Modality::Embedding],
            "{id} is an embedding model by its output"
        );
        assert_eq!(
            can.api == Api::Embedding,
            !can.embedding_dimensions.is_empty(),
            "{id} has dimensions where it embeds"
        );
        assert!(
            !can.converse || can.api == Api::Chat,
            "{id} converses as a chat model"
        );
        assert!(
            can.converse || (can.tools == ToolSupport::None && !can.documents),
            "{id} converses where it takes tools or documents"
        );
        assert_eq!(
            can.tools == ToolSupport::None,
            can.tool_choice.is_empty(),
            "{id} takes a tool choice where it takes tools"
        );
        assert!(
            can.tool_choice.is_empty() || can.tool_choice.contains(&ToolChoice::Auto),
            "{id} lets the model choose"
        );
        assert!(
            !can.images || model.input.contains(&Modality::Image),
            "{id} lists the images that it takes"
        );
        assert!(
            can.default_output_tokens <= can.max_output_tokens,
            "{id} has a default within its limit"
        );
    }
}

#[test]
fn a_model_that_is_only_served_through_profiles_has_one() {
    let catalogue = builtin();
    for model in catalogue.models(ModelFilter::default()) {
        if model.inference_types == [InferenceType::InferenceProfile] {
            assert!(
                catalogue
                    .profiles
                    .iter()
                    .any(|profile| profile.model_id == model.id),
                "{}",
                model.id
            );
        }
    }
}

#[test]
fn the_listing_leaves_out_what_is_gone() {
    let catalogue = builtin();
    let listed: HashSet<_> = ids(&catalogue, ModelFilter::default())
        .into_iter()
        .collect();
    for (id, lifecycle) in [
        ("anthropic.claude-v2", Lifecycle::Legacy),
        ("stability.sd3-large-v1:0", Lifecycle::EndOfLife),
    ] {
        assert_eq!(
            catalogue.model(id).map(|model| model.lifecycle),
            Some(lifecycle)
        );
        assert!(!listed.contains(id), "{id}");
    }
    assert!(
        listed.contains("anthropic.claude-3-opus-20240229-v1:0"),
        "a legacy model is listed while the service lists it"
    );
}

#[test]
fn a_model_at_its_end_of_life_is_not_listed_whatever_its_entry_says() {
    let catalogue = builtin()
        .extended_with("[[model]]\nid = \"amazon.nova-lite-v1:0\"\nlifecycle = \"end-of-life\"")
        .unwrap();
    assert!(!ids(&catalogue, ModelFilter::default()).contains(&"amazon.nova-lite-v1:0".to_owned()));
    assert!(
        catalogue
            .profiles("us-east-1")
            .all(|profile| profile.model_id != "amazon.nova-lite-v1:0")
    );
}

#[test]
fn filters_narrow_the_list() {
    let catalogue = builtin();
    let cases = [
        (
            ModelFilter {
                provider: Some("anthropic"),
                ..Default::default()
            },
            "anthropic.claude-opus-5",
            "amazon.nova-lite-v1:0",
        ),
        (
            ModelFilter {
                customization: Some("DISTILLATION"),
                ..Default::default()
            },
            "amazon.nova-pro-v1:0:300k",
            "amazon.nova-pro-v1:0",
        ),
        (
            ModelFilter {
                output: Some("EMBEDDING"),
                ..Default::default()
            },
            "cohere.embed-v4:0",
            "cohere.rerank-v3-5:0",
        ),
        (
            ModelFilter {
                inference: Some("INFERENCE_PROFILE"),
                ..Default::default()
            },
            "deepseek.r1-v1:0",
            "mistral.mistral-7b-instruct-v0:2",
        ),
        (
            ModelFilter {
                provider: Some("Amazon"),
                output: Some("IMAGE"),
                ..Default::default()
            },
            "amazon.nova-canvas-v1:0",
            "stability.stable-outpaint-v1:0",
        ),
    ];
    for (filter, with, without) in cases {
        let found = ids(&catalogue, filter);
        assert!(
            found.contains(&with.to_owned()),
            "{filter:?} lets {with} through"
        );
        assert!(
            !found.contains(&without.to_owned()),
            "{filter:?} holds {without} back"
        );
    }
    assert!(
        ids(
            &catalogue,
            ModelFilter {
                output: Some("TASTE"),
                ..Default::default()
            }
        )
        .is_empty()
    );
}

#[test]
fn a_region_lists_the_profiles_that_can_be_called_from_it() {
    let catalogue = builtin();
    let cases: [(&str, &[&str]); 7] = [
        ("us-east-1", &["us", "global"]),
        ("ca-central-1", &["us", "global"]),
        ("eu-west-2", &["eu", "global"]),
        ("ap-south-1", &["apac", "global"]),
        ("ap-northeast-1", &["apac", "jp", "global"]),
        ("ap-southeast-2", &["apac", "au", "global"]),
        ("us-gov-west-1", &["us-gov"]),
    ];
    for (region, geographies) in cases {
        let found: HashSet<_> = catalogue
            .profiles(region)
            .map(|profile| catalogue.geography_of(profile).id.as_str())
            .collect();
        assert_eq!(found, geographies.iter().copied().collect(), "{region}");
    }
}

#[test]
fn profiles_are_worded_as_the_service_words_them() {
    let catalogue = builtin();
    let cases = [
        (
            "us.anthropic.claude-opus-5",
            "US Anthropic Claude Opus 5",
            "Routes requests to Anthropic Claude Opus 5 in us-east-1, us-east-2 and us-west-2.",
        ),
        (
            "us.amazon.nova-micro-v1:0",
            "US Nova Micro",
            "Routes requests to Nova Micro in us-east-1, us-west-2 and us-east-2.",
        ),
        (
            "us.anthropic.claude-3-sonnet-20240229-v1:0",
            "US Anthropic Claude 3 Sonnet",
            "Routes requests to Anthropic Claude 3 Sonnet in us-east-1 and us-west-2.",
        ),
        (
            "apac.amazon.nova-micro-v1:0",
            "APAC Nova Micro",
            "Routes requests to Nova Micro in ap-southeast-2, ap-northeast-1, ap-south-1, ap-northeast-2, ap-southeast-1 and ap-northeast-3.",
        ),
        (
            "global.anthropic.claude-opus-4-6-v1",
            "Global Anthropic Claude Opus 4.6",
            "Routes requests to Anthropic Claude Opus 4.6 globally across all supported AWS Regions.",
        ),
    ];
    for (id, name, description) in cases {
        let profile = catalogue
            .profile(id)
            .unwrap_or_else(|| panic!("{id} is known"));
        assert_eq!(
            (profile.name.as_str(), profile.description.as_str()),
            (name, description)
        );
    }
}

#[test]
fn a_profile_names_the_models_behind_it() {
    let catalogue = builtin();
    let us = catalogue.profile("us.deepseek.r1-v1:0").unwrap();
    assert_eq!(
        us.arn("us-east-2", "123456789012"),
        "arn:aws:bedrock:us-east-2:123456789012:inference-profile/us.deepseek.r1-v1:0"
    );
    assert_eq!(
        us.model_arns("us-east-2"),
        ["us-east-1", "us-east-2", "us-west-2"]
            .map(|region| format!("arn:aws:bedrock:{region}::foundation-model/deepseek.r1-v1:0"))
    );
    let global = catalogue
        .profile("global.anthropic.claude-sonnet-4-6")
        .unwrap();
    assert_eq!(
        global.model_arns("eu-west-1"),
        ["", "eu-west-1"].map(|region| format!(
            "arn:aws:bedrock:{region}::foundation-model/anthropic.claude-sonnet-4-6"
        ))
    );
    let gov = catalogue
        .profile("us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0")
        .unwrap();
    assert!(
        gov.model_arns("us-gov-west-1")
            .iter()
            .all(|arn| arn.starts_with("arn:aws-us-gov:bedrock:us-gov-"))
    );
}

#[test]
fn an_unlisted_profile_is_known_but_not_listed() {
    let catalogue = builtin();
    assert!(catalogue.profile("global.anthropic.claude-v2").is_some());
    assert!(
        catalogue
            .profiles("us-east-1")
            .all(|profile| profile.id != "global.anthropic.claude-v2")
    );
}
