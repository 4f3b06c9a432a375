//! Which dialect a model speaks.

use outcrop_catalogue::Model;

use crate::Dialect;
use crate::anthropic::Anthropic;
use crate::cohere_embed::CohereEmbed;
use crate::image::{AmazonImage, StableDiffusion, StableImage};
use crate::nova::Nova;
use crate::nova_embed::NovaEmbed;
use crate::openai_chat::{JAMBA, MISTRAL, OPENAI, R1};
use crate::prompt::families::{COHERE_CHAT, COHERE_COMMAND, JURASSIC, LLAMA, TITAN_TEXT};
use crate::rerank::Rerank;
use crate::titan_embed::{TitanEmbedImage, TitanEmbedText, TitanEmbedTextV2};

/// How the ids of a family begin, and what its models speak. The first that fits counts.
const FAMILIES: &[(&str, &dyn Dialect)] = &[
    ("anthropic.", &Anthropic),
    ("amazon.nova-2-multimodal-embeddings", &NovaEmbed),
    ("amazon.nova-canvas", &AmazonImage),
    ("amazon.nova-", &Nova),
    ("amazon.rerank", &Rerank),
    ("amazon.titan-embed-image", &TitanEmbedImage),
    ("amazon.titan-embed-text-v2", &TitanEmbedTextV2),
    ("amazon.titan-embed", &TitanEmbedText),
    ("amazon.titan-image", &AmazonImage),
    ("amazon.titan-", &TITAN_TEXT),
    ("ai21.j2-", &JURASSIC),
    ("ai21.", &JAMBA),
    ("cohere.command-r", &COHERE_CHAT),
    ("cohere.command", &COHERE_COMMAND),
    ("cohere.embed-english", &CohereEmbed::V3English),
    ("cohere.embed-multilingual", &CohereEmbed::V3),
    ("cohere.embed", &CohereEmbed::V4),
    ("cohere.rerank", &Rerank),
    ("deepseek.r1", &R1),
    ("meta.", &LLAMA),
    ("mistral.", &MISTRAL),
    ("stability.stable-diffusion", &StableDiffusion),
    ("stability.", &StableImage),
];

/// The dialect of a model. Most newer families speak `OpenAI`'s chat completions, and so do models that nothing is known of.
#[must_use]
pub fn dialect(model: &Model) -> &'static dyn Dialect {
    let family = FAMILIES
        .iter()
        .find(|(prefix, _)| model.id.starts_with(prefix));
    family.map_or(&OPENAI, |(_, dialect)| *dialect)
}
