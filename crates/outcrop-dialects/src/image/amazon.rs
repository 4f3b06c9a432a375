//! The form that Titan Image Generator and Nova Canvas share: a task, its parameters, and how to generate.

use aws_smithy_types::base64;
use outcrop_engine::{ImageEdit, Shade};
use serde_json::{Map, Value, json};

use super::{JPEG_AND_PNG, Source};
use crate::schema::{self, Kind};
use crate::{DialectError, ImageParts, ImageResponder};

/// The name of the member with how many images, of which size, from which seed.
pub(crate) const CONFIG: &str = "imageGenerationConfig";

/// One `taskType`.
#[derive(Debug)]
pub(crate) struct Task {
    /// The value of `taskType`.
    pub(crate) name: &'static str,
    /// The member with its parameters.
    pub(crate) params: &'static str,
    /// The schema of the whole body.
    pub(crate) body: Kind,
    /// Whether the answer is as large as the image that is edited.
    pub(crate) edits: bool,
}

/// A body whose schema was checked.
pub(crate) struct Asked<'a> {
    pub(crate) task: &'static Task,
    pub(crate) params: &'a Value,
    pub(crate) config: &'a Value,
    /// Where `params` is, for words of refusal.
    pub(crate) pointer: String,
}

/// Finds the task of a body, and checks the body against the task's schema.
pub(crate) fn read<'a>(
    tasks: &'static [Task],
    members: &'a Map<String, Value>,
) -> Result<Asked<'a>, DialectError> {
    let Some(asked) = members.get("taskType") else {
        return Err(DialectError::Schema(
            "#: required key [taskType] not found".to_owned(),
        ));
    };
    let task = tasks.iter().find(|task| asked == task.name);
    let task = task.ok_or_else(|| schema::not_in_enum("#/taskType", asked))?;
    schema::check(members, &task.body)?;
    Ok(Asked {
        task,
        params: members.get(task.params).unwrap_or(&Value::Null),
        config: members.get(CONFIG).unwrap_or(&Value::Null),
        pointer: format!("#/{}", task.params),
    })
}

impl Asked<'_> {
    /// A text among the parameters.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.params[name].as_str()
    }

    /// A picture among the parameters.
    pub(crate) fn picture(&self, name: &str) -> Result<Option<Source>, DialectError> {
        let pointer = format!("{}/{name}", self.pointer);
        self.text(name)
            .map(|text| Source::read(&pointer, text, JPEG_AND_PNG))
            .transpose()
    }

    /// The pictures of a list among the parameters.
    pub(crate) fn pictures(&self, name: &str) -> Result<Vec<Source>, DialectError> {
        let listed = self.params[name].as_array().into_iter().flatten();
        let read = listed.enumerate().map(|(index, text)| {
            let pointer = format!("{}/{name}/{index}", self.pointer);
            Source::read(&pointer, text.as_str().unwrap_or_default(), JPEG_AND_PNG)
        });
        read.collect()
    }

    /// A number of `imageGenerationConfig`.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.config[name]
            .as_u64()
            .and_then(|number| u32::try_from(number).ok())
    }

    /// What the engine is asked, without pictures and size. `seed` is the family's own.
    pub(crate) fn parts(&self, seed: u64) -> ImageParts {
        let described = ["text", "maskPrompt"]
            .iter()
            .find_map(|name| self.text(name));
        let colours = self.params["colors"].as_array().into_iter().flatten();
        let words = described
            .into_iter()
            .chain(colours.filter_map(Value::as_str));
        ImageParts {
            prompt: words.collect::<Vec<_>>().join(" "),
            negative_prompt: self.text("negativeText").unwrap_or_default().to_owned(),
            count: self.number("numberOfImages").unwrap_or(1),
            seed: self.config["seed"].as_u64().unwrap_or(seed),
            transparent: self.task.name == "BACKGROUND_REMOVAL",
            ..ImageParts::default()
        }
    }

    /// What becomes of the pictures: masks of inpainting are black where it changes something, those of outpainting
    /// where it does not (AWS's guide).
    pub(crate) fn edit(&self, sources: &[Source], mask: Option<&Source>) -> ImageEdit {
        match (self.task.name, mask) {
            ("TEXT_IMAGE" | "COLOR_GUIDED_GENERATION", _) if sources.is_empty() => ImageEdit::None,
            ("TEXT_IMAGE", _) => ImageEdit::Other("conditionImage"),
            ("COLOR_GUIDED_GENERATION", _) => ImageEdit::Other("referenceImage"),
            ("IMAGE_VARIATION", _) => ImageEdit::Variation,
            ("INPAINTING", Some(_)) => ImageEdit::Masked(Shade::Black),
            ("OUTPAINTING", Some(_)) => ImageEdit::Masked(Shade::White),
            ("INPAINTING" | "OUTPAINTING", None) => ImageEdit::Other("maskPrompt"),
            (task, _) => ImageEdit::Other(task),
        }
    }

    /// The mask of a task that takes one: said in words, or a picture as large as the one that is edited.
    pub(crate) fn mask(&self, edited: &Source) -> Result<Option<Source>, DialectError> {
        let mask = self.picture("maskImage")?;
        match (&mask, self.text("maskPrompt")) {
            (None, None) | (Some(_), Some(_)) => Err(one_mask(&self.pointer)),
            (Some(mask), None) if mask.size() != edited.size() => {
                Err(mask_of_another_size(&self.pointer))
            }
            _ => Ok(mask),
        }
    }

    /// The mask that the answer has to tell. One that a model would have made of words is not made up.
    pub(crate) fn told_mask(&self, mask: Option<&Source>) -> Result<Option<String>, DialectError> {
        if self.params["returnMask"] != true {
            return Ok(None);
        }
        mask.map(|mask| Some(base64::encode(&mask.file)))
            .ok_or_else(|| {
                DialectError::Provider(format!(
                    "{}/returnMask: only a mask that the request carries can be returned. Provide maskImage, or leave \
                     returnMask out.",
                    self.pointer
                ))
            })
    }
}

/// How the service says it is not known.
fn one_mask(pointer: &str) -> DialectError {
    DialectError::Provider(format!(
        "{pointer}: provide either maskPrompt or maskImage, but not both."
    ))
}

/// How the service says it is not known.
pub(crate) fn mask_of_another_size(pointer: &str) -> DialectError {
    DialectError::Provider(format!(
        "{pointer}: the mask image must be the same size as the input image."
    ))
}

/// Answers every task.
pub(crate) struct Responder {
    /// In base64, where it was asked for.
    pub(crate) mask: Option<String>,
}

impl ImageResponder for Responder {
    fn response(&self, images: &[Vec<u8>]) -> Value {
        let images: Vec<_> = images.iter().map(base64::encode).collect();
        match &self.mask {
            Some(mask) => json!({"images": images, "maskImage": mask, "error": null}),
            None => json!({"images": images, "error": null}),
        }
    }
}
