//! One foundation model.

use crate::arn::partition;
use crate::capability::Capabilities;
use crate::vocabulary::{Customization, InferenceType, Lifecycle, Modality};

/// A foundation model: what the control plane says of it, and what the runtime may ask of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Its id, such as `amazon.nova-lite-v1:0`; a variant with its own context length is a model of its own (`…:300k`).
    pub id: String,
    /// Its name.
    pub name: String,
    /// The name of its provider.
    pub provider: String,
    /// What goes in, in the order in which the service lists it.
    pub input: Vec<Modality>,
    /// What comes out.
    pub output: Vec<Modality>,
    /// Whether its answers can be streamed; the service says nothing of it for some models, which then cannot.
    pub streaming: Option<bool>,
    /// How it can be customized.
    pub customizations: Vec<Customization>,
    /// How it is served, as listed.
    pub inference_types: Vec<InferenceType>,
    /// Where it is in its life.
    pub lifecycle: Lifecycle,
    /// Whether the listing shows it.
    pub listed: bool,
    /// What it can be asked for.
    pub capabilities: Capabilities,
    /// Whether it answers by its own id, whatever `inference_types` lists.
    pub(crate) on_demand: bool,
    /// The system-defined profiles through which it is served.
    pub(crate) profiles: ProfileSettings,
}

/// The profiles of a model, by the name of their geography.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ProfileSettings {
    pub(crate) listed: Vec<String>,
    pub(crate) unlisted: Vec<String>,
    /// How the model is called in the names of its profiles, where not by its own name.
    pub(crate) label: Option<String>,
    /// The regions of a geography's profile, where not those of the geography.
    pub(crate) regions: Vec<(String, Vec<String>)>,
}

impl Model {
    /// Its ARN in a region.
    #[must_use]
    pub fn arn(&self, region: &str) -> String {
        format!(
            "arn:{}:bedrock:{region}::foundation-model/{}",
            partition(region),
            self.id
        )
    }

    /// Whether it answers by its own id. Some models that are listed for inference profiles only were seen to.
    #[must_use]
    pub fn on_demand(&self) -> bool {
        self.on_demand || self.inference_types.contains(&InferenceType::OnDemand)
    }

    /// Whether its answers can be streamed.
    #[must_use]
    pub fn streams(&self) -> bool {
        self.streaming == Some(true)
    }
}
