//! Reading a catalogue file into a catalogue that may already hold entries.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use crate::arn::Arn;
use crate::capability::Capabilities;
use crate::catalogue::Catalogue;
use crate::entry::{File, GeographyEntry, ModelEntry};
use crate::error::CatalogueError;
use crate::model::{Model, ProfileSettings};
use crate::profile::Geography;
use crate::vocabulary::Lifecycle;

/// Reads `text` into `catalogue`: entries that it holds are changed, others are added at the end.
pub(crate) fn read_into(catalogue: &mut Catalogue, text: &str) -> Result<(), CatalogueError> {
    let file: File = toml::from_str(text).map_err(CatalogueError::Form)?;
    for (id, table) in file.geography {
        read_geography(catalogue, id, table)?;
    }
    let families = read_families(file.family)?;
    let mut seen = HashSet::new();
    for (position, table) in file.model.into_iter().enumerate() {
        let id = read_model(catalogue, &families, position, table)?;
        if !seen.insert(id.clone()) {
            return Err(CatalogueError::Duplicate(id));
        }
    }
    catalogue.index();
    for (arn, target) in file.arns {
        read_arn(catalogue, arn, target)?;
    }
    Ok(())
}

fn typed<T: DeserializeOwned>(entry: &str, table: Table) -> Result<T, CatalogueError> {
    Value::Table(table)
        .try_into()
        .map_err(|error: toml::de::Error| CatalogueError::Field {
            entry: entry.to_owned(),
            // The reader of tables puts the field's name on a line of its own.
            reason: error.to_string().trim().replace('\n', " "),
        })
}

fn read_geography(
    catalogue: &mut Catalogue,
    id: String,
    table: Table,
) -> Result<(), CatalogueError> {
    let GeographyEntry {
        name,
        sources,
        regions,
    } = typed(&format!("geography {id:?}"), table)?;
    let geography = Geography {
        id,
        name,
        sources,
        regions,
    };
    match catalogue
        .geographies
        .iter_mut()
        .find(|known| known.id == geography.id)
    {
        Some(known) => *known = geography,
        None => catalogue.geographies.push(geography),
    }
    Ok(())
}

fn read_families(
    tables: BTreeMap<String, Table>,
) -> Result<BTreeMap<String, ModelEntry>, CatalogueError> {
    tables
        .into_iter()
        .map(|(name, table)| Ok((name.clone(), typed(&format!("family {name:?}"), table)?)))
        .collect()
}

/// Reads one `[[model]]` and gives its id back.
fn read_model(
    catalogue: &mut Catalogue,
    families: &BTreeMap<String, ModelEntry>,
    position: usize,
    mut table: Table,
) -> Result<String, CatalogueError> {
    let nameless = format!("model number {} of the file", position + 1);
    let id = take_string(&nameless, &mut table, "id")?.ok_or(CatalogueError::Missing {
        entry: nameless,
        field: "id",
    })?;
    let entry = format!("model {id:?}");
    let like = take_string(&entry, &mut table, "like")?;
    let said: ModelEntry = typed(&entry, table)?;

    let known = catalogue.models.iter().position(|model| model.id == id);
    let mut model = match (&like, known) {
        (None, Some(index)) => Model::clone(&catalogue.models[index]),
        (None, None) => blank(&entry, &id, &said)?,
        (Some(like), _) => start_from(catalogue, families, &entry, &id, like, &said)?,
    };
    said.apply(&mut model);
    check_geographies(catalogue, &entry, &model)?;
    match known {
        Some(index) => catalogue.models[index] = Arc::new(model),
        None => catalogue.models.push(Arc::new(model)),
    }
    Ok(id)
}

fn take_string(
    entry: &str,
    table: &mut Table,
    field: &str,
) -> Result<Option<String>, CatalogueError> {
    match table.remove(field) {
        None => Ok(None),
        Some(Value::String(value)) => Ok(Some(value)),
        Some(other) => Err(CatalogueError::Field {
            entry: entry.to_owned(),
            reason: format!(
                "invalid type: {}, expected a string in `{field}`",
                other.type_str()
            ),
        }),
    }
}

/// The model that an entry starts from when it says `like`: one of the file's families, or a model that is already known.
fn start_from(
    catalogue: &Catalogue,
    families: &BTreeMap<String, ModelEntry>,
    entry: &str,
    id: &str,
    like: &str,
    said: &ModelEntry,
) -> Result<Model, CatalogueError> {
    if let Some(family) = families.get(like) {
        let mut complete = family.clone();
        complete.take_identity(said);
        let mut model = blank(entry, id, &complete)?;
        complete.apply(&mut model);
        return Ok(model);
    }
    match catalogue.models.iter().find(|model| model.id == like) {
        Some(model) => Ok(Model {
            id: id.to_owned(),
            ..Model::clone(model)
        }),
        None => Err(CatalogueError::Reference {
            entry: entry.to_owned(),
            field: "like",
            value: like.to_owned(),
            expected: "a family of this file or the id of a model",
        }),
    }
}

/// A model of which only the indispensable is known.
fn blank(entry: &str, id: &str, said: &ModelEntry) -> Result<Model, CatalogueError> {
    let missing = |field| CatalogueError::Missing {
        entry: entry.to_owned(),
        field,
    };
    Ok(Model {
        id: id.to_owned(),
        name: said.name.clone().ok_or_else(|| missing("name"))?,
        provider: said.provider.clone().ok_or_else(|| missing("provider"))?,
        input: said.input.clone().ok_or_else(|| missing("input"))?,
        output: said.output.clone().ok_or_else(|| missing("output"))?,
        streaming: None,
        customizations: Vec::new(),
        inference_types: Vec::new(),
        lifecycle: Lifecycle::Active,
        listed: true,
        capabilities: Capabilities::of(said.api.ok_or_else(|| missing("api"))?),
        on_demand: false,
        profiles: ProfileSettings::default(),
    })
}

fn check_geographies(
    catalogue: &Catalogue,
    entry: &str,
    model: &Model,
) -> Result<(), CatalogueError> {
    let unknown = |id: &&String| {
        !catalogue
            .geographies
            .iter()
            .any(|geography| geography.id == **id)
    };
    let settings = &model.profiles;
    let fields = [
        ("profiles", settings.listed.iter().find(unknown)),
        ("unlisted_profiles", settings.unlisted.iter().find(unknown)),
        (
            "profile_regions",
            settings.regions.iter().map(|(id, _)| id).find(unknown),
        ),
    ];
    match fields
        .into_iter()
        .find_map(|(field, id)| id.map(|id| (field, id)))
    {
        None => Ok(()),
        Some((field, id)) => Err(CatalogueError::Reference {
            entry: entry.to_owned(),
            field,
            value: id.clone(),
            expected: "a geography; the known ones and those of this file can be named",
        }),
    }
}

fn read_arn(catalogue: &mut Catalogue, arn: String, target: String) -> Result<(), CatalogueError> {
    let wrong = |field, value: &str, expected| CatalogueError::Reference {
        entry: format!("arn {arn:?}"),
        field,
        value: value.to_owned(),
        expected,
    };
    if Arn::parse(&arn).is_none() {
        return Err(wrong(
            "arns",
            &arn,
            "an ARN that can stand in the place of a model id",
        ));
    }
    if catalogue.model(&target).is_none() && catalogue.profile(&target).is_none() {
        return Err(wrong("arns", &target, "the id of a model or of a profile"));
    }
    catalogue.arns.insert(arn, target);
    Ok(())
}

#[cfg(test)]
mod tests;
