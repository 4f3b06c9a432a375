//! How much later an answer comes.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use super::{Proxies, Way, request};
use crate::{Plan, table::Table};

const WAYS: [Way; 3] = [Way::Direct, Way::Hop, Way::Outcrop];

/// Requests before those that count.
const WARM: usize = 200;

/// One request at a time, each way in turn, so that whatever else the machine does meets all alike.
pub(super) fn measure(plan: &Plan, proxies: &Proxies, table: &mut Table) -> io::Result<()> {
    let cases = [
        ("Converse", "whole", "converse", &b"0\r\n\r\n"[..]),
        ("ConverseStream", "whole", "converse-stream", b"0\r\n\r\n"),
        ("first token", "first", "converse-stream", b" marble"),
    ];
    for (name, model, operation, until) in cases {
        eprintln!("proxied {name}");
        let mut ways = Vec::new();
        for way in WAYS {
            ways.push(Client::new(proxies, way, model, operation, until)?);
        }
        for _ in 0..WARM {
            ways.iter_mut().try_for_each(Client::ask)?;
        }
        ways.iter_mut().for_each(|client| client.times.clear());
        for _ in 0..plan.proxied {
            ways.iter_mut().try_for_each(Client::ask)?;
        }
        let [direct, hop, outcrop] = ways.as_mut_slice() else {
            continue;
        };
        report(name, direct, hop, outcrop, table);
    }
    Ok(())
}

fn report(
    name: &str,
    direct: &mut Client,
    hop: &mut Client,
    outcrop: &mut Client,
    table: &mut Table,
) {
    let percentiles = [50, 99];
    let direct = percentiles.map(|share| direct.percentile(share));
    let added = |client: &mut Client| {
        let [median, tail] = percentiles.map(|share| client.percentile(share));
        format!("{:.0} and {:.0} µs", median - direct[0], tail - direct[1])
    };
    table.row(
        &format!("proxied {name}: added p50 and p99"),
        added(outcrop),
    );
    table.row(
        &format!("proxied {name}: the same of a raw hyper proxy"),
        added(hop),
    );
    table.row(
        &format!("proxied {name}: p50 and p99 of a direct call"),
        format!("{:.0} and {:.0} µs", direct[0], direct[1]),
    );
}

/// A connection that asks the same again and again.
struct Client {
    stream: TcpStream,
    request: Vec<u8>,
    until: &'static [u8],
    buffer: Vec<u8>,
    times: Vec<Duration>,
}

impl Client {
    fn new(
        proxies: &Proxies,
        way: Way,
        model: &str,
        operation: &str,
        until: &'static [u8],
    ) -> io::Result<Self> {
        let stream = proxies.server(way).connect()?;
        let request = request(way, model, operation);
        // Converse answers with a length, and not in chunks.
        let until = if way == Way::Outcrop && operation == "converse" {
            &b"}"[..]
        } else {
            until
        };
        Ok(Self {
            stream,
            request,
            until,
            buffer: Vec::new(),
            times: Vec::new(),
        })
    }

    /// Asks, and takes the time until the answer has what is waited for.
    fn ask(&mut self) -> io::Result<()> {
        self.buffer.clear();
        let sent = Instant::now();
        self.stream.write_all(&self.request)?;
        while !self.has(self.until) {
            self.read()?;
        }
        self.times.push(sent.elapsed());
        while !self.is_complete() {
            self.read()?;
        }
        if !self.buffer.starts_with(b"HTTP/1.1 200") {
            return Err(io::Error::other(
                String::from_utf8_lossy(&self.buffer).into_owned(),
            ));
        }
        Ok(())
    }

    fn read(&mut self) -> io::Result<()> {
        let mut piece = [0; 16 << 10];
        let count = self.stream.read(&mut piece)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.buffer.extend_from_slice(&piece[..count]);
        Ok(())
    }

    /// Whether the body has come to this.
    fn has(&self, wanted: &[u8]) -> bool {
        let head = self
            .buffer
            .windows(4)
            .position(|window| window == b"\r\n\r\n");
        let body = head.map(|head| &self.buffer[head + 4..]);
        match body {
            Some(body) if wanted.len() > 5 => {
                body.windows(wanted.len()).any(|window| window == wanted)
            }
            Some(body) => body.ends_with(wanted) && self.is_complete(),
            None => false,
        }
    }

    fn is_complete(&self) -> bool {
        matches!(
            crate::http::progress(&self.buffer),
            Ok(crate::http::Progress::Complete(_)) | Err(_)
        )
    }

    fn percentile(&mut self, share: usize) -> f64 {
        self.times.sort_unstable();
        let at = self.times.len() * share / 100;
        self.times
            .get(at)
            .copied()
            .unwrap_or_default()
            .as_secs_f64()
            * 1e6
    }
}
