//! What parts a part refers to.

use super::{Event, Xml};
use crate::Unreadable;

/// One reference.
#[derive(Debug)]
pub(crate) struct Relationship {
    /// What the part calls it.
    pub(crate) id: String,
    /// What it is, as an address whose end tells it.
    kind: String,
    /// The name of the part that is meant.
    pub(crate) target: String,
}

/// All references of a part.
#[derive(Debug, Default)]
pub(crate) struct Relationships(Vec<Relationship>);

impl Relationships {
    pub(super) fn read(folder: &str, mut xml: Xml<'_>) -> Result<Self, Unreadable> {
        let mut own = Vec::new();
        while let Some(event) = xml.next()? {
            let Event::Start(element) = event else {
                continue;
            };
            if element.name() != b"Relationship" {
                continue;
            }
            let attribute = |name| element.attribute(name).unwrap_or_default();
            if attribute("TargetMode") != "External" {
                own.push(Relationship {
                    id: attribute("Id"),
                    kind: attribute("Type"),
                    target: resolve(folder, &attribute("Target")),
                });
            }
        }
        Ok(Self(own))
    }

    /// Those whose type ends so. Its beginning differs between the two editions of the standard.
    pub(crate) fn of(&self, kind: &str) -> impl Iterator<Item = &Relationship> {
        self.0.iter().filter(move |own| own.kind.ends_with(kind))
    }

    /// The target of an id.
    pub(crate) fn target(&self, id: &str) -> Option<&str> {
        let found = self.0.iter().find(|own| own.id == id)?;
        Some(&found.target)
    }

    /// Whether what an id means is of this type.
    pub(crate) fn is(&self, id: &str, kind: &str) -> bool {
        self.of(kind).any(|own| own.id == id)
    }
}

/// The name of a part, which is told from where it is referred to.
fn resolve(folder: &str, target: &str) -> String {
    let path = match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut steps = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_told_from_their_folder() {
        for (folder, target, expected) in [
            ("", "word/document.xml", "word/document.xml"),
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/./styles.xml", "word/styles.xml"),
            ("xl/worksheets", "../styles.xml", "xl/styles.xml"),
            ("", "../../a.xml", "a.xml"),
        ] {
            assert_eq!(resolve(folder, target), expected, "{folder} {target}");
        }
    }
}
