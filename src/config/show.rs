//! The effective configuration, as a TOML file that says where each value is from.

use std::fmt::Write as _;

use super::{
    declare::Setting,
    resolve::{Effective, Entry, Origin},
};

/// Writes the effective configuration as valid TOML with comments.
#[must_use]
pub fn show(effective: &Effective) -> String {
    let mut out =
        String::from("# Effective configuration of outcrop, and where each value is from.\n");
    let _ = match &effective.file {
        Some(path) => writeln!(out, "# Configuration file: {}", path.display()),
        None => writeln!(out, "# Configuration file: none"),
    };
    let mut group = "";
    for entry in &effective.entries {
        if entry.setting.group != group {
            group = entry.setting.group;
            let _ = writeln!(out, "\n# --- {group} ---");
        }
        out.push('\n');
        out.push_str(&show_entry(entry));
    }
    out.push_str(&show_backends(&effective.backends.written));
    out
}

/// The backends and routes of the file, without secrets.
fn show_backends(written: &toml::Table) -> String {
    let mut shown = written.clone();
    let mut hidden = String::new();
    if let Some(toml::Value::Table(backends)) = shown.get_mut("backends") {
        for (name, backend) in backends {
            let toml::Value::Table(backend) = backend else {
                continue;
            };
            for secret in ["api_key", "headers"] {
                if backend.remove(secret).is_some() {
                    let _ = writeln!(
                        hidden,
                        "# {secret} of [backends.{name}] is set, and not shown"
                    );
                }
            }
        }
    }
    if shown.is_empty() {
        return String::new();
    }
    format!("\n# --- Backends, routes and scenarios, from the file ---\n\n{hidden}{shown}")
}

fn show_entry(entry: &Entry) -> String {
    let Entry {
        setting,
        text,
        origin,
    } = entry;
    let mut out = String::new();
    for line in setting.doc.lines() {
        let _ = writeln!(out, "#{line}");
    }
    let _ = match (text, origin) {
        (None, _) => writeln!(
            out,
            "# not set; expected {}\n# {} =",
            setting.form, setting.name
        ),
        (Some(_), origin) if setting.secret => {
            writeln!(
                out,
                "# {} is set, and not shown  # from {origin}",
                setting.name
            )
        }
        (Some(text), Origin::Default) => writeln!(out, "{}  # default", assignment(setting, text)),
        (Some(text), origin) => writeln!(out, "{}  # from {origin}", assignment(setting, text)),
    };
    out
}

/// `key = value`, as the configuration file has it.
pub(super) fn assignment(setting: &Setting, text: &str) -> String {
    if setting.bare {
        format!("{} = {text}", setting.name)
    } else {
        format!("{} = {}", setting.name, toml::Value::from(text))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Sources, resolve},
        show,
    };

    #[test]
    fn secrets_are_not_shown() {
        let flags = [("backend_api_key", "canary".to_owned())];
        let effective = resolve(&Sources {
            flags: flags.into_iter().collect(),
            ..Sources::default()
        })
        .unwrap();
        let shown = show(&effective);
        assert!(
            shown
                .contains("# backend_api_key is set, and not shown  # from flag --backend-api-key"),
            "{shown}"
        );
        assert!(!shown.contains("canary"));
    }

    #[test]
    fn backends_and_routes_are_shown_without_their_secrets() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outcrop.toml");
        let text = "[backends.a]\nurl = 'http://a/v1'\napi_key = 'canary'\nheaders = { x = 'canary' }\n\
                    [[routes]]\nmodels = ['*']\nbackend = 'a'\nmodel = 'm'\n";
        let resolved = |text: &str| {
            std::fs::write(&path, text).unwrap();
            let file = Some(path.clone());
            resolve(&Sources {
                file,
                ..Sources::default()
            })
            .unwrap()
        };
        let shown = show(&resolved(text));
        assert!(
            shown.contains("# api_key of [backends.a] is set, and not shown"),
            "{shown}"
        );
        assert!(!shown.contains("canary"));
        let again = resolved(&shown).backends;
        assert_eq!(again.backends[0].1.table.url.0.0, "http://a/v1");
        assert_eq!(again.routes.len(), 1);
    }

    #[test]
    fn what_is_shown_is_toml_that_resolves_to_the_same_values() {
        let flags = [
            ("tls_names", "a.test"),
            ("max_connections", "7"),
            ("tls_dir", "/a \"quoted\" folder"),
        ];
        let flags = flags
            .map(|(name, text)| (name, text.to_owned()))
            .into_iter()
            .collect();
        let first = resolve(&Sources {
            flags,
            ..Sources::default()
        })
        .unwrap();
        let shown = show(&first);
        assert!(
            shown.contains("max_connections = 7  # from flag --max-connections"),
            "{shown}"
        );
        assert!(
            shown.contains("idle_timeout = \"2m\"  # default"),
            "{shown}"
        );

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shown.toml");
        std::fs::write(&path, shown).unwrap();
        let second = resolve(&Sources {
            file: Some(path),
            ..Sources::default()
        })
        .unwrap();
        let texts = |entries: &[super::Entry]| {
            entries
                .iter()
                .map(|entry| entry.text.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(&first.entries), texts(&second.entries));
    }
}
