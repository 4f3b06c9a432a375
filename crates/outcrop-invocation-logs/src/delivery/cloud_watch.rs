//! Log groups of `CloudWatch` Logs as files: a line for each event, with the members that `GetLogEvents` answers.
//!
//! A stream's file is renamed when it has half of what the stream may take, in the place of the one that was renamed before:
//! the newest events are kept, and no disk fills up.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use outcrop_store::Scope;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::{
    batches::Batch,
    s3,
    writers::{Place, WriteError, Writers, rendered},
};
use crate::{LOG_STREAM, record::milliseconds};

/// What the name of a file cannot have somewhere, or would read as a path.
const NO_FILE_NAME: &AsciiSet = &CONTROLS
    .add(b'%')
    .add(b'/')
    .add(b'\\')
    .add(b':')
    .add(b'*')
    .add(b'?')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'|');

/// An event, as `CloudWatch` Logs answers it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'a> {
    timestamp: i64,
    message: &'a str,
    ingestion_time: i64,
}

pub(super) async fn deliver(writers: &Writers, batch: &Arc<Batch>) -> Result<(), WriteError> {
    let Some(group) = &batch.places.cloud_watch else {
        return Ok(());
    };
    let mut records = rendered(batch, Place::CloudWatch).await?;
    s3::beside(writers, &mut records).await?;
    let times = batch.invocations.iter().map(|invocation| invocation.begun);
    let messages = records.iter().map(|record| &*record.line);
    let events = events(times.zip(messages));
    append(writers, &batch.places.scope, &group.name, events).await
}

/// Appends one event of now to the stream of a log group.
pub(crate) async fn note(
    writers: &Writers,
    scope: &Scope,
    group: &str,
    message: &str,
) -> Result<(), WriteError> {
    let events = events([(SystemTime::now(), message)]);
    append(writers, scope, group, events).await
}

fn events<'a>(events: impl IntoIterator<Item = (SystemTime, &'a str)>) -> Arc<str> {
    let ingestion_time = milliseconds(SystemTime::now());
    let mut lines = String::new();
    for (time, message) in events {
        let event = Event {
            timestamp: milliseconds(time),
            message,
            ingestion_time,
        };
        // Of texts and numbers, which JSON can have.
        lines.push_str(&serde_json::to_string(&event).unwrap_or_default());
        lines.push('\n');
    }
    lines.into()
}

async fn append(
    writers: &Writers,
    scope: &Scope,
    group: &str,
    lines: Arc<str>,
) -> Result<(), WriteError> {
    let root = &writers.settings.cloud_watch_root;
    let file = file(root, scope, group);
    let half = writers.settings.cloud_watch_limit / 2;
    let _one_by_one = writers.log_groups.lock().await;
    let write = || async {
        let (file, lines) = (file.clone(), Arc::clone(&lines));
        let writing = tokio::task::spawn_blocking(move || {
            let done = append_to(&file, lines.as_bytes(), half);
            done.map_err(|error| WriteError::File(format!("{}: {error}", file.display())))
        });
        writing.await?
    };
    writers.tried(write).await
}

/// `{account}/{region}/{log group}/{log stream}.jsonl`, both names as one part each.
fn file(root: &Path, scope: &Scope, group: &str) -> PathBuf {
    let part = |name: &str| match name {
        "." => "%2E".to_owned(),
        ".." => "%2E%2E".to_owned(),
        name => utf8_percent_encode(name, NO_FILE_NAME).to_string(),
    };
    root.join(&*scope.account)
        .join(&*scope.region)
        .join(part(group))
        .join(format!("{}.jsonl", part(LOG_STREAM)))
}

fn append_to(file: &Path, lines: &[u8], half: u64) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let length = fs::metadata(file).map_or(0, |found| found.len());
    if length > 0 && length.saturating_add(lines.len() as u64) > half {
        fs::rename(file, file.with_extension("1.jsonl"))?;
    }
    let mut appended = OpenOptions::new().create(true).append(true).open(file)?;
    let before = appended.metadata()?.len();
    // A part of a line would spoil the next one.
    appended.write_all(lines).inspect_err(|_| {
        let _ = appended.set_len(before);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::tests::scope;

    #[test]
    fn names_stay_below_the_root() {
        let named = |group: &str| file(Path::new("/logs"), &scope(), group);
        let below = "/logs/123456789012/us-west-2";
        assert_eq!(
            named("/aws/bedrock/x"),
            Path::new(&format!(
                "{below}/%2Faws%2Fbedrock%2Fx/aws%2Fbedrock%2Fmodelinvocations.jsonl"
            ))
        );
        for group in ["..", "../../../etc", "."] {
            assert_eq!(named(group).components().count(), 6, "{group}");
            assert!(named(group).starts_with(below));
        }
    }

    #[test]
    fn a_stream_takes_no_more_than_it_may() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("group").join("stream.jsonl");
        for number in 0..100 {
            append_to(&file, format!("{number:09}\n").as_bytes(), 50).unwrap();
        }
        let read = |file: &Path| fs::read_to_string(file).unwrap();
        let (now, before) = (read(&file), read(&file.with_extension("1.jsonl")));
        assert!(now.len() <= 50 && before.len() <= 50);
        let kept: Vec<u32> = (before + &now)
            .lines()
            .map(|line| line.parse().unwrap())
            .collect();
        let first = kept[0];
        assert!(kept.len() > 5 && kept.iter().copied().eq(first..100));
    }
}
