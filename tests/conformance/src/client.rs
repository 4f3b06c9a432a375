//! A client over one kept-alive connection, every step of which has a deadline.

use std::{error::Error as _, future::Future, net::SocketAddr, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::{net::TcpStream, time::timeout};

use crate::{Failure, Result, answer::Answer};

/// How long an answer may take, its last byte included.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// A request as it goes onto the wire.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// The HTTP method.
    pub method: Method,
    /// Path and query, sent as they are.
    pub path: String,
    /// Names and values; `host` is added.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

/// A connection that is opened again when the server has closed it.
#[derive(Debug)]
pub struct Client {
    address: SocketAddr,
    sender: Option<SendRequest<Full<Bytes>>>,
}

impl Client {
    /// A client of the server at an address; it connects when it first sends.
    #[must_use]
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            sender: None,
        }
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&mut self, outgoing: &Outgoing) -> Result<Answer> {
        let request = outgoing.request(self.address)?;
        let answer = within("an answer", self.exchange(request)).await;
        if answer.is_err() {
            self.sender = None;
        }
        answer
    }

    async fn exchange(&mut self, request: Request<Full<Bytes>>) -> Result<Answer> {
        let mut sender = match self.sender.take() {
            Some(sender) if !sender.is_closed() => sender,
            _ => connect(self.address).await?,
        };
        sender.ready().await.map_err(broken)?;
        let response = sender.send_request(request).await.map_err(broken)?;
        let (head, body) = response.into_parts();
        let body = body.collect().await.map_err(broken)?.to_bytes();
        self.sender = Some(sender);
        Ok(Answer {
            status: head.status.as_u16(),
            headers: pairs(&head.headers),
            body,
        })
    }
}

impl Outgoing {
    fn request(&self, address: SocketAddr) -> Result<Request<Full<Bytes>>> {
        let mut request = Request::builder()
            .method(&self.method)
            .uri(&self.path)
            .header("host", address.to_string());
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(self.body.clone()));
        request.map_err(|error| Failure::Http(format!("{} {}: {error}", self.method, self.path)))
    }
}

/// Gives up on what takes too long.
pub async fn within<T>(what: &str, future: impl Future<Output = Result<T>>) -> Result<T> {
    timeout(DEADLINE, future).await.unwrap_or_else(|_| {
        Err(Failure::Deadline {
            what: what.to_owned(),
            deadline: DEADLINE,
        })
    })
}

async fn connect(address: SocketAddr) -> Result<SendRequest<Full<Bytes>>> {
    let socket = TcpStream::connect(address)
        .await
        .map_err(|error| Failure::Http(format!("{address}: {error}")))?;
    // Many small requests in a row: waiting for acknowledgements would dominate.
    socket
        .set_nodelay(true)
        .map_err(|error| Failure::Http(error.to_string()))?;
    let (sender, connection) = handshake(TokioIo::new(socket)).await.map_err(broken)?;
    // Its end shows on the sender.
    drop(tokio::spawn(connection));
    Ok(sender)
}

/// An error with its cause, which hyper's own text leaves out.
#[expect(clippy::needless_pass_by_value, reason = "given to map_err")]
fn broken(error: hyper::Error) -> Failure {
    let cause = error.source().map(|cause| format!(": {cause}"));
    Failure::Http(format!("{error}{}", cause.unwrap_or_default()))
}

fn pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    let pairs = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    pairs.collect()
}
