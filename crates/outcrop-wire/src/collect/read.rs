//! Reading one body.

use std::mem;

use aws_smithy_http_server::body::Body;
use bytes::{Bytes, BytesMut};
use http_body::Body as _;
use http_body_util::BodyExt;

use super::budget::{Budget, Reservation};
use crate::error::WireError;

/// Why a body was not read.
#[derive(Debug)]
pub(super) enum ReadError {
    TooLarge,
    /// The client went away or broke its framing.
    Broken(<Body as http_body::Body>::Error),
    NoMemory(WireError),
}

/// Reads the body to its end. Nothing beyond `limit` bytes is kept.
pub(super) async fn read(
    mut body: Body,
    limit: usize,
    budget: &Budget,
    reservation: &mut Reservation,
) -> Result<Bytes, ReadError> {
    let announced = usize::try_from(body.size_hint().lower())
        .unwrap_or(limit)
        .min(limit);
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(ReadError::Broken)?.into_data() else {
            continue;
        };
        let length = first.len() + whole.len() + data.len();
        if length > limit {
            return Err(ReadError::TooLarge);
        }
        budget
            .grow(reservation, length)
            .map_err(ReadError::NoMemory)?;
        if first.is_empty() && whole.is_empty() {
            first = data;
            continue;
        }
        if whole.is_empty() {
            whole.reserve(announced.max(length));
            whole.extend_from_slice(&mem::take(&mut first));
        }
        whole.extend_from_slice(&data);
    }
    // A body that came in one piece, as most do, is not copied.
    Ok(if whole.is_empty() {
        first
    } else {
        whole.freeze()
    })
}
