//! Automated Reasoning policies: rules in formal logic, their versions, and what builds and tests make of them.

mod build;
mod build_workflow;
mod children;
mod create_automated_reasoning_policy;
mod create_automated_reasoning_policy_version;
mod definition;
mod delete_automated_reasoning_policy;
mod digest;
mod evaluated;
mod export_automated_reasoning_policy_version;
mod extract;
mod get_automated_reasoning_policy;
mod list_automated_reasoning_policies;
mod logic;
mod named;
mod policy_arn;
mod test_case;
mod test_workflow;
mod time;
mod update_automated_reasoning_policy;

use bedrock_smithy::input::{
    CreateAutomatedReasoningPolicyInput, CreateAutomatedReasoningPolicyVersionInput,
};
use outcrop_store::{Scope, Write};
use serde::{Deserialize, Serialize};

pub(crate) use build_workflow::{
    cancel_automated_reasoning_policy_build_workflow,
    delete_automated_reasoning_policy_build_workflow, get_automated_reasoning_policy_annotations,
    get_automated_reasoning_policy_build_workflow,
    get_automated_reasoning_policy_build_workflow_result_assets,
    get_automated_reasoning_policy_next_scenario, list_automated_reasoning_policy_build_workflows,
    start_automated_reasoning_policy_build_workflow, update_automated_reasoning_policy_annotations,
};
pub(crate) use create_automated_reasoning_policy::create_automated_reasoning_policy;
pub(crate) use create_automated_reasoning_policy_version::create_automated_reasoning_policy_version;
pub(crate) use delete_automated_reasoning_policy::delete_automated_reasoning_policy;
pub(crate) use evaluated::evaluated;
pub(crate) use export_automated_reasoning_policy_version::export_automated_reasoning_policy_version;
pub(crate) use get_automated_reasoning_policy::get_automated_reasoning_policy;
pub(crate) use list_automated_reasoning_policies::list_automated_reasoning_policies;
pub(crate) use test_case::{
    create_automated_reasoning_policy_test_case, delete_automated_reasoning_policy_test_case,
    get_automated_reasoning_policy_test_case, list_automated_reasoning_policy_test_cases,
    update_automated_reasoning_policy_test_case,
};
pub(crate) use test_workflow::{
    get_automated_reasoning_policy_test_result, list_automated_reasoning_policy_test_results,
    start_automated_reasoning_policy_test_workflow,
};
pub(crate) use update_automated_reasoning_policy::update_automated_reasoning_policy;

use self::definition::Definition;
use crate::{
    error::ControlError,
    resource::{Held, Resource, arn, original},
};

/// The version of a policy that updates change. The service's documentation shows it; the official model's pattern for versions
/// has room for numbers only.
const DRAFT: &str = "DRAFT";

/// Tries of a change that others keep getting ahead of.
const TRIES: usize = 8;

original!(CreateAutomatedReasoningPolicyInput, POST "/automated-reasoning-policies");
original!(
    CreateAutomatedReasoningPolicyVersionInput,
    POST "/automated-reasoning-policies/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aautomated-reasoning-policy%2Fabcdefghijkl/versions"
);

/// A policy with its draft.
pub(crate) struct Policy;

/// What there is to know of a policy besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PolicyState {
    description: Option<String>,
    /// The draft's.
    definition: Definition,
    kms_key_arn: Option<String>,
    /// The number of the version that was made last; 0 without one. Numbers are not given twice.
    last_version: u32,
}

impl Resource for Policy {
    const KIND: &'static str = "automated-reasoning-policy";
    type Request = CreateAutomatedReasoningPolicyInput;
    type State = PolicyState;

    fn not_found(identifier: &str) -> String {
        format!(
            "The Automated Reasoning policy {identifier} could not be found. Check its ARN, and try again."
        )
    }
}

impl Held<Policy> {
    /// A write that changes nothing but the revision: it fails if the policy is changed or deleted meanwhile.
    fn kept(self) -> Result<Write, ControlError> {
        let at = self.updated_nanos();
        self.replaced(at)
    }
}

/// A policy as it was when the version was made. Its id is `POLICY:NUMBER`.
pub(crate) struct PolicyVersion;

/// What a version keeps of its policy.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct VersionState {
    number: u32,
    description: Option<String>,
    definition: Definition,
    kms_key_arn: Option<String>,
}

impl Resource for PolicyVersion {
    const KIND: &'static str = "automated-reasoning-policy-version";
    type Request = CreateAutomatedReasoningPolicyVersionInput;
    type State = VersionState;

    fn arn(scope: &Scope, id: &str, _state: &VersionState) -> String {
        arn(scope, Policy::KIND, id)
    }
}

#[cfg(test)]
mod tests;
