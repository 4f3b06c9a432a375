//! PDFs as they are found, made by hand.

#![expect(
    clippy::format_collect,
    clippy::format_push_string,
    reason = "files are short"
)]

use outcrop_documents::{Format, Unreadable};

/// A font that needs no program.
const HELVETICA: &str =
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A file of these objects, numbered from 1; the first is the catalog.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let begin = out.len();
    let count = objects.len() + 1;
    out += &format!("xref\n0 {count}\n0000000000 65535 f \n");
    for place in places {
        out += &format!("{place:010} 00000 n \n");
    }
    out +=
        &format!("trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{begin}\n%%EOF\n");
    out.into_bytes()
}

/// A file whose pages draw this, each with the font `/F`.
fn pages(font: &str, filter: &str, contents: &[&str]) -> Vec<u8> {
    let kids: String = (0..contents.len())
        .map(|index| format!("{} 0 R ", 4 + 2 * index))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{kids}] /Count {} >>",
            contents.len()
        ),
        font.to_owned(),
    ];
    for content in contents {
        let stream = objects.len() + 2;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {stream} 0 R \
             /Resources << /Font << /F 3 0 R >> >> >>"
        ));
        let length = content.len();
        objects.push(format!(
            "<< /Length {length} {filter} >>\nstream\n{content}\nendstream"
        ));
    }
    file(&objects, "")
}

fn pdf_text(file: Vec<u8>) -> Result<String, Unreadable> {
    outcrop_documents::text(Format::Pdf, file)
}

fn text(content: &str) -> Result<String, Unreadable> {
    pdf_text(pages(HELVETICA, "", &[content]))
}

#[test]
fn words_and_lines_are_where_they_are_drawn() {
    for (content, expected) in [
        ("BT /F 12 Tf 72 700 Td (Hello world) Tj ET", "Hello world"),
        // Kerning is no gap, a jump is.
        (
            "BT /F 12 Tf 72 700 Td [(He) -20 (llo) -600 (world)] TJ ET",
            "Hello world",
        ),
        (
            "BT /F 12 Tf 14 TL 72 700 Td (One) Tj T* (Two) Tj (Three) ' ET",
            "One\nTwo\nThree",
        ),
        (
            "BT /F 12 Tf 72 700 Td (One) Tj 0 -50 Td (Two) Tj ET",
            "One\n\nTwo",
        ),
        (
            "BT /F 12 Tf 1 0 0 1 72 700 Tm (a) Tj 1 0 0 1 172 700 Tm (b) Tj ET",
            "a b",
        ),
        // Scaled by the page and not by the font.
        (
            "q 10 0 0 10 0 0 cm BT /F 1.2 Tf 7 70 Td (One) Tj 0 -1.4 Td (Two) Tj ET Q",
            "One\nTwo",
        ),
        ("BT /F 12 Tf 72 700 Td (caf\\351 \\200) Tj ET", "café €"),
        // Drawn twice to look bold.
        (
            "BT /F 12 Tf 72 700 Td (Bold) Tj 0.3 0 Td (Bold) Tj ET",
            "Bold",
        ),
        // Neither seen nor lost: a scan's recognized text.
        ("BT /F 12 Tf 3 Tr 72 700 Td (Scan) Tj ET", "Scan"),
    ] {
        assert_eq!(text(content).as_deref(), Ok(expected), "{content}");
    }
}

#[test]
fn pages_are_paragraphs() {
    let page = |word: &str| format!("BT /F 12 Tf 72 700 Td ({word}) Tj ET");
    let (one, two) = (page("One"), page("Two"));
    let file = pages(HELVETICA, "", &[&one, "", &two]);
    assert_eq!(pdf_text(file).as_deref(), Ok("One\n\nTwo"));
}

#[test]
fn what_cannot_be_read_is_told() {
    assert_eq!(
        pdf_text(b"Hello".to_vec()),
        Err(Unreadable::Plain(Format::Pdf))
    );
    assert_eq!(pdf_text(Vec::new()), Err(Unreadable::Not(Format::Pdf)));
    assert_eq!(text("0 0 10 10 re f"), Err(Unreadable::NoText));
    let broken = pages(
        HELVETICA,
        "/Filter /DCTDecode",
        &["BT /F 12 Tf (Hello) Tj ET"],
    );
    assert_eq!(pdf_text(broken), Err(Unreadable::BrokenPage));
    let nameless = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts \
                    [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo \
                    << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>";
    let file = pages(nameless, "", &["BT /F 12 Tf 72 700 Td <00010002> Tj ET"]);
    assert_eq!(pdf_text(file), Err(Unreadable::UnknownCharacters));
}

#[test]
fn a_file_with_a_password_is_told_from_a_broken_one() {
    let hex = |byte: u8| format!("<{}>", format!("{byte:02x}").repeat(32));
    let (owner, user) = (hex(1), hex(2));
    let catalog = "<< /Type /Catalog /Pages 2 0 R >>".to_owned();
    let empty = "<< /Type /Pages /Kids [] /Count 0 >>".to_owned();
    let secret =
        format!("<< /Filter /Standard /V 2 /R 3 /Length 128 /O {owner} /U {user} /P -4 >>");
    let file = file(&[catalog, empty, secret], "/Encrypt 3 0 R /ID [<00> <00>]");
    assert_eq!(pdf_text(file), Err(Unreadable::Encrypted));
}

#[test]
fn a_file_that_breaks_off_is_read_or_refused() {
    let whole = pages(HELVETICA, "", &["BT /F 12 Tf 72 700 Td (Hello) Tj ET"]);
    for length in (0..whole.len()).step_by(7) {
        let read = pdf_text(whole[..length].to_vec());
        assert!(read.is_err() || read.unwrap() == "Hello", "{length}");
    }
}
