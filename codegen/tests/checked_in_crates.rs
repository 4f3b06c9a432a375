//! Whether the checked-in crates are current, and whether a stale one is noticed.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking and says why it is skipped"
)]

use std::fs;
use std::path::{Path, PathBuf};

use outcrop_codegen::check::{check_crate, check_view};
use outcrop_codegen::generate::Generator;
use outcrop_codegen::project::{Project, Service};

mod common;

/// The classpath of the generator, for the tests that need a JDK; `@FILE` as on the command line.
const CLASSPATH: &str = "OUTCROP_CODEGEN_CLASSPATH";

fn crate_folder(project: &Project, service: &Service) -> PathBuf {
    project
        .root
        .join("crates")
        .join(&service.data.service.crate_name)
}

fn official(models: &Path, service: &Service) -> PathBuf {
    models.join(format!("{}.json", service.name))
}

#[test]
fn the_crates_are_what_the_models_make() {
    let Some(models) = common::models() else {
        return;
    };
    let project = common::project();
    for service in &project.services {
        let differences = check_view(
            &project,
            service,
            &official(&models, service),
            &crate_folder(&project, service),
        )
        .unwrap();
        assert!(differences.is_empty(), "{differences:#?}");
    }
}

#[test]
fn a_stale_crate_is_noticed_part_by_part() {
    let Some(models) = common::models() else {
        return;
    };
    let mut project = common::project();
    let folder = std::env::temp_dir().join(format!("outcrop-codegen-stale-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let present = crate_folder(&project, &project.services[0]);
    let record = fs::read_to_string(present.join("generated.json")).unwrap();
    fs::write(
        folder.join("generated.json"),
        record.replace("1.73.0", "1.0.0"),
    )
    .unwrap();
    fs::write(folder.join("constraints.json"), "{}").unwrap();
    project.services[0].data.additions.pop();

    let service = &project.services[0];
    let differences = check_view(&project, service, &official(&models, service), &folder).unwrap();
    let expected = [
        "server view differs",
        "pins other tools",
        "constraints.json differs",
    ];
    assert_eq!(differences.len(), expected.len(), "{differences:#?}");
    for (difference, expected) in differences.iter().zip(expected) {
        assert!(
            difference.starts_with("bedrock-runtime-smithy: ") && difference.contains(expected),
            "{difference}"
        );
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn generating_twice_gives_the_checked_in_bytes_twice() {
    let (Some(models), Ok(classpath)) = (common::models(), std::env::var(CLASSPATH)) else {
        eprintln!("skipped: needs the official models, and a generator in {CLASSPATH}");
        return;
    };
    let classpath = match classpath.strip_prefix('@') {
        Some(file) => fs::read_to_string(file).unwrap().trim().to_owned(),
        None => classpath,
    };
    let project = common::project();
    for run in ["first", "second"] {
        let work =
            std::env::temp_dir().join(format!("outcrop-codegen-{run}-{}", std::process::id()));
        let generator = Generator {
            classpath: classpath.clone(),
            work: work.clone(),
        };
        for service in &project.services {
            let folder = crate_folder(&project, service);
            let differences = check_crate(
                &generator,
                &project,
                service,
                &official(&models, service),
                &folder,
            )
            .unwrap();
            assert!(differences.is_empty(), "{run} run: {differences:#?}");
        }
        fs::remove_dir_all(work).unwrap();
    }
}
