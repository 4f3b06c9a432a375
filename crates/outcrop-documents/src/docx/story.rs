//! A run of paragraphs and tables: the body, a note, a header.

use super::{numbering::Numbering, paragraph::Properties, styles::Styles, table::Row};
use crate::{
    Unreadable,
    package::{Element, Event, Xml},
    text::Text,
};

/// A note or a comment that is referred to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Note {
    /// `footnote`, `endnote` or `comment`.
    pub(super) kind: &'static str,
    pub(super) id: String,
}

/// What is read of a story.
pub(super) struct Story<'s> {
    styles: &'s Styles,
    numbering: &'s mut Numbering,
    /// The story itself, and the text boxes within that are open.
    frames: Vec<Frame>,
    /// For each field that is open: whether its instruction is being read.
    fields: Vec<bool>,
    /// For each choice that is open: whether one was taken.
    choices: Vec<bool>,
    pub(super) notes: Vec<Note>,
    pub(super) margins: Vec<String>,
}

/// What paragraphs go to.
#[derive(Default)]
struct Frame {
    text: Text,
    rows: Vec<Row>,
    line: String,
    properties: Properties,
    /// Text boxes of the paragraph, which stand behind it.
    boxes: Vec<Text>,
}

impl<'s> Story<'s> {
    pub(super) fn new(styles: &'s Styles, numbering: &'s mut Numbering) -> Self {
        Self {
            styles,
            numbering,
            frames: vec![Frame::default()],
            fields: Vec::new(),
            choices: Vec::new(),
            notes: Vec::new(),
            margins: Vec::new(),
        }
    }

    /// Reads up to the end of the element that began last, or of the part.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<Text, Unreadable> {
        let whole = xml.depth();
        let mut is_text = false;
        while let Some(event) = xml.next_in(whole)? {
            match event {
                Event::Start(element) => {
                    is_text = element.name() == b"t";
                    self.start(&element, xml)?;
                }
                Event::End(name) => {
                    is_text = false;
                    self.end(&name)?;
                }
                Event::Text(text) if is_text => self.push(&text),
                Event::Text(_) => {}
            }
        }
        self.end_paragraph()?;
        while self.frames.len() > 1 {
            self.end_box();
        }
        Ok(self.frames.pop().unwrap_or_default().text)
    }

    /// Takes an element's begin, or all of it where what is in it is read otherwise or passed by.
    fn start(&mut self, element: &Element, xml: &mut Xml<'_>) -> Result<(), Unreadable> {
        match element.name() {
            b"pPr" => {
                let properties = Properties::read(xml)?;
                self.margins.extend(properties.margins.iter().cloned());
                self.frame().properties = properties;
            }
            b"sectPr" => self.margins.extend(Properties::read(xml)?.margins),
            // Deleted, hidden from the page, or said another time elsewhere.
            b"rPr" | b"del" | b"moveFrom" | b"delText" | b"instrText" | b"delInstrText"
            | b"sdtPr" | b"sdtEndPr" | b"tblPr" | b"tblGrid" | b"tblPrEx" | b"rt" | b"ctrlPr" => {
                xml.skip()?;
            }
            b"AlternateContent" => self.choices.push(false),
            b"Choice" | b"Fallback" => {
                if self.choices.last().copied().unwrap_or(false) {
                    return xml.skip();
                }
                if let Some(taken) = self.choices.last_mut() {
                    *taken = true;
                }
            }
            b"altChunk" => return Err(Unreadable::Enclosed),
            b"txbxContent" => self.frames.push(Frame::default()),
            b"trPr" => {
                let is_deleted = row_is_deleted(xml)?;
                self.row(|row| row.is_deleted = is_deleted);
            }
            b"tbl" => {
                self.end_paragraph()?;
                self.frame().gap();
            }
            name => self.mark(name, element),
        }
        Ok(())
    }

    /// Elements that stand for characters, or for a place in a table.
    fn mark(&mut self, name: &[u8], element: &Element) {
        match name {
            b"tr" => self.frame().rows.push(Row::default()),
            b"tc" => self.row(Row::begin_cell),
            b"gridSpan" => {
                let columns = element.number("val").unwrap_or(1);
                self.row(|row| row.span(columns));
            }
            b"fldChar" => self.field(&element.attribute("fldCharType").unwrap_or_default()),
            b"footnoteReference" => self.note("footnote", element),
            b"endnoteReference" => self.note("endnote", element),
            b"commentReference" => self.note("comment", element),
            b"tab" | b"ptab" => self.push("\t"),
            b"br" | b"cr" => self.push("\n"),
            b"noBreakHyphen" => self.push("-"),
            b"sym" => self.symbol(element),
            // What formulas have as places: powers, indices, fractions.
            b"sup" => self.push("^"),
            b"sub" => self.push("_"),
            b"den" => self.push("/"),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) -> Result<(), Unreadable> {
        match name {
            b"p" => self.end_paragraph()?,
            b"tr" => self.end_row()?,
            b"tbl" => self.frame().gap(),
            b"txbxContent" => {
                self.end_paragraph()?;
                self.end_box();
            }
            b"AlternateContent" => drop(self.choices.pop()),
            _ => {}
        }
        Ok(())
    }

    fn end_paragraph(&mut self) -> Result<(), Unreadable> {
        let frame = self.frame();
        let properties = std::mem::take(&mut frame.properties);
        // An instruction ends with its paragraph at the latest, so that no text is lost after a field that is broken.
        self.fields.fill(false);
        let frame = self.frame();
        if properties.is_joined {
            return Ok(());
        }
        let mut line = std::mem::take(&mut frame.line);
        let boxes = std::mem::take(&mut frame.boxes);
        if !line.trim().is_empty() {
            if let Some(place) = properties.list_level(self.styles) {
                let sign = self.numbering.next(&place).unwrap_or_default();
                line.insert_str(0, &sign);
            }
            let heading = properties.heading(self.styles);
            self.frame().paragraph(&line, heading)?;
        } else if boxes.is_empty() {
            self.frame().gap();
        }
        for text in boxes {
            self.frame().text_box(&text)?;
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Unreadable> {
        self.end_paragraph()?;
        let frame = self.frame();
        let row = frame.rows.pop().filter(|row| !row.is_deleted);
        match row.map(|row| row.line()).as_deref() {
            None | Some("") => Ok(()),
            Some(line) => frame.paragraph(line, None),
        }
    }

    fn end_box(&mut self) {
        if self.frames.len() > 1
            && let Some(inner) = self.frames.pop()
        {
            self.frame().boxes.push(inner.text);
        }
    }

    /// What a field shows is read, what it was made by is not.
    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(true),
            "separate" => {
                if let Some(is_instruction) = self.fields.last_mut() {
                    *is_instruction = false;
                }
            }
            "end" => drop(self.fields.pop()),
            _ => {}
        }
    }

    fn note(&mut self, kind: &'static str, element: &Element) {
        let id = element.attribute("id").unwrap_or_default();
        self.notes.push(Note { kind, id });
        let mark = format!("[^{}]", self.notes.len());
        self.push(&mark);
    }

    fn symbol(&mut self, element: &Element) {
        let char = element.attribute("char").unwrap_or_default();
        let char = u32::from_str_radix(&char, 16).ok().and_then(char::from_u32);
        let font = element.attribute("font").unwrap_or_default();
        if let Some(char) = char {
            let mut bytes = [0; 4];
            self.push(symbol(&font, char).encode_utf8(&mut bytes));
        }
    }

    fn push(&mut self, text: &str) {
        if !self.fields.contains(&true) {
            self.frame().line.push_str(text);
        }
    }

    fn row(&mut self, change: impl FnOnce(&mut Row)) {
        if let Some(row) = self.frame().rows.last_mut() {
            change(row);
        }
    }

    /// The innermost frame; there is always one.
    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }
}

