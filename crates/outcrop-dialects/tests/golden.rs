//! Whole bodies of what is no chat in, whole answers out.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use std::fs;

use outcrop_dialects::{Call, ImageParts, dialect};
use outcrop_engine::{EmbedInput, Embeddings, RerankResult};
use serde_json::Value;
use support::model;

/// A fixture, and who it is for.
const OTHERS: &[(&str, &str)] = &[
    ("embed/titan_v1", "amazon.titan-embed-text-v1"),
    ("embed/titan_v2", "amazon.titan-embed-text-v2:0"),
    ("embed/titan_image", "amazon.titan-embed-image-v1"),
    ("embed/cohere_english", "cohere.embed-english-v3"),
    ("embed/cohere_multilingual", "cohere.embed-multilingual-v3"),
    ("embed/cohere_v4", "cohere.embed-v4:0"),
    ("embed/nova", "amazon.nova-2-multimodal-embeddings-v1:0"),
    ("embed/cohere_image", "cohere.embed-english-v3"),
    ("embed/cohere_v4_cut", "cohere.embed-v4:0"),
    (
        "embed/nova_image",
        "amazon.nova-2-multimodal-embeddings-v1:0",
    ),
    (
        "embed/nova_audio",
        "amazon.nova-2-multimodal-embeddings-v1:0",
    ),
    (
        "embed/nova_video",
        "amazon.nova-2-multimodal-embeddings-v1:0",
    ),
    ("embed/marengo_2_text", "twelvelabs.marengo-embed-2-7-v1:0"),
    ("embed/marengo_2_image", "twelvelabs.marengo-embed-2-7-v1:0"),
    ("embed/marengo_3_text", "twelvelabs.marengo-embed-3-0-v1:0"),
    (
        "embed/marengo_3_text_image",
        "twelvelabs.marengo-embed-3-0-v1:0",
    ),
    (
        "embed/marengo_3_several",
        "twelvelabs.marengo-embed-3-0-v1:0",
    ),
    ("rerank/amazon", "amazon.rerank-v1:0"),
    ("rerank/cohere", "cohere.rerank-v3-5:0"),
    ("image/nova_canvas", "amazon.nova-canvas-v1:0"),
    ("image/titan_text", "amazon.titan-image-generator-v2:0"),
    (
        "image/titan_conditioned",
        "amazon.titan-image-generator-v2:0",
    ),
    (
        "image/titan_inpainting",
        "amazon.titan-image-generator-v2:0",
    ),
    (
        "image/titan_outpainting",
        "amazon.titan-image-generator-v2:0",
    ),
    ("image/titan_variation", "amazon.titan-image-generator-v2:0"),
    ("image/titan_colours", "amazon.titan-image-generator-v2:0"),
    (
        "image/titan_background",
        "amazon.titan-image-generator-v2:0",
    ),
    ("image/canvas_style", "amazon.nova-canvas-v1:0"),
    ("image/canvas_colours", "amazon.nova-canvas-v1:0"),
    ("image/canvas_variation", "amazon.nova-canvas-v1:0"),
    ("image/canvas_inpainting", "amazon.nova-canvas-v1:0"),
    ("image/canvas_outpainting", "amazon.nova-canvas-v1:0"),
    ("image/canvas_background", "amazon.nova-canvas-v1:0"),
    ("image/canvas_try_on", "amazon.nova-canvas-v1:0"),
    ("image/stable_image", "stability.sd3-5-large-v1:0"),
    (
        "image/stable_creative_upscale",
        "stability.stable-creative-upscale-v1:0",
    ),
    (
        "image/stable_conservative_upscale",
        "stability.stable-conservative-upscale-v1:0",
    ),
    (
        "image/stable_fast_upscale",
        "stability.stable-fast-upscale-v1:0",
    ),
    (
        "image/stable_inpaint",
        "stability.stable-image-inpaint-v1:0",
    ),
    ("image/stable_outpaint", "stability.stable-outpaint-v1:0"),
    (
        "image/stable_search_recolor",
        "stability.stable-image-search-recolor-v1:0",
    ),
    (
        "image/stable_search_replace",
        "stability.stable-image-search-replace-v1:0",
    ),
    (
        "image/stable_erase_object",
        "stability.stable-image-erase-object-v1:0",
    ),
    (
        "image/stable_remove_background",
        "stability.stable-image-remove-background-v1:0",
    ),
    (
        "image/stable_control_sketch",
        "stability.stable-image-control-sketch-v1:0",
    ),
    (
        "image/stable_control_structure",
        "stability.stable-image-control-structure-v1:0",
    ),
    (
        "image/stable_style_guide",
        "stability.stable-image-style-guide-v1:0",
    ),
    (
        "image/stable_style_transfer",
        "stability.stable-style-transfer-v1:0",
    ),
    ("image/stable_image_to_image", "stability.sd3-5-large-v1:0"),
    ("image/stable_core", "stability.stable-image-core-v1:1"),
    ("image/stable_diffusion", "stability.stable-diffusion-xl-v1"),
    (
        "image/stable_diffusion_masked",
        "stability.stable-diffusion-xl-v1",
    ),
];

fn fixture(name: &str) -> Vec<u8> {
    fs::read(format!(
        "{}/tests/fixtures/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap()
}

fn snapshot(name: &str, text: &str) {
    insta::assert_snapshot!(name.replace('/', "__"), text);
}

#[test]
fn other_calls() {
    for (name, id) in OTHERS {
        let model = model(id);
        let call = dialect(&model)
            .request(&model, &fixture(name))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let (asked, told) = match call {
            Call::Embed(parts, responder) => {
                let vectors = vec![vec![0.5, -0.25, 0.1]; parts.inputs.len()];
                let inputs: Vec<_> = parts.inputs.iter().map(input).collect();
                let asked = format!("{inputs:?} {} {}", parts.dimensions, parts.normalize);
                (
                    asked,
                    responder.response(&Embeddings {
                        vectors,
                        input_tokens: 5,
                    }),
                )
            }
            Call::Rerank(parts, responder) => {
                let results = [(2, 0.75), (0, 0.1)];
                let results = results.map(|(index, relevance_score)| RerankResult {
                    index,
                    relevance_score,
                });
                (format!("{parts:?}"), responder.response(&results))
            }
            Call::Image(parts, responder) => {
                let images = vec![b"png".to_vec(); parts.count as usize];
                (image(&parts), responder.response(&images))
            }
            Call::Converse(..) => ("a chat".to_owned(), Value::Null),
        };
        snapshot(name, &format!("{asked}\n\n{told}"));
    }
}

/// The parts of a request for images; of the images that it carries, the lengths.
fn image(parts: &ImageParts) -> String {
    let sources: Vec<_> = parts.sources.iter().map(Vec::len).collect();
    let mut parts = parts.clone();
    parts.sources.clear();
    format!("{parts:?}\nfrom {sources:?} bytes")
}

fn input(input: &EmbedInput) -> String {
    match input {
        EmbedInput::Text(text) => text.clone(),
        EmbedInput::Image(file) | EmbedInput::Audio(file) | EmbedInput::Video(file) => {
            format!("{} bytes", file.len())
        }
        EmbedInput::TextAndImage(text, image) => format!("{text} and {} bytes", image.len()),
    }
}
