//! Guardrails and an engine to try exchanges on.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use bedrock_runtime_smithy::model::{
    ContentBlockDelta, ContentBlockDeltaEvent, ContentBlockStopEvent, ConversationRole,
    ConverseStreamMetadataEvent, ConverseStreamMetrics, MessageStartEvent, MessageStopEvent,
    StopReason, TokenUsage,
};
use bedrock_runtime_smithy::server::body::Body;
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderMap, Request};
use http_body_util::BodyExt;
use outcrop_catalogue::{Catalogue, Model};
use outcrop_engine::{
    ConverseRequest, EmbedRequest, Embeddings, Engine, EngineError, EngineFuture, EventStream,
    ImageRequest, RerankRequest, RerankResult, StreamEvent, VideoRequest,
};
use outcrop_guardrails::{
    Guardrail,
    policy::{Action, Directions, EntityType, PiiEntity, Policy, RegexEntity, Topic, Word},
};
use outcrop_wire::{Caller, RawBody};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Enforced, Guardrails, Ready};
use crate::Runtime;

pub(super) const NOVA: &str = "amazon.nova-lite-v1:0";
pub(super) const CLAUDE: &str = "anthropic.claude-haiku-4-5-20251001-v1:0";
pub(super) const TITAN: &str = "amazon.titan-text-express-v1";
pub(super) const LLAMA: &str = "meta.llama3-3-70b-instruct-v1:0";

/// An engine that says these pieces, whatever it is asked.
pub(super) struct Says {
    pieces: Vec<String>,
    pub(super) calls: AtomicUsize,
    pub(super) asked: Mutex<Vec<ConverseRequest>>,
}

impl Engine for Says {
    fn converse(&self, request: ConverseRequest) -> EngineFuture<'_, EventStream> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        self.asked.lock().unwrap().push(request);
        let events = events(&self.pieces);
        Box::pin(async { Ok(events) })
    }

    fn count_tokens(&self, _request: ConverseRequest) -> EngineFuture<'_, u32> {
        Box::pin(async { Ok(5) })
    }

    fn embed(&self, request: EmbedRequest) -> EngineFuture<'_, Embeddings> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            Ok(Embeddings {
                vectors: request.inputs.iter().map(|_| vec![1.0]).collect(),
                input_tokens: 1,
            })
        })
    }

    fn rerank(&self, _request: RerankRequest) -> EngineFuture<'_, Vec<RerankResult>> {
        Box::pin(async { Err(EngineError::Internal("not asked".into())) })
    }

    fn generate_images(&self, _request: ImageRequest) -> EngineFuture<'_, Vec<Vec<u8>>> {
        Box::pin(async { Err(EngineError::Internal("not asked".into())) })
    }

    fn generate_video(&self, _request: VideoRequest) -> EngineFuture<'_, Vec<u8>> {
        Box::pin(async { Err(EngineError::Internal("not asked".into())) })
    }
}

/// The events of an answer that says these pieces.
pub(super) fn events(pieces: &[String]) -> EventStream {
    let mut events = vec![StreamEvent::MessageStart(MessageStartEvent {
        p: None,
        role: Some(ConversationRole::Assistant),
    })];
    let deltas = pieces.iter().map(|piece| {
        StreamEvent::ContentBlockDelta(ContentBlockDeltaEvent {
            content_block_index: Some(0),
            delta: Some(ContentBlockDelta::Text(piece.clone())),
            p: None,
        })
    });
    events.extend(deltas);
    events.extend([
        StreamEvent::ContentBlockStop(ContentBlockStopEvent {
            content_block_index: Some(0),
            p: None,
        }),
        StreamEvent::MessageStop(MessageStopEvent {
            additional_model_response_fields: None,
            p: None,
            stop_reason: Some(StopReason::EndTurn),
        }),
        StreamEvent::Metadata(ConverseStreamMetadataEvent {
            metrics: Some(ConverseStreamMetrics {
                latency_ms: Some(7),
            }),
            p: None,
            performance_config: None,
            service_tier: None,
            trace: None,
            usage: Some(usage()),
        }),
    ]);
    Box::pin(stream::iter(events.into_iter().map(Ok)))
}

fn usage() -> TokenUsage {
    TokenUsage {
        cache_details: None,
        cache_read_input_token_count: None,
        cache_read_input_tokens: None,
        cache_write_input_token_count: None,
        cache_write_input_tokens: None,
        input_tokens: Some(11),
        output_tokens: Some(22),
        server_tool_usage: None,
        total_tokens: Some(33),
    }
}

/// The guardrails `g1` (see [`policy`]) and those that are enforced.
#[derive(Default)]
struct Fixed {
    ready: Option<Arc<Ready>>,
    enforced: Vec<Enforced>,
}

