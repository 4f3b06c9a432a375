//! What must hold for every stream.

use outcrop_backends::{Conversion, Kind};
use outcrop_engine::{EngineError, StreamEvent, canned::chance::Chance};

/// The events of an answer, and its error if it has one.
type Told = (Vec<StreamEvent>, Option<EngineError>);

/// Converts a stream in one piece and in many. An error is a fault of the conversion's; otherwise says whether the
/// stream was whole.
pub(crate) fn check(kind: Kind, bytes: &[u8], chance: &mut Chance) -> Result<bool, String> {
    let (events, error) = told(kind, std::iter::once(bytes));
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let length = chance.below(24) + 1;
        let length = usize::try_from(length).unwrap_or(1).min(rest.len());
        let (piece, after) = rest.split_at(length);
        pieces.push(piece);
        rest = after;
    }
    let (cut, cut_error) = told(kind, pieces.into_iter());
    if (&cut, &cut_error) != (&events, &error) {
        return Err("its events depend on where its bytes are cut".to_owned());
    }
    if let Some(error) = &error
        && error.to_string().trim().is_empty()
    {
        return Err("its error says nothing".to_owned());
    }
    in_order(&events, error.is_none())?;
    Ok(error.is_none())
}

fn told<'a>(kind: Kind, pieces: impl Iterator<Item = &'a [u8]>) -> Told {
    let (mut conversion, mut events) = (Conversion::new(kind), Vec::new());
    for piece in pieces {
        if let Err(error) = conversion.feed(piece, &mut events) {
            return (events, Some(error));
        }
    }
    let error = conversion.finish(&mut events).err();
    (events, error)
}

/// A message begins once, its blocks follow one another and end, and so does it.
fn in_order(events: &[StreamEvent], is_whole: bool) -> Result<(), String> {
    let (mut next, mut open) = (0, false);
    for (place, event) in events.iter().enumerate() {
        let index = match event {
            StreamEvent::MessageStart(_) if place == 0 => continue,
            StreamEvent::MessageStop(_) if !open && place + 2 == events.len() => continue,
            StreamEvent::Metadata(_) if place + 1 == events.len() => continue,
            StreamEvent::ContentBlockStart(event) if !open => event.content_block_index,
            StreamEvent::ContentBlockDelta(event) => event.content_block_index,
            StreamEvent::ContentBlockStop(event) => event.content_block_index,
            _ => return Err(format!("event {place} is out of order: {event:?}")),
        };
        if place == 0 || index != Some(next) {
            return Err(format!("event {place} is not of block {next}: {event:?}"));
        }
        let stops = matches!(event, StreamEvent::ContentBlockStop(_));
        open = !stops;
        next += i32::from(stops);
    }
    let ends = matches!(events.last(), Some(StreamEvent::Metadata(_)));
    if is_whole == ends {
        return Ok(());
    }
    Err(format!(
        "its {} events end in {:?}",
        events.len(),
        events.last()
    ))
}
