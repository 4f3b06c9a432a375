//! The reference of every setting, `docs/configuration.md`.

use std::fmt::Write as _;

use super::{declare::Setting, settings::TABLE, show::assignment};

/// Text before the table of settings.
const INTRODUCTION: &str = include_str!("introduction.md");

/// Writes `docs/configuration.md`.
#[must_use]
pub fn markdown() -> String {
    let mut out = INTRODUCTION.to_owned();
    let mut group = "";
    for setting in TABLE {
        if setting.group != group {
            group = setting.group;
            let _ = writeln!(out, "\n## {group}");
        }
        out.push_str(&section(setting));
    }
    out
}

fn section(setting: &Setting) -> String {
    let Setting {
        name,
        form,
        placeholder,
        ..
    } = setting;
    let default = match setting.default {
        Some(default) => format!("`{}`", assignment(setting, default)),
        None => "not set".to_owned(),
    };
    format!(
        "\n### `{name}`\n\n{}\n\n- Flag: `--{} {placeholder}`\n- Variable: `{}`\n- Value: {form}\n- Default: {default}\n",
        setting.paragraph(),
        setting.flag(),
        setting.variable(),
    )
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn the_reference_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuration.md");
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            written == markdown(),
            "docs/configuration.md is not current; write it with: cargo run -- config --markdown > docs/configuration.md"
        );
    }
}
