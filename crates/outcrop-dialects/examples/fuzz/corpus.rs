//! The golden bodies, and the models that take them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use outcrop_catalogue::{Catalogue, Model, ModelFilter};
use outcrop_dialects::dialect;
use outcrop_engine::canned::chance::Chance;
use serde_json::Value;

/// Models with bodies of their own that the listing does not show.
const UNLISTED: &[&str] = &[
    "ai21.j2-mid-v1",
    "amazon.titan-image-generator-v1",
    "amazon.titan-text-express-v1",
    "anthropic.claude-v2:1",
    "cohere.command-text-v14",
    "stability.stable-diffusion-xl-v1",
];

/// The fixtures of one folder.
pub(crate) struct Family {
    pub(crate) name: String,
    pub(crate) bodies: Vec<Vec<u8>>,
    /// Those that take at least one of the bodies.
    models: Vec<Arc<Model>>,
}

/// Everything that variants are made of.
pub(crate) struct Corpus {
    pub(crate) families: Vec<Family>,
    models: Vec<Arc<Model>>,
    /// Parts of all bodies, to be planted in others.
    pub(crate) parts: Vec<Value>,
}

impl Corpus {
    pub(crate) fn read() -> Result<Self, String> {
        let catalogue = Catalogue::builtin().map_err(|error| error.to_string())?;
        let models: Vec<_> = {
            let listed = catalogue.models(ModelFilter::default());
            let others = UNLISTED.iter().filter_map(|id| catalogue.model(id));
            listed.chain(others).cloned().collect()
        };
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures"));
        let mut families = Vec::new();
        for folder in sorted(root)? {
            let name = folder.file_name().and_then(|name| name.to_str());
            let name = name.unwrap_or_default().to_owned();
            let mut bodies = Vec::new();
            for file in sorted(&folder)? {
                bodies.push(fs::read(&file).map_err(|error| error.to_string())?);
            }
            let takes = |model: &Arc<Model>| {
                bodies
                    .iter()
                    .any(|body| dialect(model).request(model, body).is_ok())
            };
            let models = models
                .iter()
                .filter(|model| takes(model))
                .cloned()
                .collect();
            families.push(Family {
                name,
                bodies,
                models,
            });
        }
        let mut parts = Vec::new();
        for body in families.iter().flat_map(|family| &family.bodies) {
            collect(
                &serde_json::from_slice(body).unwrap_or(Value::Null),
                &mut parts,
            );
        }
        Ok(Self {
            families,
            models,
            parts,
        })
    }

    pub(crate) fn names(&self) -> Vec<&str> {
        self.families
            .iter()
            .map(|family| family.name.as_str())
            .collect()
    }

    /// Mostly a model of the family, now and then any other.
    pub(crate) fn model<'a>(&'a self, family: &'a Family, chance: &mut Chance) -> &'a Model {
        let own = !family.models.is_empty() && !chance.number().is_multiple_of(16);
        let models = if own { &family.models } else { &self.models };
        &models[below(chance, models.len())]
    }
}

/// A place in a list.
pub(crate) fn below(chance: &mut Chance, length: usize) -> usize {
    let places = u64::try_from(length.max(1)).unwrap_or(1);
    usize::try_from(chance.number() % places).unwrap_or(0)
}

fn sorted(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

fn collect(value: &Value, parts: &mut Vec<Value>) {
    parts.push(value.clone());
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, parts)),
        Value::Object(members) => members.values().for_each(|value| collect(value, parts)),
        _ => {}
    }
}
