//! The tables of the file: `[backends.NAME]` and `[[routes]]`, which say what answers, and `[[guardrail_scenarios]]`.

mod route;
mod scenario;
mod server;
mod text;

use std::path::Path;

use outcrop_runtime::Scenario;
use serde::{Deserialize, de::DeserializeOwned};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

pub(crate) use self::text::Text;
pub use self::{
    route::RouteTable,
    scenario::ScenarioTable,
    server::{BackendTable, Key},
};
use super::error::Problem;

/// Keys of the file that are tables of this kind, and no settings.
pub(super) const TABLES: [&str; 3] = ["backends", "routes", "guardrail_scenarios"];

/// Every backend, route and scenario of the file, in its order.
#[derive(Debug, Clone, Default)]
pub struct Backends {
    /// The `[backends.NAME]` tables.
    pub backends: Vec<(String, Placed<BackendTable>)>,
    /// The `[[routes]]` entries.
    pub routes: Vec<Placed<RouteTable>>,
    /// The `[[guardrail_scenarios]]` entries.
    pub scenarios: Vec<Scenario>,
    /// All as the file has them.
    pub(super) written: toml::Table,
}

/// A table, and where it is.
#[derive(Debug, Clone)]
pub struct Placed<T> {
    /// File, line and table, for messages.
    pub place: String,
    /// The table.
    pub table: T,
}

/// Reads tables of one file.
struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Backends {
    /// Reads the tables; what is wrong with them is added to `problems`.
    pub(super) fn read(
        path: &Path,
        text: &str,
        file: &DeTable<'_>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut reader = Reader {
            path,
            text,
            problems,
        };
        let mut read = Self::default();
        for (key, value) in file {
            let name: &str = key.get_ref();
            match (name, value.get_ref()) {
                ("backends", DeValue::Table(tables)) => {
                    read.backends = reader.backends(tables);
                }
                ("routes", DeValue::Array(items)) => {
                    let items = items.iter();
                    read.routes = items
                        .filter_map(|item| reader.table(item, "[[routes]]"))
                        .collect();
                }
                ("guardrail_scenarios", DeValue::Array(items)) => {
                    read.scenarios = reader.scenarios(items);
                }
                ("backends", _) => reader.wrong(
                    key.span().start,
                    "`backends` is a table of tables; write `[backends.NAME]`",
                ),
                ("routes", _) => reader.wrong(
                    key.span().start,
                    "`routes` is a list of tables; write `[[routes]]`",
                ),
                ("guardrail_scenarios", _) => reader.wrong(
                    key.span().start,
                    "`guardrail_scenarios` is a list of tables; write `[[guardrail_scenarios]]`",
                ),
                _ => continue,
            }
            if let Ok(written) =
                toml::Value::deserialize(toml::de::ValueDeserializer::from(value.clone()))
            {
                read.written.insert(name.to_owned(), written);
            }
        }
        read
    }
}

impl Reader<'_> {
    fn backends(&mut self, tables: &DeTable<'_>) -> Vec<(String, Placed<BackendTable>)> {
        // As in the file, where the parser sorts by name.
        let mut tables: Vec<_> = tables.iter().collect();
        tables.sort_by_key(|(key, _)| key.span().start);
        let mut read = Vec::new();
        for (key, value) in tables {
            let name = key.get_ref().to_string();
            let table = self.table(value, &format!("[backends.{name}]"));
            read.extend(table.map(|table| (name, table)));
        }
        read
    }

    fn scenarios(&mut self, items: &[Spanned<DeValue<'_>>]) -> Vec<Scenario> {
        let mut read = Vec::new();
        for item in items {
            let title = "[[guardrail_scenarios]]";
            let Some(table) = self.table::<ScenarioTable>(item, title) else {
                continue;
            };
            match table.scenario() {
                Ok(scenario) => read.push(scenario),
                Err(message) => self.wrong(item.span().start, &format!("{title}: {message}")),
            }
        }
        read
    }

    fn table<T: DeserializeOwned>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        title: &str,
    ) -> Option<Placed<T>> {
        let start = value.span().start;
        let place = format!("{}: {title}", self.place(start));
        match T::deserialize(toml::de::ValueDeserializer::from(value.clone())) {
            Ok(table) => Some(Placed { place, table }),
            Err(error) => {
                let at = error.span().map_or(start, |span| span.start);
                self.wrong(at, &format!("{title}: {}", error.message()));
                None
            }
        }
    }

    fn place(&self, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        format!("{}:{line}", self.path.display())
    }

    fn wrong(&mut self, at: usize, message: &str) {
        let place = self.place(at);
        self.problems.push(Problem::Table {
            place,
            message: message.to_owned(),
        });
    }
}
