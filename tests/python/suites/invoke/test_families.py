"""What is particular to embeddings and images of the families; each family's plain case is in test_every_family.py."""

import base64
import json

import pytest

PROMPT = "Tell me about marble."
PROFILE = "us."


def picture(runtime, width: int, height: int) -> str:
    """A picture to edit."""
    answer = invoke(
        runtime,
        "amazon.nova-canvas-v1:0",
        taskType="TEXT_IMAGE",
        textToImageParams={"text": "a quarry"},
        imageGenerationConfig={"width": width, "height": height},
    )
    return answer["images"][0]


def invoke(runtime, model: str, **body):
    return json.loads(runtime.invoke_model(modelId=model, body=json.dumps(body))["body"].read())


def size(image: str) -> tuple[int, int]:
    """What the header of a PNG says."""
    header = base64.b64decode(image)
    assert header.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(header[16:20], "big"), int.from_bytes(header[20:24], "big")


EMBEDDINGS = {
    "Titan Multimodal": (
        "amazon.titan-embed-image-v1",
        {"inputText": PROMPT, "embeddingConfig": {"outputEmbeddingLength": 384}},
        lambda answer: answer["embedding"],
        384,
    ),
    "Cohere v4": (
        "cohere.embed-v4:0",
        {"texts": [PROMPT], "input_type": "search_query", "output_dimension": 256, "embedding_types": ["int8"]},
        lambda answer: answer["embeddings"]["int8"][0],
        256,
    ),
    "Nova": (
        "amazon.nova-2-multimodal-embeddings-v1:0",
        {
            "taskType": "SINGLE_EMBEDDING",
            "singleEmbeddingParams": {
                "embeddingPurpose": "GENERIC_INDEX",
                "text": {"truncationMode": "END", "value": PROMPT},
            },
        },
        lambda answer: answer["embeddings"][0]["embedding"],
        3072,
    ),
    "Marengo 2.7": (
        PROFILE + "twelvelabs.marengo-embed-2-7-v1:0",
        {"inputType": "text", "inputText": PROMPT},
        lambda answer: answer["data"][0]["embedding"],
        1024,
    ),
    "Marengo 3": (
        PROFILE + "twelvelabs.marengo-embed-3-0-v1:0",
        {"inputType": "text", "text": {"inputText": PROMPT}},
        lambda answer: answer["data"][0]["embedding"],
        512,
    ),
}


@pytest.mark.parametrize(("model", "body", "vector", "length"), EMBEDDINGS.values(), ids=EMBEDDINGS)
def test_embeddings(runtime, model, body, vector, length):
    assert len(vector(invoke(runtime, model, **body))) == length


AMAZON_IMAGES = ["amazon.nova-canvas-v1:0", "amazon.titan-image-generator-v2:0"]


@pytest.mark.parametrize("model", AMAZON_IMAGES)
def test_amazons_models_edit_images(runtime, model):
    image = picture(runtime, 320, 448)
    inside = {"image": image, "maskImage": image, "text": "a door", "returnMask": True}
    edited = invoke(runtime, model, taskType="INPAINTING", inPaintingParams=inside)
    assert edited["maskImage"] == image
    assert edited["error"] is None
    outside = {"image": image, "maskPrompt": "a door", "text": "a beach"}
    extended = invoke(runtime, model, taskType="OUTPAINTING", outPaintingParams=outside)
    cut_out = invoke(runtime, model, taskType="BACKGROUND_REMOVAL", backgroundRemovalParams={"image": image})
    answers = [edited, extended, cut_out]
    assert [size(answer["images"][0]) for answer in answers] == [(320, 448)] * 3
    # The sixth colour type of PNG has an alpha channel.
    assert base64.b64decode(cut_out["images"][0])[25] == 6


@pytest.mark.parametrize("model", AMAZON_IMAGES)
def test_seeds_are_respected(runtime, model):
    def draw(seed: int) -> str:
        config = {"seed": seed, "width": 512, "height": 512}
        text = {"text": "a quarry"}
        answer = invoke(
            runtime, model, taskType="TEXT_IMAGE", textToImageParams=text, imageGenerationConfig=config
        )
        return answer["images"][0]

    assert draw(1) == draw(1) != draw(2)


def test_canvas_puts_clothes_on(runtime):
    image = picture(runtime, 320, 448)
    params = {
        "sourceImage": image,
        "referenceImage": image,
        "maskType": "GARMENT",
        "garmentBasedMask": {"garmentClass": "UPPER_BODY"},
    }
    answer = invoke(runtime, "amazon.nova-canvas-v1:0", taskType="VIRTUAL_TRY_ON", virtualTryOnParams=params)
    assert size(answer["images"][0]) == (320, 448)


STABILITY = {
    "stable-image-inpaint": {"prompt": "a door"},
    "stable-outpaint": {"left": 64},
    "stable-image-search-recolor": {"prompt": "pink", "select_prompt": "jacket"},
    "stable-image-search-replace": {"prompt": "jacket", "search_prompt": "sweater"},
    "stable-image-erase-object": {},
    "stable-image-remove-background": {},
    "stable-image-control-sketch": {"prompt": "a house"},
    "stable-image-control-structure": {"prompt": "a house"},
    "stable-image-style-guide": {"prompt": "a house"},
    "stable-creative-upscale": {"prompt": "a house"},
    "stable-conservative-upscale": {"prompt": "a house"},
    "stable-fast-upscale": {},
}
SIZES = {
    "stable-outpaint": (384, 320),
    "stable-image-style-guide": (1024, 1024),
    "stable-creative-upscale": (1920, 1920),
    "stable-conservative-upscale": (1920, 1920),
    "stable-fast-upscale": (1280, 1280),
}


@pytest.mark.parametrize(("service", "body"), STABILITY.items(), ids=STABILITY)
def test_stabilitys_services(runtime, service, body):
    model = f"{PROFILE}stability.{service}-v1:0"
    answer = invoke(runtime, model, image=picture(runtime, 320, 320), **body)
    assert answer["finish_reasons"] == [None]
    assert len(answer["seeds"]) == 1
    assert size(answer["images"][0]) == SIZES.get(service, (320, 320))


def test_stability_makes_the_asked_format(runtime):
    answer = invoke(runtime, "stability.sd3-5-large-v1:0", prompt=PROMPT, output_format="jpeg", seed=7)
    assert answer["seeds"] == [7]
    assert base64.b64decode(answer["images"][0]).startswith(b"\xff\xd8\xff")
