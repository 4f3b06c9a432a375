use super::*;

const EOL: &str = "stability.sd3-large-v1:0";

fn builtin() -> Catalogue {
    Catalogue::builtin().expect("the built-in catalogue is right")
}

/// The id of the model, and how it was named.
fn resolved(
    identifier: &str,
    region: Option<&str>,
) -> Result<(String, &'static str), ResolveError> {
    builtin().resolve(identifier, region).map(|resolved| {
        let via = match resolved.via {
            Via::Model => "model",
            Via::Profile(_) => "profile",
            Via::Resource => "resource",
        };
        (resolved.model.id.clone(), via)
    })
}

#[test]
fn every_kind_of_name_finds_its_model() {
    let haiku = "anthropic.claude-haiku-4-5-20251001-v1:0";
    let cases = [
        (
            "amazon.nova-lite-v1:0",
            "us-east-1",
            "amazon.nova-lite-v1:0",
            "model",
        ),
        (
            "anthropic.claude-3-sonnet-20240229-v1:0:28k",
            "us-east-1",
            "anthropic.claude-3-sonnet-20240229-v1:0:28k",
            "model",
        ),
        (
            "us.anthropic.claude-haiku-4-5-20251001-v1:0",
            "us-west-2",
            haiku,
            "profile",
        ),
        (
            "global.anthropic.claude-haiku-4-5-20251001-v1:0",
            "sa-east-1",
            haiku,
            "profile",
        ),
        (
            "jp.anthropic.claude-haiku-4-5-20251001-v1:0",
            "ap-northeast-3",
            haiku,
            "profile",
        ),
        (
            "au.anthropic.claude-haiku-4-5-20251001-v1:0",
            "ap-southeast-4",
            haiku,
            "profile",
        ),
        (
            "us-gov.anthropic.claude-haiku-4-5-20251001-v1:0",
            "us-gov-east-1",
            haiku,
            "profile",
        ),
        (
            "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0",
            "us-east-1",
            "amazon.nova-lite-v1:0",
            "model",
        ),
        (
            "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0",
            "eu-west-1",
            "amazon.nova-lite-v1:0",
            "profile",
        ),
    ];
    for (identifier, region, id, via) in cases {
        assert_eq!(
            resolved(identifier, Some(region)),
            Ok((id.to_owned(), via)),
            "{identifier}"
        );
    }
}

#[test]
fn what_is_not_known_is_invalid() {
    let cases = [
        ("does-not-exist", None),
        ("us.does-not-exist-model-v1:0", None),
        // A letter for a digit, and upper case: ids are compared as they are.
        ("us.amazon.nova-micro-v1:O", None),
        ("Amazon.nova-lite-v1:0", None),
        ("", None),
        // From a region where the profile cannot be called.
        ("eu.amazon.nova-lite-v1:0", Some("us-east-1")),
        ("us.amazon.nova-lite-v1:0", Some("us-gov-west-1")),
        (
            "jp.anthropic.claude-haiku-4-5-20251001-v1:0",
            Some("ap-south-1"),
        ),
        // An ARN of another region.
        (
            "arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0",
            Some("us-east-1"),
        ),
        (
            "arn:aws:bedrock:us-west-2:123456789012:inference-profile/us.amazon.nova-lite-v1:0",
            Some("us-east-1"),
        ),
        // A profile is no foundation model, and the other way round.
        (
            "arn:aws:bedrock:us-east-1::foundation-model/us.amazon.nova-lite-v1:0",
            Some("us-east-1"),
        ),
        (
            "arn:aws:bedrock:us-east-1:123456789012:inference-profile/amazon.nova-lite-v1:0",
            Some("us-east-1"),
        ),
        // A resource that nobody keeps.
        (
            "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl",
            Some("us-east-1"),
        ),
        (
            "arn:aws:sagemaker:us-east-1:123456789012:endpoint/mine",
            Some("us-east-1"),
        ),
    ];
    for (identifier, region) in cases {
        assert_eq!(
            resolved(identifier, region),
            Err(ResolveError::Unknown),
            "{identifier}"
        );
    }
}

