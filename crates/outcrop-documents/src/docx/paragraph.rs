//! What is said of a paragraph as a whole.

use super::styles::{ListLevel, Styles};
use crate::{
    Unreadable,
    package::{Event, Xml},
};

/// The properties of a paragraph, or of a style of paragraphs.
#[derive(Debug, Default, Clone)]
pub(super) struct Properties {
    pub(super) style: Option<String>,
    /// Depth in the outline, from 0; 9 and more are the body.
    pub(super) outline: Option<u32>,
    pub(super) list: Option<String>,
    pub(super) level: Option<u32>,
    /// Whether its end was deleted, so that the next paragraph goes on with it.
    pub(super) is_joined: bool,
    /// Ids of the headers and footers of the section that ends with it.
    pub(super) margins: Vec<String>,
}

impl Properties {
    /// Reads up to the end of the element that began last.
    pub(super) fn read(xml: &mut Xml<'_>) -> Result<Self, Unreadable> {
        let mut own = Self::default();
        let whole = xml.depth();
        let mut is_in_mark = false;
        while let Some(event) = xml.next_in(whole)? {
            match event {
                Event::Start(element) => {
                    let value = || element.attribute("val");
                    match element.name() {
                        b"pStyle" => own.style = value(),
                        b"outlineLvl" => own.outline = element.number("val"),
                        b"numId" => own.list = value(),
                        b"ilvl" => own.level = element.number("val"),
                        b"rPr" => is_in_mark = true,
                        b"del" | b"moveFrom" => own.is_joined |= is_in_mark,
                        b"headerReference" | b"footerReference" => {
                            own.margins.extend(element.attribute("id"));
                        }
                        // What it was before a change that is tracked.
                        b"pPrChange" | b"rPrChange" | b"sectPrChange" | b"numberingChange" => {
                            xml.skip()?;
                        }
                        _ => {}
                    }
                }
                Event::End(name) => is_in_mark &= name != b"rPr",
                Event::Text(_) => {}
            }
        }
        Ok(own)
    }

    /// Depth of the heading that it is, from 1.
    pub(super) fn heading(&self, styles: &Styles) -> Option<usize> {
        let own = self.outline;
        let level = own.or_else(|| styles.outline(self.style.as_deref()?))?;
        usize::try_from(level + 1).ok().filter(|level| *level <= 9)
    }

    /// Its place in a list.
    pub(super) fn list_level(&self, styles: &Styles) -> Option<ListLevel> {
        let inherited = self.style.as_deref().and_then(|style| styles.list(style));
        let list = match (&self.list, &inherited) {
            (Some(own), _) => own.clone(),
            (None, Some(inherited)) => inherited.list.clone(),
            (None, None) => return None,
        };
        let level = self.level.or(inherited.map(|own| own.level)).unwrap_or(0);
        Some(ListLevel { list, level })
    }
}
