//! Packages of Office since 2007: XML in a ZIP file, whose parts are found by their relationships.

mod relationships;
mod xml;

use std::{
    cell::Cell,
    io::{Cursor, Read},
};

use zip::{ZipArchive, read::ZipFile, result::ZipError};

pub(crate) use self::{
    relationships::Relationships,
    xml::{Element, Event, Xml},
};
use crate::{Format, Unreadable};

/// Bytes that all parts which are read may unpack to.
pub(crate) const LONGEST_PACKAGE: u64 = 128 << 20;

/// A file of parts.
pub(crate) struct Package<'a> {
    format: Format,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: Cell<u64>,
}

/// Where the main part of a file is told.
const MAIN: &str = "/officeDocument";

impl<'a> Package<'a> {
    /// The package of a file that is said to be of this format.
    pub(crate) fn open(format: Format, file: &'a [u8]) -> Result<Self, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(file)).map_err(|_| Unreadable::Not(format))?;
        Ok(Self {
            format,
            archive,
            left: Cell::new(LONGEST_PACKAGE),
        })
    }

    /// The name of the main part. What its root is tells the format.
    pub(crate) fn main(&mut self) -> Result<String, Unreadable> {
        let relationships = self.relationships("")?;
        let main = relationships.of(MAIN).next();
        main.map(|main| main.target.clone())
            .ok_or(Unreadable::Not(self.format))
    }

    /// The relationships of a part; `""` stands for the package.
    pub(crate) fn relationships(&mut self, part: &str) -> Result<Relationships, Unreadable> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let sign = if folder.is_empty() { "" } else { "/" };
        let own = format!("{folder}{sign}_rels/{name}.rels");
        match self.part(&own)? {
            Some(xml) => Relationships::read(folder, xml),
            None => Ok(Relationships::default()),
        }
    }

    /// A part, if there is one.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Xml<'_>>, Unreadable> {
        let format = self.format;
        let index = self.archive.index_for_name(name).or_else(|| {
            // Names are told without their case, and some programs write the other slash.
            let mut names = self.archive.file_names().flatten();
            let is_it = |own: &str| own.replace('\\', "/").eq_ignore_ascii_case(name);
            let found = names.find(|own| is_it(own))?.into_owned();
            self.archive.index_for_name(&found)
        });
        let Some(index) = index else {
            return Ok(None);
        };
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Unreadable::Encrypted,
            _ => Unreadable::Not(format),
        })?;
        let part = Part {
            file,
            left: &self.left,
        };
        Ok(Some(Xml::new(format, Box::new(part))))
    }

    /// The first part that another one refers to as of this type, if there is one.
    pub(crate) fn related(
        &mut self,
        relationships: &Relationships,
        kind: &str,
    ) -> Result<Option<Xml<'_>>, Unreadable> {
        match relationships.of(kind).next() {
            Some(own) => self.part(&own.target),
            None => Ok(None),
        }
    }

    /// A part that has to be there.
    pub(crate) fn required(&mut self, name: &str) -> Result<Xml<'_>, Unreadable> {
        let format = self.format;
        self.part(name)?.ok_or(Unreadable::Not(format))
    }
}

/// The bytes of a part, which count for the package.
struct Part<'p, 'a> {
    file: ZipFile<'p, Cursor<&'a [u8]>>,
    left: &'p Cell<u64>,
}

/// What is told of a package that unpacks to too much.
const TOO_LARGE: std::io::ErrorKind = std::io::ErrorKind::QuotaExceeded;

impl Read for Part<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        let read = u64::try_from(count).unwrap_or(u64::MAX);
        let left = self.left.get().checked_sub(read);
        self.left.set(left.ok_or(TOO_LARGE)?);
        Ok(count)
    }
}
