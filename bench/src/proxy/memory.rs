//! What open streams cost.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
};

use super::{Proxies, Way, request};
use crate::{megabytes, server::Server, table::Table};

const STREAMS: usize = 1000;

/// Resident memory with streams that wait for the backend's next token.
pub(super) fn measure(proxies: &Proxies, table: &mut Table) -> io::Result<()> {
    eprintln!("proxied streams that are open");
    let grown = |way| {
        grown(
            proxies.server(way),
            &request(way, "held", "converse-stream"),
        )
    };
    let (hop, outcrop) = (grown(Way::Hop)?, grown(Way::Outcrop)?);
    table.row(
        &format!("resident per {STREAMS} open proxied streams, Outcrop and a raw hyper proxy"),
        format!("{:.1} MB and {:.1} MB", megabytes(outcrop), megabytes(hop)),
    );
    Ok(())
}

fn grown(server: &Server, request: &[u8]) -> io::Result<u64> {
    let open = |count: usize| {
        (0..count)
            .map(|_| open(server, request))
            .collect::<io::Result<Vec<_>>>()
    };
    let warm = open(STREAMS / 10)?;
    let before = server.resident()?;
    let held = open(STREAMS)?;
    let grown = server.resident()?.saturating_sub(before);
    drop((warm, held));
    Ok(grown)
}

/// Starts a stream, and reads its first token.
fn open(server: &Server, request: &[u8]) -> io::Result<TcpStream> {
    let mut stream = server.connect()?;
    stream.write_all(request)?;
    let (mut read, mut piece) = (Vec::new(), [0; 4 << 10]);
    while !read.windows(7).any(|window| window == b" marble") {
        let count = stream.read(&mut piece)?;
        if count == 0 || !piece.starts_with(b"HTTP/1.1 200") && read.is_empty() {
            return Err(io::Error::other(
                String::from_utf8_lossy(&piece[..count]).into_owned(),
            ));
        }
        read.extend_from_slice(&piece[..count]);
    }
    Ok(stream)
}
