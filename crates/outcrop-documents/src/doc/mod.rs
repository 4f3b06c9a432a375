//! Word from 1997 to 2003: characters in pieces, and what is said of them in pages of properties.

mod header;
mod pages;
mod pieces;
mod properties;
mod story;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use self::{header::Header, pages::Pages, pieces::Pieces, story::Story};
use crate::{Format, Unreadable, compound::Compound, text::Text};

const NOT: Unreadable = Unreadable::Not(Format::Doc);

/// The text of a file: body, notes, comments, text boxes, and what stands above and below the pages. What was
/// deleted with changes tracked is left out.
pub(crate) fn text(file: &[u8]) -> Result<String, Unreadable> {
    let mut compound = Compound::open(file).ok_or(NOT)?;
    let main = compound.stream("WordDocument").ok_or(NOT)?;
    let header = Header::read(&main)?;
    let table = compound.stream(header.table).ok_or(NOT)?;
    let data = compound.stream("Data").unwrap_or_default();
    let document = Document {
        pieces: Pieces::read(&header, &main, &table).ok_or(NOT)?,
        characters: Pages::characters(&header, &main, &table).ok_or(NOT)?,
        paragraphs: Pages::paragraphs(&header, &main, &table, &data).ok_or(NOT)?,
        notes: header.notes(&table).ok_or(NOT)?,
    };
    document.text(&header)
}

struct Document<'a> {
    pieces: Pieces<'a>,
    characters: Pages,
    paragraphs: Pages,
    /// What tells a note or a comment, where the body refers to it and where it begins.
    notes: HashMap<u32, String>,
}

impl Document<'_> {
    fn text(&self, header: &Header) -> Result<String, Unreadable> {
        let mut text = Text::default();
        let parts = &header.parts;
        for part in [
            &parts.body,
            &parts.footnotes,
            &parts.endnotes,
            &parts.comments,
            &parts.boxes,
        ] {
            text.gap();
            text.lines(&self.story(part)?)?;
        }
        // What stands above or below is kept for each kind of page and each section.
        let mut seen = HashSet::new();
        for part in [&parts.margins, &parts.margin_boxes] {
            text.gap();
            let story = self.story(part)?.to_string();
            let lines = story.lines().filter(|line| !line.trim().is_empty());
            for line in lines.filter(|line| seen.insert((*line).to_owned())) {
                text.line(line)?;
            }
        }
        text.finish()
    }

    fn story(&self, part: &Range<u32>) -> Result<Text, Unreadable> {
        let mut story = Story::default();
        for piece in self.pieces.within(part) {
            for unit in piece.units() {
                let own = self.characters.at(unit.place);
                if piece.is_deleted || own.is_some_and(|own| own.is_deleted) {
                    continue;
                }
                let symbol = own.and_then(|own| own.symbol);
                let paragraph = self.paragraphs.at(unit.place);
                story.unit(symbol.unwrap_or(unit.value), paragraph)?;
                // A note's own text begins with the sign that refers to it, which is shown by this.
                if let Some(mark) = self.notes.get(&unit.position) {
                    story.sign(mark);
                }
            }
        }
        story.finish()
    }
}
