//! Workbooks of before 2007: one that xlwt wrote, and some made by hand.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use outcrop_documents::{Format, Unreadable};
use support::{compound, survives_damage};

/// Two sheets with something in them and one without.
const STONES: &[u8] = include_bytes!("files/stones.xls");

const BOF: [u8; 4] = [0x00, 0x06, 0x05, 0x00];

fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), bytes].concat()
}

/// A stream with these records of the workbook, and one sheet.
fn stream(globals: &[Vec<u8>], cells: &[Vec<u8>]) -> Vec<u8> {
    let begin = record(0x0809, &BOF);
    let bound = |at: usize| {
        let at = u32::try_from(at).unwrap().to_le_bytes();
        record(0x0085, &[&at[..], &[0, 0, 1, 0, b'S']].concat())
    };
    let end = record(0x000A, &[]);
    let workbook = |at| [&*begin, &globals.concat(), &bound(at), &end].concat();
    [
        workbook(workbook(0).len()),
        begin.clone(),
        cells.concat(),
        end.clone(),
    ]
    .concat()
}

fn file(globals: &[Vec<u8>], cells: &[Vec<u8>]) -> Vec<u8> {
    compound(&[("Workbook", &stream(globals, cells))])
}

fn read(file: Vec<u8>) -> Result<String, Unreadable> {
    outcrop_documents::text(Format::Xls, file)
}

/// The head of a cell in the first row, and its value.
fn cell(column: u8, style: u8, value: &[u8]) -> Vec<u8> {
    [&[0, 0, column, 0, style, 0], value].concat()
}

#[test]
fn a_workbook_is_read() {
    let text = read(STONES.to_vec()).unwrap();
    let (begin, long) = text.split_once("\n\n# Long\n").unwrap();
    assert_eq!(
        begin,
        "# Stones é\nName\tFound\tKilograms\tShare\tSeen\n花崗岩\t2024-03-01\t1,234.50\t12.5%\tTRUE\n\
         Slate\t\t7\t8\t9\n\nx\tbold text"
    );
    assert_eq!(long, "granite ".repeat(1500) + "é" + &"花".repeat(10));
}

#[test]
fn cells_are_of_many_kinds() {
    let formula =
        |column, value: [u8; 8]| record(0x0006, &cell(column, 0, &[&value[..], &[0; 6]].concat()));
    let cells = [
        record(
            0x0204,
            &cell(0, 0, &[5, 0, 0, b'L', b'a', b'b', b'e', b'l']),
        ),
        record(0x0203, &cell(1, 1, &45_352_f64.to_le_bytes())),
        formula(2, 2.5_f64.to_le_bytes()),
        formula(3, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
        record(0x0207, &[4, 0, 0, b't', b'e']),
        record(0x003C, &[0, b'x', b't']),
        formula(4, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF]),
        formula(5, [2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF]),
        formula(6, [3, 0, 0, 0, 0, 0, 0xFF, 0xFF]),
        record(0x0205, &cell(7, 0, &[0x07, 1])),
        // A chart within the sheet.
        record(0x0809, &BOF),
        record(0x0203, &cell(8, 0, &1_f64.to_le_bytes())),
        record(0x000A, &[]),
        record(
            0x00BD,
            &[0, 0, 9, 0, 0, 0, 6, 0, 0, 0, 0, 0, 10, 0, 0, 0, 10, 0],
        ),
    ];
    let styles = [
        record(0x00E0, &[0, 0, 0, 0]),
        record(0x00E0, &[0, 0, 14, 0]),
    ];
    assert_eq!(
        read(file(&styles, &cells)).as_deref(),
        Ok("# S\nLabel\t2024-03-01\t2.5\ttext\tTRUE\t#N/A\t\t#DIV/0!\t\t1\t2")
    );
}

#[test]
fn what_cannot_be_read_is_told() {
    assert_eq!(
        read(b"<table>".to_vec()),
        Err(Unreadable::Plain(Format::Xls))
    );
    assert_eq!(read(file(&[], &[])), Err(Unreadable::NoText));
    let encrypted = file(&[record(0x002F, &[1, 0])], &[]);
    assert_eq!(read(encrypted), Err(Unreadable::Encrypted));
    let old = compound(&[("Book", b"")]);
    assert_eq!(read(old), Err(Unreadable::Old(Format::Xls)));
    let old = compound(&[("Workbook", &record(0x0809, &[0x00, 0x05, 0x05, 0x00]))]);
    assert_eq!(read(old), Err(Unreadable::Old(Format::Xls)));
    let whole = stream(&[], &[record(0x0203, &cell(0, 0, &1_f64.to_le_bytes()))]);
    let broken = compound(&[("Workbook", &whole[..whole.len() - 2])]);
    assert_eq!(read(broken), Err(Unreadable::Not(Format::Xls)));
    let missing = file(&[], &[record(0x00FD, &cell(0, 0, &[1, 0, 0, 0]))]);
    assert_eq!(read(missing), Err(Unreadable::Not(Format::Xls)));
    // What has a password since 2007, whatever it is said to be.
    for said in [Format::Xls, Format::Xlsx, Format::Docx] {
        let own = compound(&[("EncryptedPackage", b"")]);
        assert_eq!(
            outcrop_documents::text(said, own),
            Err(Unreadable::Encrypted)
        );
    }
    let (said, is) = (Format::Xlsx, Format::Xls);
    let other = outcrop_documents::text(said, STONES.to_vec());
    assert_eq!(other, Err(Unreadable::Other { said, is }));
    assert_eq!(
        Unreadable::Old(is).to_string(),
        "is of an old version of XLS that is not read; save it as XLSX"
    );
}

#[test]
fn damaged_files_are_read_or_refused() {
    survives_damage(Format::Xls, STONES);
    let cells = [record(0x0204, &cell(0, 0, &[1, 0, 0, b'L']))];
    survives_damage(Format::Xls, &file(&[], &cells));
}
