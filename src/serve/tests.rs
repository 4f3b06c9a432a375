//! What needs a service of the tests' own: most of serving is tested on the binary.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use aws_smithy_http_server::{
    body::{Body, BoxBody, boxed, to_boxed},
    error::Error,
};
use bytes::Bytes;
use http::{Request, Response};
use http_body::Frame;
use outcrop_wire::Ending;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    time::{Duration, timeout},
};
use tower::util::BoxCloneSyncService;

use super::Server;
use crate::{
    app::App,
    config::{Sources, resolve},
};

const PATIENCE: Duration = Duration::from_secs(30);

/// A body without end, which tells when it is dropped.
struct Endless(#[expect(dead_code, reason = "its drop is what tells")] oneshot::Sender<()>);

impl http_body::Body for Endless {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[b'x'; 16384])))))
    }
}

/// Answers its first request with the body.
fn answering(body: Endless) -> App {
    let body = std::sync::Arc::new(std::sync::Mutex::new(Some(body)));
    BoxCloneSyncService::new(tower::service_fn(move |_: Request<_>| {
        let body: BoxBody = boxed(body.lock().unwrap().take().unwrap());
        std::future::ready(Ok::<_, Infallible>(Response::new(body)))
    }))
}

/// Starts a server whose connections may be idle for a moment only, and sends it a request.
async fn ask(app: App) -> TcpStream {
    ask_until(app, std::future::pending()).await
}

/// Starts a server that begins to stop when `stop` is complete, and sends it a request.
async fn ask_until(app: App, stop: impl Future<Output = ()> + Send + 'static) -> TcpStream {
    let flags = [
        ("listen", "127.0.0.1:0"),
        ("idle_timeout", "100ms"),
        ("shutdown_grace", "10ms"),
    ];
    let flags = flags.map(|(name, text)| (name, text.to_owned())).into();
    let settings = resolve(&Sources {
        flags,
        ..Sources::default()
    })
    .unwrap()
    .settings;
    let server = Server::bind(&settings).unwrap();
    let address = server.address().unwrap();
    tokio::spawn(server.run(app, stop));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream
        .write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .unwrap();
    stream
}

#[tokio::test]
async fn a_response_that_its_client_does_not_read_is_given_up() {
    let (sender, dropped) = oneshot::channel();
    let stream = ask(answering(Endless(sender))).await;
    let end = timeout(PATIENCE, dropped).await;
    assert!(end.expect("the body is dropped").is_err());
    drop(stream);
}

#[tokio::test]
async fn a_response_whose_client_leaves_is_given_up() {
    let (sender, dropped) = oneshot::channel();
    drop(ask(answering(Endless(sender))).await);
    let end = timeout(PATIENCE, dropped).await;
    assert!(end.expect("the body is dropped").is_err());
}

#[tokio::test]
async fn what_outlasts_the_grace_may_say_so() {
    let (asked, stop) = oneshot::channel();
    let asked = std::sync::Arc::new(std::sync::Mutex::new(Some(asked)));
    let app = BoxCloneSyncService::new(tower::service_fn(move |request: Request<Body>| {
        let Ending(ending) = request.extensions().get().cloned().unwrap();
        asked.lock().unwrap().take().unwrap().send(()).unwrap();
        async move {
            ending.cancelled().await;
            Ok::<_, Infallible>(Response::new(to_boxed("the end")))
        }
    }));
    let mut stream = ask_until(app, async { stop.await.unwrap() }).await;
    let mut answer = String::new();
    let end = timeout(PATIENCE, stream.read_to_string(&mut answer)).await;
    end.expect("the connection ends").unwrap();
    assert!(answer.ends_with("\r\n\r\nthe end"), "{answer}");
}
