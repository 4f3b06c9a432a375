//! All models and profiles, with their indexes.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::CatalogueError;
use crate::filter::ModelFilter;
use crate::model::Model;
use crate::parse;
use crate::profile::{Geography, Profile};

/// The catalogue as the project ships it.
const BUILTIN: &str = include_str!("../data/models.toml");

/// The foundation models and system-defined inference profiles that the server knows.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    pub(crate) models: Vec<Arc<Model>>,
    pub(crate) geographies: Vec<Geography>,
    /// In the order of the models, and for each model in the order in which it names its geographies.
    pub(crate) profiles: Vec<Profile>,
    /// What stands behind an ARN, as a user's file says: a model id or a profile id.
    pub(crate) arns: HashMap<String, String>,
    model_index: HashMap<String, usize>,
    profile_index: HashMap<String, usize>,
}

impl Catalogue {
    /// The catalogue that the project ships. It is read anew at each call: keep it.
    pub fn builtin() -> Result<Self, CatalogueError> {
        Self::default().extended_with(BUILTIN)
    }

    /// This catalogue with what a file says: its entries change those that have their id, and others are added at the end.
    pub fn extended_with(&self, text: &str) -> Result<Self, CatalogueError> {
        let mut extended = self.clone();
        parse::read_into(&mut extended, text)?;
        Ok(extended)
    }

    /// The model with an id, whatever its lifecycle.
    #[must_use]
    pub fn model(&self, id: &str) -> Option<&Arc<Model>> {
        self.model_index.get(id).map(|index| &self.models[*index])
    }

    /// The models that the listing shows and the filter lets through, in the order of the service's own list.
    pub fn models<'a>(&'a self, filter: ModelFilter<'a>) -> impl Iterator<Item = &'a Arc<Model>> {
        self.models.iter().filter(move |model| {
            model.listed && model.lifecycle.as_str().is_some() && filter.passes(model)
        })
    }

    /// The profile with an id, wherever it can be called from.
    #[must_use]
    pub fn profile(&self, id: &str) -> Option<&Profile> {
        self.profile_index
            .get(id)
            .map(|index| &self.profiles[*index])
    }

    /// The profiles that the listing of a region shows, in the order of the models.
    pub fn profiles<'a>(&'a self, region: &'a str) -> impl Iterator<Item = &'a Profile> {
        self.profiles.iter().filter(move |profile| {
            let offered = self.models[profile.model].lifecycle.as_str().is_some();
            profile.listed && offered && self.geography_of(profile).reachable_from(region)
        })
    }

    /// The geography of a profile of this catalogue.
    #[must_use]
    pub fn geography_of(&self, profile: &Profile) -> &Geography {
        &self.geographies[profile.geography]
    }

    /// Makes the profiles and the indexes anew from the models and geographies.
    pub(crate) fn index(&mut self) {
        let mut profiles = Vec::new();
        for (position, model) in self.models.iter().enumerate() {
            let settings = &model.profiles;
            let named = settings
                .listed
                .iter()
                .map(|id| (id, true))
                .chain(settings.unlisted.iter().map(|id| (id, false)));
            for (id, listed) in named {
                if let Some(geography) = self
                    .geographies
                    .iter()
                    .position(|geography| geography.id == *id)
                {
                    profiles.push(Profile::new(
                        (position, model),
                        (geography, &self.geographies[geography]),
                        listed,
                    ));
                }
            }
        }
        self.model_index = self
            .models
            .iter()
            .enumerate()
            .map(|(index, model)| (model.id.clone(), index))
            .collect();
        self.profile_index = profiles
            .iter()
            .enumerate()
            .map(|(index, profile)| (profile.id.clone(), index))
            .collect();
        self.profiles = profiles;
    }
}

#[cfg(test)]
mod tests;
