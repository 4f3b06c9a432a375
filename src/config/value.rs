//! The kinds of values that a setting can have.

use std::{
    fmt,
    net::SocketAddr,
    num::{NonZeroU32, NonZeroUsize},
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

use outcrop_backends::ModelMap;
use tracing_subscriber::filter::{LevelFilter, Targets};

/// A value that a source gives as text.
pub trait Value: Sized {
    /// What stands for the value in help.
    const PLACEHOLDER: &'static str;
    /// The accepted form, to complete "expected …".
    const FORM: &'static str;
    /// Whether TOML writes it without quotes.
    const BARE: bool = false;
    /// Whether it is never shown.
    const SECRET: bool = false;
    /// Whether a flag without a value means `true`.
    const SWITCH: bool = false;

    /// Reads the value, `None` if the text has another form.
    fn parse(text: &str) -> Option<Self>;

    /// The value when no source gives one and there is no default.
    #[must_use]
    fn unset() -> Option<Self> {
        None
    }
}

impl<T: Value> Value for Option<T> {
    const PLACEHOLDER: &'static str = T::PLACEHOLDER;
    const FORM: &'static str = T::FORM;
    const BARE: bool = T::BARE;
    const SECRET: bool = T::SECRET;

    fn parse(text: &str) -> Option<Self> {
        T::parse(text).map(Some)
    }

    fn unset() -> Option<Self> {
        Some(None)
    }
}

impl Value for SocketAddr {
    const PLACEHOLDER: &'static str = "ADDR";
    const FORM: &'static str = "an IP address and a port, such as 127.0.0.1:4566 or [::1]:0";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Value for PathBuf {
    const PLACEHOLDER: &'static str = "PATH";
    const FORM: &'static str = "a path";

    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| text.into())
    }
}

impl Value for NonZeroUsize {
    const PLACEHOLDER: &'static str = "N";
    const FORM: &'static str = "a whole number, 1 or more";
    const BARE: bool = true;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Value for NonZeroU32 {
    const PLACEHOLDER: &'static str = "N";
    const FORM: &'static str = "a whole number from 1 to 4294967295";
    const BARE: bool = true;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// Longest duration that a setting takes; longer ones are mistakes, and overflow timers.
const LONGEST: Duration = Duration::from_hours(24);

impl Value for Duration {
    const PLACEHOLDER: &'static str = "TIME";
    const FORM: &'static str = "a duration over 0 and up to 24h, such as 500ms, 10s or 2m";

    fn parse(text: &str) -> Option<Self> {
        let duration = humantime::parse_duration(text).ok()?;
        (!duration.is_zero() && duration <= LONGEST).then_some(duration)
    }
}

/// A duration that may be 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace(pub Duration);

impl Value for Pace {
    const PLACEHOLDER: &'static str = "TIME";
    const FORM: &'static str = "a duration up to 24h, such as 0s, 500ms or 2m";

    fn parse(text: &str) -> Option<Self> {
        let duration = humantime::parse_duration(text).ok()?;
        (duration <= LONGEST).then_some(Self(duration))
    }
}

impl Value for bool {
    const PLACEHOLDER: &'static str = "BOOL";
    const FORM: &'static str = "true or false";
    const BARE: bool = true;
    const SWITCH: bool = true;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size(pub usize);

impl Value for Size {
    const PLACEHOLDER: &'static str = "SIZE";
    const FORM: &'static str = "a number of bytes over 0 with a unit, such as 64MiB, 2GiB or 500MB";

    fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        let unit: usize = match unit.trim_start() {
            "B" => 1,
            "kB" => 1000,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            "KiB" => 1 << 10,
            "MiB" => 1 << 20,
            "GiB" => 1 << 30,
            _ => return None,
        };
        let bytes = number.parse::<usize>().ok()?.checked_mul(unit)?;
        (bytes > 0).then_some(Self(bytes))
    }
}

/// A number that may be 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(pub u32);

impl Value for Count {
    const PLACEHOLDER: &'static str = "N";
    const FORM: &'static str = "a whole number from 0 to 4294967295";
    const BARE: bool = true;

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }
}

/// The address of an HTTP API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(pub String);

impl Value for Address {
    const PLACEHOLDER: &'static str = "URL";
    const FORM: &'static str = "an http:// or https:// address, such as http://localhost:11434/v1";

    fn parse(text: &str) -> Option<Self> {
        let rest = text
            .strip_prefix("http://")
            .or_else(|| text.strip_prefix("https://"))?;
        (!rest.is_empty() && !rest.contains(char::is_whitespace)).then(|| Self(text.to_owned()))
    }
}

/// A value that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Value for Secret {
    const PLACEHOLDER: &'static str = "SECRET";
    const FORM: &'static str = "a text";
    const SECRET: bool = true;

    fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }
}

impl Value for ModelMap {
    const PLACEHOLDER: &'static str = "MODELS";
    const FORM: &'static str = "the name of a model, or PATTERN=NAME entries separated by commas, such as anthropic.*=qwen3:8b,llama3.1:8b";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// An AWS region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region(pub String);

impl Value for Region {
    const PLACEHOLDER: &'static str = "REGION";
    const FORM: &'static str = "an AWS region, such as us-east-1";

    fn parse(text: &str) -> Option<Self> {
        let is_region = text.contains('-')
            && text.ends_with(|last: char| last.is_ascii_digit())
            && text.split('-').all(|part| !part.is_empty())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        is_region.then(|| Self(text.to_owned()))
    }
}

/// Host names and addresses, separated by commas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(pub Vec<String>);

impl Value for Names {
    const PLACEHOLDER: &'static str = "NAMES";
    const FORM: &'static str = "host names and IP addresses separated by commas";

    fn parse(text: &str) -> Option<Self> {
        let names = text
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let is_name = |name: &str| {
            name.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-.:*_".contains(&byte))
        };
        names
            .map(|name| is_name(name).then(|| name.to_owned()))
            .collect::<Option<_>>()
            .map(Names)
    }
}

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Pretty,
    /// One JSON object per line.
    Json,
}

impl Value for LogFormat {
    const PLACEHOLDER: &'static str = "FORMAT";
    const FORM: &'static str = "pretty or json";

    fn parse(text: &str) -> Option<Self> {
        match text {
            "pretty" => Some(Self::Pretty),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// Which events are logged.
#[derive(Clone)]
pub struct LogLevel(pub Targets);

impl fmt::Debug for LogLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogLevel({})", self.0)
    }
}

impl Value for LogLevel {
    const PLACEHOLDER: &'static str = "LEVEL";
    const FORM: &'static str =
        "off, error, warn, info, debug or trace, or a list such as info,hyper=debug";

    fn parse(text: &str) -> Option<Self> {
        // A lone word that is no level would be taken for a module to log in full.
        let is_level = |word: &str| !word.is_empty() && LevelFilter::from_str(word).is_ok();
        let known = text
            .split(',')
            .all(|part| is_level(part.rsplit('=').next().unwrap_or(part)));
        if known {
            text.parse().ok().map(Self)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{net::SocketAddr, num::NonZeroUsize, time::Duration};

    use super::{Address, LogLevel, Names, Region, Secret, Size, Value};

    #[test]
    fn durations_are_positive_and_bounded() {
        assert_eq!(Duration::parse("500ms"), Some(Duration::from_millis(500)));
        assert_eq!(Duration::parse("24h"), Some(Duration::from_hours(24)));
        for text in ["0s", "25h", "10", "-1s", ""] {
            assert_eq!(Duration::parse(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_need_a_port() {
        assert!(SocketAddr::parse("[::1]:0").is_some());
        assert!(SocketAddr::parse("127.0.0.1").is_none());
    }

    #[test]
    fn counts_are_positive() {
        assert!(NonZeroUsize::parse("0").is_none());
    }

    #[test]
    fn sizes_have_a_unit() {
        assert_eq!(Size::parse("64MiB"), Some(Size(64 << 20)));
        assert_eq!(Size::parse("500 MB"), Some(Size(500_000_000)));
        for text in ["64", "0MiB", "MiB", "-1MB", "99999999999999GiB", "1.5GiB"] {
            assert_eq!(Size::parse(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_of_apis_are_http() {
        assert!(Address::parse("http://localhost:11434/v1").is_some());
        for text in [
            "localhost:11434",
            "ftp://localhost",
            "http://",
            "http://a b",
        ] {
            assert!(Address::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let secret = Secret::parse("canary").unwrap();
        assert!(!format!("{secret:?}").contains("canary"));
    }

    #[test]
    fn regions_look_like_regions() {
        for text in ["us-east-1", "us-gov-west-1", "eu-central-2"] {
            assert!(Region::parse(text).is_some(), "{text}");
        }
        for text in ["", "us", "us-east", "US-EAST-1", "us--1", "us east-1"] {
            assert!(Region::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn log_levels_are_known_words() {
        for text in ["info", "off", "info,hyper=debug", "hyper=trace"] {
            assert!(LogLevel::parse(text).is_some(), "{text}");
        }
        for text in ["loud", "info,hyper", "hyper=loud", ""] {
            assert!(LogLevel::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn names_are_trimmed_and_checked() {
        assert_eq!(
            Names::parse(" a.test, 10.0.0.1 ,"),
            Some(Names(vec!["a.test".into(), "10.0.0.1".into()]))
        );
        assert_eq!(Names::parse("a b"), None);
    }
}
