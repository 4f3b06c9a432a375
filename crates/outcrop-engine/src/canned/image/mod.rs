//! Pictures: real files of the asked size whose colours follow from the prompt, the seed, and the
//! images that they are made from.

mod encode;
mod pattern;

use super::chance::hash64;
use crate::{ImageFormat, ImageRequest};
pub(super) use pattern::Pattern;

/// The largest width and height that can be asked for, in pixels.
pub const MAX_SIDE: u32 = 10_000;
/// The most pixels that can be asked for; a picture of a phone camera has fewer.
pub const MAX_PIXELS: u64 = 1 << 26;
/// The most pixels of a file that cannot be written row by row.
const MAX_BUFFERED: u64 = 1 << 24;

/// Why no picture was made.
#[derive(Debug, thiserror::Error)]
pub enum ImageError {
    /// The size is outside what can be drawn.
    #[error(
        "cannot draw {width}x{height} pixels; ask for a width and a height from 1 to {MAX_SIDE}, for {MAX_PIXELS} pixels \
         at most, and for {MAX_BUFFERED} in another format than PNG"
    )]
    Size {
        /// What was asked, in pixels.
        width: u32,
        /// What was asked, in pixels.
        height: u32,
    },
    /// The picture could not be written.
    #[error("cannot encode the picture")]
    Png(#[from] png::EncodingError),
    /// The picture could not be written.
    #[error("cannot encode the picture")]
    Jpeg(#[from] jpeg_encoder::EncodingError),
    /// The picture could not be written.
    #[error("cannot encode the picture")]
    WebP(#[from] image_webp::EncodingError),
}

/// Draws a PNG, the picture `index` of those that `prompt` and `seed` ask for.
/// Takes some 100 ms at 4096x4096, so call it off the async threads.
pub fn draw(
    prompt: &str,
    seed: u64,
    index: u32,
    width: u32,
    height: u32,
) -> Result<Vec<u8>, ImageError> {
    check((width, height), ImageFormat::Png)?;
    let pattern = Pattern::new(hash64(prompt.as_bytes(), variant(seed, index)));
    encode::png(&pattern, (width, height), false)
}

/// Draws the picture `index` of those that a request asks for.
pub fn picture(request: &ImageRequest, index: u32) -> Result<Vec<u8>, ImageError> {
    let size = (request.width, request.height);
    check(size, request.format)?;
    let seed = variant(request.seed, index);
    let seed = request
        .sources
        .iter()
        .fold(seed, |seed, source| hash64(source, seed));
    let seed = match request.negative_prompt.as_str() {
        "" => seed,
        excluded => hash64(excluded.as_bytes(), seed.wrapping_add(1)),
    };
    let pattern = Pattern::new(hash64(request.prompt.as_bytes(), seed));
    match request.format {
        ImageFormat::Png => encode::png(&pattern, size, request.transparent),
        ImageFormat::Jpeg => encode::jpeg(&pattern, size),
        ImageFormat::WebP => encode::webp(&pattern, size, request.transparent),
    }
}

fn variant(seed: u64, index: u32) -> u64 {
    seed.wrapping_add(u64::from(index) << 48)
}

fn check((width, height): (u32, u32), format: ImageFormat) -> Result<(), ImageError> {
    let pixels = u64::from(width) * u64::from(height);
    let most = match format {
        ImageFormat::Png => MAX_PIXELS,
        ImageFormat::Jpeg | ImageFormat::WebP => MAX_BUFFERED,
    };
    let sides = 1..=MAX_SIDE;
    if sides.contains(&width) && sides.contains(&height) && pixels <= most {
        return Ok(());
    }
    Err(ImageError::Size { width, height })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(file: &[u8]) -> (u32, u32, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(file))
            .read_info()
            .unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        (info.width, info.height, pixels)
    }

    #[test]
    fn pictures_decode_to_the_asked_size() {
        for (width, height) in [(1, 1), (3, 7), (512, 512), (1024, 768), (4096, 1)] {
            let file = draw("a lighthouse", 0, 0, width, height).unwrap();
            let (w, h, pixels) = decode(&file);
            assert_eq!((w, h), (width, height));
            assert_eq!(pixels.len(), (width * height * 3) as usize);
        }
    }

    #[test]
    fn pictures_follow_from_prompt_seed_and_index() {
        let pixels = |prompt, seed, index| decode(&draw(prompt, seed, index, 64, 64).unwrap()).2;
        let first = pixels("a lighthouse", 0, 0);
        assert_eq!(first, pixels("a lighthouse", 0, 0));
        assert_ne!(first, pixels("a lighthouse", 0, 1));
        assert_ne!(first, pixels("a lighthouse", 1, 0));
        assert_ne!(first, pixels("a windmill", 0, 0));
    }

    fn request() -> ImageRequest {
        let catalogue = outcrop_catalogue::Catalogue::builtin().unwrap();
        ImageRequest {
            model: std::sync::Arc::clone(catalogue.model("amazon.nova-canvas-v1:0").unwrap()),
            model_id: "amazon.nova-canvas-v1:0".to_owned(),
            caller: crate::Caller {
                account: "123456789012".into(),
                region: "us-east-1".into(),
            },
            prompt: "a lighthouse".to_owned(),
            negative_prompt: String::new(),
            sources: Vec::new(),
            edit: crate::ImageEdit::None,
            width: 40,
            height: 24,
            count: 1,
            seed: 0,
            transparent: false,
            format: ImageFormat::Png,
        }
    }

    #[test]
    fn pictures_follow_from_their_sources_and_from_what_they_leave_out() {
        let plain = picture(&request(), 0).unwrap();
        assert_eq!(plain, draw("a lighthouse", 0, 0, 40, 24).unwrap());
        let mut edited = request();
        edited.sources = vec![plain.clone()];
        let mut without = request();
        without.negative_prompt = "birds".to_owned();
        let (edited, without) = (picture(&edited, 0).unwrap(), picture(&without, 0).unwrap());
        assert!(edited != plain && without != plain && edited != without);
    }

    #[test]
    fn a_ground_can_be_left_out() {
        let mut cut_out = request();
        cut_out.transparent = true;
        let (_, _, pixels) = decode(&picture(&cut_out, 0).unwrap());
        assert_eq!(pixels.len(), 40 * 24 * 4);
        assert!(pixels.chunks(4).any(|pixel| pixel[3] == 0));
        assert!(pixels.chunks(4).any(|pixel| pixel[3] == 255));
    }

    #[test]
    fn every_format_is_of_its_type_and_size() {
        let formats = [
            (ImageFormat::Png, "png"),
            (ImageFormat::Jpeg, "jpeg"),
            (ImageFormat::WebP, "webp"),
        ];
        for (format, name) in formats {
            for transparent in [false, true] {
                let mut request = request();
                request.format = format;
                request.transparent = transparent;
                let file = picture(&request, 0).unwrap();
                let facts = crate::canned::media::image_facts(name, &file).unwrap();
                assert_eq!((facts.width, facts.height), (40, 24), "{name}");
            }
        }
    }

    #[test]
    fn sizes_that_cannot_be_drawn_are_refused() {
        for (width, height) in [(0, 1), (1, 0), (10_001, 1), (1, u32::MAX), (10_000, 10_000)] {
            assert!(matches!(
                draw("", 0, 0, width, height),
                Err(ImageError::Size { .. })
            ));
        }
    }
}
