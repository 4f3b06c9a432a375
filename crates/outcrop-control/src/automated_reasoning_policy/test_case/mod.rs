//! Test cases of Automated Reasoning policies: an answer, perhaps with its question, and what is to be found about it.

mod create_automated_reasoning_policy_test_case;
mod delete_automated_reasoning_policy_test_case;
mod get_automated_reasoning_policy_test_case;
mod list_automated_reasoning_policy_test_cases;
mod update_automated_reasoning_policy_test_case;

use bedrock_smithy::{
    input::CreateAutomatedReasoningPolicyTestCaseInput, model::AutomatedReasoningPolicyTestCase,
};
use serde::{Deserialize, Serialize};

pub(crate) use create_automated_reasoning_policy_test_case::create_automated_reasoning_policy_test_case;
pub(crate) use delete_automated_reasoning_policy_test_case::delete_automated_reasoning_policy_test_case;
pub(crate) use get_automated_reasoning_policy_test_case::get_automated_reasoning_policy_test_case;
pub(crate) use list_automated_reasoning_policy_test_cases::list_automated_reasoning_policy_test_cases;
pub(crate) use update_automated_reasoning_policy_test_case::update_automated_reasoning_policy_test_case;

use super::{Policy, time::time};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{Held, Resource, original},
};

/// Test cases that a policy may have. The service has such a quota; its number is not verified.
const MOST: usize = 100;

original!(
    CreateAutomatedReasoningPolicyTestCaseInput,
    POST "/automated-reasoning-policies/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aautomated-reasoning-policy%2Fabcdefghijkl/test-cases"
);

/// A test case. Its parent is its policy.
pub(crate) struct TestCase;

/// What there is to know of a test case besides the request that made it, or last changed it: both have the same members.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct State {
    /// The token of the last update, with the hash of what it said.
    last_update: Option<(String, String)>,
}

impl Resource for TestCase {
    const KIND: &'static str = "automated-reasoning-policy-test-case";
    type Request = CreateAutomatedReasoningPolicyTestCaseInput;
    type State = State;

    fn not_found(identifier: &str) -> String {
        format!(
            "The test case {identifier} could not be found. Check its id and the ARN of its policy, and try again."
        )
    }
}

impl Held<TestCase> {
    /// As answers have it.
    pub(crate) fn told(&self) -> Result<AutomatedReasoningPolicyTestCase, ControlError> {
        let request = self.request()?;
        Ok(AutomatedReasoningPolicyTestCase {
            confidence_threshold: request.confidence_threshold,
            created_at: time(self.created_nanos()),
            expected_aggregated_findings_result: Some(request.expected_aggregated_findings_result),
            guard_content: request.guard_content,
            query_content: request.query_content,
            test_case_id: self.id().to_owned(),
            updated_at: time(self.updated_nanos()),
        })
    }
}

impl Control {
    /// A test case of a policy.
    pub(crate) async fn test_case(
        &self,
        context: &Context,
        policy: &Held<Policy>,
        id: &str,
    ) -> Result<Held<TestCase>, ControlError> {
        let held: Option<Held<TestCase>> = self.look_up(context, id).await?;
        held.filter(|held| held.parent() == Some(policy.id()))
            .ok_or_else(|| ControlError::NotFound(TestCase::not_found(id)))
    }
}

#[cfg(test)]
mod tests;
