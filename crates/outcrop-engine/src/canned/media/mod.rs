//! Images, documents, sound and video: what the bytes are, how long they last, and how many tokens they count for.
//!
//! Only headers are read: nothing is decoded or unpacked, so a crafted file costs no more than its bytes.

mod document;
mod image;
mod length;
mod video;

pub use document::document_tokens;
pub use image::{ImageFacts, image_facts};
pub use length::media_seconds;
pub use video::{video_seconds, video_tokens};

/// Why media cannot be taken. Models answer it, so it reaches clients as a model's error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// The bytes are of another type than the request says (recorded, Nova).
    #[error(
        "The detected file MIME type {detected} does not match the expected type {expected}. Reformat your input \
         and try again."
    )]
    Mismatch {
        /// What the bytes look like.
        detected: &'static str,
        /// What the declared format stands for.
        expected: String,
    },
    /// The same, as Llama says it (quoted).
    #[error("The provided image does not match the specified image format.")]
    OtherFormat,
    /// The bytes begin like the declared type, but their header is broken.
    #[error("Could not process {0}. Reformat your input and try again.")]
    Broken(&'static str),
}

/// The MIME type that `bytes` look like: by their first bytes, else plain text or unknown binary.
#[must_use]
pub fn detect(bytes: &[u8]) -> &'static str {
    if let Some(kind) = infer::get(bytes) {
        return kind.mime_type();
    }
    let head = &bytes[..bytes.len().min(1024)];
    let text = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The cut may have split a character.
        Err(error) => error.error_len().is_none(),
    };
    if text && !head.contains(&0) {
        "text/plain"
    } else {
        "application/octet-stream"
    }
}

/// A count that stands for `bytes` of a format that is not looked into.
pub(crate) fn by_size(bytes: usize, per_token: usize) -> u64 {
    bytes.div_ceil(per_token).max(1) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_by_content() {
        assert_eq!(detect(b"these bytes are not a PNG image"), "text/plain");
        assert_eq!(detect(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "image/png");
        assert_eq!(detect(b"%PDF-1.7\n"), "application/pdf");
        assert_eq!(detect(b"\x01\x02\x00"), "application/octet-stream");
        assert_eq!(detect(b""), "text/plain");
        assert_eq!(detect(&"é".repeat(1000).as_bytes()[..1999]), "text/plain");
    }
}