#[test]
fn a_caller_without_a_region_reaches_every_profile() {
    for identifier in [
        "eu.amazon.nova-lite-v1:0",
        "arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-lite-v1:0",
    ] {
        assert!(resolved(identifier, None).is_ok(), "{identifier}");
    }
}

#[test]
fn a_model_at_its_end_of_life_is_refused_however_it_is_named() {
    let arn = format!("arn:aws:bedrock:us-east-1::foundation-model/{EOL}");
    for identifier in [EOL, &arn] {
        assert_eq!(
            resolved(identifier, None),
            Err(ResolveError::EndOfLife),
            "{identifier}"
        );
    }
    let retired = builtin()
        .extended_with("[[model]]\nid = \"amazon.nova-lite-v1:0\"\nlifecycle = \"end-of-life\"")
        .unwrap();
    assert_eq!(
        retired.resolve("us.amazon.nova-lite-v1:0", None).err(),
        Some(ResolveError::EndOfLife)
    );
}

#[test]
fn the_errors_are_those_of_the_service() {
    let unknown = ResolveError::Unknown;
    assert_eq!(
        (unknown.exception().status(), unknown.exception().name()),
        (400, "ValidationException")
    );
    assert_eq!(
        unknown.to_string(),
        "The provided model identifier is invalid."
    );
    let gone = ResolveError::EndOfLife;
    assert_eq!(
        (gone.exception().status(), gone.exception().name()),
        (404, "ResourceNotFoundException")
    );
    assert_eq!(
        gone.to_string(),
        "This model version has reached the end of its life. Please refer to the AWS documentation for more details."
    );
}

#[test]
fn operations_are_refused_in_the_words_of_the_service() {
    let converse = "This action doesn't support the model that you provided. Try again with a supported text or chat model.";
    let streaming = "The model is unsupported for streaming.";
    let counting = "The provided model doesn't support counting tokens.";
    let cases = [
        ("amazon.nova-lite-v1:0", Operation::ConverseStream, None),
        ("us.deepseek.r1-v1:0", Operation::Converse, None),
        (
            "anthropic.claude-sonnet-4-20250514-v1:0",
            Operation::CountTokens,
            None,
        ),
        (
            "us.anthropic.claude-sonnet-4-20250514-v1:0",
            Operation::CountTokens,
            Some(counting),
        ),
        (
            "amazon.nova-lite-v1:0",
            Operation::CountTokens,
            Some(counting),
        ),
        ("amazon.titan-embed-text-v2:0", Operation::InvokeModel, None),
        (
            "amazon.titan-embed-text-v2:0",
            Operation::Converse,
            Some(converse),
        ),
        (
            "amazon.titan-embed-text-v2:0",
            Operation::ConverseStream,
            Some(converse),
        ),
        (
            "amazon.titan-embed-text-v2:0",
            Operation::InvokeModelWithResponseStream,
            Some(streaming),
        ),
        (
            "amazon.titan-embed-image-v1",
            Operation::InvokeModelWithResponseStream,
            Some(streaming),
        ),
        ("ai21.j2-mid-v1", Operation::ConverseStream, Some(streaming)),
        (
            "amazon.nova-2-sonic-v1:0",
            Operation::ConverseStream,
            Some(converse),
        ),
    ];
    let catalogue = builtin();
    for (identifier, operation, message) in cases {
        let refusal = catalogue
            .resolve(identifier, None)
            .expect(identifier)
            .permits(operation)
            .err();
        assert_eq!(
            refusal.map(|refusal| refusal.to_string()).as_deref(),
            message,
            "{identifier} {operation:?}"
        );
    }
}

