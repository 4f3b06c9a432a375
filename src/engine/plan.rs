//! From the configuration to backends and routes.

use std::path::Path;

use outcrop_backends::{
    ApiKey, BackendSettings, DEFAULT_NAME, DocumentReader, Header, ModelMap,
    route::{Overrides, Route, RouterSettings, Target, Use},
};

use super::EngineError;
use crate::{
    READ_DOCUMENT,
    config::{BackendTable, Backends, Effective, Key, ModelMapFile, Placed, Settings},
    guardrails,
};

/// Everything that a configuration says of backends, in the order in which routes are tried: those to
/// guardrails' judges, those of the file, then the model map's, then those of the `backend_…` settings.
pub(crate) fn plan(effective: &Effective) -> Result<RouterSettings, EngineError> {
    let Effective {
        settings,
        backends,
        keys,
        model_map,
        ..
    } = effective;
    of_settings(settings, backends, keys, model_map.as_ref())
}

pub(super) fn of_settings(
    settings: &Settings,
    file: &Backends,
    keys: &[Option<Key>],
    model_map: Option<&ModelMapFile>,
) -> Result<RouterSettings, EngineError> {
    let mut plan = RouterSettings::default();
    for (index, (name, table)) in file.backends.iter().enumerate() {
        let key = keys.get(index).and_then(Option::as_ref);
        plan.backends.push(named(name, table, key)?);
    }
    for table in &file.routes {
        plan.routes.push(table.route().map_err(|message| {
            let place = table.place.clone();
            EngineError::Table { place, message }
        })?);
    }
    if let Some(map) = model_map {
        plan.backends.extend(map.backends.iter().cloned());
        plan.routes.extend(map.routes.iter().cloned());
        for table in &map.ignored {
            tracing::warn!(table, "this table of the model map has no effect");
        }
    }
    if let Some(backend) = default(settings)? {
        plan.backends.push(backend);
        plan.routes.extend(default_routes(settings));
    }
    let judges = guardrails::judge_routes(settings);
    if plan.routes.is_empty() && !judges.is_empty() {
        // What only judges answers nobody.
        plan.routes.push(canned());
    }
    plan.routes.splice(0..0, judges);
    let reader = reader();
    for backend in &mut plan.backends {
        backend.reader.clone_from(&reader);
    }
    Ok(plan)
}

fn named(
    name: &str,
    placed: &Placed<BackendTable>,
    key: Option<&Key>,
) -> Result<BackendSettings, EngineError> {
    let table = &placed.table;
    let defaults = BackendSettings::new(table.url.0.0.clone());
    let setting = |key: &str| format!("`{key}` of `[backends.{name}]`");
    let roots = table.tls_roots.as_deref();
    Ok(BackendSettings {
        name: Some(name.to_owned()),
        kind: table.kind,
        pdf: table.pdf,
        reasoning: table.reasoning,
        encoding_format: table.encoding_format,
        api_key: key
            .map(|key| api_key(key, || setting("api_key_file")))
            .transpose()?,
        headers: (table.headers.iter())
            .map(|(name, value)| Header {
                name: name.clone(),
                value: value.0.0.clone(),
            })
            .collect(),
        tls_roots: roots
            .map(|path| read(path, || setting("tls_roots")))
            .transpose()?,
        proxy: table.proxy.as_ref().map(|proxy| proxy.0.0.clone()),
        timeout: table.timeout.map_or(defaults.timeout, |time| time.0),
        idle_timeout: table
            .idle_timeout
            .map_or(defaults.idle_timeout, |time| time.0),
        concurrency: table
            .concurrency
            .map_or(defaults.concurrency, |count| count.0),
        queue: table.queue.map_or(defaults.queue, |count| size(count.0.0)),
        retries: table.retries.map_or(defaults.retries, |count| count.0.0),
        health: table.health.map(|time| time.0),
        ..defaults
    })
}

/// The route that leads everything to the canned engine.
fn canned() -> Route {
    Route {
        place: "guardrails' judges".to_owned(),
        models: "*".parse().into_iter().collect(),
        uses: Vec::new(),
        targets: vec![Target::Canned],
    }
}

/// The backend of the `backend_…` settings.
fn default(settings: &Settings) -> Result<Option<BackendSettings>, EngineError> {
    let Some(url) = &settings.backend else {
        return Ok(None);
    };
    let file = settings.backend_api_key_file.as_deref();
    let api_key = match (file, &settings.backend_api_key) {
        (Some(path), _) => {
            let text = read(path, || "`backend_api_key_file`".to_owned())?;
            Some(ApiKey(text.trim().to_owned()))
        }
        (None, key) => key.as_ref().map(|key| ApiKey(key.0.clone())),
    };
    Ok(Some(BackendSettings {
        api_key,
        timeout: settings.backend_timeout,
        idle_timeout: settings.backend_idle_timeout,
        concurrency: settings.backend_concurrency,
        queue: size(settings.backend_queue.0),
        retries: settings.backend_retries.0,
        ..BackendSettings::new(url.0.clone())
    }))
}

/// This program, which reads documents in a process of its own. Where the system does not tell where it is, those
/// that have to be read are refused.
fn reader() -> Option<DocumentReader> {
    // A file that was replaced since has another content under the name, or none.
    let own = Path::new("/proc/self/exe");
    let program = if own.exists() {
        own.to_owned()
    } else {
        std::env::current_exe().ok()?
    };
    Some(DocumentReader {
        program,
        arguments: vec![READ_DOCUMENT.into()],
    })
}

/// The routes to it: an entry of a map is one.
fn default_routes(settings: &Settings) -> Vec<Route> {
    let maps = [
        (Use::Chat, "backend_model", &settings.backend_model),
        (
            Use::Embeddings,
            "backend_embedding_model",
            &settings.backend_embedding_model,
        ),
        (
            Use::Images,
            "backend_image_model",
            &settings.backend_image_model,
        ),
        (
            Use::Rerank,
            "backend_rerank_model",
            &settings.backend_rerank_model,
        ),
    ];
    let maps = maps.into_iter();
    maps.flat_map(|(asked, setting, map)| mapped(asked, setting, map))
        .collect()
}

fn mapped(asked: Use, setting: &str, map: &ModelMap) -> Vec<Route> {
    let entries = map.entries();
    // What is no pattern fits no id either.
    let entries = entries.filter_map(|(pattern, name)| Some((pattern.parse().ok()?, name)));
    entries
        .map(|(pattern, name)| Route {
            place: format!("`{setting}`"),
            models: vec![pattern],
            uses: vec![asked],
            targets: vec![Target::Backend {
                backend: DEFAULT_NAME.to_owned(),
                model: name.to_owned(),
                overrides: Overrides::default(),
            }],
        })
        .collect()
}

fn api_key(key: &Key, setting: impl Fn() -> String) -> Result<ApiKey, EngineError> {
    match key {
        Key::Text(key) => Ok(ApiKey(key.0.clone())),
        Key::File(path) => Ok(ApiKey(read(path, setting)?.trim().to_owned())),
    }
}

fn read(path: &Path, setting: impl Fn() -> String) -> Result<String, EngineError> {
    std::fs::read_to_string(path).map_err(|source| EngineError::Unreadable {
        setting: setting(),
        path: path.into(),
        source,
    })
}

fn size(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
