//! The form of a catalogue file, as documented in `docs/models.md`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::capability::{Reasoning, ToolChoice, ToolSupport};
use crate::model::Model;
use crate::vocabulary::{Api, Customization, InferenceType, Lifecycle, Modality};

/// A whole file. Families and models stay tables until their turn, so that an error can name the entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    #[serde(default)]
    pub(crate) geography: BTreeMap<String, toml::Table>,
    #[serde(default)]
    pub(crate) family: BTreeMap<String, toml::Table>,
    #[serde(default)]
    pub(crate) model: Vec<toml::Table>,
    /// What stands behind an ARN: a model id or a profile id.
    #[serde(default)]
    pub(crate) arns: BTreeMap<String, String>,
}

/// `[geography.<id>]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GeographyEntry {
    pub(crate) name: String,
    pub(crate) sources: Vec<String>,
    #[serde(default)]
    pub(crate) regions: Vec<String>,
}

/// `[family.<name>]`, and `[[model]]` without its `id` and `like`: what is said of a model. What is not said stays as it was.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ModelEntry {
    pub(crate) name: Option<String>,
    pub(crate) provider: Option<String>,
    pub(crate) input: Option<Vec<Modality>>,
    pub(crate) output: Option<Vec<Modality>>,
    pub(crate) api: Option<Api>,
    streaming: Option<bool>,
    customizations: Option<Vec<Customization>>,
    inference_types: Option<Vec<InferenceType>>,
    on_demand: Option<bool>,
    lifecycle: Option<Lifecycle>,
    listed: Option<bool>,
    profiles: Option<Vec<String>>,
    unlisted_profiles: Option<Vec<String>>,
    profile_label: Option<String>,
    profile_regions: Option<BTreeMap<String, Vec<String>>>,
    converse: Option<bool>,
    system: Option<bool>,
    tools: Option<ToolSupport>,
    tool_choice: Option<Vec<ToolChoice>>,
    tool_result_status: Option<bool>,
    documents: Option<bool>,
    images: Option<bool>,
    videos: Option<bool>,
    audio: Option<bool>,
    s3_locations: Option<bool>,
    prompt_caching: Option<bool>,
    reasoning: Option<Reasoning>,
    count_tokens: Option<bool>,
    async_invoke: Option<bool>,
    max_output_tokens: Option<u32>,
    default_output_tokens: Option<u32>,
    context_window: Option<u32>,
    embedding_dimensions: Option<Vec<u32>>,
}

fn set<T>(field: &mut T, said: Option<T>) {
    if let Some(value) = said {
        *field = value;
    }
}

fn set_some<T>(field: &mut Option<T>, said: Option<T>) {
    if said.is_some() {
        *field = said;
    }
}

impl ModelEntry {
    /// Takes over what makes a model a model, where the other entry says it.
    pub(crate) fn take_identity(&mut self, other: &Self) {
        set_some(&mut self.name, other.name.clone());
        set_some(&mut self.provider, other.provider.clone());
        set_some(&mut self.input, other.input.clone());
        set_some(&mut self.output, other.output.clone());
        set_some(&mut self.api, other.api);
    }

    /// Says what the entry says of a model.
    pub(crate) fn apply(self, model: &mut Model) {
        // A name of its own is also the name of its profiles.
        if self.name.is_some() {
            model.profiles.label = None;
        }
        set(&mut model.name, self.name);
        set(&mut model.provider, self.provider);
        set(&mut model.input, self.input);
        set(&mut model.output, self.output);
        set_some(&mut model.streaming, self.streaming);
        set(&mut model.customizations, self.customizations);
        set(&mut model.inference_types, self.inference_types);
        set(&mut model.on_demand, self.on_demand);
        set(&mut model.lifecycle, self.lifecycle);
        set(&mut model.listed, self.listed);
        set(&mut model.profiles.listed, self.profiles);
        set(&mut model.profiles.unlisted, self.unlisted_profiles);
        set_some(&mut model.profiles.label, self.profile_label);
        set(
            &mut model.profiles.regions,
            self.profile_regions
                .map(|regions| regions.into_iter().collect()),
        );
        let can = &mut model.capabilities;
        set(&mut can.api, self.api);
        set(&mut can.converse, self.converse);
        set(&mut can.system, self.system);
        set(&mut can.tools, self.tools);
        set(&mut can.tool_choice, self.tool_choice);
        set(&mut can.tool_result_status, self.tool_result_status);
        set(&mut can.documents, self.documents);
        set(&mut can.images, self.images);
        set(&mut can.videos, self.videos);
        set(&mut can.audio, self.audio);
        set(&mut can.s3_locations, self.s3_locations);
        set(&mut can.prompt_caching, self.prompt_caching);
        set(&mut can.reasoning, self.reasoning);
        set(&mut can.count_tokens, self.count_tokens);
        set(&mut can.async_invoke, self.async_invoke);
        set_some(&mut can.max_output_tokens, self.max_output_tokens);
        set_some(&mut can.default_output_tokens, self.default_output_tokens);
        set_some(&mut can.context_window, self.context_window);
        set(&mut can.embedding_dimensions, self.embedding_dimensions);
    }
}
