//! XML as Office writes it: no document type, so no entities but those that every document has.

use std::io::{BufReader, Read};

use quick_xml::{
    Reader,
    XmlVersion::Implicit1_0 as VERSION,
    escape::resolve_predefined_entity,
    events::{self, BytesRef, BytesStart},
};

use super::TOO_LARGE;
use crate::{Format, Unreadable};

/// What comes next in a part.
pub(crate) enum Event {
    /// An element begins.
    Start(Element),
    /// The element ends that began last, of this local name. One without content ends too.
    End(Vec<u8>),
    /// Characters.
    Text(String),
}

/// A start tag.
pub(crate) struct Element(BytesStart<'static>);

impl Element {
    /// Its name without the prefix: the vocabularies that are read here share none of what is looked for.
    pub(crate) fn name(&self) -> &[u8] {
        self.0.local_name().into_inner()
    }

    /// The value of the attribute with this local name.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.0.attributes();
        let mut attributes = all.with_checks(false).flatten();
        let found = attributes.find(|own| own.key.local_name().into_inner() == name.as_bytes())?;
        let value = found.normalized_value(VERSION).ok()?;
        Some(value.into_owned())
    }

    /// The attribute as a number.
    pub(crate) fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// The events of a part.
pub(crate) struct Xml<'p> {
    format: Format,
    reader: Reader<BufReader<Box<dyn Read + 'p>>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<'p> Xml<'p> {
    pub(super) fn new(format: Format, part: Box<dyn Read + 'p>) -> Self {
        let mut reader = Reader::from_reader(BufReader::new(part));
        reader.config_mut().expand_empty_elements = true;
        Self {
            format,
            reader,
            buffer: Vec::new(),
            depth: 0,
        }
    }

    /// Elements that are open, the one that began last among them.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// The next event within an element, which is told by the depth that it has; none at its end, or the part's.
    pub(crate) fn next_in(&mut self, element: usize) -> Result<Option<Event>, Unreadable> {
        let event = self.next()?;
        Ok(event.filter(|_| self.depth >= element))
    }

    /// The next event; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Event>, Unreadable> {
        let not = Unreadable::Not(self.format);
        loop {
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            return Ok(Some(match event.map_err(|error| reason(&error, not))? {
                events::Event::Start(element) => {
                    self.depth += 1;
                    Event::Start(Element(element.into_owned()))
                }
                events::Event::End(element) => {
                    self.depth = self.depth.saturating_sub(1);
                    Event::End(element.local_name().into_inner().to_vec())
                }
                events::Event::Text(text) => {
                    Event::Text(text.xml10_content().map_err(|_| not)?.into_owned())
                }
                events::Event::CData(text) => {
                    Event::Text(text.xml10_content().map_err(|_| not)?.into_owned())
                }
                events::Event::GeneralRef(reference) => {
                    Event::Text(character(&reference).ok_or(not)?)
                }
                events::Event::Eof => return Ok(None),
                // Entities are what document types are for, and harm.
                events::Event::DocType(_) | events::Event::Empty(_) => return Err(not),
                events::Event::Decl(_) | events::Event::PI(_) | events::Event::Comment(_) => {
                    continue;
                }
            }));
        }
    }

    /// Passes by all that is in the element that began last.
    pub(crate) fn skip(&mut self) -> Result<(), Unreadable> {
        let element = self.depth;
        while self.next_in(element)?.is_some() {}
        if self.depth < element {
            Ok(())
        } else {
            Err(Unreadable::Not(self.format))
        }
    }
}

/// What a reference stands for.
fn character(reference: &BytesRef<'_>) -> Option<String> {
    if let Some(char) = reference.resolve_char_ref().ok()? {
        return Some(char.into());
    }
    let name = reference.decode().ok()?;
    Some(resolve_predefined_entity(&name)?.to_owned())
}

fn reason(error: &quick_xml::Error, not: Unreadable) -> Unreadable {
    match error {
        quick_xml::Error::Io(error) if error.kind() == TOO_LARGE => Unreadable::TooLarge,
        _ => not,
    }
}
