//! What paragraphs have from their styles.

use std::collections::HashMap;

use super::paragraph::Properties;
use crate::{
    Unreadable,
    package::{Event, Xml},
};

/// Styles that one is based on, at most.
const ANCESTORS: usize = 16;

/// A level of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListLevel {
    pub(super) list: String,
    pub(super) level: u32,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    properties: Properties,
}

/// The styles of a document, by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, Style>);

impl Styles {
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, Unreadable> {
        let mut styles = HashMap::new();
        while let Some(event) = xml.next()? {
            if let Event::Start(element) = event
                && element.name() == b"style"
            {
                let id = element.attribute("styleId").unwrap_or_default();
                styles.insert(id, Style::read(&mut xml)?);
            }
        }
        Ok(Self(styles))
    }

    /// A style and those that it is based on, the nearest first.
    fn chain<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s Style> {
        let first = self.0.get(id);
        let next = |style: &&'s Style| self.0.get(style.based_on.as_deref()?);
        std::iter::successors(first, next).take(ANCESTORS)
    }

    /// Depth in the outline. Word's own headings are known by their names, which no language changes.
    pub(super) fn outline(&self, id: &str) -> Option<u32> {
        self.chain(id).find_map(|style| {
            let name = style.name.to_ascii_lowercase();
            let named = name.strip_prefix("heading ").and_then(|number| {
                let number: u32 = number.parse().ok()?;
                number.checked_sub(1)
            });
            let title = (name == "title").then_some(0);
            style.properties.outline.or(named).or(title)
        })
    }

    pub(super) fn list(&self, id: &str) -> Option<ListLevel> {
        let mut level = None;
        self.chain(id).find_map(|style| {
            level = level.or(style.properties.level);
            Some(ListLevel {
                list: style.properties.list.clone()?,
                level: level.unwrap_or(0),
            })
        })
    }
}

impl Style {
    /// Reads up to the end of the element that began last.
    fn read(xml: &mut Xml<'_>) -> Result<Self, Unreadable> {
        let mut own = Self::default();
        let whole = xml.depth();
        while let Some(event) = xml.next_in(whole)? {
            let Event::Start(element) = event else {
                continue;
            };
            match element.name() {
                b"name" => own.name = element.attribute("val").unwrap_or_default(),
                b"basedOn" => own.based_on = element.attribute("val"),
                b"pPr" if xml.depth() == whole + 1 => own.properties = Properties::read(xml)?,
                _ => {}
            }
        }
        Ok(own)
    }
}
