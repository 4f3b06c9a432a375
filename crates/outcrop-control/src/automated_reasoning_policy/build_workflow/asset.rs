//! The things that builds make.

use bedrock_smithy::model::{
    AutomatedReasoningPolicyBuildLog as BuildLog,
    AutomatedReasoningPolicyBuildResultAssetManifest as Manifest,
    AutomatedReasoningPolicyBuildResultAssetManifestEntry as ManifestEntry,
    AutomatedReasoningPolicyBuildResultAssetType as AssetType,
    AutomatedReasoningPolicyBuildResultAssets as Asset,
    AutomatedReasoningPolicyBuildWorkflowDocument as Document,
    AutomatedReasoningPolicyBuildWorkflowSource as Source,
    AutomatedReasoningPolicyBuildWorkflowType as WorkflowType,
    AutomatedReasoningPolicyGeneratedTestCases as GeneratedTestCases,
    AutomatedReasoningPolicyScenarios as Scenarios,
    AutomatedReasoningPolicySourceDocument as SourceDocument,
};

use super::BuildWorkflow;
use crate::{
    automated_reasoning_policy::{
        build::{documents, fidelity_report, generated_test_cases, quality_report, scenarios},
        digest::sha256,
    },
    error::ControlError,
    resource::Held,
};

/// The asset of a type, and of an id where there may be several.
pub(super) fn asset(
    held: &Held<BuildWorkflow>,
    asset: AssetType,
    id: Option<&str>,
) -> Result<Asset, ControlError> {
    let source = held.source()?;
    if asset != AssetType::AssetManifest && !made_by(held.state.kind).contains(&asset) {
        return Err(none(held, asset));
    }
    let built = || held.built(&source);
    Ok(match asset {
        AssetType::AssetManifest => Asset::AssetManifest(manifest(held.state.kind, &source)),
        AssetType::BuildLog => Asset::BuildLog(BuildLog {
            entries: built().entries,
        }),
        AssetType::FidelityReport => {
            let definition = built().definition;
            Asset::FidelityReport(fidelity_report(&definition, documents(&source)))
        }
        AssetType::GeneratedTestCases => Asset::GeneratedTestCases(GeneratedTestCases {
            generated_test_cases: generated_test_cases(&built().definition),
        }),
        AssetType::PolicyDefinition => Asset::PolicyDefinition(built().definition.into()),
        AssetType::PolicyScenarios => Asset::PolicyScenarios(Scenarios {
            policy_scenarios: scenarios(&built().definition),
        }),
        AssetType::QualityReport => Asset::QualityReport(quality_report(&built().definition)),
        AssetType::SourceDocument => {
            let id = id.ok_or_else(|| {
                // The official model says that it is required; the text is ours.
                ControlError::Validation(
                    "A SOURCE_DOCUMENT has to be named by its assetId, which the ASSET_MANIFEST tells."
                        .to_owned(),
                )
            })?;
            let mut documents = documents(&source).iter();
            let document = documents.find(|document| asset_id(document) == id);
            Asset::Document(source_document(document.ok_or_else(|| none(held, asset))?))
        }
    })
}

/// The text is ours; the service says the same by the same exception.
fn none(held: &Held<BuildWorkflow>, asset: AssetType) -> ControlError {
    ControlError::NotFound(format!(
        "The build workflow {} has no such asset {}. Its ASSET_MANIFEST lists those that it has.",
        held.id(),
        asset.as_str()
    ))
}

/// What workflows of a type make besides the manifest. Reports on fidelity and scenarios have types of their own since March 2026.
fn made_by(kind: WorkflowType) -> &'static [AssetType] {
    match kind {
        WorkflowType::IngestContent => &[
            AssetType::PolicyDefinition,
            AssetType::QualityReport,
            AssetType::BuildLog,
            AssetType::GeneratedTestCases,
            AssetType::SourceDocument,
        ],
        WorkflowType::IterativelyRefinePolicy => &[
            AssetType::PolicyDefinition,
            AssetType::QualityReport,
            AssetType::BuildLog,
            AssetType::SourceDocument,
        ],
        WorkflowType::ImportPolicy
        | WorkflowType::RefinePolicy
        | WorkflowType::ResolvePolicyAmbiguities => &[
            AssetType::PolicyDefinition,
            AssetType::QualityReport,
            AssetType::BuildLog,
        ],
        WorkflowType::GenerateFidelityReport => &[
            AssetType::FidelityReport,
            AssetType::BuildLog,
            AssetType::SourceDocument,
        ],
        WorkflowType::GeneratePolicyScenarios => &[AssetType::PolicyScenarios, AssetType::BuildLog],
    }
}

fn manifest(kind: WorkflowType, source: &Source) -> Manifest {
    let of_type = |asset: &AssetType| {
        let entry = |document: Option<&Document>| ManifestEntry {
            asset_id: document.map(asset_id),
            asset_name: document.map(|document| document.document_name.clone()),
            asset_type: *asset,
        };
        match asset {
            AssetType::SourceDocument => {
                let documents = documents(source).iter();
                documents.map(|document| entry(Some(document))).collect()
            }
            _ => vec![entry(None)],
        }
    };
    Manifest {
        entries: made_by(kind).iter().flat_map(of_type).collect(),
    }
}

/// The id of a document: the beginning of its hash, with the hyphens of a UUID.
fn asset_id(document: &Document) -> String {
    let mut id = sha256(document.document.as_ref());
    id.truncate(32);
    for place in [20, 16, 12, 8] {
        id.insert(place, '-');
    }
    id
}

fn source_document(document: &Document) -> SourceDocument {
    SourceDocument {
        document: document.document.clone(),
        document_content_type: document.document_content_type,
        document_description: document.document_description.clone(),
        document_hash: sha256(document.document.as_ref()),
        document_name: document.document_name.clone(),
    }
}
