//! Pictures as files.

use std::io::Write;

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};

use super::{ImageError, pattern::Pattern};

/// Of a JPEG file, from 1 to 100.
const JPEG_QUALITY: u8 = 80;

/// Row by row: a large picture needs no memory beyond its file.
pub(super) fn png(
    pattern: &Pattern,
    size: (u32, u32),
    transparent: bool,
) -> Result<Vec<u8>, ImageError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, size.0, size.1);
    encoder.set_color(if transparent {
        ColorType::Rgba
    } else {
        ColorType::Rgb
    });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    // Most rows equal the one above.
    encoder.set_filter(Filter::Up);
    let mut writer = encoder.write_header()?;
    let mut stream = writer.stream_writer()?;
    let mut row = Vec::with_capacity(size.0 as usize * 4);
    for y in 0..size.1 {
        pattern.row(y, size, transparent, &mut row);
        stream.write_all(&row).map_err(EncodingError::from)?;
    }
    stream.finish()?;
    writer.finish()?;
    Ok(file)
}

/// JPEG knows no transparency: the ground is drawn.
pub(super) fn jpeg(pattern: &Pattern, size: (u32, u32)) -> Result<Vec<u8>, ImageError> {
    let outside = |_| ImageError::Size {
        width: size.0,
        height: size.1,
    };
    let width = u16::try_from(size.0).map_err(outside)?;
    let height = u16::try_from(size.1).map_err(outside)?;
    let pixels = pixels(pattern, size, false);
    let mut file = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut file, JPEG_QUALITY);
    encoder.encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)?;
    Ok(file)
}

/// Lossless.
pub(super) fn webp(
    pattern: &Pattern,
    size: (u32, u32),
    transparent: bool,
) -> Result<Vec<u8>, ImageError> {
    let pixels = pixels(pattern, size, transparent);
    let colour = if transparent {
        image_webp::ColorType::Rgba8
    } else {
        image_webp::ColorType::Rgb8
    };
    let mut file = Vec::new();
    image_webp::WebPEncoder::new(&mut file).encode(&pixels, size.0, size.1, colour)?;
    Ok(file)
}

fn pixels(pattern: &Pattern, size: (u32, u32), transparent: bool) -> Vec<u8> {
    let mut row = Vec::new();
    let mut pixels = Vec::with_capacity(size.0 as usize * size.1 as usize * 4);
    for y in 0..size.1 {
        pattern.row(y, size, transparent, &mut row);
        pixels.extend_from_slice(&row);
    }
    pixels
}
