//! Word's files of before 2007, made by hand: the least that the format asks for.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use outcrop_documents::{Format, Unreadable};
use support::{compound, survives_damage};

/// Where the text begins in the stream.
const TEXT: usize = 1024;

/// A file to be made.
#[derive(Default, Clone)]
struct Doc<'d> {
    /// Characters, whether they are of one byte each, and what is changed of all of them.
    pieces: Vec<(&'d str, bool, u16)>,
    /// Lists of changes that pieces refer to.
    changes: Vec<&'d [u8]>,
    /// Lengths of what follows the body: footnotes, margins, macros, comments, endnotes, boxes, boxes of margins.
    parts: [usize; 7],
    /// The number of bytes of text that something is said of, and what it is.
    characters: Vec<(usize, &'d [u8])>,
    paragraphs: Vec<(usize, u16, &'d [u8])>,
    /// Where a footnote is referred to, and where it begins.
    footnote: Option<(u32, u32)>,
    /// The same of a comment.
    comment: Option<(u32, u32)>,
    flags: u16,
}

fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap().to_le_bytes()
}

fn long(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap().to_le_bytes()
}

/// A page of properties: places, for each an entry of this many bytes whose first one says where it is told, and that.
fn page(runs: &[(usize, Vec<u8>)], entry: usize) -> Vec<u8> {
    let mut page = vec![0; 512];
    page[511] = u8::try_from(runs.len()).unwrap();
    let (mut at, mut end) = (TEXT, 510);
    page[..4].copy_from_slice(&long(at));
    for (index, (length, told)) in runs.iter().enumerate() {
        at += length;
        page[4 * (index + 1)..][..4].copy_from_slice(&long(at));
        end = (end - told.len()) & !1;
        page[end..][..told.len()].copy_from_slice(told);
        page[4 * (runs.len() + 1) + entry * index] = u8::try_from(end / 2).unwrap();
    }
    page
}

impl Doc<'_> {
    /// Pieces lie in the stream from the last to the first, as after a fast save.
    fn file(&self) -> Vec<u8> {
        let mut main = vec![0; TEXT];
        let (mut positions, mut places) = (vec![0], Vec::new());
        for (text, is_narrow, change) in self.pieces.iter().rev() {
            let at = main.len();
            if *is_narrow {
                // What is tested is of Latin 1.
                main.extend(
                    text.chars()
                        .map(|char| u8::try_from(u32::from(char)).unwrap()),
                );
                places.push(((at * 2) | 0x4000_0000, *change));
            } else {
                main.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
                places.push((at, *change));
            }
        }
        for (text, ..) in &self.pieces {
            positions.push(positions.last().unwrap() + text.encode_utf16().count());
        }
        places.reverse();
        let all = *positions.last().unwrap();
        let lengths = self.parts.iter().sum::<usize>();
        for (index, length) in [all - lengths].iter().chain(&self.parts).enumerate() {
            main[0x4C + 4 * index..][..4].copy_from_slice(&long(*length));
        }
        main[..4].copy_from_slice(&[0xEC, 0xA5, 0xC1, 0]);
        main[0x0A..0x0C].copy_from_slice(&self.flags.to_le_bytes());

        let mut table = Vec::new();
        let mut add = |main: &mut Vec<u8>, index: usize, bytes: Vec<u8>| {
            main[0x9A + 8 * index..][..4].copy_from_slice(&long(table.len()));
            main[0x9E + 8 * index..][..4].copy_from_slice(&long(bytes.len()));
            table.extend(bytes);
        };
        let mut clx = Vec::new();
        for change in &self.changes {
            clx.extend([&[1][..], &short(change.len()), change].concat());
        }
        clx.push(2);
        clx.extend(long(4 * positions.len() + 8 * places.len()));
        clx.extend(positions.iter().flat_map(|position| long(*position)));
        for (place, change) in places {
            clx.extend([&[0, 0][..], &long(place), &change.to_le_bytes()].concat());
        }
        add(&mut main, 33, clx);
        for (index, bytes, note) in [(2, 2, self.footnote), (4, 30, self.comment)] {
            if let Some((refers, begins)) = note {
                let refers = [&refers.to_le_bytes()[..], &[0xFF; 4], &vec![1; bytes]].concat();
                add(&mut main, index, refers);
                let begins = [begins.to_le_bytes(), [0xFF; 4], [0xFF; 4]].concat();
                add(&mut main, index + 1, begins);
            }
        }
        let characters = self.characters.iter().map(|(length, list)| {
            let told = [&[u8::try_from(list.len()).unwrap()], *list].concat();
            (*length, told)
        });
        let paragraphs = self.paragraphs.iter().map(|(length, style, list)| {
            let told = [&style.to_le_bytes()[..], list].concat();
            let half = u8::try_from(told.len().div_ceil(2)).unwrap();
            let head = if told.len() % 2 == 0 {
                &[0, half][..]
            } else {
                &[half]
            };
            (*length, [head, &told].concat())
        });
        let pages = [
            (12, page(&characters.collect::<Vec<_>>(), 1)),
            (13, page(&paragraphs.collect::<Vec<_>>(), 13)),
        ];
        for (index, page) in pages {
            main.resize(main.len().next_multiple_of(512), 0);
            let number = main.len() / 512;
            main.extend(page);
            let places = [long(TEXT), long(TEXT + all), long(number)].concat();
            add(&mut main, index, places);
        }
        compound(&[("WordDocument", &main), ("0Table", &table)])
    }

    fn text(&self) -> Result<String, Unreadable> {
        outcrop_documents::text(Format::Doc, self.file())
    }
}