#[test]
fn a_model_without_on_demand_throughput_wants_a_profile() {
    let catalogue = builtin();
    for identifier in [
        "deepseek.r1-v1:0",
        "arn:aws:bedrock:us-east-1::foundation-model/deepseek.r1-v1:0",
        "anthropic.claude-3-sonnet-20240229-v1:0:28k",
    ] {
        let resolved = catalogue.resolve(identifier, None).expect(identifier);
        let message = format!(
            "Invocation of model ID {} with on-demand throughput isn\u{2019}t supported. Retry your request with the ID or ARN of an \
             inference profile that contains this model.",
            resolved.model.id
        );
        let refusal = resolved
            .permits(Operation::InvokeModel)
            .expect_err(identifier);
        assert_eq!(refusal.to_string(), message);
    }
}

#[test]
fn asynchronous_invocations_are_for_models_that_take_them() {
    let catalogue = builtin();
    let operation = Operation::StartAsyncInvoke;
    for identifier in [
        "amazon.nova-reel-v1:1",
        "amazon.nova-2-multimodal-embeddings-v1:0",
        "luma.ray-v2:0",
        "twelvelabs.marengo-embed-2-7-v1:0",
        "us.twelvelabs.marengo-embed-3-0-v1:0",
    ] {
        let resolved = catalogue.resolve(identifier, None).expect(identifier);
        assert_eq!(resolved.permits(operation), Ok(()), "{identifier}");
    }
    for identifier in ["amazon.nova-lite-v1:0", "amazon.nova-canvas-v1:0"] {
        let resolved = catalogue.resolve(identifier, None).expect(identifier);
        assert_eq!(resolved.permits(operation), Err(Unsupported::Asynchronous));
    }
    assert_eq!(
        Unsupported::Asynchronous.to_string(),
        "The provided request is not valid"
    );
}

#[test]
fn a_users_file_says_what_stands_behind_an_arn() {
    let endpoint = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/mine";
    let application =
        "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl";
    let text = format!(
        "[arns]\n{endpoint:?} = \"meta.llama3-8b-instruct-v1:0\"\n{application:?} = \"us.deepseek.r1-v1:0\""
    );
    let catalogue = builtin().extended_with(&text).unwrap();
    for (arn, id) in [
        (endpoint, "meta.llama3-8b-instruct-v1:0"),
        (application, "deepseek.r1-v1:0"),
    ] {
        let resolved = catalogue.resolve(arn, Some("us-east-1")).expect(arn);
        assert_eq!(
            (resolved.model.id.as_str(), resolved.via),
            (id, Via::Resource)
        );
        assert_eq!(resolved.permits(Operation::InvokeModel), Ok(()));
        assert!(
            catalogue.resolve(arn, Some("us-west-2")).is_err(),
            "an ARN is known in its region only"
        );
    }
}

#[test]
fn a_resource_kept_elsewhere_is_located_and_its_source_found() {
    let catalogue = builtin();
    let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl";
    let Ok(Located::Resource(found)) = catalogue.locate(arn, Some("us-east-1")) else {
        panic!("{arn} is a resource")
    };
    assert_eq!(
        found.resource,
        Resource::ApplicationInferenceProfile("abcdefghijkl")
    );
    for source in [
        "us.deepseek.r1-v1:0",
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.deepseek.r1-v1:0",
        "arn:aws:bedrock:us-east-1::foundation-model/deepseek.r1-v1:0",
    ] {
        let resolved = catalogue.behind(source).expect(source);
        assert_eq!(
            (
                resolved.model.id.as_str(),
                resolved.permits(Operation::Converse)
            ),
            ("deepseek.r1-v1:0", Ok(()))
        );
    }
    assert_eq!(
        catalogue.behind(arn).err(),
        Some(ResolveError::Unknown),
        "a resource has no resource behind it"
    );
}

#[test]
fn the_control_plane_takes_no_profile_for_a_foundation_model() {
    let catalogue = builtin();
    assert!(
        catalogue
            .foundation_model("deepseek.r1-v1:0", Some("us-east-1"))
            .is_ok()
    );
    assert_eq!(
        catalogue
            .foundation_model("us.deepseek.r1-v1:0", Some("us-east-1"))
            .err(),
        Some(ResolveError::Unknown)
    );
    assert_eq!(
        catalogue.foundation_model(EOL, Some("us-east-1")).err(),
        Some(ResolveError::EndOfLife)
    );
}
