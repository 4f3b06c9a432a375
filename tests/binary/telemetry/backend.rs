//! A model server that begins an answer and never ends it.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::oneshot,
};

/// The model server: its address, and what tells that its client has left.
pub(super) struct Stalling {
    pub(super) address: SocketAddr,
    /// The head of the request, once its client has left.
    pub(super) left: oneshot::Receiver<String>,
}

impl Stalling {
    /// Waits for one request.
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (tell, left) = oneshot::channel();
        tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            while !head.windows(4).any(|window| window == b"\r\n\r\n") {
                assert!(socket.read_buf(&mut head).await.unwrap() > 0);
            }
            let data = r#"{"choices":[{"index":0,"delta":{"role":"assistant","content":"Once"}}]}"#;
            let event = format!("data: {data}\n\n");
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{event}\r\n",
                event.len()
            );
            socket.write_all(answer.as_bytes()).await.unwrap();
            let mut rest = Vec::new();
            let _ = socket.read_to_end(&mut rest).await;
            let _ = tell.send(String::from_utf8_lossy(&head).into_owned());
        });
        Self { address, left }
    }
}
