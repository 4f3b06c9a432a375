//! Which source decides each setting.

use std::{fmt, path::PathBuf};

use super::{
    backends::{BackendTable, Backends, Key, Placed},
    declare::Setting,
    error::{ConfigError, Problem},
    file::File,
    model_map::ModelMapFile,
    settings::{Settings, TABLE},
    sources::Sources,
};

/// The source that decided a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// No source gave a value.
    Default,
    /// The configuration file, with the line.
    File(String),
    /// An environment variable.
    Variable(String),
    /// A flag.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(place) => f.write_str(place),
            Self::Variable(name) => write!(f, "environment variable {name}"),
            Self::Flag(name) => write!(f, "flag --{name}"),
        }
    }
}

/// A setting, its effective value as text, and where that is from.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The setting.
    pub setting: &'static Setting,
    /// The value, `None` where there is none.
    pub text: Option<String>,
    /// What decided it.
    pub origin: Origin,
}

/// The effective configuration.
#[derive(Debug)]
pub struct Effective {
    /// The values.
    pub settings: Settings,
    /// The values as text, with their origin, in the order of the table.
    pub entries: Vec<Entry>,
    /// The configuration file that was read.
    pub file: Option<PathBuf>,
    /// The backends and routes of the file.
    pub backends: Backends,
    /// The keys of these backends, in their order.
    pub keys: Vec<Option<Key>>,
    /// What the file that `model_map` names says.
    pub model_map: Option<ModelMapFile>,
    /// Environment variables with our prefix that set nothing.
    pub unknown_variables: Vec<String>,
}

/// Resolves every setting: a flag wins over the environment, that over the file, that over the default.
/// Values that lose are checked too, because a mistake in them would show only later.
pub fn resolve(sources: &Sources) -> Result<Effective, ConfigError> {
    let mut problems = Vec::new();
    let file = sources
        .file
        .as_deref()
        .and_then(|path| File::read(path, &mut problems));
    let entries: Vec<Entry> = TABLE
        .iter()
        .map(|setting| decide(setting, sources, file.as_ref(), &mut problems))
        .collect();
    let text_of = |name: &str| {
        entries
            .iter()
            .find(|entry| entry.setting.name == name)?
            .text
            .as_deref()
    };
    let settings = match Settings::read(text_of) {
        Ok(settings) if problems.is_empty() => settings,
        Ok(_) => return Err(ConfigError(problems)),
        Err(name) => {
            problems.push(Problem::Missing { name });
            return Err(ConfigError(problems));
        }
    };
    let unknown_variables = sources.unknown_variables();
    let (file, backends) = match file {
        Some(file) => (Some(file.path), file.backends),
        None => (None, Backends::default()),
    };
    check_combinations(&settings, &backends)?;
    let keys = keys(&backends.backends, sources, &mut problems);
    let model_map = model_map(&settings, sources, &mut problems);
    if !problems.is_empty() {
        return Err(ConfigError(problems));
    }
    Ok(Effective {
        settings,
        entries,
        file,
        backends,
        keys,
        model_map,
        unknown_variables,
    })
}

fn keys(
    backends: &[(String, Placed<BackendTable>)],
    sources: &Sources,
    problems: &mut Vec<Problem>,
) -> Vec<Option<Key>> {
    let backends = backends.iter();
    let keys = backends.map(|(_, backend)| {
        let key = backend.table.key(sources.environment.0);
        key.unwrap_or_else(|message| {
            let place = backend.place.clone();
            problems.push(Problem::Table { place, message });
            None
        })
    });
    keys.collect()
}

fn model_map(
    settings: &Settings,
    sources: &Sources,
    problems: &mut Vec<Problem>,
) -> Option<ModelMapFile> {
    let path = settings.model_map.as_deref()?;
    let has_default = settings.backend.is_some();
    let read = ModelMapFile::read(path, has_default, sources.environment.0);
    read.map_err(|problem| problems.push(problem)).ok()
}

fn decide(
    setting: &'static Setting,
    sources: &Sources,
    file: Option<&File>,
    problems: &mut Vec<Problem>,
) -> Entry {
    let mut entry = Entry {
        setting,
        text: setting.default.map(str::to_owned),
        origin: Origin::Default,
    };
    for (text, origin) in candidates(setting, sources, file) {
        if (setting.accepts)(text) {
            entry.text = Some(text.to_owned());
            entry.origin = origin;
        } else {
            let place = origin.to_string();
            problems.push(Problem::Value {
                place,
                value: text.to_owned(),
                name: setting.name,
                form: setting.form,
            });
        }
    }
    entry
}

/// The values that sources give for a setting, the weakest first.
fn candidates<'a>(
    setting: &Setting,
    sources: &'a Sources,
    file: Option<&'a File>,
) -> impl Iterator<Item = (&'a str, Origin)> {
    let given = file.and_then(|file| {
        file.given
            .iter()
            .find(|given| given.setting.name == setting.name)
    });
    let variable = setting.variable();
    let from_file = given.map(|given| (given.text.as_str(), Origin::File(given.place.clone())));
    let from_variable = sources
        .variables
        .get(&variable)
        .map(|text| (text.as_str(), Origin::Variable(variable)));
    let standard = setting.standard_variable().and_then(|name| {
        let text = sources.variables.get(name)?;
        Some((text.as_str(), Origin::Variable(name.to_owned())))
    });
    let from_flag = sources
        .flags
        .get(setting.name)
        .map(|text| (text.as_str(), Origin::Flag(setting.flag())));
    [from_file, standard, from_variable, from_flag]
        .into_iter()
        .flatten()
}

