//! The requests that custom models come from.

use bedrock_smithy::input::{CreateCustomModelInput, CreateModelCustomizationJobInput};
use http::Method;

use crate::resource::{Original, original};

original!(CreateCustomModelInput, POST "/custom-models/create-custom-model");

/// The request that a custom model, or the model that it is a copy of, comes from.
pub(crate) enum Origin {
    /// Its artifacts were brought along.
    Brought,
    /// A job trained it.
    Trained(Box<CreateModelCustomizationJobInput>),
}

impl Original for Origin {
    const METHOD: Method = CreateCustomModelInput::METHOD;
    const PATH: &'static str = CreateCustomModelInput::PATH;

    /// Each of the two lacks a member that the other requires.
    fn read(body: &str) -> Option<Self> {
        let trained = || CreateModelCustomizationJobInput::read(body).map(Box::new);
        let brought = || CreateCustomModelInput::read(body).map(|_| Self::Brought);
        trained().map(Self::Trained).or_else(brought)
    }
}
