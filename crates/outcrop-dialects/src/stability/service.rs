//! What each model takes, and how large its answer is.
//!
//! Members, in the order in which the models list them, and limits are those of AWS's guide.

use crate::schema::{Kind, Member, TEXT, UNIT, optional, required};

/// What one model does.
#[derive(Debug)]
pub(super) struct Service {
    /// How the model's id goes on after the provider.
    prefix: &'static str,
    /// How the model calls itself in its refusals; the makers of images from text give no name.
    pub(super) name: Option<&'static str>,
    pub(super) members: &'static [Member],
    /// The images that it takes, the one to change first, and their limits.
    pub(super) images: &'static [(&'static str, Limits)],
    pub(super) size: Size,
}

/// The size of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// As `aspect_ratio` says; that of the image where a model changes one.
    Aspect,
    /// As `aspect_ratio` says, whatever the image.
    OwnAspect,
    /// That of the image.
    Input,
    /// That of the image and of what is added on its sides.
    Extended,
    /// Four times that of the image.
    Fourfold,
    /// Twenty to forty times the pixels of the image, 4096 a side at most.
    FourThousand,
}

/// The size of an image that a request carries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Pixels of a side.
    pub(super) side: (u32, u32),
    /// Pixels of the image.
    pub(super) pixels: (u64, u64),
    /// Whether the aspect ratio lies between 1:2.5 and 2.5:1.
    pub(super) aspect: bool,
}

const USUAL: Limits = Limits {
    side: (64, u32::MAX),
    pixels: (0, 9_437_184),
    aspect: true,
};
const CREATIVE: Limits = Limits {
    side: (64, u32::MAX),
    pixels: (4096, 1_048_576),
    aspect: false,
};
const FAST: Limits = Limits {
    side: (32, 1536),
    pixels: (1024, 1_048_576),
    aspect: false,
};
const IMAGE_TO_IMAGE: Limits = Limits {
    side: (64, u32::MAX),
    pixels: (0, 9_437_184),
    aspect: false,
};

const WORDS: Kind = Kind::String(0, 10_000);
const PROMPT: Member = required("prompt", WORDS);
const IMAGE: Member = required("image", TEXT);
const NEGATIVE: Member = optional("negative_prompt", WORDS);
const SEED: Member = optional("seed", Kind::Integer(0, 4_294_967_294));
const FORMAT: Member = optional("output_format", Kind::Word(&["jpeg", "png", "webp"]));
const MASK: Member = optional("mask", TEXT);
const GROW_MASK: Member = optional("grow_mask", Kind::Number(0.0, 20.0));
const CONTROL: Member = optional("control_strength", UNIT);
const CREATIVITY: Member = optional("creativity", Kind::Number(0.1, 0.5));
const ASPECT: Member = optional(
    "aspect_ratio",
    Kind::Word(&[
        "16:9", "1:1", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21",
    ]),
);
const PRESET: Member = optional(
    "style_preset",
    Kind::Word(&[
        "3d-model",
        "analog-film",
        "anime",
        "cinematic",
        "comic-book",
        "digital-art",
        "enhance",
        "fantasy-art",
        "isometric",
        "line-art",
        "low-poly",
        "modeling-compound",
        "neon-punk",
        "origami",
        "photographic",
        "pixel-art",
        "tile-texture",
    ]),
);
const ADDED: Kind = Kind::Integer(0, 2000);

/// Pictures from text, and from text and an image (the list was seen in the service's words).
const GENERATE: Service = Service {
    prefix: "",
    name: None,
    members: &[
        PROMPT,
        NEGATIVE,
        optional("mode", Kind::Word(&["text-to-image", "image-to-image"])),
        optional("strength", UNIT),
        SEED,
        FORMAT,
        optional("image", TEXT),
        ASPECT,
    ],
    images: &[("image", IMAGE_TO_IMAGE)],
    size: Size::Aspect,
};

/// The same without the image.
const CORE: Service = Service {
    prefix: "stable-image-core",
    members: &[
        PROMPT,
        NEGATIVE,
        optional("mode", Kind::Word(&["text-to-image"])),
        SEED,
        FORMAT,
        ASPECT,
    ],
    images: &[],
    ..GENERATE
};

