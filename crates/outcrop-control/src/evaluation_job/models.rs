//! The models, knowledge bases and other sources that a job names.

use bedrock_smithy::{
    input::CreateEvaluationJobInput,
    model::{
        EvaluationConfig, EvaluationInferenceConfig, EvaluationInferenceConfigSummary,
        EvaluationModelConfig, EvaluationModelConfigSummary, EvaluationPrecomputedRagSourceConfig,
        EvaluationRagConfigSummary, EvaluatorModelConfig, KnowledgeBaseConfig, RagConfig,
        RetrieveAndGenerateConfiguration,
    },
};

/// All models that would be asked, by id or ARN.
pub(super) fn asked(request: &CreateEvaluationJobInput) -> Vec<&str> {
    let mut asked = Vec::new();
    match &request.inference_config {
        EvaluationInferenceConfig::Models(models) => {
            asked.extend(models.iter().filter_map(bedrock));
        }
        EvaluationInferenceConfig::RagConfigs(configs) => {
            asked.extend(configs.iter().filter_map(generator));
        }
    }
    asked.extend(evaluator_models(request));
    asked.extend(custom_evaluator_models(request));
    asked
}

/// The models that compute the metrics. `None` where people, or no model, do that.
pub(super) fn evaluators(request: &CreateEvaluationJobInput) -> Option<Vec<String>> {
    some(evaluator_models(request))
}

/// The models that compute the metrics that the job defines.
pub(super) fn custom_evaluators(request: &CreateEvaluationJobInput) -> Option<Vec<String>> {
    some(custom_evaluator_models(request))
}

/// What is evaluated.
pub(super) fn summary(config: &EvaluationInferenceConfig) -> EvaluationInferenceConfigSummary {
    let mut summary = EvaluationInferenceConfigSummary {
        model_config_summary: None,
        rag_config_summary: None,
    };
    match config {
        EvaluationInferenceConfig::Models(models) => {
            summary.model_config_summary = Some(EvaluationModelConfigSummary {
                bedrock_model_identifiers: some(models.iter().filter_map(bedrock)),
                precomputed_inference_source_identifiers: some(
                    models.iter().filter_map(precomputed_model),
                ),
            });
        }
        EvaluationInferenceConfig::RagConfigs(configs) => {
            summary.rag_config_summary = Some(EvaluationRagConfigSummary {
                bedrock_knowledge_base_identifiers: some(configs.iter().filter_map(knowledge_base)),
                precomputed_rag_source_identifiers: some(
                    configs.iter().filter_map(precomputed_rag),
                ),
            });
        }
    }
    summary
}

fn some<'a>(identifiers: impl IntoIterator<Item = &'a str>) -> Option<Vec<String>> {
    let all: Vec<String> = identifiers.into_iter().map(str::to_owned).collect();
    (!all.is_empty()).then_some(all)
}

fn evaluator_models(request: &CreateEvaluationJobInput) -> Vec<&str> {
    let EvaluationConfig::Automated(automated) = &request.evaluation_config else {
        return Vec::new();
    };
    let Some(EvaluatorModelConfig::BedrockEvaluatorModels(models)) =
        &automated.evaluator_model_config
    else {
        return Vec::new();
    };
    let ids = models.iter().map(|model| model.model_identifier.as_str());
    ids.collect()
}

fn custom_evaluator_models(request: &CreateEvaluationJobInput) -> Vec<&str> {
    let EvaluationConfig::Automated(automated) = &request.evaluation_config else {
        return Vec::new();
    };
    let configs = automated.custom_metric_config.iter();
    configs
        .flat_map(|config| &config.evaluator_model_config.bedrock_evaluator_models)
        .map(|model| model.model_identifier.as_str())
        .collect()
}

fn bedrock(config: &EvaluationModelConfig) -> Option<&str> {
    match config {
        EvaluationModelConfig::BedrockModel(model) => Some(&model.model_identifier),
        EvaluationModelConfig::PrecomputedInferenceSource(_) => None,
    }
}

fn precomputed_model(config: &EvaluationModelConfig) -> Option<&str> {
    match config {
        EvaluationModelConfig::BedrockModel(_) => None,
        EvaluationModelConfig::PrecomputedInferenceSource(source) => {
            Some(&source.inference_source_identifier)
        }
    }
}

fn knowledge_base(config: &RagConfig) -> Option<&str> {
    match config {
        RagConfig::KnowledgeBaseConfig(KnowledgeBaseConfig::RetrieveConfig(retrieve)) => {
            Some(&retrieve.knowledge_base_id)
        }
        RagConfig::KnowledgeBaseConfig(KnowledgeBaseConfig::RetrieveAndGenerateConfig(
            generate,
        )) => {
            let base = generate.knowledge_base_configuration.as_ref()?;
            Some(&base.knowledge_base_id)
        }
        RagConfig::PrecomputedRagSourceConfig(_) => None,
    }
}

fn precomputed_rag(config: &RagConfig) -> Option<&str> {
    match config {
        RagConfig::KnowledgeBaseConfig(_) => None,
        RagConfig::PrecomputedRagSourceConfig(
            EvaluationPrecomputedRagSourceConfig::RetrieveAndGenerateSourceConfig(source),
        ) => Some(&source.rag_source_identifier),
        RagConfig::PrecomputedRagSourceConfig(
            EvaluationPrecomputedRagSourceConfig::RetrieveSourceConfig(source),
        ) => Some(&source.rag_source_identifier),
    }
}

/// The model that words the answers.
fn generator(config: &RagConfig) -> Option<&str> {
    let RagConfig::KnowledgeBaseConfig(KnowledgeBaseConfig::RetrieveAndGenerateConfig(
        RetrieveAndGenerateConfiguration {
            external_sources_configuration,
            knowledge_base_configuration,
            ..
        },
    )) = config
    else {
        return None;
    };
    let of_base = knowledge_base_configuration.as_ref();
    let of_sources = external_sources_configuration.as_ref();
    of_base
        .map(|base| base.model_arn.as_str())
        .or_else(|| of_sources.map(|sources| sources.model_arn.as_str()))
}
