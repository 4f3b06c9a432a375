//! A model server that says one word.

use std::sync::Arc;

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};

/// A server on a free port.
pub(crate) struct Backend {
    pub(crate) url: String,
    /// Has a permit for each answer that has begun.
    pub(crate) begun: Arc<Semaphore>,
    /// Answers take one of these before they go on.
    pub(crate) go_on: Arc<Semaphore>,
}

impl Backend {
    /// Says `word`, in two pieces. Between them it waits for `go_on`.
    pub(crate) async fn start(word: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let backend = Self {
            url: format!("http://{}/v1", listener.local_addr().unwrap()),
            begun: Arc::new(Semaphore::new(0)),
            go_on: Arc::new(Semaphore::new(0)),
        };
        let (begun, go_on) = (Arc::clone(&backend.begun), Arc::clone(&backend.go_on));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, word, Arc::clone(&begun), Arc::clone(&go_on)));
            }
        });
        backend
    }

    /// Says `word` without waiting.
    pub(crate) async fn prompt(word: &'static str) -> Self {
        let backend = Self::start(word).await;
        backend.go_on.add_permits(1000);
        backend
    }
}

/// Answers one request, and ends the connection.
async fn serve(
    stream: TcpStream,
    word: &str,
    begun: Arc<Semaphore>,
    go_on: Arc<Semaphore>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    let head = head.to_ascii_lowercase();
    let length = head.split("content-length: ").nth(1);
    let length = length.and_then(|text| text.lines().next()?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    let answer = |kind: &str| {
        format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: {kind}\r\n\r\n")
    };
    if head.starts_with("get ") {
        let list = r#"{"object":"list","data":[{"id":"m","object":"model"}]}"#;
        let answer = answer("application/json") + list;
        return stream.write_all(answer.as_bytes()).await.ok();
    }
    let first = format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{word}\"}}}}]}}\n\n");
    let first = answer("text/event-stream") + &first;
    stream.write_all(first.as_bytes()).await.ok()?;
    begun.add_permits(1);
    go_on.acquire().await.ok()?.forget();
    let last =
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    stream.write_all(last.as_bytes()).await.ok()
}
