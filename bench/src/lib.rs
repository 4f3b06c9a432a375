//! What the servers of the benchmark have in common.

use std::{future::Future, io};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::{Request, body::Incoming};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

/// Accepts connections at a free port, which it says on standard output, and drives each in a task of its own.
pub async fn serve<F>(name: &str, connection: impl Fn(TokioIo<TcpStream>) -> F) -> io::Result<()>
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{name} listening on http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(connection(TokioIo::new(stream)));
    }
}

/// The whole body of a request; nothing of one that breaks off.
pub async fn body(request: Request<Incoming>) -> Bytes {
    let body = request.into_body().collect().await;
    body.map(|body| body.to_bytes()).unwrap_or_default()
}
