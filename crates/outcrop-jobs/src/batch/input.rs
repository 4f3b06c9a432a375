//! The files of a job's input.

use outcrop_objects::{Objects, ObjectsError, S3Uri};

use super::checkpoint::File;
use crate::halt::Halt;

/// Files that an input may have. The service's own limit is not published; a job has to remember all of them.
const MOST: usize = 1000;

/// The object that the location names, or the `.jsonl` objects below it.
pub(super) async fn files(objects: &Objects, input: &S3Uri) -> Result<Vec<File>, Halt> {
    if !input.key.is_empty() && !input.key.ends_with('/') {
        match objects.head(input).await {
            Ok(_) => {
                let name = input.key.rsplit('/').next().unwrap_or_default();
                return Ok(vec![file(&input.key, name)]);
            }
            Err(ObjectsError::NoSuchKey { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let folder = folder(input)?;
    let page = objects.list(&folder, None, MOST).await?;
    if page.more {
        return Err(Halt::Failed(format!(
            "{folder} has more than {MOST} objects. Divide the input among several jobs."
        )));
    }
    let keys = page.objects.iter().map(|object| object.uri.key.as_str());
    let named = keys.filter(|key| {
        key.rsplit_once('.')
            .is_some_and(|(_, ending)| ending == "jsonl")
    });
    let files: Vec<File> = named
        .map(|key| file(key, key.strip_prefix(&folder.key).unwrap_or(key)))
        .collect();
    if files.is_empty() {
        return Err(Halt::Failed(format!(
            "There is no input: neither an object {input} nor objects below it whose names end with .jsonl."
        )));
    }
    Ok(files)
}

/// The prefix of everything below a location.
fn folder(input: &S3Uri) -> Result<S3Uri, Halt> {
    if input.key.is_empty() || input.key.ends_with('/') {
        return Ok(input.clone());
    }
    S3Uri::new(&*input.bucket, format!("{}/", input.key))
        .map_err(|error| Halt::Failed(error.to_string()))
}

fn file(key: &str, name: &str) -> File {
    File {
        key: key.to_owned(),
        name: name.to_owned(),
        records: 0,
    }
}
