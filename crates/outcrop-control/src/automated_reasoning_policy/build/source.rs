//! What a build is given, and the definition that it makes of it.

use bedrock_smithy::model::{
    AutomatedReasoningPolicyAddRuleFromNaturalLanguageAnnotation as NaturalLanguage,
    AutomatedReasoningPolicyAnnotation as Annotation,
    AutomatedReasoningPolicyBuildDocumentContentType as ContentType,
    AutomatedReasoningPolicyBuildLogEntry as Entry,
    AutomatedReasoningPolicyBuildMessageType as MessageType,
    AutomatedReasoningPolicyBuildWorkflowDocument as Document,
    AutomatedReasoningPolicyBuildWorkflowSource as Source,
    AutomatedReasoningPolicyBuildWorkflowType as WorkflowType,
    AutomatedReasoningPolicyDeleteVariableAnnotation as DeleteVariable,
    AutomatedReasoningPolicyGenerateFidelityReportContent as FidelityContent,
    AutomatedReasoningPolicyIngestContentAnnotation as IngestContent,
    AutomatedReasoningPolicyUpdateRuleAnnotation as UpdateRule,
    AutomatedReasoningPolicyWorkflowTypeContent as Content,
};

use super::{
    apply::{apply, ingest},
    log::{Built, Steps},
    pdf,
};
use crate::automated_reasoning_policy::{
    definition::{Definition, Variable},
    logic::parse,
};

/// The most characters of the contents that entries of the log show.
const CONTENT: usize = 4096;

/// The most characters of feedback that is a rule in natural language.
const NATURAL_LANGUAGE: usize = 1024;

/// The documents of a request.
pub(crate) fn documents(source: &Source) -> &[Document] {
    match &source.workflow_content {
        Some(
            Content::Documents(documents)
            | Content::GenerateFidelityReportContent(FidelityContent::Documents(documents)),
        ) => documents,
        Some(Content::IterativeRefinementContent(content)) => &content.documents,
        Some(Content::PolicyRepairAssets(_)) | None => &[],
    }
}

/// The text of a document. The error says why there is none.
pub(crate) fn text_of(document: &Document) -> Result<String, String> {
    let name = &document.document_name;
    let bytes = document.document.as_ref();
    let text = match document.document_content_type {
        ContentType::Pdf => pdf::text(bytes),
        ContentType::Text => std::str::from_utf8(bytes).ok().map(str::to_owned),
    };
    text.filter(|text| !text.trim().is_empty()).ok_or_else(|| {
        format!(
            "The document {name} has no text that can be read here. Send its text with the content type txt, in UTF-8, and try again."
        )
    })
}

/// The definition that a workflow makes of `base`, and how.
pub(crate) fn built(kind: WorkflowType, source: &Source, base: Definition) -> Built {
    let mut definition = base;
    let entries = match kind {
        WorkflowType::IngestContent => ingested(&mut definition, source),
        WorkflowType::RefinePolicy => refined(&mut definition, source),
        WorkflowType::ImportPolicy => imported(&definition),
        WorkflowType::IterativelyRefinePolicy => {
            let mut entries = ingested(&mut definition, source);
            entries.extend(feedback(source).map(|annotation| apply(&mut definition, annotation)));
            entries
        }
        WorkflowType::ResolvePolicyAmbiguities => resolved(&mut definition),
        WorkflowType::GenerateFidelityReport | WorkflowType::GeneratePolicyScenarios => Vec::new(),
    };
    Built {
        definition,
        entries,
    }
}

fn ingested(definition: &mut Definition, source: &Source) -> Vec<Entry> {
    let entry = |document: &Document| {
        let mut steps = Steps::default();
        let text = text_of(document);
        let shown = text
            .clone()
            .unwrap_or_else(|_| document.document_name.clone());
        let applied = text.and_then(|text| ingest(definition, &text, &mut steps));
        let annotation = Annotation::IngestContent(IngestContent {
            content: shown.chars().take(CONTENT).collect(),
        });
        steps.entry(annotation, applied)
    };
    documents(source).iter().map(entry).collect()
}

fn refined(definition: &mut Definition, source: &Source) -> Vec<Entry> {
    let annotations = match &source.workflow_content {
        Some(Content::PolicyRepairAssets(assets)) => assets.annotations.clone(),
        _ => Vec::new(),
    };
    let annotations = annotations.into_iter();
    annotations
        .map(|annotation| apply(definition, annotation))
        .collect()
}

/// One entry that says which rules cannot be read: the definition itself is taken as it is.
fn imported(definition: &Definition) -> Vec<Entry> {
    let mut steps = Steps::default();
    let (types, variables, rules) = (
        definition.types.len(),
        definition.variables.len(),
        definition.rules.len(),
    );
    let message = format!("Imported {types} types, {variables} variables and {rules} rules.");
    steps.noted(&message, MessageType::Info);
    for rule in &definition.rules {
        if let Err(reason) = parse(&rule.expression) {
            let message = format!("The rule {} can't be read: {reason}.", rule.id);
            steps.noted(&message, MessageType::Warning);
        }
    }
    let content = serde_json::to_string(definition).unwrap_or_default();
    let annotation = Annotation::IngestContent(IngestContent {
        content: content.chars().take(CONTENT).collect(),
    });
    vec![steps.entry(annotation, Ok(()))]
}

fn feedback(source: &Source) -> Option<Annotation> {
    let Some(Content::IterativeRefinementContent(content)) = &source.workflow_content else {
        return None;
    };
    let natural_language = content.feedback.as_ref()?.chars().take(NATURAL_LANGUAGE);
    Some(Annotation::AddRuleFromNaturalLanguage(NaturalLanguage {
        natural_language: natural_language.collect(),
    }))
}

/// The documentation names what makes translations ambiguous: variables that say the same, and variables that no rule names. The
/// first of the same ones takes the others' places, and what no rule names goes.
fn resolved(definition: &mut Definition) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (old, new) in same(definition) {
        for id in definition.rules_with(&old) {
            let Some(expression) = definition.expression_with(&id, &old, &new) else {
                continue;
            };
            let update = UpdateRule {
                expression,
                rule_id: id,
            };
            entries.push(apply(definition, Annotation::UpdateRule(update)));
        }
    }
    let names: Vec<String> = definition
        .variables
        .iter()
        .map(|one| one.name.clone())
        .collect();
    for name in names {
        if definition.rules_with(&name).is_empty() {
            let delete = DeleteVariable { name };
            entries.push(apply(definition, Annotation::DeleteVariable(delete)));
        }
    }
    entries
}

/// Variables of one type whose descriptions say the same, each with the first of them.
fn same(definition: &Definition) -> Vec<(String, String)> {
    let said = |text: &str| text.trim().to_lowercase();
    let variables = definition.variables.iter().enumerate();
    let earlier = |(place, later): (usize, &Variable)| {
        let mut before = definition.variables.iter().take(place);
        let first = before.find(|first| {
            first.kind == later.kind
                && !first.description.trim().is_empty()
                && said(&first.description) == said(&later.description)
        })?;
        Some((later.name.clone(), first.name.clone()))
    };
    variables.filter_map(earlier).collect()
}
