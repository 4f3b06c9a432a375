//! What the command line says: a command, and a flag for every setting.

use std::{collections::BTreeMap, ffi::OsString, path::PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use outcrop_documents::Format;

use crate::{
    READ_DOCUMENT,
    config::{Setting, TABLE},
};

/// The start of `--help`.
const ABOUT: &str = "The AWS Bedrock API on your own machine";
/// What Outcrop is, for `--help`.
const LONG_ABOUT: &str = include_str!("about.txt");
/// The end of `--help`: examples, and how clients find the server.
const EXAMPLES: &str = include_str!("examples.txt");

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// Start the server.
    Serve,
    /// Print the effective configuration.
    Config,
    /// Print the reference of all settings.
    ConfigMarkdown,
    /// Call every backend that is configured.
    BackendsCheck,
    /// Make a text of a document of this format.
    ReadDocument(Format),
}

/// A command line that is well formed. The values of its flags are not yet read.
#[derive(Debug)]
pub(super) struct Arguments {
    pub(super) action: Action,
    pub(super) flags: BTreeMap<&'static str, String>,
    pub(super) config: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn parse(
        arguments: impl IntoIterator<Item = OsString>,
    ) -> Result<Self, clap::Error> {
        let matches = command().try_get_matches_from(arguments)?;
        let action = match matches.subcommand() {
            Some(("config", matches)) if matches.get_flag("markdown") => Action::ConfigMarkdown,
            Some(("config", _)) => Action::Config,
            Some(("backends", _)) => Action::BackendsCheck,
            Some((READ_DOCUMENT, matches)) => match matches.get_one("format") {
                Some(format) => Action::ReadDocument(*format),
                None => Action::Serve,
            },
            _ => Action::Serve,
        };
        let matches = innermost(&matches);
        let flag = |setting: &Setting| {
            Some((
                setting.name,
                matches.get_one::<String>(setting.name)?.clone(),
            ))
        };
        Ok(Self {
            action,
            flags: TABLE.iter().filter_map(flag).collect(),
            config: matches.get_one::<PathBuf>("config").cloned(),
        })
    }
}

/// Global flags are propagated to the subcommand, whichever side of it they are on.
fn innermost(matches: &ArgMatches) -> &ArgMatches {
    match matches.subcommand() {
        Some((_, inner)) => innermost(inner),
        None => matches,
    }
}

fn command() -> Command {
    let format = Arg::new("format")
        .required(true)
        .value_parser(str::parse::<Format>);
    let read_document = Command::new(READ_DOCUMENT).arg(format).hide(true);
    let markdown = Arg::new("markdown")
        .long("markdown")
        .action(ArgAction::SetTrue)
        .help("Print the reference instead");
    Command::new("outcrop")
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .long_about(LONG_ABOUT)
        .after_long_help(EXAMPLES)
        .after_help("`outcrop --help` explains more, with examples.")
        .arg(
            Arg::new("config")
                .long("config")
                .value_name("FILE")
                .global(true)
                .value_parser(value_parser!(PathBuf))
                .help("Configuration file [env: OUTCROP_CONFIG]"),
        )
        .args(TABLE.iter().map(argument))
        .subcommand(Command::new("serve").about("Start the server; what `outcrop` alone does too"))
        .subcommand(
            Command::new("config")
                .about("Print the effective configuration, and where each value is from")
                .arg(markdown),
        )
        .subcommand(
            Command::new("backends")
                .about("What answers requests")
                .subcommand_required(true)
                .subcommand(Command::new("check").about(
                    "Call every backend and every model that a route leads to, and print what works",
                )),
        )
        // What the server itself starts.
        .subcommand(read_document)
}

fn argument(setting: &'static Setting) -> Arg {
    let default = setting
        .default
        .filter(|text| !text.is_empty())
        .map(|text| format!(" [default: {text}]"));
    let notes = format!(
        "{} [env: {}]",
        default.unwrap_or_default(),
        setting.variable()
    );
    let first_line = setting.doc.lines().next().unwrap_or_default().trim();
    let argument = Arg::new(setting.name);
    let argument = if setting.switch {
        // A value only after `=`: what comes next may be a command.
        argument
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
    } else {
        argument
    };
    argument
        .long(setting.flag())
        .value_name(setting.placeholder)
        .help_heading(setting.group)
        .global(true)
        .help(format!("{first_line}{notes}"))
        .long_help(format!("{}{notes}", setting.paragraph()))
}

#[cfg(test)]
mod tests {
    use super::{Action, Arguments, Format, command};

    fn parse(line: &str) -> Arguments {
        Arguments::parse(line.split(' ').map(Into::into)).unwrap()
    }

    #[test]
    fn the_definition_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn serving_is_what_happens_without_a_command() {
        assert_eq!(parse("outcrop").action, Action::Serve);
        assert_eq!(parse("outcrop serve").action, Action::Serve);
        assert_eq!(parse("outcrop config").action, Action::Config);
        assert_eq!(
            parse("outcrop backends check").action,
            Action::BackendsCheck
        );
        assert_eq!(
            parse("outcrop config --markdown").action,
            Action::ConfigMarkdown
        );
        assert_eq!(
            parse("outcrop read-document docx").action,
            Action::ReadDocument(Format::Docx)
        );
    }

    #[test]
    fn flags_stand_on_either_side_of_the_command() {
        for line in [
            "outcrop --listen a --config f",
            "outcrop --listen a serve --config f",
            "outcrop serve --listen a --config f",
            "outcrop backends check --listen a --config f",
            "outcrop --listen a backends --config f check",
        ] {
            let arguments = parse(line);
            assert_eq!(arguments.flags["listen"], "a", "{line}");
            assert_eq!(arguments.config.unwrap().to_str(), Some("f"), "{line}");
        }
    }
}
