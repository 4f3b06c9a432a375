//! What each chunk of a stream costs.

use std::{
    io::{self, Read, Write},
    thread,
    time::Duration,
};

use super::{Proxies, Way, request};
use crate::{Plan, server::Server, table::Table};

/// Streams at once.
const STREAMS: u32 = 8;

/// Chunks as fast as they come, and one by one.
pub(super) fn measure(plan: &Plan, proxies: &Proxies, table: &mut Table) -> io::Result<()> {
    for (name, model, chunks) in [
        ("in a burst", "burst-10000", 10_000),
        ("one by one", "paced-500", 500),
    ] {
        eprintln!("proxied chunks, {name}");
        let cost = |way| {
            cost(
                plan,
                proxies.server(way),
                &request(way, model, "converse-stream"),
                chunks,
            )
        };
        let (hop, outcrop) = (cost(Way::Hop)?, cost(Way::Outcrop)?);
        table.row(
            &format!(
                "proxied chunks {name}: processor time of each, Outcrop and a raw hyper proxy"
            ),
            format!("{outcrop:.1} µs and {hop:.1} µs"),
        );
    }
    Ok(())
}

/// Microseconds of the server's processor time for each chunk.
fn cost(plan: &Plan, server: &Server, request: &[u8], chunks: u32) -> io::Result<f64> {
    read_stream(server, request)?;
    let before = server.processor_time()?;
    let rounds = plan.streams;
    thread::scope(|scope| {
        let readers: Vec<_> = (0..STREAMS)
            .map(|_| scope.spawn(|| (0..rounds).try_for_each(|_| read_stream(server, request))))
            .collect();
        readers.into_iter().try_for_each(|reader| {
            reader
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("a reader panicked")))
        })
    })?;
    let used: Duration = server.processor_time()?.saturating_sub(before);
    Ok(used.as_secs_f64() * 1e6 / f64::from(rounds * STREAMS * chunks))
}

/// Reads a stream to its end, without a look at it.
fn read_stream(server: &Server, request: &[u8]) -> io::Result<()> {
    let mut stream = server.connect()?;
    stream.write_all(request)?;
    let mut piece = vec![0; 64 << 10];
    let mut tail = Vec::new();
    while !tail.ends_with(b"0\r\n\r\n") {
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if tail.is_empty() && !piece.starts_with(b"HTTP/1.1 200") {
            return Err(io::Error::other(
                String::from_utf8_lossy(&piece[..count]).into_owned(),
            ));
        }
        tail.extend_from_slice(&piece[..count]);
        tail.drain(..tail.len().saturating_sub(5));
    }
    Ok(())
}
