use bedrock_runtime_smithy::model::{
    AnyToolChoice, AutoToolChoice, CacheTtl, ContentBlock, ContentBlockDelta, JsonSchemaDefinition,
    OutputConfig, OutputFormat, OutputFormatStructure, OutputFormatType, ReasoningContentBlock,
    SpecificToolChoice, StopReason, SystemContentBlock, ToolChoice,
};
use serde_json::{Value, json};

use super::*;
use crate::{
    Answer,
    canned::{
        CannedEngine,
        schema::satisfies,
        signature::{Verdict, verify},
        testing::{
            CLAUDE, GPT_OSS, NOVA, answer as folded, ask, assistant, hour, limits, only_text,
            point, request, text, tool_result, tool_use, tools, user,
        },
    },
    document::to_value,
};

fn events(request: &ConverseRequest) -> Vec<StreamEvent> {
    answer(request, &PromptCache::default()).unwrap()
}

fn get(request: &ConverseRequest) -> Answer {
    folded(&CannedEngine::new(), request).unwrap()
}

fn refusal(request: &ConverseRequest) -> EngineError {
    folded(&CannedEngine::new(), request).unwrap_err()
}

fn weather() -> (&'static str, Value) {
    let schema = json!({
        "type": "object",
        "properties": {"city": {"type": "string"}, "unit": {"enum": ["C", "F"]}},
        "required": ["city", "unit"],
    });
    ("get_weather", schema)
}

fn time() -> (&'static str, Value) {
    (
        "get_time",
        json!({"type": "object", "properties": {"zone": {"type": "string"}}, "required": ["zone"]}),
    )
}

fn any() -> ToolChoice {
    ToolChoice::Any(AnyToolChoice {})
}

/// Names and inputs of the calls in an answer.
fn calls(answer: &Answer) -> Vec<(String, Value)> {
    let call = |block: &ContentBlock| match block {
        ContentBlock::ToolUse(call) => Some((call.name.clone(), to_value(&call.input))),
        _ => None,
    };
    answer.message.content.iter().filter_map(call).collect()
}

fn called(answer: &Answer) -> Vec<String> {
    calls(answer).into_iter().map(|(name, _)| name).collect()
}

fn kinds(events: &[StreamEvent]) -> Vec<&'static str> {
    let mut kinds: Vec<_> = events
        .iter()
        .map(|event| match event {
            StreamEvent::MessageStart(_) => "messageStart",
            StreamEvent::ContentBlockStart(_) => "start",
            StreamEvent::ContentBlockDelta(_) => "delta",
            StreamEvent::ContentBlockStop(_) => "stop",
            StreamEvent::MessageStop(_) => "messageStop",
            StreamEvent::Metadata(_) => "metadata",
        })
        .collect();
    kinds.dedup();
    kinds
}

#[test]
fn text_comes_in_several_deltas_and_ends() {
    let request = ask(NOVA, "What is the capital of France?");
    let events = events(&request);
    assert_eq!(
        kinds(&events),
        ["messageStart", "delta", "stop", "messageStop", "metadata"]
    );
    assert!(events.len() > 8);
    let answer = get(&request);
    assert!(only_text(&answer).contains("What is the capital of France?"));
    assert_eq!(answer.stop_reason, StopReason::EndTurn);
    assert_eq!(answer, get(&request));
    assert_ne!(
        only_text(&answer),
        only_text(&get(&ask(NOVA, "What is the capital of Italy?")))
    );
}

#[test]
fn limits_are_kept_with_their_reasons() {
    let mut request = ask(NOVA, "What is the capital of France?");
    request.inference_config = Some(limits(Some(5), &[]));
    let answer = get(&request);
    assert_eq!(
        (answer.stop_reason, answer.usage.output_tokens),
        (StopReason::MaxTokens, Some(5))
    );
    request.inference_config = Some(limits(Some(500), &["capital"]));
    let answer = get(&request);
    assert_eq!(answer.stop_reason, StopReason::StopSequence);
    assert!(only_text(&answer).ends_with("the "));
    request.inference_config = Some(limits(None, &["You"]));
    assert!(get(&request).message.content.is_empty());
}

