//! What the ports speak, against the real binary.

use http::StatusCode;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::common::{
    Outcrop,
    client::{Client, connect, connect_tls},
    command,
    running::Running,
    soon,
};

const HEALTH: &str = "/_outcrop/health";

#[tokio::test]
async fn the_plaintext_port_speaks_both_versions_of_http() {
    let server = Outcrop::start(&[]).await;
    let mut one = Client::http1(connect(server.address).await).await;
    let mut two = Client::http2(connect(server.address).await).await;
    for client in [&mut one, &mut two] {
        for _ in 0..3 {
            let response = client.get(HEALTH).await;
            assert_eq!(response.status(), StatusCode::OK);
            assert_eq!(response.headers()["content-type"], "application/json");
            let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
            let expected =
                serde_json::json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") });
            assert_eq!(body, expected);
        }
        assert_eq!(
            client.get("/_outcrop/nothing").await.status(),
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn the_tls_port_speaks_both_with_a_generated_certificate_that_clients_can_trust() {
    let server = Outcrop::start(&["--tls-listen", "127.0.0.1:0", "--tls-dir", "kept"]).await;
    let trusted = server.folder.path().join("kept/ca.pem");
    let address = server.tls_address.expect("a line for the TLS port");
    let mut one = Client::http1(connect_tls(address, &trusted, "http/1.1").await).await;
    assert_eq!(one.get(HEALTH).await.status(), StatusCode::OK);
    let mut two = Client::http2(connect_tls(address, &trusted, "h2").await).await;
    assert_eq!(two.get(HEALTH).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_given_certificate_is_served() {
    let files = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = files.path().join("certificate.pem");
    let key = files.path().join("key.pem");
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let (certificate_name, key_name) = (certificate.to_str().unwrap(), key.to_str().unwrap());
    let arguments = [
        "--tls-listen",
        "127.0.0.1:0",
        "--tls-cert",
        certificate_name,
        "--tls-key",
        key_name,
    ];
    let server = Outcrop::start(&arguments).await;
    let stream = connect_tls(server.tls_address.unwrap(), &certificate, "h2").await;
    assert_eq!(
        Client::http2(stream).await.get(HEALTH).await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn an_incomplete_head_or_handshake_is_cut_at_its_deadline() {
    let server =
        Outcrop::start(&["--header-deadline", "100ms", "--tls-listen", "127.0.0.1:0"]).await;
    let heads: [&[u8]; 4] = [
        b"",
        b"GET / HTTP/1.1\r\nhost: localhost\r\n",
        b"PRI * HTTP/2.0\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];
    let plain = heads.map(|head| (server.address, head));
    let handshakes =
        [b"".as_slice(), b"\x16\x03\x01"].map(|head| (server.tls_address.unwrap(), head));
    for (address, head) in plain.into_iter().chain(handshakes) {
        let mut stream = connect(address).await;
        stream.write_all(head).await.unwrap();
        // Whatever the server has to say about it, the connection ends.
        let end = soon(
            "the end of the connection",
            stream.read_to_end(&mut Vec::new()),
        )
        .await;
        assert!(
            end.is_ok()
                || end.is_err_and(|error| error.kind() == std::io::ErrorKind::ConnectionReset)
        );
    }
    let mut client = Client::http1(connect(server.address).await).await;
    assert_eq!(client.get(HEALTH).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let server = Outcrop::start(&["--idle-timeout", "100ms"]).await;
    let one = Client::http1(connect(server.address).await).await;
    let two = Client::http2(connect(server.address).await).await;
    for mut client in [one, two] {
        assert_eq!(client.get(HEALTH).await.status(), StatusCode::OK);
        let end = soon("the end of the connection", client.connection).await;
        end.unwrap()
            .expect("a connection that ends without an error");
    }
}

#[tokio::test]
async fn paths_that_are_not_of_our_own_are_answered_as_the_service_does() {
    let server = Outcrop::start(&[]).await;
    let mut client = Client::http1(connect(server.address).await).await;
    let response = client.get("/nothing").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(response.headers().contains_key("x-amzn-requestid"));
    let kind = response.headers()["x-amzn-errortype"].to_str().unwrap();
    assert!(kind.starts_with("UnknownOperationException"), "{kind}");
}

#[tokio::test]
async fn requests_over_the_limit_are_throttled() {
    let mut server =
        Outcrop::start(&["--max-in-flight", "1", "--log-level", "info,outcrop=debug"]).await;
    let running = Running::begin(
        Client::http1(connect(server.address).await).await,
        &mut server,
    )
    .await;
    let mut client = Client::http2(connect(server.address).await).await;
    assert_eq!(
        client.get("/foundation-models").await.status(),
        StatusCode::TOO_MANY_REQUESTS
    );
    assert_eq!(client.get(HEALTH).await.status(), StatusCode::OK);
    running.finish().await;
    assert_ne!(
        client.get("/foundation-models").await.status(),
        StatusCode::TOO_MANY_REQUESTS
    );
}

#[tokio::test]
async fn a_body_that_does_not_come_is_refused_at_its_deadline() {
    let mut server = Outcrop::start(&[
        "--body-deadline",
        "100ms",
        "--log-level",
        "info,outcrop=debug",
    ])
    .await;
    let running = Running::begin(
        Client::http1(connect(server.address).await).await,
        &mut server,
    )
    .await;
    let status = soon("the response", running.response).await.unwrap();
    assert!(status.is_client_error(), "{status}");
}

#[tokio::test]
async fn connections_over_the_limit_wait_for_their_turn() {
    let mut server = Outcrop::start(&["--max-connections", "1"]).await;
    let mut first = Client::http1(connect(server.address).await).await;
    assert_eq!(first.get(HEALTH).await.status(), StatusCode::OK);
    server.logs("all connections are in use").await;
    let mut second = Client::http1(connect(server.address).await).await;
    first.connection.abort();
    assert_eq!(second.get(HEALTH).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_port_in_use_is_an_error_that_says_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let output = soon(
        "the end",
        command(folder.path(), &["--listen", &address]).output(),
    )
    .await
    .unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(
        message.contains(&format!(
            "error: cannot listen on {address}: the address is in use"
        )),
        "{message}"
    );
    assert!(message.contains("--listen"), "{message}");
    assert!(output.stdout.is_empty());
}

#[tokio::test]
async fn a_certificate_that_cannot_be_read_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "--tls-listen",
        "127.0.0.1:0",
        "--tls-cert",
        "absent.pem",
        "--tls-key",
        "key.pem",
    ];
    let arguments = [&["--listen", "127.0.0.1:0"], &arguments[..]].concat();
    let output = soon("the end", command(folder.path(), &arguments).output())
        .await
        .unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(
        message.contains("error: absent.pem: cannot read the TLS certificate"),
        "{message}"
    );
}