/// A file of one piece with characters of one byte each.
fn narrow(text: &str) -> Doc<'_> {
    Doc {
        pieces: vec![(text, true, 0)],
        ..Doc::default()
    }
}

#[test]
fn pieces_are_in_the_order_of_the_text() {
    let doc = Doc {
        pieces: vec![
            ("Hello ", true, 0),
            ("wörld, 花崗岩 🪨\r", false, 0),
            ("Second\r", true, 0),
        ],
        ..Doc::default()
    };
    assert_eq!(doc.text().as_deref(), Ok("Hello wörld, 花崗岩 🪨\nSecond"));
}

#[test]
fn characters_are_told_by_their_bytes() {
    for (text, expected) in [
        ("One\rTwo\r", "One\nTwo"),
        ("One\r\r\rTwo\r", "One\n\nTwo"),
        ("a\tb\x0Bc\x1Ed\x1Fe\x01\x08\r", "a\tb\nc-de"),
        ("\u{93}caf\u{E9}\u{94} \u{80}\r", "“café” €"),
        ("Page \x13 PAGE \x13 x \x14y\x15 \x147\x15.\r", "Page 7."),
        // A field that never ends hides its own paragraph at most.
        ("One \x13 PAGE\rTwo\r", "One\nTwo"),
        ("One\x0CTwo\r", "One\nTwo"),
    ] {
        assert_eq!(narrow(text).text().as_deref(), Ok(expected), "{text:?}");
    }
}

#[test]
fn tables_are_rows_of_cells() {
    let in_table: &[u8] = &[0x16, 0x24, 1];
    let row_end: &[u8] = &[0x16, 0x24, 1, 0x17, 0x24, 1];
    let doc = Doc {
        paragraphs: vec![
            (7, 1, &[]),
            (4, 0, in_table),
            (3, 0, in_table),
            (1, 0, row_end),
            (2, 0, in_table),
            (1, 0, row_end),
            (6, 0, &[]),
        ],
        ..narrow("Stones\ra\rb\x07c\t\x07\x07d\x07\x07After\r")
    };
    assert_eq!(doc.text().as_deref(), Ok("# Stones\na b\tc\nd\nAfter"));
}