#[test]
fn claude_says_which_stop_sequence_it_met() {
    let mut request = ask(CLAUDE, "What is the capital of France?");
    request.inference_config = Some(limits(Some(500), &["never", "capital"]));
    assert_eq!(get(&request).additional_model_response_fields, None);
    request.additional_model_response_field_paths = vec!["/stop_sequence".to_owned()];
    let fields = get(&request).additional_model_response_fields;
    assert_eq!(
        to_value(&fields.unwrap()),
        json!({"stop_sequence": "capital"})
    );
}

#[test]
fn tools_are_called_when_they_are_named() {
    let mut request = ask(CLAUDE, "Use get_weather for Paris, in F.");
    request.tool_config = Some(tools(
        &[weather(), time()],
        Some(ToolChoice::Auto(AutoToolChoice {})),
    ));
    let answer = get(&request);
    assert_eq!(answer.stop_reason, StopReason::ToolUse);
    assert_eq!(
        calls(&answer),
        [(
            "get_weather".to_owned(),
            json!({"city": "Paris", "unit": "F"})
        )]
    );
    request.messages = vec![user(vec![text("Call get_weather and get_time.")])];
    let both = get(&request);
    assert_eq!(called(&both), ["get_weather", "get_time"]);
    let ids: Vec<_> = both
        .message
        .content
        .iter()
        .map(|block| match block {
            ContentBlock::ToolUse(call) => (call.tool_use_id.clone(), call.r#type.clone()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_ne!(ids[0].0, ids[1].0);
    assert!(ids[0].0.starts_with("tooluse_"));
    assert_eq!(ids[0].1.as_deref(), Some("tool_use"));
    request.messages = vec![user(vec![
        text("There is get_weather."),
        text("How are you?"),
    ])];
    assert_eq!(get(&request).stop_reason, StopReason::EndTurn);
}

#[test]
fn a_loop_of_calls_ends_with_the_result() {
    let mut request = ask(NOVA, "Use get_weather for Paris.");
    request.tool_config = Some(tools(&[weather()], None));
    let first = get(&request);
    let ContentBlock::ToolUse(call) = &first.message.content[0] else {
        panic!("{first:?}")
    };
    request.messages.push(first.message.clone());
    request
        .messages
        .push(user(vec![tool_result(&call.tool_use_id, "18 degrees")]));
    let last = get(&request);
    assert_eq!(last.stop_reason, StopReason::EndTurn);
    assert!(only_text(&last).contains("get_weather returned: 18 degrees"));
}

#[test]
fn forced_calls_satisfy_the_schema() {
    let mut request = ask(NOVA, "Hello");
    let hard = json!({
        "type": "object",
        "properties": {
            "when": {"type": "string", "format": "date-time"},
            "tags": {"type": "array", "items": {"$ref": "#/$defs/tag"}, "minItems": 2, "uniqueItems": true},
            "code": {"type": "string", "pattern": "^[A-Z]{2}-\\d{3}$"},
        },
        "required": ["when", "tags", "code"],
        "additionalProperties": false,
        "$defs": {"tag": {"enum": ["a", "b", "c"]}},
    });
    request.tool_config = Some(tools(&[weather(), ("hard", hard.clone())], Some(any())));
    assert_eq!(called(&get(&request)), ["get_weather"]);
    request.tool_config = Some(tools(
        &[weather(), ("hard", hard.clone())],
        Some(ToolChoice::Tool(SpecificToolChoice {
            name: "hard".into(),
        })),
    ));
    let forced = calls(&get(&request));
    assert_eq!(forced[0].0, "hard");
    assert!(satisfies(&hard, &forced[0].1).unwrap());
    request.tool_config = Some(tools(
        &[(
            "never",
            json!({"type": "object", "required": ["a"], "properties": {"a": false}}),
        )],
        Some(any()),
    ));
    assert!(
        matches!(refusal(&request), EngineError::Validation(message) if message.contains("never"))
    );
}

#[test]
fn any_goes_on_to_the_next_tool() {
    let mut request = ask(NOVA, "What is the weather?");
    request.tool_config = Some(tools(
        &[weather(), ("final_result", json!({"type": "object"}))],
        Some(any()),
    ));
    assert_eq!(called(&get(&request)), ["get_weather"]);
    request
        .messages
        .push(assistant(vec![tool_use("id", "get_weather", &json!({}))]));
    request
        .messages
        .push(user(vec![tool_result("id", "sunny")]));
    assert_eq!(called(&get(&request)), ["final_result"]);
}

#[test]
fn claude_sends_input_in_pieces_and_others_whole() {
    let inputs = |model: &str| -> Vec<String> {
        let mut request = ask(model, "get_weather for Paris");
        request.tool_config = Some(tools(&[weather()], None));
        let deltas = events(&request)
            .into_iter()
            .filter_map(|event| match event {
                StreamEvent::ContentBlockDelta(event) => event.delta,
                _ => None,
            });
        deltas
            .map(|delta| match delta {
                ContentBlockDelta::ToolUse(delta) => delta.input.unwrap(),
                other => panic!("{other:?}"),
            })
            .collect()
    };
    let (claude, nova) = (inputs(CLAUDE), inputs(NOVA));
    assert_eq!(claude[0], "");
    assert!(claude.len() > 3);
    assert_eq!(nova, [claude.concat()]);
}

#[test]
fn a_call_beyond_the_token_limit_is_cut_off() {
    let mut request = ask(CLAUDE, "get_weather for Paris");
    request.tool_config = Some(tools(&[weather()], None));
    request.inference_config = Some(limits(Some(4), &[]));
    let answer = get(&request);
    assert_eq!(answer.stop_reason, StopReason::MaxTokens);
    assert_eq!(answer.usage.output_tokens, Some(4));
    assert!(calls(&answer).is_empty());
}

#[test]
fn structured_output_is_an_instance() {
    let structured = |schema: &str| {
        let definition = JsonSchemaDefinition {
            description: None,
            name: None,
            schema: schema.to_owned(),
        };
        let mut request = ask(CLAUDE, "Tell me about Paris");
        request.output_config = Some(OutputConfig {
            effort: None,
            text_format: Some(OutputFormat {
                r#type: OutputFormatType::JsonSchema,
                structure: OutputFormatStructure::JsonSchema(definition),
            }),
        });
        request
    };
    let (_, schema) = weather();
    let answer = get(&structured(&schema.to_string()));
    let value: Value = serde_json::from_str(only_text(&answer)).unwrap();
    assert!(satisfies(&schema, &value).unwrap());
    assert_eq!(value["city"], "Paris");
    for broken in ["{", "3", "false"] {
        assert!(
            matches!(refusal(&structured(broken)), EngineError::Validation(_)),
            "{broken}"
        );
    }
}

#[test]
fn reasoning_is_signed_and_taken_back() {
    let mut request = ask(CLAUDE, "Think about it.");
    request.additional_model_request_fields =
        Some(json!({"thinking": {"type": "enabled", "budget_tokens": 1024}}));
    let answer = get(&request);
    let [
        ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(thought)),
        ContentBlock::Text(_),
    ] = answer.message.content.as_slice()
    else {
        panic!("{answer:?}");
    };
    let mut thought = thought.clone();
    assert_eq!(
        verify(&thought.text, thought.signature.as_deref().unwrap()),
        Verdict::Valid
    );
    let sent_back = |message| {
        let mut request = request.clone();
        request.messages.extend([message, user(vec![text("And?")])]);
        folded(&CannedEngine::new(), &request)
    };
    assert!(sent_back(answer.message.clone()).is_ok());
    thought.text.push('!');
    let block = ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(thought));
    assert!(matches!(
        sent_back(assistant(vec![block])),
        Err(EngineError::ModelValidation(_))
    ));
    request.additional_model_request_fields = Some(json!({"thinking": {"type": "disabled"}}));
    only_text(&get(&request));
}

#[test]
fn a_turn_that_began_without_reasoning_goes_on_without() {
    let turn = |answer| {
        let mut request = ask(CLAUDE, "Use get_weather for Paris.");
        request.tool_config = Some(tools(&[weather()], None));
        request.additional_model_request_fields =
            Some(json!({"thinking": {"type": "enabled", "budget_tokens": 1024}}));
        let result = user(vec![tool_result("1", "18 degrees")]);
        request.messages.extend([assistant(answer), result]);
        get(&request)
    };
    let call = tool_use("1", "get_weather", &json!({"city": "Paris"}));
    only_text(&turn(vec![call.clone()]));
    only_text(&turn(vec![text("Let me see."), call]));
}

#[test]
fn some_models_always_reason_and_do_not_sign() {
    let answer = get(&ask(GPT_OSS, "Hi"));
    let ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(thought)) =
        &answer.message.content[0]
    else {
        panic!("{answer:?}");
    };
    assert_eq!(thought.signature, None);
    let mut request = ask(NOVA, "Hi");
    request.additional_model_request_fields = Some(json!({"thinking": {"type": "enabled"}}));
    only_text(&get(&request));
}

