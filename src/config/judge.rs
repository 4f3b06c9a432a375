//! The kinds of values that settings of judges have.

use std::{fmt, str::FromStr};

use outcrop_runtime::FilterFormat;

use super::Value;

/// A model of a backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedModel {
    /// The model, as the backend calls it.
    pub model: String,
    /// The `NAME` of `[backends.NAME]`; the backend of the `backend_…` settings without it.
    pub backend: Option<String>,
}

impl Value for ServedModel {
    const PLACEHOLDER: &'static str = "MODEL";
    const FORM: &'static str =
        "the name of a model, or MODEL@BACKEND, such as llama-guard3:8b@local";

    fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || text.contains(char::is_whitespace) {
            return None;
        }
        // Some servers' names have the sign themselves: `@cf/meta/llama-guard-3-8b`.
        let split = text.rsplit_once('@');
        let split = split.filter(|(model, backend)| {
            !model.is_empty() && !backend.is_empty() && !backend.contains('/')
        });
        Some(match split {
            Some((model, backend)) => Self {
                model: model.to_owned(),
                backend: Some(backend.to_owned()),
            },
            None => Self {
                model: text.to_owned(),
                backend: None,
            },
        })
    }
}

impl fmt::Display for ServedModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.backend {
            Some(backend) => write!(f, "{}@{backend}", self.model),
            None => f.write_str(&self.model),
        }
    }
}

/// How judges of content filters are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JudgeFormat {
    /// As the name of the model says.
    Auto,
    /// In this way.
    Known(FilterFormat),
}

impl JudgeFormat {
    /// The format for a model.
    #[must_use]
    pub fn of(self, model: &ServedModel) -> FilterFormat {
        match self {
            Self::Auto => FilterFormat::of_model(&model.model),
            Self::Known(format) => format,
        }
    }
}

impl Value for JudgeFormat {
    const PLACEHOLDER: &'static str = "FORMAT";
    const FORM: &'static str = "auto, llama-guard, shieldgemma or json";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "auto" => Some(Self::Auto),
            "llama-guard" => Some(Self::Known(FilterFormat::LlamaGuard)),
            "shieldgemma" => Some(Self::Known(FilterFormat::ShieldGemma)),
            "json" => Some(Self::Known(FilterFormat::Json)),
            _ => None,
        }
    }
}

/// A number from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(pub f64);

impl Value for Share {
    const PLACEHOLDER: &'static str = "SHARE";
    const FORM: &'static str = "a number from 0 to 1";
    const BARE: bool = true;

    fn parse(text: &str) -> Option<Self> {
        let number = f64::from_str(text).ok()?;
        (0.0..=1.0).contains(&number).then_some(Self(number))
    }
}

/// What happens where a judge fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JudgeFailure {
    /// The request fails.
    Error,
    /// The rules decide.
    Rules,
}

impl Value for JudgeFailure {
    const PLACEHOLDER: &'static str = "WHAT";
    const FORM: &'static str = "error or rules";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "error" => Some(Self::Error),
            "rules" => Some(Self::Rules),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_may_name_their_backend() {
        for (text, model, backend) in [
            ("llama-guard3:8b", "llama-guard3:8b", None),
            ("llama-guard3:8b@local", "llama-guard3:8b", Some("local")),
            ("@cf/meta/llama-guard", "@cf/meta/llama-guard", None),
            (
                "@cf/meta/llama-guard@edge",
                "@cf/meta/llama-guard",
                Some("edge"),
            ),
        ] {
            let read = ServedModel::parse(text).unwrap();
            assert_eq!(
                (read.model.as_str(), read.backend.as_deref()),
                (model, backend)
            );
            assert_eq!(read.to_string(), text);
        }
        assert!(ServedModel::parse("").is_none() && ServedModel::parse("a b").is_none());
    }

    #[test]
    fn shares_are_between_nothing_and_all() {
        assert_eq!(Share::parse("0.6"), Some(Share(0.6)));
        for text in ["1.1", "-0.1", "NaN", "much"] {
            assert_eq!(Share::parse(text), None, "{text}");
        }
    }
}
