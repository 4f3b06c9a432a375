//! How long builds take.

use std::{
    io,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use crate::table::Table;

/// Times a clean release build, and one after a handler was touched.
pub fn measure(root: &Path, table: &mut Table) -> io::Result<()> {
    let target = root.join("target/bench-builds");
    let _ = std::fs::remove_dir_all(&target);
    eprintln!("clean release build");
    let clean = build(root, &target)?;
    let handler = root.join("crates/outcrop-runtime/src/converse.rs");
    std::fs::File::options()
        .append(true)
        .open(handler)?
        .set_modified(std::time::SystemTime::now())?;
    eprintln!("incremental release build");
    let incremental = build(root, &target)?;
    table.row(
        "clean release build",
        format!("{:.0} s", clean.as_secs_f64()),
    );
    table.row(
        "release build after one handler's change",
        format!("{:.1} s", incremental.as_secs_f64()),
    );
    std::fs::remove_dir_all(&target)
}

fn build(root: &Path, target: &Path) -> io::Result<Duration> {
    let begun = Instant::now();
    let status = Command::new("cargo")
        .args([
            "build",
            "--release",
            "--quiet",
            "--bin",
            "outcrop",
            "--target-dir",
        ])
        .arg(target)
        .current_dir(root)
        .status()?;
    if status.success() {
        Ok(begun.elapsed())
    } else {
        Err(io::Error::other("the build failed"))
    }
}
