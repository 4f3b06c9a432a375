//! The command line and the configuration, against the real binary.

use std::{path::Path, process::Output};

use crate::common::{Outcrop, command, soon};

async fn run(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    let output = command(folder, arguments)
        .envs(variables.iter().copied())
        .output();
    soon("the end of the command", output).await.unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn config_shows_every_value_and_where_it_is_from() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("outcrop.toml"),
        "\nidle_timeout = '3m'\nheader_deadline = '3s'\n",
    )
    .unwrap();
    let variables = [
        ("OUTCROP_HEADER_DEADLINE", "4s"),
        ("OUTCROP_SHUTDOWN_GRACE", "4s"),
        ("OUTCROP_LISTEN", ""),
    ];
    let output = run(
        folder.path(),
        &variables,
        &["--shutdown-grace", "5s", "config"],
    )
    .await;
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for line in [
        "# Configuration file: outcrop.toml",
        "listen = \"127.0.0.1:4566\"  # default",
        "idle_timeout = \"3m\"  # from outcrop.toml:2",
        "header_deadline = \"4s\"  # from environment variable OUTCROP_HEADER_DEADLINE",
        "shutdown_grace = \"5s\"  # from flag --shutdown-grace",
        "# tls_listen =",
    ] {
        assert!(
            shown.lines().any(|shown| shown == line),
            "{line} is not in:\n{shown}"
        );
    }
}

#[tokio::test]
async fn the_file_is_the_named_one_or_that_of_the_working_directory_or_that_of_the_user() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    let shows = async |variables: &[(&str, &str)], arguments: &[&str]| {
        let output = run(folder.path(), variables, arguments).await;
        let shown = text(&output.stdout)
            .lines()
            .find(|line| line.starts_with("max_connections"))
            .unwrap_or_default();
        shown.split("  #").next().unwrap().to_owned()
    };
    if cfg!(target_os = "linux") {
        std::fs::create_dir(at("outcrop")).unwrap();
        std::fs::write(at("outcrop/outcrop.toml"), "max_connections = 1").unwrap();
        assert_eq!(shows(&[], &["config"]).await, "max_connections = 1");
    }
    std::fs::write(at("outcrop.toml"), "max_connections = 2").unwrap();
    assert_eq!(shows(&[], &["config"]).await, "max_connections = 2");
    std::fs::write(at("named.toml"), "max_connections = 3").unwrap();
    assert_eq!(
        shows(&[("OUTCROP_CONFIG", "named.toml")], &["config"]).await,
        "max_connections = 3"
    );
    std::fs::write(at("flag.toml"), "max_connections = 4").unwrap();
    let flags = ["config", "--config", "flag.toml"];
    assert_eq!(
        shows(&[("OUTCROP_CONFIG", "named.toml")], &flags).await,
        "max_connections = 4"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_configuration_is_named_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("outcrop.toml"),
        "listen = 4566\nlistn = 'x'\nmax_connections = 0\n",
    )
    .unwrap();
    let output = run(
        folder.path(),
        &[("OUTCROP_LOG_FORMAT", "xml")],
        &["--idle-timeout", "soon"],
    )
    .await;
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    for line in [
        "error: outcrop.toml:1: \"4566\" is not a value of `listen`: expected an IP address and a port, such as 127.0.0.1:4566 or [::1]:0",
        "error: outcrop.toml:2: unknown key `listn`; `outcrop config` lists every key",
        "error: outcrop.toml:3: \"0\" is not a value of `max_connections`: expected a whole number, 1 or more",
        "error: environment variable OUTCROP_LOG_FORMAT: \"xml\" is not a value of `log_format`: expected pretty or json",
        "error: flag --idle-timeout: \"soon\" is not a value of `idle_timeout`: expected a duration over 0 and up to 24h, such as 500ms, 10s or 2m",
    ] {
        assert!(
            message.lines().any(|shown| shown == line),
            "{line} is not in:\n{message}"
        );
    }
    assert!(output.stdout.is_empty());
}

#[tokio::test]
async fn a_named_file_has_to_exist() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &[], &["--config", "absent.toml"]).await;
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(
        message.starts_with("error: absent.toml: cannot read the configuration file"),
        "{message}"
    );
}

#[tokio::test]
async fn an_unknown_flag_is_a_usage_error_with_a_suggestion() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &[], &["--lisen", "x"]).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("--listen"),
        "{}",
        text(&output.stderr)
    );
}

#[tokio::test]
async fn help_teaches_how_to_point_clients_at_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &[], &["--help"]).await;
    assert_eq!(output.status.code(), Some(0));
    for word in [
        "boto3",
        "aws bedrock list-foundation-models",
        "ANTHROPIC_BEDROCK_BASE_URL",
        "OUTCROP_LISTEN",
    ] {
        assert!(text(&output.stdout).contains(word), "{word}");
    }
}

#[tokio::test]
async fn a_misspelled_variable_is_logged() {
    let folder = tempfile::tempdir().unwrap();
    // A port in use ends the command before it serves.
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(
        folder.path(),
        &[("OUTCROP_LISTN", "x")],
        &["--listen", &address],
    )
    .await;
    assert!(
        text(&output.stderr).contains("OUTCROP_LISTN"),
        "{}",
        text(&output.stderr)
    );
}

#[tokio::test]
async fn nothing_but_the_ready_line_is_printed() {
    let server = Outcrop::start(&["serve"]).await;
    server.signal("TERM").await;
    assert_eq!(server.exit().await.printed, Vec::<String>::new());
}

#[tokio::test]
async fn a_models_file_that_cannot_be_used_stops_the_server() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("models.toml"),
        "[[model]]\nid = 'acme.chat-v1:0'\n",
    )
    .unwrap();
    let flags = ["--listen", "127.0.0.1:0", "--models", "models.toml"];
    let output = run(folder.path(), &[], &flags).await;
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(
        message.contains("error: models.toml: model \"acme.chat-v1:0\""),
        "{message}"
    );
    assert!(output.stdout.is_empty());
}
