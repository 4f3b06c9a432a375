//! What a build workflow may be given. The texts are ours.

use bedrock_smithy::model::{
    AutomatedReasoningPolicyBuildWorkflowSource as Source,
    AutomatedReasoningPolicyBuildWorkflowType as WorkflowType,
    AutomatedReasoningPolicyWorkflowTypeContent as Content,
};

use crate::{
    automated_reasoning_policy::build::{documents, text_of},
    error::ControlError,
};

/// The most characters of a document (the user guide).
const CHARACTERS: usize = 50_000;

/// Whether the source is one for workflows of this type.
pub(super) fn check(kind: WorkflowType, source: &Source) -> Result<(), ControlError> {
    let content = source.workflow_content.as_ref();
    let (wanted, fits) = match kind {
        WorkflowType::IngestContent => {
            ("documents", matches!(content, Some(Content::Documents(_))))
        }
        WorkflowType::RefinePolicy => (
            "policyRepairAssets",
            matches!(content, Some(Content::PolicyRepairAssets(_))),
        ),
        WorkflowType::IterativelyRefinePolicy => (
            "iterativeRefinementContent",
            matches!(content, Some(Content::IterativeRefinementContent(_))),
        ),
        WorkflowType::GenerateFidelityReport => (
            "generateFidelityReportContent",
            matches!(content, Some(Content::GenerateFidelityReportContent(_))),
        ),
        WorkflowType::ImportPolicy
        | WorkflowType::GeneratePolicyScenarios
        | WorkflowType::ResolvePolicyAmbiguities => ("nothing", content.is_none()),
    };
    if !fits {
        return Err(ControlError::Validation(format!(
            "A build workflow of the type {} takes {wanted} as its workflowContent.",
            kind.as_str()
        )));
    }
    if kind == WorkflowType::ImportPolicy && source.policy_definition.is_none() {
        return Err(ControlError::Validation(
            "A build workflow of the type IMPORT_POLICY takes a policyDefinition.".to_owned(),
        ));
    }
    for document in documents(source) {
        let text = text_of(document).map_err(ControlError::Validation)?;
        if text.chars().count() > CHARACTERS {
            return Err(ControlError::Validation(format!(
                "The document {} has more than {CHARACTERS} characters. Split it, and try again.",
                document.document_name
            )));
        }
    }
    Ok(())
}
