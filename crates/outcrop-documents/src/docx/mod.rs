//! Word since 2007: what the pages show, from the top to the notes.

mod numbering;
mod paragraph;
mod story;
mod styles;
mod table;

use std::collections::{HashMap, HashSet};

use self::{
    numbering::Numbering,
    story::{Note, Story},
    styles::Styles,
};
use crate::{
    Format, Unreadable,
    package::{Event, Package},
    text::Text,
};

/// The text of a file: headers, body, notes and comments, footers. What was deleted with changes tracked is left out.
pub(crate) fn text(file: &[u8]) -> Result<String, Unreadable> {
    let mut package = Package::open(Format::Docx, file)?;
    let main = package.main()?;
    let mut document = Document::new(&mut package, &main)?;
    document.body()?;
    document.finish()
}

/// A document that is being read.
struct Document<'d, 'a> {
    package: &'d mut Package<'a>,
    main: String,
    relationships: crate::package::Relationships,
    styles: Styles,
    numbering: Numbering,
    body: Text,
    notes: Vec<Note>,
    /// The ids of headers and footers, in the order of the sections.
    margins: Vec<String>,
}

impl<'d, 'a> Document<'d, 'a> {
    fn new(package: &'d mut Package<'a>, main: &str) -> Result<Self, Unreadable> {
        let relationships = package.relationships(main)?;
        let styles = package.related(&relationships, "/styles")?;
        let styles = styles.map(Styles::read).transpose()?;
        let numbering = package.related(&relationships, "/numbering")?;
        let numbering = numbering.map(Numbering::read).transpose()?;
        Ok(Self {
            package,
            main: main.to_owned(),
            relationships,
            styles: styles.unwrap_or_default(),
            numbering: numbering.unwrap_or_default(),
            body: Text::default(),
            notes: Vec::new(),
            margins: Vec::new(),
        })
    }

    fn body(&mut self) -> Result<(), Unreadable> {
        let mut xml = self.package.required(&self.main)?;
        let is_document = loop {
            match xml.next()? {
                Some(Event::Start(element)) => break element.name() == b"document",
                Some(_) => {}
                None => break false,
            }
        };
        if !is_document {
            return Err(Unreadable::Not(Format::Docx));
        }
        let mut story = Story::new(&self.styles, &mut self.numbering);
        self.body = story.read(&mut xml)?;
        self.notes = std::mem::take(&mut story.notes);
        self.margins = std::mem::take(&mut story.margins);
        Ok(())
    }

    fn finish(mut self) -> Result<String, Unreadable> {
        let mut text = Text::default();
        self.margin("/header", &mut text)?;
        text.gap();
        text.lines(&self.body)?;
        text.gap();
        self.write_notes(&mut text)?;
        text.gap();
        self.margin("/footer", &mut text)?;
        text.finish()
    }

    /// What stands above or below all pages, each text once.
    fn margin(&mut self, kind: &str, text: &mut Text) -> Result<(), Unreadable> {
        let mut seen = HashSet::new();
        for id in &self.margins {
            let Some(part) = self.relationships.target(id) else {
                continue;
            };
            if !self.relationships.is(id, kind) || !seen.insert(part.to_owned()) {
                continue;
            }
            let Some(mut xml) = self.package.part(part)? else {
                continue;
            };
            let mut story = Story::new(&self.styles, &mut self.numbering);
            let margin = story.read(&mut xml)?;
            if !margin.is_empty() && seen.insert(margin.to_string()) {
                text.lines(&margin)?;
            }
        }
        Ok(())
    }

    /// Notes and comments, in the order in which the body refers to them.
    fn write_notes(&mut self, text: &mut Text) -> Result<(), Unreadable> {
        let mut texts = HashMap::new();
        for kind in ["footnote", "endnote", "comment"] {
            let part = (self.package).related(&self.relationships, &format!("/{kind}s"))?;
            let Some(mut xml) = part else {
                continue;
            };
            while let Some(event) = xml.next()? {
                let Event::Start(element) = event else {
                    continue;
                };
                if element.name() == kind.as_bytes() {
                    let id = element.attribute("id").unwrap_or_default();
                    let mut story = Story::new(&self.styles, &mut self.numbering);
                    let own = story.read(&mut xml)?.to_string();
                    let own = match (kind, element.attribute("author")) {
                        ("comment", Some(author)) => format!("Comment by {author}: {}", own.trim()),
                        ("comment", None) => format!("Comment: {}", own.trim()),
                        _ => own.trim().to_owned(),
                    };
                    texts.insert(Note { kind, id }, own);
                }
            }
        }
        for (index, note) in self.notes.iter().enumerate() {
            if let Some(own) = texts.get(note) {
                text.line(&format!("[^{}]: {own}", index + 1))?;
            }
        }
        Ok(())
    }
}
