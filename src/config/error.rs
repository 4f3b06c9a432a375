//! What can be wrong with a configuration.

use std::{fmt, io, path::PathBuf};

/// One thing that is wrong, told so that its reader can set it right.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// A value of another form than the setting's.
    #[error("{place}: {value:?} is not a value of `{name}`: expected {form}")]
    Value {
        /// Where the value was given.
        place: String,
        /// The value as given.
        value: String,
        /// The setting.
        name: &'static str,
        /// The accepted form.
        form: &'static str,
    },
    /// A key of the file that is no setting.
    #[error("{place}: unknown key `{key}`{}; `outcrop config` lists every key", suggestion(.similar.as_deref()))]
    UnknownKey {
        /// File and line.
        place: String,
        /// The key as given.
        key: String,
        /// A setting with a similar name.
        similar: Option<String>,
    },
    /// A file that is not TOML.
    #[error("{}: not valid TOML: {message}", .path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The parser's message.
        message: String,
    },
    /// A file that cannot be read.
    #[error("{}: cannot read the configuration file: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A table of the file that says what answers.
    #[error("{place}: {message}")]
    Table {
        /// Where it is.
        place: String,
        /// What is wrong with it.
        message: String,
    },
    /// The file that `model_map` names.
    #[error("{}: {message}", .path.display())]
    ModelMap {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// A setting that no source gives, although it has to be given.
    #[error("`{name}` is not set: `outcrop config` explains it")]
    Missing {
        /// The setting.
        name: &'static str,
    },
    /// Settings that do not go together.
    #[error("{0}")]
    Combination(&'static str),
}

fn suggestion(similar: Option<&str>) -> String {
    similar
        .map(|name| format!(" (did you mean `{name}`?)"))
        .unwrap_or_default()
}

/// Everything that is wrong with a configuration.
#[derive(Debug)]
pub struct ConfigError(pub Vec<Problem>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
