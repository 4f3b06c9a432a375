//! Which model of the catalogue answers for a model from the marketplace.

use outcrop_catalogue::Catalogue;

/// Families by a part of their models' names, with a model of the catalogue. All of them take the bodies of `OpenAI`'s chat
/// completions, as endpoints of Amazon `SageMaker` do (recorded).
const FAMILIES: &[(&str, &str)] = &[
    ("deepseek", "deepseek.v3-v1:0"),
    ("gemma", "google.gemma-3-12b-it"),
    ("mistral", "mistral.ministral-3-8b-instruct"),
    ("mixtral", "mistral.ministral-3-14b-instruct"),
    ("pixtral", "mistral.mistral-large-3-675b-instruct"),
    ("gpt-oss", "openai.gpt-oss-20b-1:0"),
    ("qwen", "qwen.qwen3-32b-v1:0"),
];

/// What answers for every other family.
const ANY: &str = "google.gemma-3-12b-it";

/// The id of the model that answers for one with this ARN in the hub.
pub(super) fn base_model(catalogue: &Catalogue, source: &str) -> String {
    let (_, name) = source.split_once("/Model/").unwrap_or(("", source));
    let name = name.to_lowercase();
    let family = FAMILIES.iter().find(|(part, _)| name.contains(part));
    let model = family.map_or(ANY, |(_, model)| model);
    // A file of the user's may have taken it away.
    let known = catalogue.model(model).map_or(ANY, |model| &model.id);
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_have_models_that_there_are() {
        let catalogue = Catalogue::builtin().expect("is valid");
        for model in FAMILIES.iter().map(|(_, model)| *model).chain([ANY]) {
            assert!(catalogue.model(model).is_some(), "{model}");
        }
        let hub = "arn:aws:sagemaker:us-east-1:aws:hub-content/SageMakerPublicHub/Model";
        for (name, model) in [
            (
                "huggingface-reasoning-qwen3-4b/1.0.0",
                "qwen.qwen3-32b-v1:0",
            ),
            ("deepseek-llm-r1-distill-qwen-7b/1.0.0", "deepseek.v3-v1:0"),
            ("tiiae-falcon-40b/1", ANY),
        ] {
            assert_eq!(base_model(&catalogue, &format!("{hub}/{name}")), model);
        }
    }
}
