//! How well a definition says what its documents say.
//!
//! A sentence grounds a rule or a variable if it has at least half of the words in the names and numbers of it. How accurate the
//! rule or variable is, is the largest share of its words that one sentence has; how much of the documents is covered is the
//! share of their sentences that ground something.

use std::collections::{BTreeSet, HashMap};

use bedrock_smithy::model::{
    AutomatedReasoningPolicyAnnotatedChunk as Chunk,
    AutomatedReasoningPolicyAnnotatedContent as AnnotatedContent,
    AutomatedReasoningPolicyAnnotatedLine as Line,
    AutomatedReasoningPolicyAtomicStatement as Atomic,
    AutomatedReasoningPolicyBuildWorkflowDocument as Document,
    AutomatedReasoningPolicyFidelityReport as FidelityReport,
    AutomatedReasoningPolicyReportSourceDocument as SourceDocument,
    AutomatedReasoningPolicyRuleReport as RuleReport,
    AutomatedReasoningPolicyStatementLocation as Location,
    AutomatedReasoningPolicyStatementReference as Reference,
    AutomatedReasoningPolicyVariableReport as VariableReport,
};

use super::text_of;
use crate::automated_reasoning_policy::{
    definition::Definition,
    digest::sha256,
    extract::{sentences, words},
};

/// The share of words from which on a sentence grounds something.
const GROUNDS: f64 = 0.5;

/// The most characters of a statement, and of a line.
const STATEMENT: usize = 1024;
const LINE: usize = 256;

/// The fidelity report of a definition. Documents without text are left out.
pub(crate) fn fidelity_report(definition: &Definition, documents: &[Document]) -> FidelityReport {
    let sources: Vec<SourceDocument> = documents
        .iter()
        .zip(1..)
        .filter_map(|(document, number)| source(document, number))
        .collect();
    let statements = Statements::of(&sources);
    let rules = definition.rules.iter().map(|rule| {
        let grounds = statements.grounds(&rule.expression);
        let report = RuleReport {
            accuracy_justification: Some(grounds.told()),
            accuracy_score: Some(grounds.accuracy),
            grounding_justifications: Some(grounds.justifications()),
            grounding_statements: Some(grounds.references.clone()),
            rule: rule.id.clone(),
        };
        (grounds, report)
    });
    let rules: Vec<(Grounds, RuleReport)> = rules.collect();
    let variables = definition.variables.iter().map(|variable| {
        let grounds = statements.grounds(&variable.name);
        let report = VariableReport {
            accuracy_justification: Some(grounds.told()),
            accuracy_score: Some(grounds.accuracy),
            grounding_justifications: Some(grounds.justifications()),
            grounding_statements: Some(grounds.references.clone()),
            policy_variable: variable.name.clone(),
        };
        (grounds, report)
    });
    let variables: Vec<(Grounds, VariableReport)> = variables.collect();
    let grounds = rules.iter().map(|(grounds, _)| grounds);
    let all: Vec<&Grounds> = grounds
        .chain(variables.iter().map(|(grounds, _)| grounds))
        .collect();
    let covered: BTreeSet<(&str, &str)> = all
        .iter()
        .flat_map(|grounds| &grounds.references)
        .map(|reference| {
            (
                reference.document_id.as_str(),
                reference.statement_id.as_str(),
            )
        })
        .collect();
    let coverage_score = share(covered.len(), statements.0.len());
    let sum: f64 = rules.iter().map(|(grounds, _)| grounds.accuracy).sum();
    let accuracy_score = if rules.is_empty() {
        0.0
    } else {
        sum / number(rules.len())
    };
    FidelityReport {
        accuracy_score,
        coverage_score,
        rule_reports: reports(rules, |report| report.rule.clone()),
        variable_reports: reports(variables, |report| report.policy_variable.clone()),
        document_sources: sources,
    }
}

