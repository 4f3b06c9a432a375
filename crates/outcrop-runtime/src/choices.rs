//! Several answers to one native request: an engine is asked for each.

use bedrock_runtime_smithy::model::TokenUsage;
use futures_util::{StreamExt, TryStreamExt, stream};
use outcrop_dialects::with_further;
use outcrop_engine::{
    Answer, ConverseRequest, Engine, EngineError, EventStream, StreamEvent, fold,
};

/// How many are asked for at the same time.
const AT_ONCE: usize = 4;

/// Whole answers, in the order of the choices.
pub(crate) async fn answers(
    engine: &dyn Engine,
    request: ConverseRequest,
    count: u32,
) -> Result<Vec<Answer>, EngineError> {
    if count <= 1 {
        return Ok(vec![fold(engine.converse(request).await?).await?]);
    }
    let answers = (0..count).map(|choice| {
        let mut request = request.clone();
        request.choice = choice;
        async move { fold(engine.converse(request).await?).await }
    });
    stream::iter(answers).buffered(AT_ONCE).try_collect().await
}

/// One choice after the other, with the usage of all at the end. Only the first is passed on as it comes: further ones are
/// complete before it begins, so that none waits for a turn that another one has.
pub(crate) async fn events(
    engine: &dyn Engine,
    request: ConverseRequest,
    count: u32,
) -> Result<EventStream, EngineError> {
    let (mut further, mut tokens) = (Vec::new(), 0_i32);
    for choice in 1..count {
        let mut request = request.clone();
        request.choice = choice;
        let mut events = engine.converse(request).await?;
        while let Some(event) = events.try_next().await? {
            match event {
                StreamEvent::Metadata(event) => {
                    let usage = event.usage.and_then(|usage| usage.output_tokens);
                    tokens = tokens.saturating_add(usage.unwrap_or_default());
                }
                event => further.push(event),
            }
        }
    }
    let first = engine.converse(request).await?;
    if further.is_empty() {
        return Ok(first);
    }
    Ok(Box::pin(first.flat_map(move |event| {
        let events = match event {
            Ok(StreamEvent::Metadata(mut event)) => {
                let usage = event.usage.unwrap_or_else(|| TokenUsage::builder().build());
                event.usage = Some(with_further(&usage, tokens));
                let further = std::mem::take(&mut further).into_iter();
                further
                    .chain([StreamEvent::Metadata(event)])
                    .map(Ok)
                    .collect()
            }
            event => vec![event],
        };
        stream::iter(events)
    })))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bedrock_runtime_smithy::model::ContentBlockDelta;
    use bytes::Bytes;
    use outcrop_catalogue::Catalogue;
    use outcrop_dialects::{Call, dialect};
    use outcrop_engine::{Caller, canned::CannedEngine};

    use super::*;

    fn request(body: &str) -> (ConverseRequest, u32) {
        let catalogue = Catalogue::builtin().unwrap();
        let model = Arc::clone(catalogue.model("qwen.qwen3-32b-v1:0").unwrap());
        let Ok(Call::Converse(parts, responder)) = dialect(&model).request(&model, body.as_bytes())
        else {
            panic!("no chat");
        };
        let caller = Caller {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        };
        let mut request = parts.into_request(model, "qwen.qwen3-32b-v1:0".to_owned(), caller);
        request.native_body = Some(Bytes::copy_from_slice(body.as_bytes()));
        (request, responder.choices())
    }

    fn text(answer: &Answer) -> &str {
        answer.message.content[0].as_text().unwrap()
    }

    #[tokio::test]
    async fn choices_differ_and_are_the_same_each_time() {
        let engine = CannedEngine::new();
        let (request, count) =
            request(r#"{"messages": [{"role": "user", "content": "Hi"}], "n": 3}"#);
        assert_eq!(count, 3);
        assert_eq!(request.additional_model_request_fields, None);
        let first = answers(&engine, request.clone(), count).await.unwrap();
        let again = answers(&engine, request.clone(), count).await.unwrap();
        let texts: Vec<_> = first.iter().map(text).collect();
        assert_eq!(texts, again.iter().map(text).collect::<Vec<_>>());
        assert!(texts[0] != texts[1] && texts[1] != texts[2], "{texts:?}");
        let streamed = events(&engine, request, count).await.unwrap();
        let streamed: Vec<_> = streamed.try_collect().await.unwrap();
        let mut told = Vec::new();
        for event in &streamed {
            match event {
                StreamEvent::MessageStart(_) => told.push(String::new()),
                StreamEvent::ContentBlockDelta(event) => {
                    let Some(ContentBlockDelta::Text(piece)) = &event.delta else {
                        panic!("{event:?}");
                    };
                    told.last_mut().unwrap().push_str(piece);
                }
                _ => {}
            }
        }
        assert_eq!(told, texts);
        let Some(StreamEvent::Metadata(last)) = streamed.last() else {
            panic!("no usage");
        };
        let tokens = first.iter().filter_map(|answer| answer.usage.output_tokens);
        let usage = last.usage.as_ref().unwrap();
        assert_eq!(usage.output_tokens, Some(tokens.sum()));
    }
}