const fn service(
    prefix: &'static str,
    name: &'static str,
    members: &'static [Member],
    images: &'static [(&'static str, Limits)],
    size: Size,
) -> Service {
    Service {
        prefix,
        name: Some(name),
        members,
        images,
        size,
    }
}

/// The usual image to change.
const ONE: &[(&str, Limits)] = &[("image", USUAL)];
const MASKED: &[(&str, Limits)] = &[("image", USUAL), ("mask", IMAGE_TO_IMAGE)];

const SERVICES: &[Service] = &[
    service(
        "stable-creative-upscale",
        "creative-upscale",
        &[IMAGE, PROMPT, CREATIVITY, NEGATIVE, SEED, FORMAT, PRESET],
        &[("image", CREATIVE)],
        Size::FourThousand,
    ),
    service(
        "stable-conservative-upscale",
        "conservative-upscale",
        &[IMAGE, PROMPT, CREATIVITY, NEGATIVE, SEED, FORMAT],
        ONE,
        Size::FourThousand,
    ),
    service(
        "stable-fast-upscale",
        "fast-upscale",
        &[IMAGE, FORMAT],
        &[("image", FAST)],
        Size::Fourfold,
    ),
    service(
        "stable-image-inpaint",
        "inpaint",
        &[
            IMAGE, PROMPT, PRESET, NEGATIVE, SEED, FORMAT, MASK, GROW_MASK,
        ],
        MASKED,
        Size::Input,
    ),
    service(
        "stable-outpaint",
        "outpaint",
        &[
            IMAGE,
            optional("prompt", WORDS),
            PRESET,
            SEED,
            FORMAT,
            optional("creativity", Kind::Number(0.1, 1.0)),
            optional("left", ADDED),
            optional("right", ADDED),
            optional("up", ADDED),
            optional("down", ADDED),
        ],
        ONE,
        Size::Extended,
    ),
    service(
        "stable-image-search-recolor",
        "search-and-recolor",
        &[
            IMAGE,
            PROMPT,
            required("select_prompt", WORDS),
            PRESET,
            NEGATIVE,
            SEED,
            FORMAT,
            GROW_MASK,
        ],
        ONE,
        Size::Input,
    ),
    service(
        "stable-image-search-replace",
        "search-and-replace",
        &[
            IMAGE,
            PROMPT,
            required("search_prompt", WORDS),
            PRESET,
            NEGATIVE,
            SEED,
            FORMAT,
            GROW_MASK,
        ],
        ONE,
        Size::Input,
    ),
    service(
        "stable-image-erase-object",
        "erase",
        &[IMAGE, SEED, FORMAT, MASK, GROW_MASK],
        MASKED,
        Size::Input,
    ),
    service(
        "stable-image-remove-background",
        "remove-background",
        &[IMAGE, FORMAT],
        ONE,
        Size::Input,
    ),
    service(
        "stable-image-control-sketch",
        "control-sketch",
        &[IMAGE, PROMPT, CONTROL, NEGATIVE, SEED, FORMAT, PRESET],
        ONE,
        Size::Input,
    ),
    service(
        "stable-image-control-structure",
        "control-structure",
        &[IMAGE, PROMPT, CONTROL, NEGATIVE, SEED, FORMAT, PRESET],
        ONE,
        Size::Input,
    ),
    service(
        "stable-image-style-guide",
        "style-guide",
        &[
            IMAGE,
            PROMPT,
            ASPECT,
            NEGATIVE,
            SEED,
            FORMAT,
            optional("fidelity", UNIT),
            PRESET,
        ],
        ONE,
        Size::OwnAspect,
    ),
    service(
        "stable-style-transfer",
        "style-transfer",
        &[
            required("init_image", TEXT),
            required("style_image", TEXT),
            optional("prompt", WORDS),
            NEGATIVE,
            SEED,
            FORMAT,
            optional("composition_fidelity", UNIT),
            optional("style_strength", UNIT),
            optional("change_strength", Kind::Number(0.1, 1.0)),
        ],
        &[("init_image", USUAL), ("style_image", USUAL)],
        Size::Input,
    ),
    CORE,
];

/// What a model does; what is not listed makes images from text.
pub(super) fn of(model_id: &str) -> &'static Service {
    let id = model_id.strip_prefix("stability.").unwrap_or(model_id);
    let found = SERVICES
        .iter()
        .find(|service| id.starts_with(service.prefix));
    found.unwrap_or(&GENERATE)
}
