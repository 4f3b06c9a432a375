//! What a collector gets.

use std::collections::BTreeMap;

use opentelemetry_proto::tonic::{
    common::v1::{KeyValue, any_value::Value},
    trace::v1::{Span, span::SpanKind, status::StatusCode},
};

use super::{
    MODEL, ask,
    collector::{Sent, collector},
};
use crate::common::{
    Outcrop,
    client::{Client, connect},
};

/// The example of W3C's recommendation.
const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";

/// Stands for what a user would not want to be exported.
const CANARY: &str = "canary-a0f3";

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

fn attributes(of: &[KeyValue]) -> BTreeMap<&str, String> {
    let text = |value: &Value| match value {
        Value::StringValue(text) => text.clone(),
        Value::IntValue(number) => number.to_string(),
        other => format!("{other:?}"),
    };
    of.iter()
        .filter_map(|pair| {
            let value = pair.value.as_ref()?.value.as_ref()?;
            Some((pair.key.as_str(), text(value)))
        })
        .collect()
}

#[tokio::test]
async fn a_collector_gets_spans_in_the_clients_trace_and_metrics() {
    let (address, mut sent) = collector().await;
    let endpoint = format!("http://{address}");
    let server = Outcrop::start(&["--otlp-endpoint", &endpoint]).await;
    let mut client = Client::http1(connect(server.address).await).await;
    let mut request = ask(MODEL, "converse", CANARY);
    let parent = format!("00-{TRACE}-{PARENT}-01");
    let headers = request.headers_mut();
    headers.insert("traceparent", parent.parse().unwrap());
    let answer = client.send(request).await;
    let id = answer.headers()["x-amzn-requestid"]
        .to_str()
        .unwrap()
        .to_owned();
    client.send(ask("no.such-model", "converse", CANARY)).await;
    server.signal("TERM").await;
    let exit = server.exit().await;
    assert!(exit.status.success());

    let (mut spans, mut metrics) = (Vec::<Span>::new(), Vec::new());
    let mut services = Vec::new();
    while let Ok(sent) = sent.try_recv() {
        match sent {
            Sent::Traces(request) => {
                assert!(!format!("{request:?}").contains(CANARY));
                for resource in request.resource_spans {
                    services.extend(resource.resource.map(|found| found.attributes));
                    spans.extend(
                        resource
                            .scope_spans
                            .into_iter()
                            .flat_map(|scope| scope.spans),
                    );
                }
            }
            Sent::Metrics(request) => {
                assert!(!format!("{request:?}").contains(CANARY));
                let resources = request.resource_metrics.into_iter();
                let scopes = resources.flat_map(|resource| resource.scope_metrics);
                metrics.extend(scopes.flat_map(|scope| scope.metrics));
            }
        }
    }
    assert_eq!(attributes(&services[0])["service.name"], "outcrop");
    let span = spans
        .iter()
        .find(|span| span.name == format!("chat {MODEL}"));
    let span = span.unwrap_or_else(|| panic!("{spans:#?}"));
    assert_eq!(hex(&span.trace_id), TRACE);
    assert_eq!(hex(&span.parent_span_id), PARENT);
    assert_eq!(span.kind, SpanKind::Server as i32);
    let told = attributes(&span.attributes);
    for (name, value) in [
        ("aws.request_id", id.as_str()),
        ("gen_ai.operation.name", "chat"),
        ("gen_ai.provider.name", "aws.bedrock"),
        ("gen_ai.request.model", MODEL),
        ("http.response.status_code", "200"),
        ("outcrop.backend", "canned"),
        ("rpc.method", "Converse"),
    ] {
        assert_eq!(told[name], value, "{name}");
    }
    assert!(told["gen_ai.usage.output_tokens"].parse::<u32>().unwrap() > 0);
    let refused = spans
        .iter()
        .find(|span| span.name == "chat no.such-model")
        .unwrap();
    assert_eq!(
        attributes(&refused.attributes)["error.type"],
        "ValidationException"
    );
    let status = refused.status.as_ref().map_or(0, |status| status.code);
    assert_eq!(status, StatusCode::Unset as i32);
    let names: Vec<_> = metrics.iter().map(|metric| metric.name.as_str()).collect();
    for name in [
        "http.server.request.duration",
        "gen_ai.client.token.usage",
        "gen_ai.client.operation.duration",
        "gen_ai.server.request.duration",
        "gen_ai.server.time_to_first_token",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
}

#[tokio::test]
async fn a_collector_that_is_not_there_holds_nothing_up() {
    let server = Outcrop::start(&["--otlp-endpoint", "http://127.0.0.1:9"]).await;
    let mut client = Client::http1(connect(server.address).await).await;
    let answer = client.send(ask(MODEL, "converse", "Hello")).await;
    assert_eq!(answer.status(), 200);
    server.signal("TERM").await;
    assert!(server.exit().await.status.success());
}
