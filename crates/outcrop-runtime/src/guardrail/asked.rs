//! What a request says of the guardrail that it wants.

use bedrock_runtime_smithy::model::{
    GuardrailConfiguration, GuardrailStreamConfiguration, GuardrailStreamProcessingMode,
    GuardrailTrace, Trace,
};
use outcrop_engine::EngineError;
use outcrop_guardrails::{Scope, StreamMode};

/// The guardrail that a request names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Id or ARN.
    pub identifier: String,
    /// `DRAFT` or a number.
    pub version: String,
    /// How much is told.
    pub trace: TraceLevel,
    /// When text of a streamed answer is passed on.
    pub mode: StreamMode,
}

/// How much of an assessment is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TraceLevel {
    /// Nothing.
    #[default]
    Disabled,
    /// What was found.
    Enabled,
    /// What was looked for as well.
    Full,
}

impl TraceLevel {
    pub(crate) fn scope(self) -> Scope {
        match self {
            Self::Full => Scope::Full,
            Self::Disabled | Self::Enabled => Scope::Interventions,
        }
    }
}

impl From<GuardrailTrace> for TraceLevel {
    fn from(trace: GuardrailTrace) -> Self {
        match trace {
            GuardrailTrace::Disabled => Self::Disabled,
            GuardrailTrace::Enabled => Self::Enabled,
            GuardrailTrace::EnabledFull => Self::Full,
        }
    }
}

impl From<Trace> for TraceLevel {
    fn from(trace: Trace) -> Self {
        match trace {
            Trace::Disabled => Self::Disabled,
            Trace::Enabled => Self::Enabled,
            Trace::EnabledFull => Self::Full,
        }
    }
}

impl From<GuardrailConfiguration> for Asked {
    fn from(config: GuardrailConfiguration) -> Self {
        Self {
            identifier: config.guardrail_identifier,
            version: config.guardrail_version,
            trace: config.trace.into(),
            mode: StreamMode::Sync,
        }
    }
}

impl From<GuardrailStreamConfiguration> for Asked {
    fn from(config: GuardrailStreamConfiguration) -> Self {
        Self {
            identifier: config.guardrail_identifier,
            version: config.guardrail_version,
            trace: config.trace.into(),
            mode: match config.stream_processing_mode {
                GuardrailStreamProcessingMode::Sync => StreamMode::Sync,
                GuardrailStreamProcessingMode::Async => StreamMode::Async,
            },
        }
    }
}

impl Asked {
    /// What the headers of a native request name. An identifier without a version, and a version without an identifier,
    /// are refused, as the service documents it (the texts are ours).
    pub(crate) fn by_headers(
        identifier: Option<&str>,
        version: Option<&str>,
        trace: Option<Trace>,
    ) -> Result<Option<Self>, EngineError> {
        let refuse = |text: &str| Err(EngineError::Validation(text.into()));
        match (identifier, version) {
            (None, None) => Ok(None),
            (Some(_), None) => refuse(
                "The guardrail version is missing. Provide guardrailVersion together with guardrailIdentifier and try again.",
            ),
            (None, Some(_)) => refuse(
                "The guardrail identifier is missing. Provide guardrailIdentifier together with guardrailVersion and try again.",
            ),
            (Some(identifier), Some(version)) => Ok(Some(Self {
                identifier: identifier.to_owned(),
                version: version.to_owned(),
                trace: trace.map_or(TraceLevel::Disabled, TraceLevel::from),
                mode: StreamMode::Sync,
            })),
        }
    }
}
