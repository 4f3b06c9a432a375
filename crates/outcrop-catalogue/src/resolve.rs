//! From a model id, a profile id or an ARN to the model that answers.
//!
//! Regions: a profile can be called from the regions of its geography, and an ARN from its own region only; from elsewhere the service knows
//! neither (quoted in public issue threads). A caller whose region is not known is not held to that. The account in a profile's ARN is not
//! checked: programs carry the ARN of their real account to a server that knows no accounts.

use std::sync::Arc;

use crate::arn::{Arn, Resource};
use crate::catalogue::Catalogue;
use crate::error::{ResolveError, Unsupported};
use crate::model::Model;
use crate::operation::Operation;
use crate::profile::Profile;

/// A model that answers, and how it was named.
#[derive(Debug, Clone, Copy)]
pub struct Resolved<'a> {
    /// The model.
    pub model: &'a Arc<Model>,
    /// How it was named.
    pub via: Via<'a>,
}

/// How a model was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via<'a> {
    /// By its id or its ARN.
    Model,
    /// By the id or the ARN of a system-defined profile.
    Profile(&'a Profile),
    /// By the ARN of another resource, whose model is said by the user's file or by whoever keeps the resource.
    Resource,
}

/// What an identifier means.
#[derive(Debug, Clone, Copy)]
pub enum Located<'a, 'i> {
    /// A model of the catalogue.
    Model(Resolved<'a>),
    /// A resource that the catalogue does not keep. Whoever does can ask [`Catalogue::behind`] for the model of its source.
    Resource(Arn<'i>),
}

impl Resolved<'_> {
    /// May the model be asked for this operation, named as it was?
    pub fn permits(&self, operation: Operation) -> Result<(), Unsupported> {
        let named_directly = self.via == Via::Model;
        if operation == Operation::CountTokens {
            let counts = named_directly && self.model.capabilities.count_tokens;
            return if counts {
                Ok(())
            } else {
                Err(Unsupported::CountTokens)
            };
        }
        if operation == Operation::StartAsyncInvoke {
            // Models that answer at once through a profile only are asked by their own ids here (AWS's guide, Marengo).
            return if self.model.capabilities.async_invoke {
                Ok(())
            } else {
                Err(Unsupported::Asynchronous)
            };
        }
        if named_directly && !self.model.on_demand() {
            return Err(Unsupported::OnDemand {
                model_id: self.model.id.clone(),
            });
        }
        if operation.is_converse() && !self.model.capabilities.converse {
            return Err(Unsupported::Converse);
        }
        if operation.streams() && !self.model.streams() {
            return Err(Unsupported::Streaming);
        }
        Ok(())
    }
}

impl Catalogue {
    /// The model that an identifier means to a caller in `region`, where that is known. The ARN of a resource that the catalogue does not keep
    /// is unknown to it; who keeps such resources asks [`Catalogue::locate`].
    pub fn resolve(
        &self,
        identifier: &str,
        region: Option<&str>,
    ) -> Result<Resolved<'_>, ResolveError> {
        match self.locate(identifier, region)? {
            Located::Model(resolved) => Ok(resolved),
            Located::Resource(_) => Err(ResolveError::Unknown),
        }
    }

    /// What an identifier means to a caller in `region`, where that is known.
    pub fn locate<'i>(
        &self,
        identifier: &'i str,
        region: Option<&str>,
    ) -> Result<Located<'_, 'i>, ResolveError> {
        let Some(arn) = Arn::parse(identifier) else {
            return self.by_id(identifier, region).map(Located::Model);
        };
        if region.is_some_and(|region| !arn.region.is_empty() && arn.region != region) {
            return Err(ResolveError::Unknown);
        }
        if let Some(target) = self.arns.get(identifier) {
            return self.behind(target).map(Located::Model);
        }
        match arn.resource {
            Resource::FoundationModel(id) => self.by_model_id(id).map(Located::Model),
            Resource::InferenceProfile(id) => self.by_profile_id(id, region).map(Located::Model),
            _ => Ok(Located::Resource(arn)),
        }
    }

    /// The model behind a resource whose source is `target`: a model id, a profile id, or the ARN of one. The source was checked when the
    /// resource was made, so the caller's region plays no part.
    pub fn behind(&self, target: &str) -> Result<Resolved<'_>, ResolveError> {
        let id = match Arn::parse(target).map(|arn| arn.resource) {
            None => target,
            Some(Resource::FoundationModel(id) | Resource::InferenceProfile(id)) => id,
            Some(_) => return Err(ResolveError::Unknown),
        };
        self.by_id(id, None).map(|resolved| Resolved {
            via: Via::Resource,
            ..resolved
        })
    }

    /// The foundation model that an identifier of the control plane means, by its id or its ARN.
    pub fn foundation_model(
        &self,
        identifier: &str,
        region: Option<&str>,
    ) -> Result<&Model, ResolveError> {
        match self.resolve(identifier, region)? {
            Resolved {
                model,
                via: Via::Model,
            } => Ok(model),
            _ => Err(ResolveError::Unknown),
        }
    }

    fn by_id(&self, id: &str, region: Option<&str>) -> Result<Resolved<'_>, ResolveError> {
        self.by_model_id(id).or_else(|error| match error {
            ResolveError::Unknown => self.by_profile_id(id, region),
            ResolveError::EndOfLife => Err(error),
        })
    }

    fn by_model_id(&self, id: &str) -> Result<Resolved<'_>, ResolveError> {
        let model = self.model(id).ok_or(ResolveError::Unknown)?;
        alive(Resolved {
            model,
            via: Via::Model,
        })
    }

    fn by_profile_id(&self, id: &str, region: Option<&str>) -> Result<Resolved<'_>, ResolveError> {
        let profile = self.profile(id).ok_or(ResolveError::Unknown)?;
        if region.is_some_and(|region| !self.geography_of(profile).reachable_from(region)) {
            return Err(ResolveError::Unknown);
        }
        alive(Resolved {
            model: &self.models[profile.model],
            via: Via::Profile(profile),
        })
    }
}

/// The service refuses a model at its end of life however it is named.
fn alive(resolved: Resolved<'_>) -> Result<Resolved<'_>, ResolveError> {
    match resolved.model.lifecycle.as_str() {
        Some(_) => Ok(resolved),
        None => Err(ResolveError::EndOfLife),
    }
}

#[cfg(test)]
mod tests;
