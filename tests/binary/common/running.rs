//! A request that is answered when the test wants it to be.

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use tokio::{sync::mpsc, task::JoinHandle};

use super::{Outcrop, client::Client, soon};

/// A request that runs until the test sends the rest of its body.
pub(crate) struct Running {
    pub(crate) pieces: mpsc::UnboundedSender<&'static str>,
    pub(crate) response: JoinHandle<StatusCode>,
}

impl Running {
    /// Sends the head and a part of the body, and waits until the server has the head.
    pub(crate) async fn begin(mut client: Client, server: &mut Outcrop) -> Self {
        let (pieces, mut waiting) = mpsc::unbounded_channel();
        let frames = futures_util::stream::poll_fn(move |cx| {
            waiting
                .poll_recv(cx)
                .map(|piece| Some(Ok(Frame::data(Bytes::from_static(str::as_bytes(piece?))))))
        });
        let request = Request::post("http://localhost/model/amazon.nova-lite-v1%3A0/converse")
            .header("host", "localhost")
            .header("content-type", "application/json")
            .body(StreamBody::new(frames).boxed())
            .unwrap();
        pieces.send(r#"{"messages":[{"role":"user","#).unwrap();
        let response = tokio::spawn(async move { client.send(request).await.status() });
        server.logs("request begun").await;
        Self { pieces, response }
    }

    /// Sends the rest of the body, and waits for the response.
    pub(crate) async fn finish(self) -> StatusCode {
        self.pieces
            .send(r#""content":[{"text":"hello"}]}]}"#)
            .unwrap();
        drop(self.pieces);
        soon("the response", self.response).await.unwrap()
    }
}
