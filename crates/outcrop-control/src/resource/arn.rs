//! ARNs of resources that belong to an account.

use outcrop_catalogue::partition;
use outcrop_store::Scope;

/// The ARN of a resource of Bedrock.
pub(crate) fn arn(scope: &Scope, kind: &str, id: &str) -> String {
    let Scope { account, region } = scope;
    format!(
        "arn:{}:bedrock:{region}:{account}:{kind}/{id}",
        partition(region)
    )
}

/// An ARN of Bedrock, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OwnArn<'a> {
    pub(crate) region: &'a str,
    pub(crate) account: &'a str,
    /// For instance `guardrail`.
    pub(crate) kind: &'a str,
    /// What comes after the kind, for instance `abc123` or `amazon.nova-lite-v1:0/abc123`.
    pub(crate) rest: &'a str,
}

impl<'a> OwnArn<'a> {
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let (arn, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
        let (region, account) = (parts.next()?, parts.next()?);
        let (kind, rest) = parts.next()?.split_once('/')?;
        let is_ours = arn == "arn" && partition.starts_with("aws") && service == "bedrock";
        is_ours.then_some(Self {
            region,
            account,
            kind,
            rest,
        })
    }

    /// The last part, which is the id of all kinds.
    pub(crate) fn id(&self) -> &'a str {
        self.rest.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it is a resource of this account and region.
    pub(crate) fn is_of(&self, scope: &Scope) -> bool {
        *self.region == *scope.region && *self.account == *scope.account
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_read_as_they_are_written() {
        let scope = Scope {
            account: "123456789012".into(),
            region: "us-gov-west-1".into(),
        };
        let text = arn(&scope, "custom-model", "amazon.nova-lite-v1:0/abc");
        assert_eq!(
            text,
            "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:custom-model/amazon.nova-lite-v1:0/abc"
        );
        let read = OwnArn::parse(&text).unwrap();
        assert_eq!(
            (read.kind, read.rest, read.id()),
            ("custom-model", "amazon.nova-lite-v1:0/abc", "abc")
        );
        assert!(read.is_of(&scope));
        let other = Scope {
            account: "999999999999".into(),
            ..scope
        };
        assert!(!read.is_of(&other));
        for none in [
            "",
            "abc",
            "arn:aws:s3:::bucket/key",
            "arn:aws:bedrock:us-east-1:123456789012:guardrail",
        ] {
            assert_eq!(OwnArn::parse(none), None, "{none}");
        }
    }
}
