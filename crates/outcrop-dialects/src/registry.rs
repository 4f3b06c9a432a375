//! Which dialect a model speaks.

use outcrop_catalogue::Model;

use crate::Dialect;
use crate::anthropic::Anthropic;
use crate::cohere_chat::CohereChat;
use crate::cohere_embed::CohereEmbed;
use crate::elsewhere::Elsewhere;
use crate::luma_ray::LumaRay;
use crate::marengo_embed::MarengoEmbed;
use crate::nova::Nova;
use crate::nova_canvas::NovaCanvas;
use crate::nova_embed::NovaEmbed;
use crate::nova_reel::NovaReel;
use crate::openai_chat::{GPT_OSS, JAMBA, MISTRAL, OPENAI, R1};
use crate::prompt::families::{COHERE_COMMAND, JURASSIC, LLAMA, PEGASUS, TITAN_TEXT};
use crate::rerank::Rerank;
use crate::stability::Stability;
use crate::stable_diffusion::StableDiffusion;
use crate::titan_embed::{TitanEmbedImage, TitanEmbedText, TitanEmbedTextV2};
use crate::titan_image::TitanImage;

/// How the ids of a family begin, and what its models speak. The first that fits counts.
const FAMILIES: &[(&str, &dyn Dialect)] = &[
    ("anthropic.", &Anthropic),
    ("amazon.nova-2-multimodal-embeddings", &NovaEmbed),
    ("amazon.nova-canvas", &NovaCanvas),
    ("amazon.nova-reel", &NovaReel),
    ("amazon.nova-sonic", &Elsewhere::Bidirectional),
    ("amazon.nova-2-sonic", &Elsewhere::Bidirectional),
    ("amazon.nova-", &Nova),
    ("amazon.rerank", &Rerank::Amazon),
    ("amazon.titan-embed-image", &TitanEmbedImage),
    ("amazon.titan-embed-text-v2", &TitanEmbedTextV2),
    ("amazon.titan-embed", &TitanEmbedText),
    ("amazon.titan-image-generator-v1", &TitanImage::V1),
    ("amazon.titan-image", &TitanImage::V2),
    ("amazon.titan-", &TITAN_TEXT),
    ("ai21.j2-", &JURASSIC),
    ("ai21.", &JAMBA),
    ("cohere.command-r", &CohereChat),
    ("cohere.command", &COHERE_COMMAND),
    ("cohere.embed-english", &CohereEmbed::V3English),
    ("cohere.embed-multilingual", &CohereEmbed::V3),
    ("cohere.embed", &CohereEmbed::V4),
    ("cohere.rerank", &Rerank::Cohere),
    ("deepseek.r1", &R1),
    ("deepseek.", &OPENAI),
    ("google.gemma-", &OPENAI),
    ("luma.ray", &LumaRay),
    ("meta.", &LLAMA),
    ("minimax.", &OPENAI),
    ("mistral.mistral-7b-", &MISTRAL),
    ("mistral.mistral-large-24", &MISTRAL),
    ("mistral.mistral-small-24", &MISTRAL),
    ("mistral.mixtral-", &MISTRAL),
    ("mistral.", &OPENAI),
    ("moonshot.", &OPENAI),
    ("moonshotai.", &OPENAI),
    ("nvidia.", &OPENAI),
    ("openai.gpt-oss-", &GPT_OSS),
    ("openai.", &OPENAI),
    ("qwen.", &OPENAI),
    ("stability.stable-diffusion", &StableDiffusion),
    ("stability.", &Stability),
    ("twelvelabs.marengo-embed-2", &MarengoEmbed::V2),
    ("twelvelabs.marengo-embed", &MarengoEmbed::V3),
    ("twelvelabs.pegasus-", &PEGASUS),
    ("writer.", &OPENAI),
    ("zai.", &OPENAI),
];

/// The dialect of a model. What is in no family, such as an imported model, speaks `OpenAI`'s chat completions.
#[must_use]
pub fn dialect(model: &Model) -> &'static dyn Dialect {
    line(&model.id).map_or(&OPENAI, |(_, dialect)| dialect)
}

/// What the ids of a model's family begin with: its line in the registry, by which tests tell families apart.
#[must_use]
pub fn family(id: &str) -> Option<&'static str> {
    line(id).map(|(prefix, _)| prefix)
}

/// Every line of the registry, in its order.
pub fn families() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().map(|(prefix, _)| *prefix)
}

fn line(id: &str) -> Option<(&'static str, &'static dyn Dialect)> {
    FAMILIES
        .iter()
        .find(|(prefix, _)| id.starts_with(prefix))
        .copied()
}

#[cfg(test)]
mod tests {
    use outcrop_catalogue::{Catalogue, ModelFilter};

    use super::*;

    #[test]
    fn every_model_is_in_a_family() {
        let catalogue = Catalogue::builtin().unwrap();
        let without: Vec<_> = catalogue
            .models(ModelFilter::default())
            .filter(|model| family(&model.id).is_none())
            .map(|model| &model.id)
            .collect();
        assert!(without.is_empty(), "no line in FAMILIES for {without:?}");
    }

    /// `tests/families.json` is what the suites of the official clients ask.
    #[test]
    fn every_line_is_asked_through_the_official_clients() {
        let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/families.json");
        let cases = std::fs::read(cases).unwrap();
        let cases: Vec<serde_json::Value> = serde_json::from_slice(&cases).unwrap();
        let asked: Vec<_> = cases
            .iter()
            .filter_map(|case| case["model"].as_str())
            .filter_map(|id| family(id.strip_prefix("us.").unwrap_or(id)))
            .collect();
        let without: Vec<_> = families().filter(|line| !asked.contains(line)).collect();
        assert!(
            without.is_empty(),
            "no case in tests/families.json for {without:?}"
        );
    }
}
