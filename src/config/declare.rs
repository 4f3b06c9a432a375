//! What is known about a setting, and the macro that declares them all.

/// Prefix of every environment variable that the server reads.
pub const ENV_PREFIX: &str = "OUTCROP_";

/// Where `OpenTelemetry`'s programs find their collector.
pub(super) const OTLP_VARIABLE: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";

/// One setting, as declared in [`super::settings`].
#[derive(Debug)]
pub struct Setting {
    /// Key in the configuration file; the flag and the variable are spelled after it.
    pub name: &'static str,
    /// Heading under which help and reference list it.
    pub group: &'static str,
    /// What it does, as the reader of the reference sees it. The first line stands alone.
    pub doc: &'static str,
    /// Value when no source gives one, in the same form as a source gives it.
    pub default: Option<&'static str>,
    /// What stands for the value in help, for example `ADDR`.
    pub placeholder: &'static str,
    /// The accepted form, to complete "expected …".
    pub form: &'static str,
    /// Whether TOML writes the value without quotes.
    pub bare: bool,
    /// Whether the value is never shown.
    pub secret: bool,
    /// Whether the flag alone means `true`.
    pub switch: bool,
    /// Whether a text is a value of this setting.
    pub accepts: fn(&str) -> bool,
}

impl Setting {
    /// The flag on the command line, without its dashes: `tls-listen`.
    #[must_use]
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }

    /// The environment variable: `OUTCROP_TLS_LISTEN`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("{ENV_PREFIX}{}", self.name.to_ascii_uppercase())
    }

    /// A variable that other programs read for the same, used where ours is not set.
    #[must_use]
    pub fn standard_variable(&self) -> Option<&'static str> {
        (self.name == "otlp_endpoint").then_some(OTLP_VARIABLE)
    }

    /// The documentation as one paragraph.
    #[must_use]
    pub fn paragraph(&self) -> String {
        let words: Vec<&str> = self.doc.split_whitespace().collect();
        words.join(" ")
    }
}

/// Declares [`super::Settings`] and its table.
///
/// A setting is its documentation, `name: Type`, and `= "default"` where there is one;
/// a setting without a default has an `Option` type.
macro_rules! settings {
    ($( $group:literal { $( $(#[doc = $doc:literal])+ $name:ident: $kind:ty $(= $default:literal)?; )+ } )+) => {
        /// Every setting with its effective value.
        #[derive(Debug, Clone)]
        pub struct Settings {
            $( $( $(#[doc = $doc])+ pub $name: $kind, )+ )+
        }

        /// Every setting, in the order of the reference.
        pub static TABLE: &[Setting] = &[
            $( $( Setting {
                name: stringify!($name),
                group: $group,
                doc: concat!($($doc, "\n"),+),
                default: settings!(@default $($default)?),
                placeholder: <$kind as Value>::PLACEHOLDER,
                form: <$kind as Value>::FORM,
                bare: <$kind as Value>::BARE,
                secret: <$kind as Value>::SECRET,
                switch: <$kind as Value>::SWITCH,
                accepts: |text| <$kind as Value>::parse(text).is_some(),
            }, )+ )+
        ];

        impl Settings {
            /// Reads each value from the text that `text_of` finds for its name.
            /// Returns the name of the setting that has no usable value.
            pub(super) fn read<'a>(text_of: impl Fn(&str) -> Option<&'a str>) -> Result<Self, &'static str> {
                Ok(Self {
                    $( $( $name: match text_of(stringify!($name)) {
                        Some(text) => <$kind as Value>::parse(text),
                        None => <$kind as Value>::unset(),
                    }.ok_or(stringify!($name))?, )+ )+
                })
            }
        }
    };
    (@default $default:literal) => { Some($default) };
    (@default) => { None };
}

pub(super) use settings;
