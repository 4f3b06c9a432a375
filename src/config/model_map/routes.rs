//! A model map as routes.

use std::collections::BTreeMap;

use outcrop_backends::route::{Overrides, Route, Target, Use};

use super::{
    Written, defaults,
    entry::{Alias, AliasKind, Entry},
};

/// Routes in the order in which the map is read: aliases, then the table of the use, then the other
/// one; in each of them the file's entries before the defaults.
pub(super) fn routes(
    file: &str,
    written: &Written,
    default: Option<&str>,
) -> Result<Vec<Route>, String> {
    let mut routes = Vec::new();
    for (id, alias) in &written.aliases {
        routes.push(aliased(file, id, alias)?);
    }
    let known = |name: &str| written.backends.contains_key(name) || default == Some(name);
    let tables = Tables {
        file,
        default,
        known: &known,
    };
    let invoke = tables.table("invoke", &written.invoke, defaults::INVOKE)?;
    let embed = tables.table("embed", &written.embed, defaults::EMBED)?;
    for (asked, first, second) in [
        (Use::Chat, &invoke, &embed),
        (Use::Embeddings, &embed, &invoke),
    ] {
        let both = first.iter().chain(second).cloned();
        routes.extend(both.map(|route| Route {
            uses: vec![asked],
            ..route
        }));
    }
    Ok(routes)
}

fn aliased(file: &str, id: &str, alias: &Alias) -> Result<Route, String> {
    if alias.targets.is_empty() {
        return Err(format!(
            "[aliases.\"{id}\"]: it has no targets; add one, or remove the table"
        ));
    }
    Ok(Route {
        place: format!("{file}: [aliases.\"{id}\"]"),
        models: vec![id.parse().map_err(|error| format!("[aliases]: {error}"))?],
        uses: vec![match alias.kind {
            AliasKind::Chat => Use::Chat,
            AliasKind::Embed => Use::Embeddings,
        }],
        targets: alias
            .targets
            .iter()
            .map(super::entry::AliasTarget::target)
            .collect(),
    })
}

struct Tables<'a> {
    file: &'a str,
    default: Option<&'a str>,
    known: &'a dyn Fn(&str) -> bool,
}

impl Tables<'_> {
    fn table(
        &self,
        title: &str,
        entries: &BTreeMap<String, Entry>,
        defaults: &[(&str, &[&str])],
    ) -> Result<Vec<Route>, String> {
        let mut routes = Vec::new();
        for (id, entry) in entries {
            let (backend, tag) = match entry {
                Entry::Tag(tag) => {
                    let missing = || {
                        format!(
                            "[{title}] \"{id}\": it names no backend, and there is no default one; set `backend` \
                             to the address of a server"
                        )
                    };
                    (self.default.ok_or_else(missing)?, tag)
                }
                Entry::Routed { backend, tag } => (backend.as_str(), tag),
            };
            if !(self.known)(backend) {
                return Err(format!(
                    "[{title}] \"{id}\": there is no backend {backend}; add a `[backends.{backend}]` table"
                ));
            }
            routes.push(self.route(title, id, backend, tag)?);
        }
        for (tag, ids) in defaults {
            for id in *ids {
                if let (Some(backend), false) = (self.default, entries.contains_key(*id)) {
                    routes.push(self.route(title, id, backend, tag)?);
                }
            }
        }
        Ok(routes)
    }

    fn route(&self, title: &str, id: &str, backend: &str, tag: &str) -> Result<Route, String> {
        Ok(Route {
            place: format!("{}: [{title}] \"{id}\"", self.file),
            models: vec![id.parse().map_err(|error| format!("[{title}]: {error}"))?],
            uses: Vec::new(),
            targets: vec![Target::Backend {
                backend: backend.to_owned(),
                model: tag.to_owned(),
                overrides: Overrides::default(),
            }],
        })
    }
}
