//! The configuration file.

use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::{
    backends::{self, Backends},
    declare::Setting,
    error::Problem,
    settings::TABLE,
};

/// A configuration file that was read.
#[derive(Debug, Default)]
pub(super) struct File {
    /// Where it is.
    pub(super) path: PathBuf,
    /// The settings it gives.
    pub(super) given: Vec<Given>,
    /// Its backends and routes.
    pub(super) backends: Backends,
}

/// A setting in a file.
#[derive(Debug)]
pub(super) struct Given {
    /// The setting.
    pub(super) setting: &'static Setting,
    /// Its value, as any other source would give it.
    pub(super) text: String,
    /// File and line, for messages.
    pub(super) place: String,
}

impl File {
    /// Reads a file; what is wrong with it is added to `problems`.
    pub(super) fn read(path: &Path, problems: &mut Vec<Problem>) -> Option<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(path, &text, problems),
            Err(source) => {
                problems.push(Problem::Unreadable {
                    path: path.into(),
                    source,
                });
                None
            }
        }
    }

    fn parse(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        let table = match DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                problems.push(Problem::Syntax {
                    path: path.into(),
                    message: error.to_string(),
                });
                return None;
            }
        };
        let mut file = Self {
            path: path.into(),
            given: Vec::new(),
            backends: Backends::read(path, text, &table, problems),
        };
        for (key, value) in &table {
            let line = text[..key.span().start].matches('\n').count() + 1;
            let place = format!("{}:{line}", path.display());
            let key: &str = key.get_ref();
            if backends::TABLES.contains(&key) {
                continue;
            }
            match TABLE.iter().find(|setting| setting.name == key) {
                Some(setting) => file.given.push(Given {
                    setting,
                    text: text_of(value.get_ref()),
                    place,
                }),
                None => problems.push(Problem::UnknownKey {
                    place,
                    key: key.into(),
                    similar: similar(key),
                }),
            }
        }
        Some(file)
    }
}

/// A TOML value as another source would spell it. No setting accepts a table's or a nested array's text, so those end as errors.
fn text_of(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(items) => items
            .iter()
            .map(|item| text_of(item.get_ref()))
            .collect::<Vec<_>>()
            .join(","),
        DeValue::Table(_) => "{ … }".into(),
    }
}

/// The setting that a misspelled key most likely means.
fn similar(key: &str) -> Option<String> {
    let letters = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
    let key = letters(key);
    let same = TABLE.iter().find(|setting| letters(setting.name) == key);
    let part = || {
        TABLE
            .iter()
            .find(|setting| key.len() > 3 && letters(setting.name).contains(&key))
    };
    same.or_else(part).map(|setting| setting.name.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{File, Problem};

    fn parse(text: &str) -> (Option<File>, Vec<String>) {
        let mut problems: Vec<Problem> = Vec::new();
        let file = File::parse(Path::new("a.toml"), text, &mut problems);
        (file, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn values_keep_their_line() {
        let (file, problems) = parse(
            "# first\nlisten = \"127.0.0.1:1\"\nmax_connections = 5\ntls_names = ['a', 'b']\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let mut given: Vec<_> = file
            .unwrap()
            .given
            .into_iter()
            .map(|given| (given.place, given.text))
            .collect();
        given.sort();
        let expected = [
            ("a.toml:2", "127.0.0.1:1"),
            ("a.toml:3", "5"),
            ("a.toml:4", "a,b"),
        ];
        assert_eq!(
            given,
            expected.map(|(place, text)| (place.to_owned(), text.to_owned()))
        );
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_a_similar_one() {
        let (_, problems) = parse("\ntls-listen = 'x'\n");
        assert_eq!(
            problems,
            [
                "a.toml:2: unknown key `tls-listen` (did you mean `tls_listen`?); `outcrop config` lists every key"
            ]
        );
    }

    #[test]
    fn broken_toml_is_an_error() {
        let (file, problems) = parse("listen = ");
        assert!(file.is_none());
        assert!(
            problems[0].starts_with("a.toml: not valid TOML"),
            "{problems:?}"
        );
    }
}
