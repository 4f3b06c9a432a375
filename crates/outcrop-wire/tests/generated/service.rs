//! Both generated services with handlers by rote, and the layers around them.

use std::{convert::Infallible, sync::Arc};

use aws_smithy_http_server::{
    Extension,
    body::{Body, BoxBody},
};
use aws_smithy_types::{Document, event_stream::Message};
use bedrock_runtime_smithy::{
    AmazonBedrockFrontendService, AmazonBedrockFrontendServiceConfig,
    error::{
        ConverseError, ConverseStreamError, ConverseStreamOutputError, CountTokensError,
        InvokeModelError, ModelErrorException, ThrottlingException, ValidationException,
    },
    input::{ConverseInput, ConverseStreamInput, CountTokensInput, InvokeModelInput},
    model::{
        ContentBlock, ContentBlockDelta, ContentBlockDeltaEvent, ConversationRole, ConverseMetrics,
        ConverseOutput as Answer, ConverseStreamOutput as Event, Message as Turn, StopReason,
        TokenUsage,
    },
    output::{ConverseOutput, ConverseStreamOutput, CountTokensOutput, InvokeModelOutput},
};
use bedrock_smithy::{AmazonBedrockControlPlaneService, AmazonBedrockControlPlaneServiceConfig};
use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::BodyExt;
use outcrop_wire::{
    Caller, ConstraintTable, Limits, RawBody, RouteTable, ServiceRoutes, StackSettings,
    model_plugins, stack,
};
use tower::{Service, ServiceExt};

const RUNTIME: &str = include_str!("../../../bedrock-runtime-smithy/constraints.json");
const CONTROL: &str = include_str!("../../../bedrock-smithy/constraints.json");
const SERVED: [&str; 4] = ["Converse", "ConverseStream", "CountTokens", "InvokeModel"];

pub(crate) const MODEL: &str = "anthropic.claude-3-haiku-20240307-v1:0";

/// An answer, read to its end.
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answered {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("ASCII"))
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn message(&self) -> String {
        self.json()["message"]
            .as_str()
            .expect("has a message")
            .to_owned()
    }

    /// The messages of an event stream, whose checksums are checked on the way.
    pub(crate) fn messages(&self) -> Vec<Message> {
        let mut body = self.body.clone();
        let mut messages = Vec::new();
        while !body.is_empty() {
            messages.push(
                aws_smithy_eventstream::frame::read_message_from(&mut body)
                    .expect("a valid message"),
            );
        }
        messages
    }
}

/// Sends a request with a JSON body through all layers.
pub(crate) async fn post(path: &str, body: impl Into<Bytes>) -> Answered {
    let request = Request::post(path).header("content-type", "application/json");
    send(
        request
            .body(Body::from_bytes(body.into()))
            .expect("a valid request"),
    )
    .await
}

pub(crate) async fn converse(body: impl Into<Bytes>) -> Answered {
    post(&format!("/model/{MODEL}/converse"), body).await
}

pub(crate) async fn get(path: &str) -> Answered {
    send(
        Request::get(path)
            .body(Body::empty())
            .expect("a valid request"),
    )
    .await
}

pub(crate) async fn send(request: Request<Body>) -> Answered {
    let Ok(response) = service().oneshot(request).await;
    let (parts, body) = response.into_parts();
    Answered {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: body.collect().await.expect("ends well").to_bytes(),
    }
}

