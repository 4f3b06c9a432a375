//! Bodies of image, embedding and reranking models that break a rule, and the words for it.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use aws_smithy_types::base64;
use outcrop_dialects::dialect;
use outcrop_engine::canned::image::draw;
use serde_json::{Value, json};
use support::model;

const TITAN: &str = "amazon.titan-image-generator-v2:0";
const CANVAS: &str = "amazon.nova-canvas-v1:0";
const SD3: &str = "stability.sd3-5-large-v1:0";
const SKETCH: &str = "stability.stable-image-control-sketch-v1:0";
const NOVA_EMBED: &str = "amazon.nova-2-multimodal-embeddings-v1:0";
const MARENGO: &str = "twelvelabs.marengo-embed-3-0-v1:0";

/// What a model says to a body; nothing when it takes it.
fn told(id: &str, body: &Value) -> String {
    let model = model(id);
    let call = dialect(&model).request(&model, body.to_string().as_bytes());
    call.err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

fn malformed(text: &str) -> String {
    format!("Malformed input request: {text}, please reformat your input and try again.")
}

fn picture(width: u32, height: u32) -> String {
    base64::encode(draw("", 0, 0, width, height).unwrap())
}

/// A task with its parameters and configuration.
fn task(name: &str, params: &str, values: &Value, config: &Value) -> Value {
    let mut body = json!({"taskType": name, params: values});
    if !config.is_null() {
        body["imageGenerationConfig"] = config.clone();
    }
    body
}

fn text_image(id: &str, config: &Value) -> String {
    let text = json!({"text": "a dot"});
    told(id, &task("TEXT_IMAGE", "textToImageParams", &text, config))
}

#[test]
fn amazons_image_models_name_the_key() {
    let config = [
        (
            json!({"numberOfImages": 6}),
            "#/imageGenerationConfig/numberOfImages: 6 is not less or equal to 5",
        ),
        (
            json!({"cfgScale": 1}),
            "#/imageGenerationConfig/cfgScale: 1 is not greater or equal to 1.1",
        ),
        (
            json!({"seed": -1}),
            "#/imageGenerationConfig/seed: -1 is not greater or equal to 0",
        ),
        (
            json!({"quality": "best"}),
            "#/imageGenerationConfig/quality: best is not a valid enum value",
        ),
        (
            json!({"size": 1}),
            "#/imageGenerationConfig: extraneous key [size] is not permitted",
        ),
    ];
    for id in [TITAN, CANVAS] {
        assert_eq!(
            told(id, &json!({})),
            malformed("#: required key [taskType] not found")
        );
        let unknown = malformed("#/taskType: UPSCALE is not a valid enum value");
        assert_eq!(told(id, &json!({"taskType": "UPSCALE"})), unknown);
        let missing = malformed("#: required key [textToImageParams] not found");
        assert_eq!(told(id, &json!({"taskType": "TEXT_IMAGE"})), missing);
        for (config, expected) in &config {
            assert_eq!(text_image(id, config), malformed(expected), "{id}");
        }
    }
}

#[test]
fn prompts_have_the_length_that_was_seen() {
    for (id, longest) in [(TITAN, 512), (CANVAS, 1024)] {
        let long = json!({"text": "x".repeat(longest + 1)});
        let expected = format!(
            "#/textToImageParams/text: expected maxLength: {longest}, actual: {}",
            longest + 1
        );
        let body = task("TEXT_IMAGE", "textToImageParams", &long, &Value::Null);
        assert_eq!(told(id, &body), malformed(&expected));
    }
    let body = task(
        "TEXT_IMAGE",
        "textToImageParams",
        &json!({"text": "x", "images": []}),
        &Value::Null,
    );
    assert_eq!(
        told(CANVAS, &body),
        malformed("#/textToImageParams: extraneous key [images] is not permitted")
    );
}

#[test]
fn images_have_the_sizes_of_their_model() {
    assert_eq!(
        text_image(TITAN, &json!({"width": 1173, "height": 640})),
        ""
    );
    assert!(text_image(TITAN, &json!({"width": 512, "height": 640})).contains("512x640"));
    assert_eq!(
        text_image(CANVAS, &json!({"width": 2048, "height": 2048})),
        ""
    );
    let refused = [
        (
            json!({"width": 1000}),
            "width: 1000 is not a multiple of 16",
        ),
        (
            json!({"width": 304}),
            "width: 304 is not greater or equal to 320",
        ),
        (
            json!({"width": 1600, "height": 320}),
            "1600x320 is not between 1:4 and 4:1",
        ),
        (
            json!({"width": 4096, "height": 1040}),
            "more than 4194304 pixels",
        ),
    ];
    for (config, expected) in refused {
        let told = text_image(CANVAS, &config);
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn edited_images_have_one_mask_of_their_size() {
    let image = picture(320, 320);
    let edit = |id: &str, params: Value| {
        let mut values = json!({"image": image});
        for (name, value) in params.as_object().unwrap() {
            values[name] = value.clone();
        }
        told(
            id,
            &task("INPAINTING", "inPaintingParams", &values, &Value::Null),
        )
    };
    for id in [TITAN, CANVAS] {
        assert_eq!(edit(id, json!({"maskPrompt": "the sky"})), "");
        assert_eq!(
            edit(id, json!({"maskImage": image, "returnMask": true})),
            ""
        );
        let several = edit(id, json!({"maskPrompt": "the sky", "maskImage": image}));
        assert!(several.ends_with("provide either maskPrompt or maskImage, but not both."));
        assert_eq!(several, edit(id, json!({})));
        let small = edit(id, json!({"maskImage": picture(320, 336)}));
        assert!(small.ends_with("must be the same size as the input image."));
        let made_up = edit(id, json!({"maskPrompt": "the sky", "returnMask": true}));
        assert!(made_up.contains("returnMask"));
        let broken = edit(id, json!({"maskImage": "aGVsbG8="}));
        assert!(broken.starts_with("The image at #/inPaintingParams/maskImage can't be read."));
    }
}

#[test]
fn tasks_have_rules_of_their_own() {
    let image = picture(320, 320);
    let try_on = json!({"sourceImage": image, "referenceImage": image, "maskType": "GARMENT"});
    let body = task(
        "VIRTUAL_TRY_ON",
        "virtualTryOnParams",
        &try_on,
        &Value::Null,
    );
    assert_eq!(
        told(CANVAS, &body),
        malformed("#/virtualTryOnParams: required key [garmentBasedMask] not found")
    );
    let cut_out = task(
        "BACKGROUND_REMOVAL",
        "backgroundRemovalParams",
        &json!({"image": image}),
        &json!({"seed": 1}),
    );
    assert_eq!(
        told(CANVAS, &cut_out),
        malformed("#: extraneous key [imageGenerationConfig] is not permitted")
    );
    assert!(
        told("amazon.titan-image-generator-v1", &cut_out)
            .contains("BACKGROUND_REMOVAL is not a valid enum value")
    );
    let small = task(
        "BACKGROUND_REMOVAL",
        "backgroundRemovalParams",
        &json!({"image": picture(64, 64)}),
        &Value::Null,
    );
    assert!(told(CANVAS, &small).contains("320 to 4096 pixels"));
}

#[test]
fn stability_names_the_fields_that_it_has() {
    assert_eq!(
        told(SKETCH, &json!({"text_prompts": []})),
        r#"{"detail":"Invalid field 'text_prompts' in request. Available fields for control-sketch are: image, prompt, control_strength, negative_prompt, seed, output_format, style_preset"}"#
    );
    assert_eq!(
        told(SD3, &json!({"prompt": "a dot", "max_tokens": 1})),
        r#"{"detail":"Invalid field in request. Available fields: ['prompt', 'negative_prompt', 'mode', 'strength', 'seed', 'output_format', 'image', 'aspect_ratio']"}"#
    );
    assert_eq!(
        told(SD3, &json!({"max_tokens": 1})),
        malformed("#: required key [prompt] not found")
    );
}

#[test]
fn stability_holds_images_to_their_limits() {
    let with = |id: &str, image: String| told(id, &json!({"prompt": "a house", "image": image}));
    assert_eq!(with(SKETCH, picture(64, 160)), "");
    assert!(with(SKETCH, picture(64, 161)).contains("between 1:2.5 and 2.5:1"));
    assert!(with(SKETCH, picture(63, 64)).contains("64 pixels at least"));
    let upscale = "stability.stable-creative-upscale-v1:0";
    assert!(with(upscale, picture(1024, 1025)).contains("4096 to 1048576 pixels"));
    let outpaint = json!({"image": picture(64, 64)});
    assert!(told("stability.stable-outpaint-v1:0", &outpaint).contains("left, right, up and down"));
    let change = json!({"prompt": "a house", "mode": "image-to-image"});
    assert_eq!(
        told(SD3, &change),
        malformed("#: required key [image] not found")
    );
}

#[test]
fn titan_tells_how_an_image_body_breaks_both_of_its_forms() {
    let body = json!({"inputText": "Hi", "x": []});
    let expected = "#: extraneous key [x] is not permitted, #: required key [requests] not found, \
                    #: extraneous key [inputText] is not permitted, #: extraneous key [x] is not permitted";
    assert_eq!(
        told("amazon.titan-embed-image-v1", &body),
        malformed(expected)
    );
    let long = json!({"inputText": "word ".repeat(300)});
    assert!(told("amazon.titan-embed-image-v1", &long).contains("Max input tokens: 256"));
    let large = json!({"inputImage": picture(2049, 2048)});
    assert_eq!(
        told("amazon.titan-embed-image-v1", &large),
        "400 Bad Request: Image exceeds max pixels allowed. "
    );
}

#[test]
fn cohere_tells_of_everything_that_can_be_embedded() {
    assert_eq!(
        told("cohere.embed-english-v3", &json!({"inputText": "x"})),
        malformed(
            "#: required key [images] not found#: required key [texts] not found#: required key [texts] not found\
             #: required key [texts] not found#: required key [texts] not found\
             #: required key [input_type] not found#: extraneous key [inputText] is not permitted"
        )
    );
    let both = json!({"texts": ["x"], "images": ["x"], "input_type": "image"});
    assert_eq!(
        told("cohere.embed-v4:0", &both),
        "only one of texts and images may be provided"
    );
    let long = json!({"texts": ["a b c d e f"], "input_type": "clustering", "max_tokens": 2, "truncate": "NONE"});
    assert_eq!(
        told("cohere.embed-v4:0", &long),
        "too many tokens: an input has 6 tokens, which is more than 2"
    );
}

#[test]
fn novas_embeddings_know_one_task_and_one_content() {
    assert_eq!(
        told(NOVA_EMBED, &json!({"inputText": "Hi", "dimensions": 256})),
        malformed("#: required key [messages] not found")
    );
    assert_eq!(
        told(
            NOVA_EMBED,
            &json!({"taskType": "SEGMENTED_EMBEDDING", "singleEmbeddingParams": {"embeddingPurpose": "GENERIC_INDEX"}})
        ),
        malformed("#/taskType: SEGMENTED_EMBEDDING is not a valid enum value")
    );
    let with = |content: Value| {
        let mut params = json!({"embeddingPurpose": "GENERIC_INDEX"});
        for (name, value) in content.as_object().unwrap() {
            params[name] = value.clone();
        }
        told(
            NOVA_EMBED,
            &json!({"taskType": "SINGLE_EMBEDDING", "singleEmbeddingParams": params}),
        )
    };
    let text = json!({"truncationMode": "NONE", "value": "x"});
    assert_eq!(with(json!({"text": text})), "");
    assert!(with(json!({})).contains("exactly one of text, image, audio and video"));
    assert!(
        with(json!({"text": text, "audio": {"format": "wav", "source": {"bytes": ""}}}))
            .contains("exactly one")
    );
    let stored = json!({"format": "mp4", "embeddingMode": "AUDIO_VIDEO_COMBINED", "source": {"s3Location": {"uri": "s3://b/k"}}});
    assert!(
        with(json!({"video": stored}))
            .contains("#/singleEmbeddingParams/video/source: required key [bytes] not found")
    );
    let long = json!({"truncationMode": "NONE", "value": "a ".repeat(9000)});
    assert!(with(json!({"text": long})).contains("exceed the limit of 8192"));
    let longer = json!({"truncationMode": "END", "value": "a".repeat(50_001)});
    assert!(with(json!({"text": longer})).contains("expected maxLength: 50000"));
}

#[test]
fn marengo_leaves_sounds_and_videos_to_the_other_operation() {
    for kind in ["audio", "video"] {
        let body = json!({"inputType": kind, kind: {"mediaSource": {"base64String": ""}}});
        assert!(told(MARENGO, &body).ends_with("Use StartAsyncInvoke."));
    }
    let body = json!({"inputType": "text"});
    assert_eq!(
        told(MARENGO, &body),
        malformed("#: required key [text] not found")
    );
    let unnamed = json!({"inputType": "multi_input", "multi_input": {"inputText": "<@a>", "mediaSources": [
        {"mediaType": "image", "base64String": picture(2, 2)}]}});
    assert!(told(MARENGO, &unnamed).contains("<@a> matches no name"));
    let long =
        json!({"inputType": "text", "inputText": "word ".repeat(90), "textTruncate": "none"});
    assert!(told("twelvelabs.marengo-embed-2-7-v1:0", &long).contains("more than 77"));
}

#[test]
fn rerankers_differ_in_their_version() {
    let body = json!({"query": "capital", "documents": ["Paris"]});
    assert_eq!(told("amazon.rerank-v1:0", &body), "");
    let cohere = "cohere.rerank-v3-5:0";
    assert_eq!(
        told(cohere, &body),
        malformed("#: required key [api_version] not found")
    );
    let mut old = body;
    old["api_version"] = json!(1);
    assert_eq!(
        told(cohere, &old),
        malformed("#/api_version: 1 is not greater or equal to 2")
    );
    old["api_version"] = json!(2);
    old["top_n"] = json!(0);
    assert_eq!(
        told(cohere, &old),
        malformed("#/top_n: 0 is not greater or equal to 1")
    );
}

#[test]
fn models_of_other_operations_name_them() {
    for (id, operation) in [
        ("amazon.nova-reel-v1:1", "StartAsyncInvoke"),
        ("luma.ray-v2:0", "StartAsyncInvoke"),
        (
            "amazon.nova-sonic-v1:0",
            "InvokeModelWithBidirectionalStream",
        ),
        (
            "amazon.nova-2-sonic-v1:0",
            "InvokeModelWithBidirectionalStream",
        ),
    ] {
        let expected = format!("The model {id} doesn't support this operation. Use {operation}.");
        assert_eq!(told(id, &json!({"messages": []})), expected);
    }
}
