//! MP4 files with one track of video (ISO/IEC 14496-12 and -15).
//!
//! The boxes that such a file has are few and fixed, so they are written here: libraries for all of the format bring
//! much more than that.

/// Ticks of a second are so many times its pictures.
const TICKS: u32 = 512;

/// A picture as the file keeps it.
pub(super) struct Sample {
    pub(super) bytes: Vec<u8>,
    /// Whether it needs no other one.
    pub(super) is_key: bool,
}

/// A file with these pictures. `configuration` is the decoder's.
pub(super) fn file(
    (width, height): (u32, u32),
    pictures_per_second: u32,
    configuration: &[u8],
    samples: &[Sample],
) -> Vec<u8> {
    let track = Track {
        size: (width, height),
        scale: pictures_per_second.saturating_mul(TICKS),
        configuration,
        samples,
    };
    let kind = boxed(*b"ftyp", &[b"isom", &[0, 0, 2, 0], b"isomiso2avc1mp41"]);
    // The place of the pictures is known once the length of what comes before them is.
    let length = track.movie(0).len() + kind.len() + 8;
    let movie = track.movie(u32::try_from(length).unwrap_or(u32::MAX));
    let pictures: Vec<&[u8]> = samples
        .iter()
        .map(|sample| sample.bytes.as_slice())
        .collect();
    [kind, movie, boxed(*b"mdat", &pictures)].concat()
}

struct Track<'a> {
    size: (u32, u32),
    /// Ticks of a second.
    scale: u32,
    configuration: &'a [u8],
    samples: &'a [Sample],
}

/// Places of a matrix that changes nothing, as 16.16 and 2.30 numbers.
const UNCHANGED: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

impl Track<'_> {
    fn duration(&self) -> u32 {
        count(self.samples.len()).saturating_mul(TICKS)
    }

    /// Everything but the pictures, which begin at `offset`.
    fn movie(&self, offset: u32) -> Vec<u8> {
        let header = numbers(&[0, 0, 0, self.scale, self.duration(), 0x1_0000]);
        let header = boxed(
            *b"mvhd",
            &[
                &header,
                &[1, 0],
                &[0; 10],
                &numbers(&UNCHANGED),
                &[0; 24],
                &numbers(&[2]),
            ],
        );
        boxed(*b"moov", &[&header, &self.track(offset)])
    }

    fn track(&self, offset: u32) -> Vec<u8> {
        let (width, height) = self.size;
        // Enabled, in the movie, and in its preview.
        let header = numbers(&[7, 0, 0, 1, 0, self.duration(), 0, 0, 0, 0]);
        let size = numbers(&[width << 16, height << 16]);
        let header = boxed(*b"tkhd", &[&header, &numbers(&UNCHANGED), &size]);
        let times = numbers(&[0, 0, 0, self.scale, self.duration()]);
        // The language is not told ("und").
        let times = boxed(*b"mdhd", &[&times, &[0x55, 0xc4, 0, 0]]);
        let handler = boxed(*b"hdlr", &[&[0; 8], b"vide", &[0; 12], b"VideoHandler\0"]);
        let media = boxed(*b"mdia", &[&times, &handler, &self.information(offset)]);
        boxed(*b"trak", &[&header, &media])
    }

    fn information(&self, offset: u32) -> Vec<u8> {
        let header = boxed(*b"vmhd", &[&numbers(&[1]), &[0; 8]]);
        // The pictures are in this file.
        let here = boxed(*b"url ", &[&numbers(&[1])]);
        let places = boxed(*b"dref", &[&numbers(&[0, 1]), &here]);
        let places = boxed(*b"dinf", &[&places]);
        boxed(*b"minf", &[&header, &places, &self.table(offset)])
    }

    fn table(&self, offset: u32) -> Vec<u8> {
        let pictures = count(self.samples.len());
        let numbered = self.samples.iter().zip(1_u32..);
        let keys: Vec<u32> = numbered
            .filter_map(|(sample, number)| sample.is_key.then_some(number))
            .collect();
        let sizes: Vec<u32> = self
            .samples
            .iter()
            .map(|sample| count(sample.bytes.len()))
            .collect();
        let described = boxed(*b"stsd", &[&numbers(&[0, 1]), &self.description()]);
        let times = boxed(*b"stts", &[&numbers(&[0, 1, pictures, TICKS])]);
        let keys = boxed(
            *b"stss",
            &[&numbers(&[0, count(keys.len())]), &numbers(&keys)],
        );
        // All pictures are one chunk.
        let chunks = boxed(*b"stsc", &[&numbers(&[0, 1, 1, pictures, 1])]);
        let sizes = boxed(*b"stsz", &[&numbers(&[0, 0, pictures]), &numbers(&sizes)]);
        let places = boxed(*b"stco", &[&numbers(&[0, 1, offset])]);
        boxed(
            *b"stbl",
            &[&described, &times, &keys, &chunks, &sizes, &places],
        )
    }

    fn description(&self) -> Vec<u8> {
        let (width, height) = self.size;
        let size = numbers(&[width << 16 | height]);
        // 72 pixels to the inch, one picture to the sample, no name, 24 bits to the pixel.
        let resolution = numbers(&[72 << 16, 72 << 16, 0]);
        let configuration = boxed(*b"avcC", &[self.configuration]);
        boxed(
            *b"avc1",
            &[
                &[0; 6],
                &[0, 1],
                &[0; 16],
                &size,
                &resolution,
                &[0, 1],
                &[0; 32],
                &[0, 24, 0xff, 0xff],
                &configuration,
            ],
        )
    }
}

fn boxed(kind: [u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let length = 8 + parts.iter().map(|part| part.len()).sum::<usize>();
    let mut content = Vec::with_capacity(length);
    content.extend(count(length).to_be_bytes());
    content.extend(kind);
    for part in parts {
        content.extend_from_slice(part);
    }
    content
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    let bytes = numbers.iter().flat_map(|number| number.to_be_bytes());
    bytes.collect()
}

/// A count as files have it. Nothing is drawn that has more.
fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
