//! Resource policies: who else may use a resource. They are kept and told; requests are not authorized by them.

mod delete_resource_policy;
mod document;
mod get_resource_policy;
mod put_resource_policy;

use bedrock_smithy::input::PutResourcePolicyInput;
use outcrop_store::Scope;

pub(crate) use delete_resource_policy::delete_resource_policy;
pub(crate) use get_resource_policy::get_resource_policy;
pub(crate) use put_resource_policy::put_resource_policy;

use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{Held, Resource, original},
    tag,
};

original!(PutResourcePolicyInput, POST "/resource-policy");

/// The kind of resource; its id is the ARN of what it is for.
pub(crate) struct ResourcePolicy;

impl Resource for ResourcePolicy {
    const KIND: &'static str = "resource-policy";
    type Request = PutResourcePolicyInput;
    type State = ();

    /// The text is ours.
    fn not_found(arn: &str) -> String {
        format!("The resource {arn} has no resource policy. Put one, and try again.")
    }
}

/// The policy of a resource.
pub(crate) async fn of(
    control: &Control,
    scope: &Scope,
    arn: &str,
) -> Result<Option<Held<ResourcePolicy>>, ControlError> {
    control.at(scope, arn).await
}

/// The policy of a resource that has to be there, and have one.
async fn found(
    control: &Control,
    context: &Context,
    arn: &str,
) -> Result<Held<ResourcePolicy>, ControlError> {
    tag::record(control, context, arn).await?;
    of(control, &context.scope(), arn)
        .await?
        .ok_or_else(|| ControlError::NotFound(ResourcePolicy::not_found(arn)))
}

#[cfg(test)]
mod tests;
