//! As much of HTTP/1.1 as a load generator needs: bytes out, whole responses in.

use std::io::{self, Read};

/// A request as it goes over the wire.
pub fn request(path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         authorization: AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/bedrock/aws4_request, \
         SignedHeaders=content-type;host;x-amz-date, Signature=00\r\n\
         x-amz-date: 20260101T000000Z\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// How far a buffer has got.
pub enum Progress {
    /// More is to come.
    Partial,
    /// A whole response, of this many bytes.
    Complete(usize),
}

/// Whether the buffer holds a whole response.
pub fn progress(buffer: &[u8]) -> io::Result<Progress> {
    let Some(head) = find(buffer, b"\r\n\r\n") else {
        return Ok(Progress::Partial);
    };
    if !buffer.starts_with(b"HTTP/1.1 200") {
        let text = String::from_utf8_lossy(&buffer[..buffer.len().min(400)]).into_owned();
        return Err(io::Error::other(format!("not a 200: {text}")));
    }
    let length = content_length(&buffer[..head]);
    let end = match length {
        Some(length) => Some(head + 4 + length).filter(|end| buffer.len() >= *end),
        None => buffer.ends_with(b"0\r\n\r\n").then_some(buffer.len()),
    };
    Ok(end.map_or(Progress::Partial, Progress::Complete))
}

/// Reads one response to its end, and returns its body without chunk sizes.
pub fn read_response(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut buffer = Vec::new();
    let mut piece = [0; 16 << 10];
    loop {
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        buffer.extend_from_slice(&piece[..count]);
        if let Progress::Complete(end) = progress(&buffer)? {
            let head = find(&buffer, b"\r\n\r\n").unwrap_or_default() + 4;
            let body = &buffer[head..end];
            let chunked = content_length(&buffer[..head]).is_none();
            return Ok(if chunked {
                unchunk(body)
            } else {
                body.to_vec()
            });
        }
    }
}

fn content_length(head: &[u8]) -> Option<usize> {
    let head = std::str::from_utf8(head).ok()?;
    head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse().ok())?
    })
}

fn unchunk(mut body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(end) = find(body, b"\r\n") {
        let size = std::str::from_utf8(&body[..end]).ok();
        let size = size
            .and_then(|text| usize::from_str_radix(text, 16).ok())
            .unwrap_or_default();
        if size == 0 {
            break;
        }
        out.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 2 + size + 2..];
    }
    out
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}
