//! Files of Word as they are found, made by hand.

mod support;

use outcrop_documents::{Format, Unreadable};
use support::{package, relationships, survives_damage};

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:mc=\"m\" xmlns:r=\"r\" xmlns:wps=\"s\" xmlns:v=\"v\" xmlns:m=\"n\"";

/// A part with this root.
fn part(root: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:{root} {NAMESPACES}>{content}</w:{root}>"
    )
}

/// A file with this body, and these parts besides.
fn file(body: &str, others: &[(&str, &str, &str)]) -> Vec<u8> {
    let body = format!("<w:body>{body}</w:body>");
    let targets: Vec<_> = others
        .iter()
        .map(|(kind, ..)| format!("{kind}.xml"))
        .collect();
    let refers = others.iter().zip(&targets);
    let refers: Vec<_> = refers
        .map(|((kind, ..), target)| (*kind, kind.trim_end_matches(char::is_numeric), &**target))
        .collect();
    let names: Vec<_> = targets
        .iter()
        .map(|target| format!("word/{target}"))
        .collect();
    let main = relationships(&[("r1", "officeDocument", "word/document.xml")]);
    let parts = [
        ("_rels/.rels", main),
        ("word/document.xml", part("document", &body)),
        ("word/_rels/document.xml.rels", relationships(&refers)),
    ];
    let others = others.iter().zip(&names);
    let others = others.map(|((_, root, content), name)| (&**name, part(root, content)));
    package(parts.into_iter().chain(others))
}

fn p(content: &str) -> String {
    format!("<w:p>{content}</w:p>")
}

fn r(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn read(file: Vec<u8>) -> Result<String, Unreadable> {
    outcrop_documents::text(Format::Docx, file)
}

fn text(body: &str) -> Result<String, Unreadable> {
    read(file(body, &[]))
}

fn cell(content: &str) -> String {
    format!("<w:tc>{content}</w:tc>")
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| cell(&p(&r(text)))).collect();
    format!("<w:tr>{cells}</w:tr>")
}

#[test]
fn paragraphs_are_lines() {
    for (body, expected) in [
        (p(&r("One")) + &p(&r("Two")), "One\nTwo"),
        (p(&(r("Hel") + &r("lo"))), "Hello"),
        (p(&r("a &lt;b&gt; &#233; &amp;")), "a <b> é &"),
        (p(&r("One")) + &p("") + &p("") + &p(&r("Two")), "One\n\nTwo"),
        (
            p(
                "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>",
            ),
            "a\tb\nc-d",
        ),
        // Tabs of a paragraph's properties are none of its text.
        (
            p(
                "<w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"1\"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r>",
            ),
            "a",
        ),
        (
            p("<w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t> done</w:t></w:r>"),
            "☑ done",
        ),
        (
            p(&format!("<w:hyperlink>{}</w:hyperlink>", r("link"))),
            "link",
        ),
        (
            format!(
                "<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
                p(&r("in"))
            ),
            "in",
        ),
        (
            p("<m:oMath><m:r><m:t>x</m:t></m:r><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:oMath>"),
            "x^2",
        ),
    ] {
        assert_eq!(text(&body).as_deref(), Ok(expected), "{body}");
    }
}

#[test]
fn what_was_deleted_is_left_out() {
    let ins = format!("<w:ins>{}</w:ins>", r("new"));
    let del = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>";
    let moved = format!("<w:moveFrom>{}</w:moveFrom>", r("moved"));
    assert_eq!(
        text(&p(&format!("{ins}{del}{moved}"))).as_deref(),
        Ok("new")
    );
    // The end of a paragraph.
    let joined = p(&format!(
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}",
        r("One ")
    ));
    assert_eq!(text(&(joined + &p(&r("two")))).as_deref(), Ok("One two"));
    // A row.
    let gone = row(&["x"]).replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>");
    let table = format!("<w:tbl>{}{gone}{}</w:tbl>", row(&["a"]), row(&["b"]));
    assert_eq!(text(&table).as_deref(), Ok("a\nb"));
}

#[test]
fn fields_show_their_results() {
    let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let body = p(&[
        &r("Page "),
        &*char("begin"),
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        &r("nested"),
        &char("separate"),
        &r("7"),
        &char("end"),
        &r("."),
    ]
    .concat());
    assert_eq!(text(&body).as_deref(), Ok("Page 7."));
}

