//! Where values come from: flags, environment variables, and the configuration file.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;

use super::{
    declare::{ENV_PREFIX, OTLP_VARIABLE},
    settings::TABLE,
};

/// Name of the configuration file, in the working directory and in the user's configuration folder.
pub const FILE_NAME: &str = "outcrop.toml";

/// The variable that names the configuration file.
const FILE_VARIABLE: &str = "OUTCROP_CONFIG";

/// Everything that gives values, before any of it is interpreted.
#[derive(Debug, Default)]
pub struct Sources {
    /// Values of flags, by the name of their setting.
    pub flags: BTreeMap<&'static str, String>,
    /// The environment variables that start with `OUTCROP_`, and the standard ones, that are not empty.
    pub variables: BTreeMap<String, String>,
    /// The configuration file, if there is one.
    pub file: Option<PathBuf>,
    /// Where the keys of backends may be, too.
    pub environment: Environment,
}

/// Looks up the variables that a configuration names itself.
#[derive(Debug, Clone, Copy)]
pub struct Environment(pub fn(&str) -> Option<String>);

impl Default for Environment {
    /// Has no variables.
    fn default() -> Self {
        Self(|_| None)
    }
}

impl Sources {
    /// Reads the environment of this process, and finds the configuration file:
    /// the one named, or `outcrop.toml` here or in the user's configuration folder.
    #[must_use]
    pub fn of_process(flags: BTreeMap<&'static str, String>, file: Option<PathBuf>) -> Self {
        // An empty variable is one that a compose file or a CI job passes on without having it.
        let variables: BTreeMap<String, String> = std::env::vars_os()
            .map(|(name, value)| {
                (
                    name.to_string_lossy().into_owned(),
                    value.to_string_lossy().into_owned(),
                )
            })
            .filter(|(name, value)| is_read(name) && !value.is_empty())
            .collect();
        let named = file.or_else(|| variables.get(FILE_VARIABLE).map(PathBuf::from));
        Self {
            flags,
            file: named.or_else(find_file),
            variables,
            environment: Environment(|name| std::env::var(name).ok()),
        }
    }

    /// Variables with our prefix that set nothing, most likely misspelled.
    /// Those that Kubernetes makes for a service named `outcrop` are not ours to question.
    pub(super) fn unknown_variables(&self) -> Vec<String> {
        let is_known = |name: &str| {
            name == FILE_VARIABLE
                || name == OTLP_VARIABLE
                || TABLE.iter().any(|setting| setting.variable() == name)
        };
        let is_kubernetes =
            |name: &str| name.starts_with("OUTCROP_PORT") || name.starts_with("OUTCROP_SERVICE_");
        self.variables
            .keys()
            .filter(|name| !is_known(name) && !is_kubernetes(name))
            .cloned()
            .collect()
    }
}

/// Whether a variable is read. `OTEL_SDK_DISABLED` turns off what other programs share.
fn is_read(name: &str) -> bool {
    let disabled = || std::env::var("OTEL_SDK_DISABLED").is_ok_and(|value| value == "true");
    name.starts_with(ENV_PREFIX) || (name == OTLP_VARIABLE && !disabled())
}

fn find_file() -> Option<PathBuf> {
    let of_user = || {
        Some(
            etcetera::base_strategy::choose_native_strategy()
                .ok()?
                .config_dir()
                .join("outcrop"),
        )
    };
    let here = PathBuf::from(FILE_NAME);
    let candidates = std::iter::once(here).chain(of_user().map(|folder| folder.join(FILE_NAME)));
    candidates.into_iter().find(|path| Path::is_file(path))
}

#[cfg(test)]
mod tests {
    use super::Sources;

    #[test]
    fn misspelled_variables_are_found_and_those_of_kubernetes_are_not() {
        let names = [
            "OUTCROP_LISTEN",
            "OUTCROP_CONFIG",
            "OUTCROP_LISTN",
            "OUTCROP_PORT_4566_TCP",
            "OUTCROP_SERVICE_HOST",
        ];
        let variables = names
            .iter()
            .map(|name| ((*name).to_owned(), "x".to_owned()))
            .collect();
        let sources = Sources {
            variables,
            ..Sources::default()
        };
        assert_eq!(sources.unknown_variables(), ["OUTCROP_LISTN"]);
    }
}