fn reports<T>(all: Vec<(Grounds, T)>, name: impl Fn(&T) -> String) -> HashMap<String, T> {
    let all = all.into_iter();
    all.map(|(_, report)| (name(&report), report)).collect()
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        number(part) / number(whole)
    }
}

fn source(document: &Document, number: usize) -> Option<SourceDocument> {
    let text = text_of(document).ok()?;
    let statements = sentences(&text).into_iter().zip(1..);
    let atomic = statements.map(|(sentence, number)| Atomic {
        id: format!("S{number}"),
        location: Location {
            lines: sentence.lines,
        },
        text: sentence.text.chars().take(STATEMENT).collect(),
    });
    let lines = text.lines().zip(1..).map(|(line, number)| {
        AnnotatedContent::Line(Line {
            line_number: Some(number),
            line_text: Some(line.chars().take(LINE).collect()),
        })
    });
    Some(SourceDocument {
        atomic_statements: atomic.collect(),
        document_content: vec![Chunk {
            content: lines.collect(),
            page_number: Some(1),
        }],
        document_hash: sha256(document.document.as_ref()),
        document_id: format!("D{number}"),
        document_name: document.document_name.clone(),
    })
}

/// The statements of all documents with their words.
struct Statements(Vec<(Reference, BTreeSet<String>)>);

/// The statements that ground something.
struct Grounds {
    references: Vec<Reference>,
    accuracy: f64,
}

impl Statements {
    fn of(sources: &[SourceDocument]) -> Self {
        let of_source = |source: &SourceDocument| {
            let statement = |statement: &Atomic| {
                let reference = Reference {
                    document_id: source.document_id.clone(),
                    statement_id: statement.id.clone(),
                };
                (reference, words(&statement.text).into_iter().collect())
            };
            source
                .atomic_statements
                .iter()
                .map(statement)
                .collect::<Vec<_>>()
        };
        Self(sources.iter().flat_map(of_source).collect())
    }

    /// What grounds a text with names such as `tenureMonths` in it.
    fn grounds(&self, text: &str) -> Grounds {
        let sought = name_words(text);
        let shares = self.0.iter().map(|(reference, words)| {
            let found = sought.iter().filter(|word| words.contains(*word)).count();
            (reference, share(found, sought.len()))
        });
        let mut grounds: Vec<(&Reference, f64)> =
            shares.filter(|(_, share)| *share >= GROUNDS).collect();
        // The best first; the order of the documents among equals.
        grounds.sort_by(|left, right| right.1.total_cmp(&left.1));
        Grounds {
            accuracy: grounds.first().map_or(0.0, |(_, share)| *share),
            references: grounds
                .into_iter()
                .map(|(reference, _)| reference.clone())
                .collect(),
        }
    }
}

impl Grounds {
    fn told(&self) -> String {
        match self.references.first() {
            Some(best) => format!(
                "Statement {} of document {} has {:.0} % of its words.",
                best.statement_id,
                best.document_id,
                self.accuracy * 100.0
            ),
            None => "No statement has half of its words.".to_owned(),
        }
    }

    fn justifications(&self) -> Vec<String> {
        let told = |reference: &Reference| {
            format!(
                "Statement {} of document {} has at least half of its words.",
                reference.statement_id, reference.document_id
            )
        };
        self.references.iter().map(told).collect()
    }
}

/// The words of the names in a text: `tenure` and `months` of `tenureMonths`.
pub(super) fn name_words(text: &str) -> BTreeSet<String> {
    let mut spaced = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if letter.is_uppercase() || !letter.is_alphanumeric() {
            spaced.push(' ');
        }
        if letter.is_alphanumeric() {
            spaced.extend(letter.to_lowercase());
        }
    }
    let operators = ["and", "or", "not", "true", "false", "ite", "distinct"];
    let words = spaced.split_whitespace();
    words
        .filter(|word| !operators.contains(word))
        .map(str::to_owned)
        .collect()
}