#[test]
fn tables_are_rows_of_cells() {
    let nested = format!("<w:tbl>{}{}</w:tbl>", row(&["x", "y"]), row(&["z"]));
    let wide = cell(&("<w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>".to_owned() + &p(&r("wide"))));
    let cells = [
        format!("<w:tr>{wide}{}</w:tr>", cell(&p(&r("c")))),
        format!(
            "<w:tr>{}{}</w:tr>",
            cell(&(p(&r("1")) + &p(&r("2")))),
            cell(&(nested + &p("")))
        ),
        row(&["", "b", ""]),
        row(&["", ""]),
    ];
    let body = format!(
        "{}<w:tbl>{}</w:tbl>{}",
        p(&r("Before")),
        cells.concat(),
        p(&r("After"))
    );
    assert_eq!(
        text(&body).as_deref(),
        Ok("Before\n\nwide\t\tc\n1 2\tx y z\n\tb\n\nAfter")
    );
}

#[test]
fn headings_and_lists_are_told_by_their_styles() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Mine\"><w:name w:val=\"Mine\"/><w:basedOn w:val=\"berschrift1\"/>\
        <w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Loop\"><w:name w:val=\"L\"/><w:basedOn w:val=\"Loop\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"List\"><w:name w:val=\"List\"/><w:pPr><w:numPr><w:numId w:val=\"2\"/>\
        </w:numPr></w:pPr></w:style>";
    let level = |at: u32, format: &str, pattern: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{pattern}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/>\
         </w:lvlOverride></w:num>",
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "%1.%2)"),
        level(0, "bullet", "\u{F0B7}"),
    );
    let in_style = |style: &str, text: &str| {
        p(&format!(
            "<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}",
            r(text)
        ))
    };
    let item = |list: u32, level: u32, text: &str| {
        p(&format!(
            "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{}",
            r(text)
        ))
    };
    let body = [
        in_style("berschrift1", "Title"),
        item(1, 0, "one"),
        item(1, 1, "one a"),
        item(1, 1, "one b"),
        item(1, 0, "two"),
        item(1, 1, "two a"),
        in_style("Mine", "Part"),
        in_style("List", "point"),
        in_style("Loop", "plain"),
        item(3, 0, "five"),
        item(0, 0, "none"),
        item(9, 0, "unknown"),
    ]
    .concat();
    let file = file(
        &body,
        &[
            ("styles", "styles", styles),
            ("numbering", "numbering", &numbering),
        ],
    );
    assert_eq!(
        read(file).as_deref(),
        Ok(
            "# Title\n1. one\n  1.a) one a\n  1.b) one b\n2. two\n  2.a) two a\n\n## Part\n- point\nplain\n5. five\nnone\nunknown"
        )
    );
}

#[test]
fn headers_notes_and_footers_stand_around_the_body() {
    let section = "<w:sectPr><w:headerReference r:id=\"header1\"/><w:headerReference r:id=\"header2\"/>\
                   <w:footerReference r:id=\"footer1\"/><w:footerReference r:id=\"gone\"/></w:sectPr>";
    let mark = |note: &str| format!("<w:r>{note}</w:r>");
    let body = [
        &r("Text"),
        &*mark("<w:footnoteReference w:id=\"2\"/>"),
        &r(" and"),
        &mark("<w:endnoteReference w:id=\"1\"/>"),
        &mark("<w:commentReference w:id=\"1\"/>"),
    ];
    let body = p(&body.concat()) + section;
    let header = p(&r("Header"));
    let footnotes = format!(
        "<w:footnote w:id=\"0\" w:type=\"separator\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote>",
        p(&r("---")),
        p(&("<w:r><w:footnoteRef/></w:r>".to_owned() + &r(" A note.")))
    );
    let endnotes = format!("<w:endnote w:id=\"1\">{}</w:endnote>", p(&r("The end.")));
    let comments = format!(
        "<w:comment w:id=\"1\" w:author=\"Ann\">{}</w:comment>",
        p(&r("Why?"))
    );
    let file = file(
        &body,
        &[
            ("header1", "hdr", &header),
            ("header2", "hdr", &header),
            ("footer1", "ftr", &p(&r("Footer"))),
            ("footnotes", "footnotes", &footnotes),
            ("endnotes", "endnotes", &endnotes),
            ("comments", "comments", &comments),
        ],
    );
    assert_eq!(
        read(file).as_deref(),
        Ok(
            "Header\n\nText[^1] and[^2][^3]\n\n[^1]: A note.\n[^2]: The end.\n[^3]: Comment by Ann: Why?\n\nFooter"
        )
    );
}

