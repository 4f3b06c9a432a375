//! Videos: real MP4 files of the asked size and length whose pictures follow from the prompts, the seeds, and the images
//! that they are made from.
//!
//! Each shot shows the pattern of its prompt, which moves on twice a second.

mod bits;
mod h264;
mod mp4;

use super::{chance::hash64, image::Pattern};
use crate::{VideoRequest, VideoShot};
use h264::{Colour, Encoder, MOST_SQUARES};
use mp4::Sample;

/// The longest video that can be asked for, in seconds.
pub const MAX_SECONDS: u32 = 600;
/// The most pictures of a second that can be asked for.
pub const MAX_RATE: u32 = 60;
/// How often the pattern moves on in a second.
const MOVES: u32 = 2;

/// Why no video was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VideoError {
    /// The size is outside what can be drawn.
    #[error(
        "cannot draw videos of {width}x{height} pixels; ask for an even width and height, and for 2,097,152 pixels at most"
    )]
    Size {
        /// What was asked, in pixels.
        width: u32,
        /// What was asked, in pixels.
        height: u32,
    },
    /// The length is outside what can be drawn.
    #[error(
        "cannot draw {seconds} seconds of {rate} pictures each; ask for at most {MAX_SECONDS} seconds of at most {MAX_RATE} pictures"
    )]
    Length {
        /// What was asked, of all shots together.
        seconds: u32,
        /// What was asked.
        rate: u32,
    },
}

/// Draws the video that a request asks for, as an MP4 file with H.264.
/// Takes some 100 ms for two minutes at 1280x720, so call it off the async threads.
pub fn film(request: &VideoRequest) -> Result<Vec<u8>, VideoError> {
    let size = (request.width, request.height);
    check(request)?;
    let encoder = Encoder::new(size);
    let rate = request.frames_per_second;
    let mut samples = Vec::new();
    let mut keys = 0;
    for shot in &request.shots {
        let pattern = pattern(shot);
        let pictures = rate * request.seconds_per_shot;
        let held = (rate / MOVES).max(1);
        let moves = pictures.div_ceil(held);
        for moved in 0..moves {
            let place = place(moved, moves, request.loops);
            let colours = colours(&pattern, encoder, place);
            samples.push(Sample {
                bytes: encoder.key_picture(keys, &colours),
                is_key: true,
            });
            keys += 1;
            let same = (1..held.min(pictures - moved * held)).map(|after| Sample {
                bytes: encoder.same_picture(after),
                is_key: false,
            });
            samples.extend(same);
        }
    }
    let configuration = encoder.configuration(size);
    Ok(mp4::file(size, rate, &configuration, &samples))
}

fn check(request: &VideoRequest) -> Result<(), VideoError> {
    let (width, height) = (request.width, request.height);
    let even = |side: u32| (2..=16 * MOST_SQUARES).contains(&side) && side.is_multiple_of(2);
    let squares = |side: u32| u64::from(side.div_ceil(h264::SQUARE));
    let fits =
        even(width) && even(height) && squares(width) * squares(height) <= u64::from(MOST_SQUARES);
    if !fits {
        return Err(VideoError::Size { width, height });
    }
    let shots = u32::try_from(request.shots.len()).unwrap_or(u32::MAX);
    let seconds = request.seconds_per_shot.saturating_mul(shots);
    let rate = request.frames_per_second;
    if (1..=MAX_SECONDS).contains(&seconds) && (1..=MAX_RATE).contains(&rate) {
        return Ok(());
    }
    Err(VideoError::Length { seconds, rate })
}

/// How far the pattern has moved on after so many of all moves. What loops goes back to where it began.
fn place(moved: u32, all: u32, loops: bool) -> u32 {
    if loops {
        moved.min(all - 1 - moved)
    } else {
        moved
    }
}

fn pattern(shot: &VideoShot) -> Pattern {
    let images = shot.images.iter();
    let seed = images.fold(shot.seed, |seed, image| hash64(image, seed));
    Pattern::new(hash64(shot.prompt.as_bytes(), seed))
}

/// The colours of a picture's squares, row by row, after the pattern has moved on by so many columns.
fn colours(pattern: &Pattern, encoder: Encoder, moved: u32) -> Vec<Colour> {
    let size = (encoder.columns, encoder.rows);
    let mut row = Vec::new();
    let mut colours = Vec::new();
    for y in 0..encoder.rows {
        pattern.row(y, size, false, &mut row);
        let (pixels, _) = row.as_chunks::<3>();
        let places = (0..encoder.columns).map(|x| (x + moved) % encoder.columns);
        let places = places.filter_map(|place| pixels.get(usize::try_from(place).ok()?));
        colours.extend(places.map(|pixel| differences(*pixel)));
    }
    colours
}

/// Red, green and blue as brightness and colour differences (ITU-R BT.601).
fn differences([red, green, blue]: [u8; 3]) -> Colour {
    let weighted = |red_part: i32, green_part: i32, blue_part: i32, base: i32| {
        let sum =
            red_part * i32::from(red) + green_part * i32::from(green) + blue_part * i32::from(blue);
        u8::try_from(((sum + 128) >> 8) + base).unwrap_or_default()
    };
    [
        weighted(66, 129, 25, 16),
        weighted(-38, -74, 112, 128),
        weighted(112, -94, -18, 128),
    ]
}

#[cfg(test)]
mod tests;
