//! Video: its length, from the header where there is one, and its tokens.

/// Tokens for a second of video (Nova: one frame a second, 2,880 tokens for ten).
const TOKENS_PER_SECOND: u64 = 288;
/// Bytes that stand for a second where the length is not known: a megabit.
const BYTES_PER_SECOND: usize = 125_000;
/// No header says more than this; a broken one must not count for billions of tokens.
const MAX_SECONDS: u64 = 24 * 3600;

/// What a video counts for.
#[must_use]
pub fn video_tokens(bytes: &[u8]) -> u64 {
    video_seconds(bytes) * TOKENS_PER_SECOND
}

/// The length of a video in seconds, at least 1: from the movie header of the MP4 family, else by its size.
#[must_use]
pub fn video_seconds(bytes: &[u8]) -> u64 {
    let known = find_box(bytes, *b"moov")
        .and_then(|movie| find_box(movie, *b"mvhd"))
        .and_then(duration);
    known
        .unwrap_or_else(|| super::by_size(bytes.len(), BYTES_PER_SECOND))
        .clamp(1, MAX_SECONDS)
}

/// The content of the first box of `kind` among those in `bytes`.
fn find_box(mut bytes: &[u8], kind: [u8; 4]) -> Option<&[u8]> {
    loop {
        let (header, rest) = bytes.split_first_chunk::<8>()?;
        let [a, b, c, d, name @ ..] = *header;
        let size = u64::from(u32::from_be_bytes([a, b, c, d]));
        let (content, size) = match size {
            // The last box reaches to the end of the file.
            0 => (rest, rest.len() as u64),
            1 => {
                let (long, rest) = rest.split_first_chunk::<8>()?;
                (rest, u64::from_be_bytes(*long).checked_sub(16)?)
            }
            size => (rest, size.checked_sub(8)?),
        };
        let size = usize::try_from(size)
            .unwrap_or(usize::MAX)
            .min(content.len());
        if name == kind {
            return Some(&content[..size]);
        }
        bytes = &content[size..];
    }
}

/// Seconds, from a movie header of version 0 or 1.
fn duration(header: &[u8]) -> Option<u64> {
    let (scale, length) = if *header.first()? == 0 {
        (number(header, 12..16)?, number(header, 16..20)?)
    } else {
        (number(header, 20..24)?, number(header, 24..32)?)
    };
    length.checked_div(scale)
}

fn number(bytes: &[u8], range: std::ops::Range<usize>) -> Option<u64> {
    Some(
        bytes
            .get(range)?
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte)),
    )
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