#[test]
fn text_boxes_are_read_once() {
    let inner = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(&r(text)));
    let shape = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx>{0}</wps:txbx></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        inner("Box")
    );
    let old = format!(
        "<w:r><w:pict><v:textbox>{}</v:textbox></w:pict></w:r>",
        inner("Old")
    );
    let body = p(&(r("Par") + &shape + &r("agraph"))) + &p(&old);
    assert_eq!(text(&body).as_deref(), Ok("Paragraph\nBox\nOld"));
}

#[test]
fn what_cannot_be_read_is_told() {
    assert_eq!(
        read(b"Hello".to_vec()),
        Err(Unreadable::Plain(Format::Docx))
    );
    assert_eq!(
        read(b"\x01\x02".to_vec()),
        Err(Unreadable::Not(Format::Docx))
    );
    assert_eq!(read(Vec::new()), Err(Unreadable::Not(Format::Docx)));
    assert_eq!(text(&p("")), Err(Unreadable::NoText));
    assert_eq!(text("<w:altChunk/>"), Err(Unreadable::Enclosed));
    assert_eq!(text("<w:p>"), Err(Unreadable::Not(Format::Docx)));
    assert_eq!(
        text(&p(&r("&unknown;"))),
        Err(Unreadable::Not(Format::Docx))
    );
    let (said, is) = (Format::Docx, Format::Pdf);
    assert_eq!(
        read(b"%PDF-1.7\n".to_vec()),
        Err(Unreadable::Other { said, is })
    );
    let own = outcrop_documents::text(Format::Pdf, file(&p(&r("a")), &[]));
    assert_eq!(own, Err(Unreadable::Other { said: is, is: said }));
    assert_eq!(
        Unreadable::Other { said, is }.to_string(),
        "is no DOCX but PDF; send it with that format"
    );
}

#[test]
fn entities_of_a_document_type_are_refused() {
    let laughs = "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><w:document><w:p>&b;</w:p></w:document>";
    let main = relationships(&[("r1", "officeDocument", "word/document.xml")]);
    let file = package([
        ("_rels/.rels", main),
        ("word/document.xml", laughs.to_owned()),
    ]);
    assert_eq!(read(file), Err(Unreadable::Not(Format::Docx)));
}

#[test]
fn a_text_that_never_ends_is_refused() {
    let line = p(&r(&"granite ".repeat(4096)));
    assert_eq!(text(&line.repeat(300)).err(), Some(Unreadable::TooLong));
    // The same in one cell, whose length nobody sees before its row ends.
    let table = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell(&line.repeat(300)));
    assert_eq!(text(&table).err(), Some(Unreadable::TooLong));
}

#[test]
fn any_depth_is_read() {
    let deep = 20_000;
    let body = "<w:sdt>".repeat(deep) + &p(&r("deep")) + &"</w:sdt>".repeat(deep);
    assert_eq!(text(&body).as_deref(), Ok("deep"));
    let row = "<w:tbl><w:tr><w:tc>";
    let body = row.repeat(2000) + &p(&r("deep")) + &"</w:tc></w:tr></w:tbl>".repeat(2000);
    assert_eq!(text(&body).as_deref(), Ok("deep"));
}

#[test]
fn damaged_files_are_read_or_refused() {
    let list = "<w:pPr><w:pStyle w:val=\"a\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>";
    let note = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let body = p(&(list.to_owned() + &r("Text") + note))
        + &format!("<w:tbl>{}</w:tbl>", row(&["a", "b"]))
        + "<w:sectPr><w:headerReference r:id=\"header1\"/></w:sectPr>";
    let styles = "<w:style w:styleId=\"a\"><w:name w:val=\"heading 1\"/></w:style>";
    let numbering = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
                     <w:numFmt w:val=\"lowerRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
                     <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
    let notes = format!("<w:footnote w:id=\"2\">{}</w:footnote>", p(&r("Note")));
    let file = file(
        &body,
        &[
            ("styles", "styles", styles),
            ("numbering", "numbering", numbering),
            ("footnotes", "footnotes", &notes),
            ("header1", "hdr", &p(&r("Header"))),
        ],
    );
    assert_eq!(
        read(file.clone()).as_deref(),
        Ok("Header\n\n# i. Text[^1]\n\na\tb\n\n[^1]: Note")
    );
    survives_damage(Format::Docx, &file);
}