#[test]
fn what_was_deleted_is_left_out() {
    let deleted: &[u8] = &[0x00, 0x08, 1];
    let doc = Doc {
        characters: vec![(4, &[]), (4, deleted), (3, &[]), (1, deleted), (9, &[])],
        ..narrow("One old new\rand more\r")
    };
    assert_eq!(doc.text().as_deref(), Ok("One newand more"));
    // By piece, in the short form and in the long one.
    let pieces = vec![
        ("One ", true, 0),
        ("old ", true, 0x41 << 1 | 1 << 8),
        ("older ", true, 1),
        ("new\r", true, 3),
    ];
    let changes: Vec<&[u8]> = vec![deleted, &[0x00, 0x08, 0]];
    let doc = Doc {
        pieces,
        changes,
        ..Doc::default()
    };
    assert_eq!(doc.text().as_deref(), Ok("One new"));
}

#[test]
fn symbols_are_characters_of_their_own() {
    let symbol: &[u8] = &[0x09, 0x6A, 0, 0, 0x13, 0x27];
    let doc = Doc {
        characters: vec![(1, symbol), (6, &[])],
        ..narrow("( done\r")
    };
    assert_eq!(doc.text().as_deref(), Ok("✓ done"));
}

#[test]
fn notes_boxes_and_margins_stand_behind_the_body() {
    let doc = Doc {
        parts: [9, 14, 0, 6, 4, 4, 0],
        footnote: Some((4, 0)),
        comment: Some((5, 0)),
        ..narrow("Text\x02\x05.\r\x02 A note\rHeader\rHeader\r\x05Why?\rEnd\rBox\r")
    };
    assert_eq!(
        doc.text().as_deref(),
        Ok("Text[^1][^2].\n\n[^1]: A note\n\nEnd\n\n[^2]: Comment: Why?\n\nBox\n\nHeader")
    );
}

#[test]
fn what_cannot_be_read_is_told() {
    let read = |file| outcrop_documents::text(Format::Doc, file);
    let not = Err(Unreadable::Not(Format::Doc));
    assert_eq!(
        read(b"{\\rtf1 Hello}".to_vec()),
        Err(Unreadable::Rich(Format::Doc))
    );
    assert_eq!(read(vec![0xFF; 1024]), not);
    assert_eq!(narrow("\r").text(), Err(Unreadable::NoText));
    let encrypted = Doc {
        flags: 0x0100,
        ..narrow("Secret\r")
    };
    assert_eq!(encrypted.text(), Err(Unreadable::Encrypted));
    // The tables are in a stream that is not there.
    let missing = Doc {
        flags: 0x0200,
        ..narrow("Text\r")
    };
    assert_eq!(missing.text(), not);
    let old = compound(&[("WordDocument", &[0xEC, 0xA5, 0x68, 0])]);
    assert_eq!(read(old), Err(Unreadable::Old(Format::Doc)));
    let beside = compound(&[("Workbook", b"")]);
    let (said, is) = (Format::Doc, Format::Xls);
    assert_eq!(read(beside), Err(Unreadable::Other { said, is }));
    // More text is told of than the pieces have.
    let mut file = narrow("Text\r").file();
    let at = file
        .windows(2)
        .position(|pair| pair == [0xEC, 0xA5])
        .unwrap();
    file[at + 0x4C] += 1;
    assert_eq!(read(file), not);
}

#[test]
fn damaged_files_are_read_or_refused() {
    let doc = Doc {
        parts: [9, 0, 0, 0, 0, 0, 0],
        footnote: Some((4, 0)),
        characters: vec![(4, &[]), (4, &[0x00, 0x08, 1])],
        paragraphs: vec![(7, 1, &[0x16, 0x24, 1])],
        ..narrow("Text\x02.\r\x02 A note\r")
    };
    survives_damage(Format::Doc, &doc.file());
}
