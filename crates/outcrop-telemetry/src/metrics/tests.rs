use std::time::{Duration, Instant};

use outcrop_engine::observation::Seen;

use super::*;
use crate::Inference;

fn request<'a>(error: &'a str, inference: Option<Inference<'a>>) -> Finished<'a> {
    Finished {
        method: "POST",
        operation: "Converse",
        status: Some(if error.is_empty() { 200 } else { 400 }),
        error,
        duration: Duration::from_millis(30),
        request_bytes: Some(50),
        response_bytes: 2_000,
        aborted: false,
        inference,
    }
}

fn finish(metrics: &Metrics, request: &Finished<'_>) {
    metrics.begun();
    metrics.finished(request, false);
}

fn assert_has(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(
            text.lines().any(|found| found == *line),
            "no {line} in:\n{text}"
        );
    }
}

#[test]
fn requests_are_counted_by_operation_status_and_error() {
    let metrics = Metrics::new("1.2.3");
    finish(&metrics, &request("", None));
    finish(&metrics, &request("", None));
    finish(&metrics, &request("ValidationException", None));
    metrics.begun();
    metrics.streaming();
    let text = metrics.text();
    let ok = r#"{http_request_method="POST",rpc_method="Converse",http_response_status_code="200",error_type=""}"#;
    let failed = ok
        .replace("200", "400")
        .replace(r#"error_type="""#, r#"error_type="ValidationException""#);
    assert_has(
        &text,
        &[
            r#"outcrop_build_info{version="1.2.3"} 1"#,
            &format!("http_server_request_duration_seconds_count{ok} 2"),
            &format!("http_server_request_duration_seconds_count{failed} 1"),
            r#"http_server_request_body_size_bytes_sum{rpc_method="Converse"} 150.0"#,
            r#"http_server_response_body_size_bytes_sum{rpc_method="Converse"} 6000.0"#,
            "http_server_active_requests 1",
            "outcrop_active_streams 1",
            "# EOF",
        ],
    );
    assert!(!text.contains("gen_ai_client_token_usage_count"), "{text}");
}

#[test]
fn inferences_are_counted_by_model_and_backend() {
    let metrics = Metrics::new("1.2.3");
    let begun = Instant::now();
    let at = |milliseconds| Some(begun + Duration::from_millis(milliseconds));
    let seen = Seen {
        backend: Some("vllm".into()),
        response_model: Some("llama3.1:8b".into()),
        asked: at(1),
        first_token: at(4),
        last_token: at(84),
        done: at(90),
        input_tokens: Some(12),
        output_tokens: Some(5),
        ..Seen::default()
    };
    let inference = Inference {
        operation: "chat",
        model: "amazon.nova-lite-v1:0",
        begun,
        seen: &seen,
    };
    finish(&metrics, &request("", Some(inference)));
    let labels = r#"gen_ai_operation_name="chat",gen_ai_provider_name="aws.bedrock",gen_ai_request_model="amazon.nova-lite-v1:0",gen_ai_response_model="llama3.1:8b",outcrop_backend="vllm""#;
    assert_has(
        &metrics.text(),
        &[
            &format!(
                r#"gen_ai_server_request_duration_seconds_sum{{{labels},error_type=""}} 0.03"#
            ),
            &format!(
                r#"gen_ai_client_operation_duration_seconds_sum{{{labels},error_type=""}} 0.089"#
            ),
            &format!(r"gen_ai_server_time_to_first_token_seconds_sum{{{labels}}} 0.004"),
            &format!(r"gen_ai_server_time_per_output_token_seconds_sum{{{labels}}} 0.02"),
            &format!(r#"gen_ai_client_token_usage_sum{{{labels},gen_ai_token_type="input"}} 12.0"#),
            &format!(r#"gen_ai_client_token_usage_sum{{{labels},gen_ai_token_type="output"}} 5.0"#),
        ],
    );
    assert!(!metrics.text().contains("cache_read"));
}
