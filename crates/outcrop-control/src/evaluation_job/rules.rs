//! What a job's configuration must be besides its form: the rules are documented with the members, the texts are ours.

use bedrock_smithy::{
    input::CreateEvaluationJobInput,
    model::{
        AutomatedEvaluationConfig, AutomatedEvaluationCustomMetricSource, EvaluationConfig,
        EvaluationDatasetMetricConfig, EvaluationInferenceConfig,
        EvaluationPrecomputedRagSourceConfig, HumanEvaluationConfig, KnowledgeBaseConfig,
        RagConfig, RetrieveAndGenerateType,
    },
};

use super::{described, metrics};
use crate::error::ControlError;

pub(super) fn check(request: &CreateEvaluationJobInput) -> Result<(), ControlError> {
    let application = described(request).application_type;
    if request
        .application_type
        .is_some_and(|said| said != application)
    {
        return refuse(format!(
            "The applicationType and the inferenceConfig don't agree. Use {} with this inferenceConfig.",
            application.as_str()
        ));
    }
    match (&request.evaluation_config, &request.inference_config) {
        (EvaluationConfig::Automated(automated), EvaluationInferenceConfig::Models(models)) => {
            if models.len() != 1 {
                return refuse(
                    "An automated evaluation job evaluates one model. Give one model in inferenceConfig.models.",
                );
            }
            let judged = automated.evaluator_model_config.is_some();
            let known = if judged {
                metrics::JUDGED
            } else {
                metrics::COMPUTED
            };
            check_automated(automated, known)
        }
        (
            EvaluationConfig::Automated(automated),
            EvaluationInferenceConfig::RagConfigs(configs),
        ) => {
            if automated.evaluator_model_config.is_none() {
                return refuse(
                    "An evaluation of a knowledge base needs a model that judges. Give it in evaluatorModelConfig.",
                );
            }
            configs.iter().try_for_each(|config| {
                check_rag(config)?;
                let known = if retrieves_only(config) {
                    metrics::RETRIEVED
                } else {
                    metrics::GENERATED
                };
                check_automated(automated, known)
            })
        }
        (EvaluationConfig::Human(human), EvaluationInferenceConfig::Models(_)) => {
            check_human(human)
        }
        (EvaluationConfig::Human(_), EvaluationInferenceConfig::RagConfigs(_)) => refuse(
            "People can evaluate models only. Give inferenceConfig.models, or an automated evaluationConfig.",
        ),
    }
}

fn refuse(message: impl Into<String>) -> Result<(), ControlError> {
    Err(ControlError::Validation(message.into()))
}

fn check_automated(
    automated: &AutomatedEvaluationConfig,
    known: &[&str],
) -> Result<(), ControlError> {
    let custom = automated.custom_metric_config.as_ref();
    let own: Vec<&str> = custom
        .iter()
        .flat_map(|config| &config.custom_metrics)
        .map(
            |AutomatedEvaluationCustomMetricSource::CustomMetricDefinition(metric)| {
                metric.name.as_str()
            },
        )
        .collect();
    for config in &automated.dataset_metric_configs {
        check_dataset(config)?;
        let unknown = config
            .metric_names
            .iter()
            .find(|name| !known.contains(&name.as_str()) && !own.contains(&name.as_str()));
        if let Some(name) = unknown {
            return refuse(format!(
                "The metric {name} can't be computed by this evaluation job. Use one of [{}], or define it in customMetricConfig.",
                known.join(", ")
            ));
        }
    }
    Ok(())
}

fn check_dataset(config: &EvaluationDatasetMetricConfig) -> Result<(), ControlError> {
    let dataset = &config.dataset;
    if dataset.dataset_location.is_some() || metrics::DATASETS.contains(&dataset.name.as_str()) {
        return Ok(());
    }
    refuse(format!(
        "The dataset {} isn't one of the built-in datasets [{}]. Give the location of a dataset of your own in datasetLocation.",
        dataset.name,
        metrics::DATASETS.join(", ")
    ))
}

fn check_human(human: &HumanEvaluationConfig) -> Result<(), ControlError> {
    let own: Vec<&str> = human
        .custom_metrics
        .iter()
        .flatten()
        .map(|metric| metric.name.as_str())
        .collect();
    for config in &human.dataset_metric_configs {
        if config.dataset.dataset_location.is_none() {
            return refuse(
                "People evaluate with datasets of your own only. Give the location of each dataset in datasetLocation.",
            );
        }
        if let Some(name) = config
            .metric_names
            .iter()
            .find(|name| !own.contains(&name.as_str()))
        {
            return refuse(format!(
                "The metric {name} isn't one of the customMetrics. Each of metricNames has to be the name of one of them."
            ));
        }
    }
    Ok(())
}

fn check_rag(config: &RagConfig) -> Result<(), ControlError> {
    let RagConfig::KnowledgeBaseConfig(KnowledgeBaseConfig::RetrieveAndGenerateConfig(generate)) =
        config
    else {
        return Ok(());
    };
    let (member, given) = match generate.r#type {
        RetrieveAndGenerateType::KnowledgeBase => (
            "knowledgeBaseConfiguration",
            generate.knowledge_base_configuration.is_some(),
        ),
        RetrieveAndGenerateType::ExternalSources => (
            "externalSourcesConfiguration",
            generate.external_sources_configuration.is_some(),
        ),
    };
    if given {
        return Ok(());
    }
    refuse(format!(
        "A retrieveAndGenerateConfig of the type {} needs {member}.",
        generate.r#type.as_str()
    ))
}

fn retrieves_only(config: &RagConfig) -> bool {
    matches!(
        config,
        RagConfig::KnowledgeBaseConfig(KnowledgeBaseConfig::RetrieveConfig(_))
            | RagConfig::PrecomputedRagSourceConfig(
                EvaluationPrecomputedRagSourceConfig::RetrieveSourceConfig(_)
            )
    )
}
