//! Packages, as small as they can be.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "a test file uses some of it, and helpers of tests may fail"
)]

use std::io::{Cursor, Write};

use outcrop_documents::{Format, Unreadable};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A ZIP file of these parts.
pub(crate) fn package<'p>(parts: impl IntoIterator<Item = (&'p str, String)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The relationships of a part: ids, the ends of types, targets.
pub(crate) fn relationships(own: &[(&str, &str, &str)]) -> String {
    let own: Vec<_> = own
        .iter()
        .map(|(id, kind, target)| {
            format!("<Relationship Id=\"{id}\" Type=\"http://x/{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    let own = own.concat();
    format!("<?xml version=\"1.0\"?><Relationships xmlns=\"http://x\">{own}</Relationships>")
}

/// Cuts a file at many places and turns bits of it around, and reads what comes of it: it may be refused
/// or read, and nothing else happens.
pub(crate) fn survives_damage(format: Format, file: &[u8]) {
    let read =
        |file: Vec<u8>| -> Result<String, Unreadable> { outcrop_documents::text(format, file) };
    let step = file.len() / 199 + 1;
    for length in (0..file.len()).step_by(step) {
        let _ = read(file[..length].to_vec());
    }
    // A generator of numbers that look like chance, the same for each run.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    for _ in 0..400 {
        let mut damaged = file.to_vec();
        for _ in 0..=next(4) {
            let at = next(damaged.len());
            damaged[at] ^= 1 << next(8);
        }
        // A number that is as large as can be, somewhere.
        if next(3) == 0 {
            let at = next(damaged.len() - 4);
            damaged[at..at + 4].copy_from_slice(&[0xFF; 4]);
        }
        let _ = read(damaged);
    }
}

/// A compound file of these streams.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let file = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()));
    let mut file = file.unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}
