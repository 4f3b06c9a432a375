//! Formats generated code, once and for all.

use std::path::Path;
use std::process::Command;

use super::{GenerateError, Package};

/// The edition that the generator writes for.
const EDITION: &str = "2021";

/// Runs the package's sources through rustfmt, in a scratch folder, with the workspace's configuration.
///
/// Afterwards rustfmt is told to leave the code alone: it gives up on some long items, and would report them every time.
pub(super) fn format(
    package: &mut Package,
    scratch: &Path,
    root: &Path,
) -> Result<(), GenerateError> {
    package.write(scratch)?;
    let output = Command::new("rustfmt")
        .args(["--color", "never", "--edition", EDITION, "--config-path"])
        .arg(root)
        .arg(scratch.join("src/lib.rs"))
        .output()
        .map_err(|source| GenerateError::Start {
            program: "rustfmt".to_owned(),
            source,
        })?;
    let report = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() && !only_line_ends(&report) {
        return Err(GenerateError::Format(report.into_owned()));
    }
    *package = Package::read(scratch)?;
    package.trim_line_ends();
    package.skip_formatting();
    Ok(())
}

/// Whether all that rustfmt complains of is white space before line ends, which is easy to drop.
fn only_line_ends(report: &str) -> bool {
    let mut errors = report
        .lines()
        .filter(|line| line.starts_with("error"))
        .peekable();
    errors.peek().is_some() && errors.all(|line| line.ends_with("left behind trailing whitespace"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgives_line_ends_only() {
        assert!(only_line_ends(
            "error[internal]: left behind trailing whitespace\n --> x\nwarning: y\n"
        ));
        assert!(!only_line_ends(
            "error[internal]: left behind trailing whitespace\nerror: expected `;`\n"
        ));
        assert!(!only_line_ends(""));
    }
}
