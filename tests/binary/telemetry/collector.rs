//! A collector: takes OTLP over HTTP, and keeps it.

use std::net::SocketAddr;

use opentelemetry_proto::tonic::collector::{
    metrics::v1::ExportMetricsServiceRequest, trace::v1::ExportTraceServiceRequest,
};
use prost::Message;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc::{self, UnboundedReceiver, UnboundedSender},
};

/// What was sent.
pub(super) enum Sent {
    Traces(ExportTraceServiceRequest),
    Metrics(ExportMetricsServiceRequest),
}

/// Listens on a free port.
pub(super) async fn collector() -> (SocketAddr, UnboundedReceiver<Sent>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(serve(socket, sender.clone()));
        }
    });
    (address, receiver)
}

/// Answers the requests of one connection.
async fn serve(mut socket: TcpStream, sender: UnboundedSender<Sent>) {
    let mut read = Vec::new();
    loop {
        let Some(end) = read.windows(4).position(|window| window == b"\r\n\r\n") else {
            match socket.read_buf(&mut read).await {
                Ok(0) | Err(_) => return,
                Ok(_) => continue,
            }
        };
        let head = String::from_utf8(read[..end].to_vec())
            .unwrap()
            .to_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse::<usize>().unwrap());
        while read.len() < end + 4 + length {
            assert!(socket.read_buf(&mut read).await.unwrap() > 0);
        }
        let body = &read[end + 4..end + 4 + length];
        assert!(
            head.contains("content-type: application/x-protobuf"),
            "{head}"
        );
        let sent = match head.split(' ').nth(1) {
            Some("/v1/traces") => Sent::Traces(Message::decode(body).unwrap()),
            Some("/v1/metrics") => Sent::Metrics(Message::decode(body).unwrap()),
            other => panic!("{other:?}"),
        };
        let _ = sender.send(sent);
        read.drain(..end + 4 + length);
        let answer =
            b"HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n";
        socket.write_all(answer).await.unwrap();
    }
}
