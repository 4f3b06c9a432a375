//! Video: its length, from the header where there is one, and its tokens.

use super::length::{MAX_SECONDS, VIDEO_BYTES_PER_SECOND as BYTES_PER_SECOND, movie_length};

/// Tokens for a second of video (Nova: one frame a second, 2,880 tokens for ten).
const TOKENS_PER_SECOND: u64 = 288;

/// What a video counts for.
#[must_use]
pub fn video_tokens(bytes: &[u8]) -> u64 {
    video_seconds(bytes) * TOKENS_PER_SECOND
}

/// The length of a video in seconds, at least 1: from the movie header of the MP4 family, else by its size.
#[must_use]
pub fn video_seconds(bytes: &[u8]) -> u64 {
    let known = movie_length(bytes).and_then(|(ticks, scale)| ticks.checked_div(scale));
    known
        .unwrap_or_else(|| super::by_size(bytes.len(), BYTES_PER_SECOND))
        .clamp(1, MAX_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8], content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes(), kind, content].concat()
    }

    fn mp4(scale: u32, length: u32) -> Vec<u8> {
        let header = [
            &[0; 12][..],
            &scale.to_be_bytes(),
            &length.to_be_bytes(),
            &[0; 80],
        ]
        .concat();
        [
            boxed(b"ftyp", b"isomisom"),
            boxed(b"moov", &boxed(b"mvhd", &header)),
        ]
        .concat()
    }

    #[test]
    fn reads_the_length_of_mp4() {
        assert_eq!(video_seconds(&mp4(1000, 10_500)), 10);
        assert_eq!(video_tokens(&mp4(1000, 10_000)), 2880);
    }

    #[test]
    fn estimates_the_rest() {
        assert_eq!(video_seconds(&vec![0xff; 1_000_000]), 8);
        assert_eq!(video_seconds(b""), 1);
        assert_eq!(video_seconds(&mp4(0, 5)), 1);
        assert_eq!(video_seconds(&mp4(1, u32::MAX)), MAX_SECONDS);
    }

    #[test]
    fn broken_boxes_end_the_search() {
        for size in [0_u32, 1, 2, 7, 8, u32::MAX] {
            let bytes = [&size.to_be_bytes()[..], b"free", &[0; 40]].concat();
            assert!(video_seconds(&bytes) >= 1);
        }
    }
}
