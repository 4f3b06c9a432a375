//! ARNs that can stand in the place of a model id.

/// The partition that a region belongs to, the second part of its ARNs.
#[must_use]
pub fn partition(region: &str) -> &'static str {
    if region.starts_with("us-gov-") {
        "aws-us-gov"
    } else if region.starts_with("cn-") {
        "aws-cn"
    } else {
        "aws"
    }
}

/// An ARN that names a model, or something that has one behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The region; empty in the ARNs of the models behind a global inference profile.
    pub region: &'a str,
    /// The account; empty for a foundation model.
    pub account: &'a str,
    /// What the ARN names.
    pub resource: Resource<'a>,
}

/// What an ARN in the place of a model id can name, with the part of the ARN that identifies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource<'a> {
    /// `foundation-model/<model id>`.
    FoundationModel(&'a str),
    /// `inference-profile/<profile id>`: defined by the system.
    InferenceProfile(&'a str),
    /// `application-inference-profile/<id>`.
    ApplicationInferenceProfile(&'a str),
    /// `custom-model/<base model>/<id>`.
    CustomModel(&'a str),
    /// `custom-model-deployment/<id>`.
    CustomModelDeployment(&'a str),
    /// `imported-model/<id>`.
    ImportedModel(&'a str),
    /// `provisioned-model/<id>`.
    ProvisionedModel(&'a str),
    /// `prompt/<id>[:<version>]`.
    Prompt(&'a str),
    /// `prompt-router/<id>` and `default-prompt-router/<id>`.
    PromptRouter(&'a str),
    /// `endpoint/<name>` of the service `sagemaker`: a model from the marketplace.
    SageMakerEndpoint(&'a str),
}

impl<'a> Arn<'a> {
    /// Reads an ARN; `None` where the text is none, or names something that has no model behind it.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.strip_prefix("arn:aws")?.splitn(5, ':');
        let _rest_of_partition = parts
            .next()
            .filter(|rest| rest.is_empty() || rest.starts_with('-'))?;
        let service = parts.next()?;
        let region = parts.next()?;
        let account = parts.next()?;
        let (kind, id) = parts.next()?.split_once('/')?;
        let resource = Resource::of(service, kind, id).filter(|_| !id.is_empty())?;
        let accountless = matches!(resource, Resource::FoundationModel(_));
        (account.is_empty() == accountless).then_some(Self {
            region,
            account,
            resource,
        })
    }
}

impl<'a> Resource<'a> {
    fn of(service: &str, kind: &str, id: &'a str) -> Option<Self> {
        match (service, kind) {
            ("bedrock", "foundation-model") => Some(Self::FoundationModel(id)),
            ("bedrock", "inference-profile") => Some(Self::InferenceProfile(id)),
            ("bedrock", "application-inference-profile") => {
                Some(Self::ApplicationInferenceProfile(id))
            }
            ("bedrock", "custom-model") => Some(Self::CustomModel(id)),
            ("bedrock", "custom-model-deployment") => Some(Self::CustomModelDeployment(id)),
            ("bedrock", "imported-model") => Some(Self::ImportedModel(id)),
            ("bedrock", "provisioned-model") => Some(Self::ProvisionedModel(id)),
            ("bedrock", "prompt") => Some(Self::Prompt(id)),
            ("bedrock", "prompt-router" | "default-prompt-router") => Some(Self::PromptRouter(id)),
            ("sagemaker", "endpoint") => Some(Self::SageMakerEndpoint(id)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_kind_of_arn() {
        let cases = [
            (
                "arn:aws:bedrock:us-east-1::foundation-model/a.b-v1:0",
                Resource::FoundationModel("a.b-v1:0"),
            ),
            (
                "arn:aws:bedrock:::foundation-model/a.b-v1:0",
                Resource::FoundationModel("a.b-v1:0"),
            ),
            (
                "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.a.b",
                Resource::InferenceProfile("us.a.b"),
            ),
            (
                "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/x1",
                Resource::ApplicationInferenceProfile("x1"),
            ),
            (
                "arn:aws:bedrock:us-east-1:123456789012:custom-model/a.b/x1",
                Resource::CustomModel("a.b/x1"),
            ),
            (
                "arn:aws:bedrock:us-east-1:123456789012:custom-model-deployment/x1",
                Resource::CustomModelDeployment("x1"),
            ),
            (
                "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:imported-model/x1",
                Resource::ImportedModel("x1"),
            ),
            (
                "arn:aws:bedrock:us-east-1:123456789012:provisioned-model/x1",
                Resource::ProvisionedModel("x1"),
            ),
            (
                "arn:aws:bedrock:us-east-1:123456789012:prompt/ABCDEFGHIJ:2",
                Resource::Prompt("ABCDEFGHIJ:2"),
            ),
            (
                "arn:aws:bedrock:us-east-1:123456789012:prompt-router/x1",
                Resource::PromptRouter("x1"),
            ),
            (
                "arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/meta.llama:1",
                Resource::PromptRouter("meta.llama:1"),
            ),
            (
                "arn:aws:sagemaker:us-east-1:123456789012:endpoint/mine",
                Resource::SageMakerEndpoint("mine"),
            ),
        ];
        for (text, resource) in cases {
            assert_eq!(
                Arn::parse(text).map(|arn| arn.resource),
                Some(resource),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_what_has_no_model_behind_it() {
        for text in [
            "us.anthropic.claude-opus-5",
            "arn:aws",
            "arn:awsome:bedrock:us-east-1::foundation-model/a.b",
            "arn:aws:bedrock:us-east-1::foundation-model/",
            "arn:aws:bedrock:us-east-1:123456789012:foundation-model/a.b",
            "arn:aws:bedrock:us-east-1::inference-profile/us.a.b",
            "arn:aws:bedrock:us-east-1:123456789012:guardrail/x1",
            "arn:aws:sagemaker:us-east-1:123456789012:model/x1",
            "arn:aws:s3:::bucket/key",
        ] {
            assert_eq!(Arn::parse(text), None, "{text}");
        }
    }

    #[test]
    fn knows_the_partition_of_a_region() {
        assert_eq!(partition("eu-west-1"), "aws");
        assert_eq!(partition("us-gov-east-1"), "aws-us-gov");
        assert_eq!(partition("cn-north-1"), "aws-cn");
    }
}
