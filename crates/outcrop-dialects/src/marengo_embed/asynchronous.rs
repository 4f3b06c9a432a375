//! The inputs of asynchronous invocations: sounds and videos that are cut into clips, and what `InvokeModel` takes too.
//!
//! Limits and members are those of AWS's guide. Clips that it has divided by what is seen are of one length here.

mod plan;
mod timed;

use outcrop_catalogue::Model;
use serde_json::{Map, Value};

use self::plan::{Plan, What};
use super::error::{self, V2_BODY, V3_BODY};
use super::{MarengoEmbed, request, source};
use crate::asynchronous::media::{MOST_BYTES, Sources};
use crate::{AsyncCall, AsyncSource, DialectError, body, schema};

pub(super) fn read(
    version: MarengoEmbed,
    model: &Model,
    members: Map<String, Value>,
) -> Result<AsyncCall, DialectError> {
    let body = match version {
        MarengoEmbed::V2 => &V2_BODY,
        MarengoEmbed::V3 => &V3_BODY,
    };
    schema::check(&members, body)?;
    let kind = request::input_type(&members).to_owned();
    let (sources, what) = if matches!(kind.as_str(), "audio" | "video") {
        timed(version, &kind, members)?
    } else {
        still(version, model, members)?
    };
    let dimensions = body::dimensions(model, None);
    Ok(AsyncCall {
        sources,
        plan: Box::new(Plan { what, dimensions }),
    })
}

type Asked = (Vec<AsyncSource>, What);

fn timed(
    version: MarengoEmbed,
    kind: &str,
    members: Map<String, Value>,
) -> Result<Asked, DialectError> {
    let members = Value::Object(members);
    let (pointer, holder) = match version {
        MarengoEmbed::V2 => ("#".to_owned(), &members),
        MarengoEmbed::V3 => (format!("#/{kind}"), &members[kind]),
    };
    if holder.is_null() {
        return Err(error::missing("#", kind));
    }
    let source = &holder["mediaSource"];
    if source.is_null() {
        return Err(error::missing(&pointer, "mediaSource"));
    }
    let mut sources = Sources::default();
    let pointer = format!("{pointer}/mediaSource");
    let place = sources.medium(&pointer, source, "base64String", MOST_BYTES)?;
    let timed = match version {
        MarengoEmbed::V2 => timed::second(kind, holder)?,
        MarengoEmbed::V3 => timed::third(kind, holder)?,
    };
    Ok((sources.0, What::Timed(timed, place)))
}

/// What has no length. Images in S3 take their places in the input once they were read.
fn still(
    version: MarengoEmbed,
    model: &Model,
    members: Map<String, Value>,
) -> Result<Asked, DialectError> {
    let input = Value::Object(members);
    let gaps = source::of(&input);
    let sources = gaps.iter().map(|gap| AsyncSource {
        uri: gap.uri.clone(),
        limit: gap.limit,
    });
    let sources = sources.collect();
    Ok((sources, What::still(version, model, input, gaps)?))
}

#[cfg(test)]
mod tests;
