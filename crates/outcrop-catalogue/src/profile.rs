//! System-defined inference profiles: a model, served from several regions of one geography.

use crate::arn::partition;
use crate::model::Model;

/// A geography: where its profiles can be called from, and where they route to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Geography {
    /// The prefix of its profile ids, such as `us` or `us-gov`.
    pub id: String,
    /// Its name in the names of profiles.
    pub name: String,
    /// What the regions from which its profiles can be called start with.
    pub sources: Vec<String>,
    /// Where its profiles route to unless a model says otherwise; empty where they route everywhere.
    pub regions: Vec<String>,
}

impl Geography {
    /// Whether its profiles can be called from a region.
    #[must_use]
    pub fn reachable_from(&self, region: &str) -> bool {
        self.sources
            .iter()
            .any(|source| region.starts_with(source.as_str()))
    }
}

/// A system-defined inference profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its id: the geography, then the id of the model.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it does, in a sentence.
    pub description: String,
    /// Whether the listing shows it.
    pub listed: bool,
    /// Where it routes to; empty where that is everywhere.
    pub regions: Vec<String>,
    /// The id of the model behind it.
    pub model_id: String,
    /// The index of its geography.
    pub(crate) geography: usize,
    /// The index of its model.
    pub(crate) model: usize,
}

impl Profile {
    /// The profile of a model in a geography; its name and description are worded as the service words them (quoted from listings).
    pub(crate) fn new(
        model: (usize, &Model),
        geography: (usize, &Geography),
        listed: bool,
    ) -> Self {
        let ((model_index, model), (geography_index, geography)) = (model, geography);
        let label = model.profiles.label.as_deref().unwrap_or(&model.name);
        let own_regions = model
            .profiles
            .regions
            .iter()
            .find(|(id, _)| *id == geography.id);
        let regions =
            own_regions.map_or_else(|| geography.regions.clone(), |(_, regions)| regions.clone());
        let reach = match regions.split_last() {
            None => "globally across all supported AWS Regions".to_owned(),
            Some((only, [])) => format!("in {only}"),
            Some((last, others)) => format!("in {} and {last}", others.join(", ")),
        };
        Self {
            id: format!("{}.{}", geography.id, model.id),
            name: format!("{} {label}", geography.name),
            description: format!("Routes requests to {label} {reach}."),
            listed,
            regions,
            model_id: model.id.clone(),
            geography: geography_index,
            model: model_index,
        }
    }

    /// Its ARN in a region and an account.
    #[must_use]
    pub fn arn(&self, region: &str, account: &str) -> String {
        format!(
            "arn:{}:bedrock:{region}:{account}:inference-profile/{}",
            partition(region),
            self.id
        )
    }

    /// The ARNs of the models behind it as seen from a region: one for each region that it routes to, or, where it routes everywhere, one
    /// without a region and one in the caller's.
    #[must_use]
    pub fn model_arns(&self, caller_region: &str) -> Vec<String> {
        let arn = |region: &str| {
            format!(
                "arn:{}:bedrock:{region}::foundation-model/{}",
                partition(caller_region),
                self.model_id
            )
        };
        if self.regions.is_empty() {
            vec![arn(""), arn(caller_region)]
        } else {
            self.regions.iter().map(|region| arn(region)).collect()
        }
    }
}
