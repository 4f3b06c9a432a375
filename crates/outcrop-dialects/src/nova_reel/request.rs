//! A model input as shots.

use outcrop_catalogue::Model;
use serde_json::{Map, Value};

use super::error::{self, IMAGE_BYTES, RATE, SHOT, SIZE, Task};
use super::response::{Plan, Shot, Start};
use crate::asynchronous::media::{Place, Sources};
use crate::image::Source;
use crate::{AsyncCall, DialectError, VideoParts, schema};

/// The seed of a model input that names none (AWS's guide).
const SEED: u64 = 42;

pub(super) fn read(model: &Model, members: &Map<String, Value>) -> Result<AsyncCall, DialectError> {
    let task = error::task(&model.id, members)?;
    schema::check(members, task.schema())?;
    let config = members.get("videoGenerationConfig").unwrap_or(&Value::Null);
    let mut sources = Sources::default();
    let shots = match task {
        Task::TextVideo => {
            let params = &members["textToVideoParams"];
            let images = "#/textToVideoParams/images/0";
            vec![shot(
                &params["text"],
                &params["images"][0],
                images,
                &mut sources,
            )?]
        }
        Task::MultiShotAutomated => {
            let text = &members["multiShotAutomatedParams"]["text"];
            let seconds = config["durationSeconds"].as_u64().unwrap_or_default();
            let one = shot(text, &Value::Null, "", &mut sources)?;
            (0..seconds / u64::from(SHOT))
                .map(|_| one.clone())
                .collect()
        }
        Task::MultiShotManual => {
            let shots = members["multiShotManualParams"]["shots"].as_array();
            let shots = shots.into_iter().flatten().enumerate();
            let shots = shots.map(|(place, asked)| {
                let pointer = format!("#/multiShotManualParams/shots/{place}/image");
                shot(&asked["text"], &asked["image"], &pointer, &mut sources)
            });
            shots.collect::<Result<_, _>>()?
        }
    };
    let plan = Plan {
        shots,
        seed: config["seed"].as_u64().unwrap_or(SEED),
        several: task != Task::TextVideo,
    };
    Ok(AsyncCall {
        sources: sources.0,
        plan: Box::new(plan),
    })
}

/// What all videos have in common.
pub(super) fn parts() -> VideoParts {
    let (width, height) = SIZE;
    VideoParts {
        shots: Vec::new(),
        seconds_per_shot: SHOT,
        width,
        height,
        frames_per_second: RATE,
        loops: false,
    }
}

/// A shot that may begin with an image.
fn shot(
    text: &Value,
    image: &Value,
    pointer: &str,
    sources: &mut Sources,
) -> Result<Shot, DialectError> {
    let start = match image {
        Value::Null => None,
        image => {
            let source = format!("{pointer}/source");
            let place = sources.medium(&source, &image["source"], "bytes", IMAGE_BYTES)?;
            let format = image["format"].as_str().unwrap_or_default().to_owned();
            let start = Start {
                place,
                format,
                pointer: source,
            };
            if let Place::Here(content) = &start.place {
                check(&start, content)?;
            }
            Some(start)
        }
    };
    Ok(Shot {
        prompt: text.as_str().unwrap_or_default().to_owned(),
        start,
    })
}

/// Whether an image is of the format that it is said to have, and of the one size.
pub(super) fn check(start: &Start, content: &[u8]) -> Result<(), DialectError> {
    let source = Source::of(&start.pointer, content.to_vec(), &[&start.format])?;
    if source.size() == SIZE {
        return Ok(());
    }
    Err(error::another_size(&start.pointer, source.size()))
}
