//! How long sounds and videos are, from their headers where there is one that is known here.

/// Bytes that stand for a second of video where the length is not known: a megabit.
pub(super) const VIDEO_BYTES_PER_SECOND: usize = 125_000;
/// The same of a sound: 128 kilobits.
const AUDIO_BYTES_PER_SECOND: usize = 16_000;
/// No header says more than this; a broken one must not count for years.
pub(super) const MAX_SECONDS: u64 = 24 * 3600;

/// The length of a sound or video in seconds, more than 0: from the headers of the MP4 family and of WAV, else by its size.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "lengths of media are small")]
pub fn media_seconds(bytes: &[u8]) -> f64 {
    let known = movie_length(bytes).or_else(|| wave_length(bytes));
    let known = known.filter(|(length, scale)| *length > 0 && *scale > 0);
    let seconds = known.map_or_else(
        || {
            let is_sound = super::detect(bytes).starts_with("audio/");
            let rate = if is_sound {
                AUDIO_BYTES_PER_SECOND
            } else {
                VIDEO_BYTES_PER_SECOND
            };
            bytes.len().max(1) as f64 / rate as f64
        },
        |(length, scale)| length as f64 / scale as f64,
    );
    seconds.min(MAX_SECONDS as f64)
}

/// The length in ticks, and how many of them are a second, from the movie header of the MP4 family, of version 0 or 1.
pub(super) fn movie_length(bytes: &[u8]) -> Option<(u64, u64)> {
    let header = find_box(find_box(bytes, *b"moov")?, *b"mvhd")?;
    Some(if *header.first()? == 0 {
        (number(header, 16..20)?, number(header, 12..16)?)
    } else {
        (number(header, 24..32)?, number(header, 20..24)?)
    })
}

/// The bytes of samples, and how many of them are a second, from the chunks of a WAV file.
fn wave_length(bytes: &[u8]) -> Option<(u64, u64)> {
    let mut chunks = bytes
        .strip_prefix(b"RIFF")?
        .get(4..)?
        .strip_prefix(b"WAVE")?;
    let mut rate = None;
    loop {
        let (header, rest) = chunks.split_first_chunk::<8>()?;
        let [name @ .., a, b, c, d] = *header;
        let said = usize::try_from(u32::from_le_bytes([a, b, c, d])).ok()?;
        let content = &rest[..said.min(rest.len())];
        match (&name, rate) {
            (b"fmt ", _) => {
                let per_second = content.get(8..12)?.first_chunk::<4>()?;
                rate = Some(u64::from(u32::from_le_bytes(*per_second)));
            }
            (b"data", Some(rate)) => return Some((content.len() as u64, rate)),
            _ => {}
        }
        // Chunks begin at even places.
        chunks = rest.get(said.checked_add(said % 2)?..)?;
    }
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

    fn wave(bytes_per_second: u32, samples: usize) -> Vec<u8> {
        let length = u32::try_from(samples).unwrap();
        [
            &b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0"[..],
            &8000_u32.to_le_bytes(),
            &bytes_per_second.to_le_bytes(),
            b"\x02\0\x10\0data",
            &length.to_le_bytes(),
            &vec![0; samples],
        ]
        .concat()
    }

    fn is(bytes: &[u8], seconds: f64) -> bool {
        (media_seconds(bytes) - seconds).abs() < 1e-9
    }

    #[test]
    fn sounds_are_as_long_as_their_samples() {
        assert!(is(&wave(16_000, 40_000), 2.5));
        // The header says more than there is.
        let whole = wave(16_000, 40_000);
        assert!(is(&whole[..whole.len() - 8000], 2.0));
    }

    #[test]
    fn the_rest_is_estimated() {
        assert!(is(&vec![0xff; 250_000], 2.0));
        let sound = [&b"ID3\x03"[..], &vec![0; 31_996]].concat();
        assert!(is(&sound, 2.0));
        assert!(media_seconds(b"") > 0.0);
        assert!(media_seconds(&wave(0, 100)) > 0.0);
        assert!(media_seconds(b"RIFF\0\0\0\0WAVE") > 0.0);
        assert!(media_seconds(b"RIFF\0\0\0\0WAVEdata\xff\xff\xff\xff") > 0.0);
    }
}
