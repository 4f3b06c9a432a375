//! How sounds and videos are cut into clips.

use bytes::Bytes;
use outcrop_engine::canned::media::{detect, media_seconds};

use crate::DialectError;

/// A sound or video.
#[derive(Debug, Clone)]
pub(crate) struct Media {
    bytes: Bytes,
    /// Its length.
    pub(crate) seconds: f64,
}

/// From where to where, in seconds.
pub(crate) type Clip = (f64, f64);

impl Media {
    /// Looks how long a file is. What is neither sound nor video by its first bytes is refused.
    pub(crate) fn new(bytes: Bytes) -> Result<Self, DialectError> {
        let kind = detect(&bytes);
        let is_other = ["text/", "image/"]
            .iter()
            .any(|other| kind.starts_with(other));
        if is_other || kind == "application/pdf" {
            return Err(DialectError::Provider(format!(
                "The file's detected MIME type {kind} is neither audio nor video."
            )));
        }
        Ok(Self {
            seconds: media_seconds(&bytes),
            bytes,
        })
    }

    /// The bytes of a clip. Nothing is decoded: they are those at its part of the file.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "files are much smaller, and the result lies in the file"
    )]
    pub(crate) fn piece(&self, (start, end): Clip) -> Bytes {
        let length = self.bytes.len();
        let place = |time: f64| {
            let part = (time / self.seconds).clamp(0.0, 1.0);
            ((length as f64 * part) as usize).min(length)
        };
        let from = place(start).min(length.saturating_sub(1));
        self.bytes.slice(from..place(end).max(from + 1).min(length))
    }
}

/// Clips of one length; the last may be shorter.
pub(crate) fn fixed((start, end): Clip, length: f64) -> Vec<Clip> {
    let mut clips = Vec::new();
    let mut from = start;
    // What is left over by rounding is no clip.
    while end - from > 1e-6 {
        let to = end.min(from + length);
        clips.push((from, to));
        from = to;
    }
    clips
}

/// Clips of the same length, as close to `near` as can be.
pub(crate) fn even((start, end): Clip, near: f64) -> Vec<Clip> {
    let clips = ((end - start) / near).round().max(1.0);
    fixed((start, end), (end - start) / clips)
}

/// A time as files have it: whole milliseconds.
pub(crate) fn time(seconds: f64) -> f64 {
    (seconds * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clips_are_those_of_the_guides_examples() {
        let ten: Vec<Clip> = (0..5)
            .map(|n| (f64::from(n) * 10.0, f64::from(n) * 10.0 + 10.0))
            .collect();
        assert_eq!(even((0.0, 50.0), 10.0), ten);
        assert_eq!(even((0.0, 16.0), 10.0), [(0.0, 8.0), (8.0, 16.0)]);
        assert_eq!(
            fixed((0.0, 13.0), 5.0),
            [(0.0, 5.0), (5.0, 10.0), (10.0, 13.0)]
        );
        assert_eq!(even((2.0, 3.0), 10.0), [(2.0, 3.0)]);
        assert!(fixed((3.0, 3.0), 5.0).is_empty());
    }

    #[test]
    fn pieces_are_parts_of_the_file() {
        // Two seconds, by its size.
        let media = Media::new(Bytes::from(vec![0xff; 250_000])).unwrap();
        assert!((media.seconds - 2.0).abs() < 1e-9);
        assert_eq!(media.piece((0.5, 1.0)).len(), 62_500);
        assert_eq!(media.piece((0.0, 2.0)).len(), 250_000);
        assert_eq!(media.piece((9.0, 10.0)).len(), 1);
        assert!(Media::new(Bytes::from_static(b"These are words.")).is_err());
    }

    #[test]
    fn an_empty_file_is_refused() {
        assert!(Media::new(Bytes::new()).is_err());
    }
}
