//! Workbooks as they are found, made by hand.

mod support;

use outcrop_documents::{Format, LONGEST_TEXT, Unreadable};
use support::{package, relationships, survives_damage};

const STRINGS: &str = "<sst><si><t>Stone</t></si><si><r><t>Gra</t></r><r><t>nite</t></r><rPh><t>no</t></rPh></si>\
                       <si><t xml:space=\"preserve\">a &amp; b_x000D__x000A_c</t></si></sst>";

const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0&quot; kg&quot;\"/></numFmts>\
    <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>\
    <xf numFmtId=\"10\"/></cellXfs><dxfs><dxf><numFmt numFmtId=\"0\" formatCode=\"yyyy\"/></dxf></dxfs></styleSheet>";

/// A workbook whose sheets have these rows.
fn file(sheets: &[(&str, &str)]) -> Vec<u8> {
    let ids: Vec<_> = (0..sheets.len()).map(|index| format!("s{index}")).collect();
    let targets: Vec<_> = ids
        .iter()
        .map(|id| format!("worksheets/{id}.xml"))
        .collect();
    let mut refers = vec![
        ("r1", "sharedStrings", "sharedStrings.xml"),
        ("r2", "styles", "/xl/styles.xml"),
        ("r3", "chartsheet", "chart.xml"),
    ];
    refers.extend(
        ids.iter()
            .zip(&targets)
            .map(|(id, target)| (&**id, "worksheet", &**target)),
    );
    let listed: Vec<_> = sheets
        .iter()
        .zip(&ids)
        .map(|((name, _), id)| format!("<sheet name=\"{name}\" sheetId=\"1\" r:id=\"{id}\"/>"))
        .collect();
    let workbook = format!(
        "<workbook xmlns:r=\"r\"><sheets>{}<sheet name=\"Chart\" r:id=\"r3\"/></sheets></workbook>",
        listed.concat()
    );
    let names: Vec<_> = targets
        .iter()
        .map(|target| format!("xl/{target}"))
        .collect();
    let parts = [
        (
            "_rels/.rels",
            relationships(&[("r1", "officeDocument", "xl/workbook.xml")]),
        ),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relationships(&refers)),
        ("xl/sharedStrings.xml", STRINGS.to_owned()),
        ("xl/styles.xml", STYLES.to_owned()),
    ];
    let sheets = sheets.iter().zip(&names).map(|((_, rows), name)| {
        let sheet = format!(
            "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"
        );
        (&**name, sheet)
    });
    package(parts.into_iter().chain(sheets))
}

fn read(file: Vec<u8>) -> Result<String, Unreadable> {
    outcrop_documents::text(Format::Xlsx, file)
}

fn text(rows: &str) -> Result<String, Unreadable> {
    read(file(&[("S", rows)]))
}

#[test]
fn cells_are_shown_as_the_sheet_shows_them() {
    for (cell, expected) in [
        ("<c r=\"A1\" t=\"s\"><v>0</v></c>", "Stone"),
        ("<c r=\"A1\" t=\"s\"><v>1</v></c>", "Granite"),
        ("<c r=\"A1\" t=\"s\"><v>2</v></c>", "a & b c"),
        ("<c r=\"A1\"><v>0.30000000000000004</v></c>", "0.3"),
        ("<c r=\"A1\" s=\"1\"><v>45352</v></c>", "2024-03-01"),
        ("<c r=\"A1\" s=\"2\"><v>2.25</v></c>", "2.3 kg"),
        ("<c r=\"A1\" s=\"3\"><v>0.5</v></c>", "50.00%"),
        ("<c r=\"A1\" s=\"99\"><v>7</v></c>", "7"),
        ("<c r=\"A1\"><f>SUM(B1:B2)</f><v>7</v></c>", "7"),
        (
            "<c r=\"A1\" t=\"str\"><f>\"a\"&amp;\"b\"</f><v>ab</v></c>",
            "ab",
        ),
        ("<c r=\"A1\" t=\"b\"><v>1</v></c>", "TRUE"),
        ("<c r=\"A1\" t=\"s\"/><c r=\"B1\"><v>1</v></c>", "\t1"),
        ("<c r=\"A1\" t=\"e\"><v>#DIV/0!</v></c>", "#DIV/0!"),
        (
            "<c r=\"A1\" t=\"inlineStr\"><is><t>in</t><rPh><t>no</t></rPh></is></c>",
            "in",
        ),
    ] {
        let shown = text(&format!("<row r=\"1\">{cell}</row>"));
        assert_eq!(shown, Ok(format!("# S\n{expected}")), "{cell}");
    }
}

