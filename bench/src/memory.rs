//! What open streams cost.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    path::Path,
    thread,
    time::Duration,
};

use socket2::{Domain, Socket, Type};

use crate::{
    http, megabytes, outcrop,
    server::{Folder, Server},
    table::Table,
    with_state,
};

const STREAMS: usize = 1000;

/// Until what a start needs for itself is given back.
const SETTLED: Duration = Duration::from_secs(3);
const STREAM: &str = "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse-stream";

/// A forced tool call whose argument must be long (the stream has 370 KB), so that a client that stops reading keeps the
/// stream open.
const LONG: &str = r#"{"messages":[{"role":"user","content":[{"text":"Write."}]}],"inferenceConfig":{"maxTokens":60000},"toolConfig":{"toolChoice":{"tool":{"name":"write"}},"tools":[{"toolSpec":{"name":"write","inputSchema":{"json":{"type":"object","required":["text"],"properties":{"text":{"type":"array","minItems":40,"items":{"type":"string","minLength":3000}}}}}}}]}}"#;

/// Resident memory, idle and with open streams.
pub fn measure(program: &Path, table: &mut Table) -> io::Result<()> {
    idle(program, table)?;
    let server = outcrop(program)?;
    let request = http::request(STREAM, LONG);
    let warm: Vec<_> = (0..STREAMS / 10)
        .map(|_| open(&server, &request))
        .collect::<Result<_, _>>()?;
    let before = server.resident()?;
    let held: Vec<_> = (0..STREAMS)
        .map(|_| open(&server, &request))
        .collect::<Result<_, _>>()?;
    let grown = server.resident()?.saturating_sub(before);
    table.row(
        &format!("resident per {STREAMS} open streams that wait for their client"),
        format!("{:.1} MB", megabytes(grown)),
    );
    drop((warm, held));
    Ok(())
}

/// With a state file, some time after the start.
fn idle(program: &Path, table: &mut Table) -> io::Result<()> {
    let folder = Folder::new()?;
    let server = with_state(program, &folder)?;
    thread::sleep(SETTLED);
    table.row(
        "resident, idle, with a state file",
        format!("{:.1} MB", megabytes(server.resident()?)),
    );
    Ok(())
}

/// Starts a stream and reads its first bytes only.
fn open(server: &Server, request: &[u8]) -> io::Result<TcpStream> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.set_recv_buffer_size(4 << 10)?;
    socket.connect(&server.address.into())?;
    let mut stream = TcpStream::from(socket);
    stream.write_all(request)?;
    let mut first = [0; 64];
    stream.read_exact(&mut first)?;
    if first.starts_with(b"HTTP/1.1 200") {
        return Ok(stream);
    }
    Err(io::Error::other(
        String::from_utf8_lossy(&first).into_owned(),
    ))
}