#[test]
fn reasoning_counts_for_the_token_limit() {
    let mut request = ask(CLAUDE, "Think about it.");
    request.additional_model_request_fields = Some(json!({"thinking": {"type": "enabled"}}));
    request.inference_config = Some(limits(Some(3), &[]));
    let answer = get(&request);
    assert_eq!(
        (answer.stop_reason, answer.usage.output_tokens),
        (StopReason::MaxTokens, Some(3))
    );
    assert_eq!(answer.message.content.len(), 1);
}

#[test]
fn cached_prefixes_are_accounted() {
    let engine = CannedEngine::new();
    let long = "word ".repeat(1200);
    let cached = |question: &str| {
        let mut request = ask(CLAUDE, question);
        request.system = vec![
            SystemContentBlock::Text(long.clone()),
            SystemContentBlock::CachePoint(point()),
        ];
        folded(&engine, &request).unwrap().usage
    };
    let first = cached("One?");
    let written = first.cache_write_input_tokens.unwrap();
    assert!(written >= 1200);
    assert_eq!(
        first.cache_details.unwrap()[0].ttl,
        Some(CacheTtl::FiveMinutes)
    );
    let second = cached("Two?");
    assert_eq!(second.cache_read_input_tokens, Some(written));
    assert_eq!(
        (second.cache_write_input_tokens, second.cache_details),
        (Some(0), None)
    );
    assert_eq!(second.total_tokens, first.total_tokens);
    let mut other = ask(CLAUDE, "One?");
    other.system = vec![
        SystemContentBlock::Text(long.clone()),
        SystemContentBlock::CachePoint(hour()),
    ];
    other.caller.account = "210987654321".into();
    let other = folded(&engine, &other).unwrap().usage;
    assert_eq!(other.cache_details.unwrap()[0].ttl, Some(CacheTtl::OneHour));
    let many = (0..5)
        .flat_map(|_| [text("x"), ContentBlock::CachePoint(point())])
        .collect();
    assert!(matches!(
        refusal(&request(CLAUDE, many)),
        EngineError::ModelValidation(_)
    ));
}

#[test]
fn what_is_longer_than_the_context_is_refused() {
    let long = "word ".repeat(250_000);
    let refused = |model| refusal(&ask(model, &long)).to_string();
    assert!(refused(CLAUDE).starts_with("prompt is too long: 2500"));
    let many = vec![text(&long); 2];
    assert!(
        refusal(&request(NOVA, many))
            .to_string()
            .starts_with("Input Tokens Exceeded")
    );
}
