//! Closed-loop load: so many connections, each sends its next request when the last is answered.

use std::{
    io,
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    http::{Progress, progress},
    server::Server,
};

/// What a load gave.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// Answered requests per second.
    pub rate: f64,
    /// Processor time of the server for each.
    pub processor: Duration,
    /// Half of the answers took no longer.
    pub p50: Duration,
    /// 99 of 100 answers took no longer.
    pub p99: Duration,
}

/// Loads a server for a while.
pub async fn run(
    server: &Server,
    request: &'static [u8],
    connections: usize,
    duration: Duration,
) -> io::Result<Outcome> {
    let used = server.processor_time()?;
    let begun = Instant::now();
    let until = begun + duration;
    let tasks: Vec<_> = (0..connections)
        .map(|_| tokio::spawn(connection(server.address, request, until)))
        .collect();
    let mut latencies = Vec::new();
    for task in tasks {
        latencies.extend(task.await.map_err(io::Error::other)??);
    }
    let elapsed = begun.elapsed().as_secs_f64();
    let used = server.processor_time()?.saturating_sub(used);
    let answered = u32::try_from(latencies.len()).unwrap_or(u32::MAX).max(1);
    latencies.sort_unstable();
    let at = |share: usize| {
        latencies
            .get(latencies.len() * share / 100)
            .copied()
            .unwrap_or_default()
    };
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    let rate = latencies.len() as f64 / elapsed;
    Ok(Outcome {
        rate,
        processor: used / answered,
        p50: at(50),
        p99: at(99),
    })
}

async fn connection(
    address: SocketAddr,
    request: &'static [u8],
    until: Instant,
) -> io::Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut latencies = Vec::with_capacity(1 << 14);
    let mut buffer = Vec::with_capacity(16 << 10);
    while Instant::now() < until {
        let sent = Instant::now();
        stream.write_all(request).await?;
        buffer.clear();
        loop {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Progress::Complete(_) = progress(&buffer)? {
                break;
            }
        }
        latencies.push(sent.elapsed());
    }
    Ok(latencies)
}
