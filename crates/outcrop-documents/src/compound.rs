//! Compound files: a file system in a file, which Office wrote until 2007.

use std::io::Cursor;

use cfb::CompoundFile;

/// A file of streams.
pub(crate) struct Compound<'a>(CompoundFile<Cursor<&'a [u8]>>);

impl<'a> Compound<'a> {
    /// The streams of a file, if it has some.
    pub(crate) fn open(file: &'a [u8]) -> Option<Self> {
        CompoundFile::open(Cursor::new(file)).ok().map(Self)
    }

    /// Whether the root has a stream of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.is_stream(name)
    }
}