#[test]
fn sheets_are_told_by_their_names() {
    let one = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"C1\"><v>3</v></c><c r=\"D1\"/></row>\
               <row r=\"2\"/><row r=\"5\"><c r=\"B5\"><v>2</v></c></row><row r=\"1048576\"/>";
    // Without places.
    let two = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>";
    let file = file(&[("One &amp; only", one), ("Empty", ""), ("Two", two)]);
    assert_eq!(
        read(file).as_deref(),
        Ok("# One & only\n1\t\t3\n\n\t2\n\n# Two\n1\t2\n3")
    );
}

#[test]
fn comments_stand_behind_the_cells() {
    let workbook =
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>";
    let sheet = "<worksheet><row><c><v>1</v></c></row></worksheet>";
    let comments = "<comments><authors><author>Ann</author></authors><commentList><comment ref=\"A1\"><text><r><t>Ann:</t></r>\
                    <r><t>\nWhy?</t></r></text></comment></commentList></comments>";
    let own = package([
        (
            "_rels/.rels",
            relationships(&[("r1", "officeDocument", "w.xml")]),
        ),
        ("w.xml", workbook.to_owned()),
        (
            "_rels/w.xml.rels",
            relationships(&[("r1", "worksheet", "s.xml")]),
        ),
        ("s.xml", sheet.to_owned()),
        (
            "_rels/s.xml.rels",
            relationships(&[("r1", "comments", "c.xml")]),
        ),
        ("c.xml", comments.to_owned()),
    ]);
    assert_eq!(
        read(own).as_deref(),
        Ok("# S\n1\n\nComment at A1: Ann: Why?")
    );
}

#[test]
fn days_may_be_counted_from_1904() {
    let workbook = "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>";
    let sheet = "<worksheet><row><c s=\"0\"><v>43890</v></c></row></worksheet>";
    let styles = "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let own = package([
        (
            "_rels/.rels",
            relationships(&[("r1", "officeDocument", "w.xml")]),
        ),
        ("w.xml", workbook.to_owned()),
        (
            "_rels/w.xml.rels",
            relationships(&[("r1", "worksheet", "s.xml"), ("r2", "styles", "t.xml")]),
        ),
        ("s.xml", sheet.to_owned()),
        ("t.xml", styles.to_owned()),
    ]);
    assert_eq!(read(own).as_deref(), Ok("# S\n2024-03-01"));
}

#[test]
fn what_cannot_be_read_is_told() {
    assert_eq!(
        read(b"PK\x03\x04".to_vec()),
        Err(Unreadable::Not(Format::Xlsx))
    );
    assert_eq!(text(""), Err(Unreadable::NoText));
    assert_eq!(
        text("<row><c><v>&x;</v></c></row>"),
        Err(Unreadable::Not(Format::Xlsx))
    );
    assert_eq!(
        text("<row><c t=\"s\"><v>3</v></c></row>"),
        Err(Unreadable::Not(Format::Xlsx))
    );
    let (said, is) = (Format::Docx, Format::Xlsx);
    let other = outcrop_documents::text(said, file(&[]));
    assert_eq!(other, Err(Unreadable::Other { said, is }));
}

#[test]
fn what_is_far_away_or_said_again_and_again_is_bounded() {
    assert_eq!(
        text("<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>").as_deref(),
        Ok("# S\n1")
    );
    let wide = |row: usize| format!("<row><c r=\"XFD{row}\"><v>1</v></c></row>");
    let length = text(&wide(1)).map(|text| text.len());
    assert_eq!(length, Ok("# S\n1".len() + 16_383));
    let rows: Vec<_> = (1..600).map(wide).collect();
    assert_eq!(text(&rows.concat()).err(), Some(Unreadable::TooLong));
    let long = "granite ".repeat(LONGEST_TEXT / 80);
    let cell = format!("<c t=\"inlineStr\"><is><t>{long}</t></is></c>");
    let rows = format!("<row>{}</row>", cell.repeat(11));
    assert_eq!(text(&rows).err(), Some(Unreadable::TooLong));
}

#[test]
fn damaged_files_are_read_or_refused() {
    let rows =
        "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>45352</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>";
    survives_damage(Format::Xlsx, &file(&[("S", rows)]));
}