impl Guardrails for Fixed {
    fn find<'a>(
        &'a self,
        _caller: &'a Caller,
        identifier: &'a str,
        version: &'a str,
    ) -> EngineFuture<'a, Option<Arc<Ready>>> {
        let named = |ready: &&Arc<Ready>| ready.id == identifier && ready.version == version;
        let found = self.ready.as_ref().filter(named).cloned();
        Box::pin(async { Ok(found) })
    }

    fn enforced<'a>(
        &'a self,
        _caller: &'a Caller,
        _model: &'a Model,
    ) -> EngineFuture<'a, Vec<Enforced>> {
        let enforced = self.enforced.clone();
        Box::pin(async { Ok(enforced) })
    }
}

/// Blocks the word `forbidden` and the topic Weather, masks emails, and account numbers in answers.
pub(super) fn policy() -> Policy {
    Policy {
        words: vec![Word {
            text: "forbidden".into(),
            directions: Directions::default(),
        }],
        topics: vec![Topic {
            name: "Weather".into(),
            definition: "Questions about the weather.".into(),
            ..Topic::default()
        }],
        pii_entities: vec![PiiEntity {
            kind: EntityType::Email,
            action: Action::Anonymize,
            directions: Directions::default(),
        }],
        regexes: vec![RegexEntity {
            name: "Account Number".into(),
            pattern: r"\b\d{6}\d{4}\b".into(),
            action: Action::Anonymize,
            directions: Directions {
                input_enabled: Some(false),
                ..Directions::default()
            },
            ..RegexEntity::default()
        }],
        blocked_input_messaging: "No question.".into(),
        blocked_outputs_messaging: "No answer.".into(),
        ..Policy::default()
    }
}

pub(super) fn ready(id: &str, policy: &Policy) -> Arc<Ready> {
    Arc::new(Ready {
        name: format!("the {id}"),
        id: id.into(),
        arn: format!("arn:aws:bedrock:us-east-1:123456789012:guardrail/{id}"),
        version: "1".into(),
        guardrail: Guardrail::compile(policy).unwrap(),
    })
}

/// A runtime whose models say `pieces`, with the guardrail `g1` of [`policy`].
pub(super) struct Bench {
    pub(super) runtime: Arc<Runtime>,
    pub(super) engine: Arc<Says>,
}

impl Bench {
    pub(super) fn saying(pieces: &[&str]) -> Self {
        Self::with(pieces, Some(ready("g1", &policy())), Vec::new())
    }

    pub(super) fn with(
        pieces: &[&str],
        ready: Option<Arc<Ready>>,
        enforced: Vec<Enforced>,
    ) -> Self {
        let engine = Arc::new(Says {
            pieces: pieces.iter().map(|piece| (*piece).to_owned()).collect(),
            calls: AtomicUsize::new(0),
            asked: Mutex::default(),
        });
        let runtime = Arc::new(Runtime {
            catalogue: Arc::new(Catalogue::builtin().unwrap()),
            engine: Arc::clone(&engine) as Arc<dyn Engine>,
            resources: Arc::new(outcrop_catalogue::NoResources),
            guardrails: Arc::new(Fixed { ready, enforced }),
            objects: Arc::new(crate::NoObjects),
            async_invokes: Arc::new(crate::NoAsyncInvokes),
            overrides: Arc::default(),
        });
        Self { runtime, engine }
    }

    pub(super) fn calls(&self) -> usize {
        self.engine.calls.load(Ordering::Relaxed)
    }
}

pub(super) fn caller() -> Caller {
    Caller {
        account: "123456789012".into(),
        region: "us-east-1".into(),
        region_known: true,
    }
}

/// An answer: status, headers, body.
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
    pub(super) bytes: Bytes,
}

impl Bench {
    /// Sends a request through the generated service.
    pub(super) async fn post(&self, path: &str, headers: &[(&str, &str)], body: Value) -> Answered {
        let bytes = Bytes::from(body.to_string());
        let mut request = Request::post(path).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request
            .extension(caller())
            .extension(RawBody(bytes.clone()))
            .body(Body::from(bytes))
            .unwrap();
        let service = crate::service(Arc::clone(&self.runtime));
        let response = service.oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answered {
            status: head.status.as_u16(),
            headers: head.headers,
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            bytes,
        }
    }

    /// `Converse` with the guardrail and traces.
    pub(super) async fn converse(&self, mut body: Value) -> Answered {
        body["guardrailConfig"] = json!({
            "guardrailIdentifier": "g1", "guardrailVersion": "1", "trace": "enabled"
        });
        self.post(&format!("/model/{NOVA}/converse"), &[], body)
            .await
    }

    /// `InvokeModel` with the guardrail and traces.
    pub(super) async fn invoke(&self, model: &str, body: Value) -> Answered {
        let headers = [
            ("X-Amzn-Bedrock-GuardrailIdentifier", "g1"),
            ("X-Amzn-Bedrock-GuardrailVersion", "1"),
            ("X-Amzn-Bedrock-Trace", "ENABLED"),
        ];
        self.post(&format!("/model/{model}/invoke"), &headers, body)
            .await
    }
}

/// The conversation of one question.
pub(super) fn question(text: &str) -> Value {
    json!({ "messages": [{ "role": "user", "content": [{ "text": text }] }] })
}
