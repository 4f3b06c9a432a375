//! Content filters: how each kind of judge is asked, and what its answers mean.

mod graded;
mod llama_guard;
mod shield_gemma;

use bedrock_runtime_smithy::model::{ContentBlock, ImageBlock, ImageFormat, ImageSource};
use bedrock_runtime_smithy::types::Blob;
use outcrop_guardrails::{
    Direction, Image, Verdict,
    policy::{Confidence, FilterType},
};

use super::{
    JudgeRole,
    ask::{Asker, Failure},
};

/// How a judge is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterFormat {
    /// Llama Guard: `safe`, or `unsafe` and the codes of the hazards.
    LlamaGuard,
    /// `ShieldGemma`: `Yes` or `No` to one principle at a time.
    ShieldGemma,
    /// Any model that chats: a JSON object with a grade for each category.
    Json,
}

impl FilterFormat {
    /// The format of a model of this name.
    #[must_use]
    pub fn of_model(name: &str) -> Self {
        let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let letters = letters.to_ascii_lowercase();
        if letters.contains("llamaguard") {
            Self::LlamaGuard
        } else if letters.contains("shieldgemma") {
            Self::ShieldGemma
        } else {
            Self::Json
        }
    }
}

/// The verdict on a text.
pub(super) async fn on_text(
    asker: &Asker,
    format: FilterFormat,
    categories: &[FilterType],
    direction: Direction,
    text: &str,
) -> Result<Verdict, Failure> {
    match format {
        FilterFormat::LlamaGuard => llama_guard::on_text(asker, direction, text).await,
        FilterFormat::ShieldGemma => {
            shield_gemma::on_text(asker, categories, direction, text).await
        }
        FilterFormat::Json => graded::on_text(asker, categories, text).await,
    }
}

/// The verdict on an image. `ShieldGemma` that sees is asked as any other model.
pub(super) async fn on_image(
    asker: &Asker,
    format: FilterFormat,
    categories: &[FilterType],
    image: Image<'_>,
) -> Result<Verdict, Failure> {
    let block = ContentBlock::Image(ImageBlock {
        error: None,
        format: if image.format == "jpeg" {
            ImageFormat::Jpeg
        } else {
            ImageFormat::Png
        },
        source: ImageSource::Bytes(Blob::new(image.bytes)),
    });
    match format {
        FilterFormat::LlamaGuard => llama_guard::on(asker, JudgeRole::Images, vec![block]).await,
        FilterFormat::ShieldGemma | FilterFormat::Json => {
            graded::on_image(asker, categories, block).await
        }
    }
}

/// A verdict that says of each of these categories whether it applies, without degrees.
fn flat(found: impl IntoIterator<Item = (FilterType, bool)>) -> Verdict {
    let mut verdict = Verdict::default();
    for (category, applies) in found {
        let confidence = if applies {
            Confidence::High
        } else {
            Confidence::None
        };
        let known = verdict.filters.entry(category).or_default();
        *known = confidence.max(*known);
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_format() {
        for (name, format) in [
            ("llama-guard3:8b", FilterFormat::LlamaGuard),
            ("meta-llama/Llama-Guard-4-12B", FilterFormat::LlamaGuard),
            ("shieldgemma:2b", FilterFormat::ShieldGemma),
            ("qwen3:8b", FilterFormat::Json),
        ] {
            assert_eq!(FilterFormat::of_model(name), format, "{name}");
        }
    }
}
