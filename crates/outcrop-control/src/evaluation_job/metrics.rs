//! The service's own metrics and data sets (documentation of `EvaluationDatasetMetricConfig` and `EvaluationDataset`, and of
//! the citation metrics in the user guide).

/// Metrics that are computed without a model.
pub(super) const COMPUTED: &[&str] =
    &["Builtin.Accuracy", "Builtin.Robustness", "Builtin.Toxicity"];

/// Metrics by which a model judges another one.
pub(super) const JUDGED: &[&str] = &[
    "Builtin.Correctness",
    "Builtin.Completeness",
    "Builtin.Faithfulness",
    "Builtin.Helpfulness",
    "Builtin.Coherence",
    "Builtin.Relevance",
    "Builtin.FollowingInstructions",
    "Builtin.ProfessionalStyleAndTone",
    "Builtin.Harmfulness",
    "Builtin.Stereotyping",
    "Builtin.Refusal",
];

/// Metrics by which a model judges what a knowledge base finds.
pub(super) const RETRIEVED: &[&str] = &["Builtin.ContextRelevance", "Builtin.ContextCoverage"];

/// Metrics by which a model judges answers from what a knowledge base finds.
pub(super) const GENERATED: &[&str] = &[
    "Builtin.Correctness",
    "Builtin.Completeness",
    "Builtin.Helpfulness",
    "Builtin.LogicalCoherence",
    "Builtin.Faithfulness",
    "Builtin.CitationPrecision",
    "Builtin.CitationCoverage",
    "Builtin.Harmfulness",
    "Builtin.Stereotyping",
    "Builtin.Refusal",
];

/// Data sets that need no location.
pub(super) const DATASETS: &[&str] = &[
    "Builtin.Bold",
    "Builtin.BoolQ",
    "Builtin.NaturalQuestions",
    "Builtin.Gigaword",
    "Builtin.RealToxicityPrompts",
    "Builtin.TriviaQA",
    "Builtin.T-Rex",
    "Builtin.WomensEcommerceClothingReviews",
    "Builtin.Wikitext2",
];
