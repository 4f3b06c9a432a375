//! Compound files: a file system in a file, which Office wrote until 2007.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

/// A file of streams.
pub(crate) struct Compound<'a> {
    inner: CompoundFile<Cursor<&'a [u8]>>,
    length: u64,
}

impl<'a> Compound<'a> {
    /// The streams of a file, if it has some.
    pub(crate) fn open(file: &'a [u8]) -> Option<Self> {
        let length = u64::try_from(file.len()).ok()?;
        let inner = CompoundFile::open(Cursor::new(file)).ok()?;
        Some(Self { inner, length })
    }

    /// Whether the root has a stream of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.inner.is_stream(name)
    }

    /// A stream of the root. None is longer than the file.
    pub(crate) fn stream(&mut self, name: &str) -> Option<Vec<u8>> {
        let stream = self.inner.open_stream(name).ok()?;
        let mut bytes = Vec::new();
        stream.take(self.length).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}