fn service() -> impl Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible> {
    let runtime = Arc::new(ConstraintTable::parse(RUNTIME).expect("the runtime's table is valid"));
    let control =
        Arc::new(ConstraintTable::parse(CONTROL).expect("the control plane's table is valid"));
    let not_served = |table: &ConstraintTable| {
        let names = table
            .operation_names()
            .filter(|name| !SERVED.contains(name));
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    let services = [
        ServiceRoutes::new(Arc::clone(&runtime), not_served(&runtime)),
        ServiceRoutes::new(Arc::clone(&control), not_served(&control)),
    ];
    let settings = StackSettings {
        nulls: Arc::default(),
        routes: Arc::new(RouteTable::new(services).expect("the routes are valid")),
        region: "us-east-1".to_owned(),
        limits: Limits::default(),
    };
    let config = AmazonBedrockFrontendServiceConfig::builder()
        .model_plugin(model_plugins())
        .build();
    let runtime = AmazonBedrockFrontendService::builder::<Body, _, _, _>(config)
        .converse(answer_converse)
        .converse_stream(answer_converse_stream)
        .count_tokens(answer_count_tokens)
        .invoke_model(answer_invoke_model)
        .build_unchecked();
    let config = AmazonBedrockControlPlaneServiceConfig::builder().build();
    let control =
        AmazonBedrockControlPlaneService::builder::<Body, _, _, _>(config).build_unchecked();
    stack(&settings, runtime, control)
}

fn text_of(content: Option<&ContentBlock>) -> String {
    match content {
        Some(ContentBlock::Text(text)) => text.clone(),
        other => format!("{other:?}"),
    }
}

fn invalid(message: &str) -> ValidationException {
    ValidationException {
        message: Some(message.to_owned()),
        field_list: None,
    }
}

/// Repeats the last text; some texts are wishes for an error.
async fn answer_converse(
    input: ConverseInput,
    Extension(caller): Extension<Caller>,
    Extension(body): Extension<RawBody>,
) -> Result<ConverseOutput, ConverseError> {
    let turn = input.messages.as_ref().and_then(|messages| messages.last());
    let text = text_of(turn.and_then(|turn| turn.content.last()));
    match text.as_str() {
        "invalid" => return Err(ConverseError::ValidationException(invalid("as you wish"))),
        "model error" => {
            return Err(ConverseError::ModelErrorException(ModelErrorException {
                message: Some("it failed".to_owned()),
                original_status_code: Some(418),
                resource_name: Some("teapot".to_owned()),
            }));
        }
        "throttle" => {
            return Err(ConverseError::ThrottlingException(ThrottlingException {
                message: Some("slower".to_owned()),
                retry_after_seconds: Some(7),
            }));
        }
        "panic" => panic!("as you wish"),
        _ => {}
    }
    let text = match text.as_str() {
        "caller" => format!("{} {} {}", caller.account, caller.region, input.model_id),
        "body" => body.0.len().to_string(),
        _ => text,
    };
    Ok(output(text))
}

fn output(text: String) -> ConverseOutput {
    ConverseOutput {
        output: Answer::Message(Turn {
            role: ConversationRole::Assistant,
            content: vec![ContentBlock::Text(text)],
        }),
        stop_reason: StopReason::EndTurn,
        usage: TokenUsage {
            input_tokens: Some(1),
            output_tokens: Some(1),
            total_tokens: Some(2),
            cache_read_input_tokens: None,
            cache_write_input_tokens: None,
            cache_read_input_token_count: None,
            cache_write_input_token_count: None,
            cache_details: None,
            server_tool_usage: None,
        },
        metrics: ConverseMetrics { latency_ms: 1 },
        additional_model_response_fields: None::<Document>,
        trace: None,
        performance_config: None,
        service_tier: None,
    }
}

/// Streams the last text once, and then fails if it is `fail`.
async fn answer_converse_stream(
    input: ConverseStreamInput,
) -> Result<ConverseStreamOutput, ConverseStreamError> {
    let turn = input.messages.as_ref().and_then(|messages| messages.last());
    let text = text_of(turn.and_then(|turn| turn.content.last()));
    if text == "invalid" {
        return Err(ConverseStreamError::ValidationException(invalid(
            "as you wish",
        )));
    }
    let fails = text == "fail";
    let event = Event::ContentBlockDelta(ContentBlockDeltaEvent {
        delta: Some(ContentBlockDelta::Text(text)),
        content_block_index: Some(0),
        p: Some("abc".to_owned()),
    });
    let mut events = vec![Ok(event)];
    if fails {
        events.push(Err(ConverseStreamOutputError::ValidationException(
            invalid("in the stream"),
        )));
    }
    let stream = futures_util::stream::iter(events).into();
    Ok(ConverseStreamOutput { stream })
}

async fn answer_count_tokens(
    _input: CountTokensInput,
) -> Result<CountTokensOutput, CountTokensError> {
    Ok(CountTokensOutput { input_tokens: 3 })
}

async fn answer_invoke_model(
    input: InvokeModelInput,
) -> Result<InvokeModelOutput, InvokeModelError> {
    let seen = format!("{:?} {:?}", input.accept, input.content_type);
    let body = input
        .body
        .map(aws_smithy_types::Blob::into_inner)
        .unwrap_or_default();
    let builder = InvokeModelOutput::builder();
    let output = builder
        .body(aws_smithy_types::Blob::new(if body.is_empty() {
            seen.into_bytes()
        } else {
            body
        }))
        .content_type("application/json".to_owned())
        .invocation_latency(Some(5));
    Ok(output.build().expect("complete"))
}
