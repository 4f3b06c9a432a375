//! Reading a file some lines at a time.

use bytes::{Bytes, BytesMut};
use outcrop_objects::{Objects, ObjectsError, S3Uri};

/// Bytes that are read at once.
const BLOCK: u64 = 1 << 20;

/// Bytes of a line: as many as a request may have.
const LONGEST: usize = 25 << 20;

/// Bytes of lines from which on a chunk has enough.
const ENOUGH: usize = 8 << 20;

/// Some lines of a file.
pub(super) struct Chunk {
    /// Without their ends, and without those that are blank.
    pub(super) lines: Vec<Bytes>,
    /// Where the next chunk begins.
    pub(super) next: u64,
    /// Whether the file has no more.
    pub(super) is_last: bool,
}

/// Reads at most `most` lines, and not many more bytes than a record may have.
pub(super) async fn read(
    objects: &Objects,
    file: &S3Uri,
    offset: u64,
    most: usize,
) -> Result<Chunk, ObjectsError> {
    let mut chunk = Chunk {
        lines: Vec::new(),
        next: offset,
        is_last: false,
    };
    let mut read = BytesMut::new();
    let mut size = 0;
    while !chunk.is_last && chunk.lines.len() < most && size < ENOUGH {
        let from = chunk.next + read.len() as u64;
        let block = objects.range(file, from..from + BLOCK).await?;
        let searched = read.len();
        read.extend_from_slice(&block);
        chunk.is_last = (block.len() as u64) < BLOCK;
        let before = chunk.next;
        take(&mut chunk, &mut read, searched, most);
        size += usize::try_from(chunk.next - before).unwrap_or(usize::MAX);
        if read.len() > LONGEST && chunk.lines.len() < most {
            return Err(ObjectsError::TooLarge {
                uri: file.clone(),
                what: "a record",
                limit: LONGEST as u64,
            });
        }
    }
    Ok(chunk)
}

/// Takes whole lines. The first `searched` bytes have no line's end.
fn take(chunk: &mut Chunk, read: &mut BytesMut, mut searched: usize, most: usize) {
    while chunk.lines.len() < most {
        let rest = read.get(searched..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == b'\n');
        let line = match end {
            Some(end) => read.split_to(searched + end + 1),
            None if chunk.is_last => read.split(),
            None => return,
        };
        searched = 0;
        chunk.next += line.len() as u64;
        let text = line.freeze();
        if !text.trim_ascii().is_empty() {
            chunk.lines.push(text);
        }
        if read.is_empty() && (end.is_none() || chunk.is_last) {
            return;
        }
    }
    // There is more than was asked for.
    chunk.is_last &= read.is_empty();
}