fn check_combinations(settings: &Settings, backends: &Backends) -> Result<(), ConfigError> {
    match wrong_tls(settings).or_else(|| wrong_backend(settings, backends)) {
        Some(wrong) => Err(ConfigError(vec![Problem::Combination(wrong)])),
        None => Ok(()),
    }
}

fn wrong_backend(settings: &Settings, backends: &Backends) -> Option<&'static str> {
    let mapped = [
        &settings.backend_model,
        &settings.backend_embedding_model,
        &settings.backend_image_model,
        &settings.backend_rerank_model,
    ];
    let mapped = mapped.iter().any(|map| !map.is_empty());
    let judges = !crate::guardrails::judge_routes(settings).is_empty();
    let led_to = mapped || judges || settings.model_map.is_some() || !backends.routes.is_empty();
    if settings.backend.is_some() && !led_to {
        return Some(
            "`backend` needs `backend_model` or `backend_embedding_model`, the names of its models, or `model_map`",
        );
    }
    if settings.backend.is_none() && mapped {
        return Some(
            "`backend_model` and the like have no effect without `backend`, the address of a server",
        );
    }
    let keys = (&settings.backend_api_key, &settings.backend_api_key_file);
    matches!(keys, (Some(_), Some(_)))
        .then_some("only one of `backend_api_key` and `backend_api_key_file` can be the key")
}

fn wrong_tls(settings: &Settings) -> Option<&'static str> {
    match (&settings.tls_listen, &settings.tls_cert, &settings.tls_key) {
        (_, Some(_), None) => Some("`tls_cert` needs `tls_key`, the file with its private key"),
        (_, None, Some(_)) => Some("`tls_key` needs `tls_cert`, the file with its certificate"),
        (None, Some(_), Some(_)) => {
            Some("`tls_cert` has no effect without `tls_listen`, the address of the TLS port")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, num::NonZeroUsize};

    use super::{Origin, Sources, resolve};

    fn sources(variables: &[(&str, &str)], flags: &[(&'static str, &str)]) -> Sources {
        Sources {
            flags: flags
                .iter()
                .map(|(name, text)| (*name, (*text).to_owned()))
                .collect(),
            variables: variables
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect(),
            ..Sources::default()
        }
    }

    #[test]
    fn without_sources_every_value_is_its_default() {
        let effective = resolve(&Sources::default()).unwrap();
        assert!(
            effective
                .entries
                .iter()
                .all(|entry| entry.origin == Origin::Default)
        );
        assert_eq!(effective.settings.listen.to_string(), "127.0.0.1:4566");
        assert_eq!(effective.settings.tls_listen, None);
    }

    #[test]
    fn a_flag_wins_over_the_environment_and_that_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outcrop.toml");
        std::fs::write(
            &path,
            "max_connections = 1\nhttp2_max_streams = 1\nheader_deadline = '1s'\n",
        )
        .unwrap();
        let mut sources = sources(
            &[
                ("OUTCROP_MAX_CONNECTIONS", "2"),
                ("OUTCROP_HTTP2_MAX_STREAMS", "2"),
            ],
            &[("max_connections", "3")],
        );
        sources.file = Some(path);
        let effective = resolve(&sources).unwrap();
        let origins: BTreeMap<_, _> = effective
            .entries
            .iter()
            .map(|entry| (entry.setting.name, entry.origin.clone()))
            .collect();
        assert_eq!(
            effective.settings.max_connections,
            NonZeroUsize::new(3).unwrap()
        );
        assert_eq!(
            origins["max_connections"],
            Origin::Flag("max-connections".into())
        );
        assert_eq!(
            origins["http2_max_streams"],
            Origin::Variable("OUTCROP_HTTP2_MAX_STREAMS".into())
        );
        assert!(
            matches!(&origins["header_deadline"], Origin::File(place) if place.ends_with("outcrop.toml:3"))
        );
        assert_eq!(origins["idle_timeout"], Origin::Default);
    }

    #[test]
    fn every_wrong_value_is_named_even_one_that_loses() {
        let error = resolve(&sources(
            &[("OUTCROP_LISTEN", "here"), ("OUTCROP_IDLE_TIMEOUT", "soon")],
            &[("listen", "127.0.0.1:0")],
        ));
        let message = error.unwrap_err().to_string();
        let lines: Vec<_> = message.lines().collect();
        assert_eq!(lines.len(), 2, "{message}");
        assert_eq!(
            lines[0],
            "environment variable OUTCROP_LISTEN: \"here\" is not a value of `listen`: \
             expected an IP address and a port, such as 127.0.0.1:4566 or [::1]:0"
        );
    }

    #[test]
    fn a_certificate_needs_its_key_and_a_port() {
        for flags in [
            &[("tls_cert", "a")][..],
            &[("tls_key", "a")],
            &[("tls_cert", "a"), ("tls_key", "a")],
        ] {
            let message = resolve(&sources(&[], flags)).unwrap_err().to_string();
            assert!(message.starts_with("`tls_"), "{message}");
        }
    }
}