impl Frame {
    fn paragraph(&mut self, line: &str, heading: Option<usize>) -> Result<(), Unreadable> {
        if let Some(row) = self.rows.last_mut() {
            row.paragraph(line);
            return Ok(());
        }
        let Some(level) = heading else {
            return self.text.line(line.trim_end());
        };
        self.text.gap();
        let sign = "#".repeat(level);
        self.text.line(&format!("{sign} {}", line.trim()))
    }

    fn text_box(&mut self, text: &Text) -> Result<(), Unreadable> {
        match self.rows.last_mut() {
            Some(row) => {
                row.paragraph(&text.to_string());
                Ok(())
            }
            None => self.text.lines(text),
        }
    }

    /// Paragraphs without text, and the borders of tables, are told by an empty line.
    fn gap(&mut self) {
        if self.rows.is_empty() {
            self.text.gap();
        }
    }
}

/// Reads the properties of a row.
fn row_is_deleted(xml: &mut Xml<'_>) -> Result<bool, Unreadable> {
    let (whole, mut is_deleted) = (xml.depth(), false);
    while let Some(event) = xml.next_in(whole)? {
        is_deleted |= matches!(event, Event::Start(element) if element.name() == b"del");
    }
    Ok(is_deleted)
}

/// The character of a font of symbols, where many use it: boxes, ticks, bullets and arrows. Others stay as they are.
fn symbol(font: &str, char: char) -> char {
    let code = u32::from(char) & 0xFF;
    match (font, code) {
        ("Wingdings", 0x6F | 0x71 | 0x72 | 0xA8) => '☐',
        ("Wingdings", 0xFE) | ("Wingdings 2", 0x52) => '☑',
        ("Wingdings", 0xFD | 0x78) | ("Wingdings 2", 0x53) => '☒',
        ("Wingdings", 0xFC) | ("Wingdings 2", 0x50) => '✓',
        ("Wingdings", 0xFB) | ("Wingdings 2", 0x4F) => '✗',
        ("Wingdings", 0xE0) | ("Symbol", 0xAE) => '→',
        ("Wingdings", 0xDF) | ("Symbol", 0xAC) => '←',
        ("Wingdings", 0x6C | 0x9F | 0xA7) | ("Symbol", 0xB7) => '•',
        _ => char,
    }
}
