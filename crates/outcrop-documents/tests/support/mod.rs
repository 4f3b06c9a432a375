//! Packages, as small as they can be.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "a test file uses some of it, and helpers of tests may fail"
)]

use std::io::{Cursor, Read, Write};

use outcrop_documents::{Format, Unreadable};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

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

/// Cuts a file at many places and changes bits and numbers of it, and reads what comes of it: it may be read or
/// refused, and nothing else happens. A package is changed within its parts as well.
pub(crate) fn survives_damage(format: Format, file: &[u8]) {
    let read =
        |file: Vec<u8>| -> Result<String, Unreadable> { outcrop_documents::text(format, file) };
    let step = file.len() / 199 + 1;
    for length in (0..file.len()).step_by(step) {
        let _ = read(file[..length].to_vec());
    }
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    for _ in 0..400 {
        let _ = read(chance.damage(file, &[]));
    }
    let parts = parts(file);
    for _ in 0..parts.len() * 100 {
        let damaged = chance.below(parts.len());
        let all = parts.iter().enumerate().map(|(index, (name, part))| {
            let own = if index == damaged {
                chance.damage(part, b"<>/\"&;=019-")
            } else {
                part.clone()
            };
            (&**name, String::from_utf8_lossy(&own).into_owned())
        });
        let _ = read(package(all.collect::<Vec<_>>()));
    }
}

/// The parts of a package; none of another file.
fn parts(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(file)) else {
        return Vec::new();
    };
    let all = 0..archive.len();
    all.map(|index| {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    })
    .collect()
}

/// Numbers that look like chance, the same for each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }

    /// The bytes with some bits turned around, or some of these signs in their place; sometimes with a number that is
    /// as large as can be.
    fn damage(&mut self, bytes: &[u8], signs: &[u8]) -> Vec<u8> {
        let mut damaged = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(damaged.len());
            damaged[at] = if signs.is_empty() || self.below(2) == 0 {
                damaged[at] ^ (1 << self.below(8))
            } else {
                signs[self.below(signs.len())]
            };
        }
        if signs.is_empty() && self.below(3) == 0 {
            let at = self.below(damaged.len() - 4);
            damaged[at..at + 4].copy_from_slice(&[0xFF; 4]);
        }
        damaged
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
