//! Every recorded request that the service accepted finds a model that may do what it asks, and recorded errors about models come out the same.
//! Skipped, with a message, where the recordings are not at hand.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "the helpers of a test fail and report as tests do"
)]

use std::fs;
use std::path::{Path, PathBuf};

use outcrop_catalogue::{
    Capabilities, Catalogue, ContentKind, ModelFilter, Operation, ToolChoice, Unsupported,
};
use serde_json::Value;

/// Recorded with endpoints of their own; a user's file says what stands behind such ARNs.
const MARKETPLACE: &str = "[arns]\n\"arn:aws:sagemaker:us-east-1:767398002385:endpoint/endpoint-quick-start-idr7y\" = \"meta.llama3-8b-instruct-v1:0\"";

/// One exchange about a model.
struct Exchange {
    file: String,
    model: String,
    operation: Operation,
    status: u64,
    region: Option<String>,
    request: Value,
    response: Value,
}

fn recordings() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/recordings");
    if folder.is_dir() {
        Some(folder)
    } else {
        println!("skipped: there are no recordings at {}", folder.display());
        None
    }
}

fn operation(name: &str) -> Option<Operation> {
    match name {
        "Converse" => Some(Operation::Converse),
        "ConverseStream" => Some(Operation::ConverseStream),
        "InvokeModel" => Some(Operation::InvokeModel),
        "InvokeModelWithResponseStream" => Some(Operation::InvokeModelWithResponseStream),
        "CountTokens" => Some(Operation::CountTokens),
        _ => None,
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

fn exchanges(folder: &Path) -> Vec<Exchange> {
    let index = fs::read_to_string(folder.join("index.jsonl")).expect("the index is there");
    let read = |line: &str| {
        let line = json(line);
        let (file, model) = (
            line["file"].as_str()?,
            line["model"]
                .as_str()
                .filter(|model| *model != "{unknown}")?,
        );
        let record = json(&fs::read_to_string(folder.join(file)).ok()?);
        let (_, rest) = record["request"]["host"]
            .as_str()
            .unwrap_or("")
            .split_once("bedrock-runtime.")
            .unwrap_or_default();
        Some(Exchange {
            file: file.to_owned(),
            model: model.to_owned(),
            operation: operation(line["op"].as_str()?)?,
            status: line["status"].as_u64()?,
            region: rest
                .strip_suffix(".amazonaws.com")
                .filter(|region| !region.starts_with('<'))
                .map(str::to_owned),
            request: json(record["request"]["body_text"].as_str().unwrap_or("")),
            response: json(record["response"]["body_text"].as_str().unwrap_or("")),
        })
    };
    index.lines().filter_map(read).collect()
}

fn catalogue() -> Catalogue {
    Catalogue::builtin()
        .and_then(|builtin| builtin.extended_with(MARKETPLACE))
        .expect("the catalogue is right")
}

/// What the catalogue refuses an exchange with.
fn refusal(catalogue: &Catalogue, exchange: &Exchange) -> Option<String> {
    let resolved = match catalogue.resolve(&exchange.model, exchange.region.as_deref()) {
        Ok(resolved) => resolved,
        Err(error) => return Some(error.to_string()),
    };
    let converses = exchange.operation.is_converse();
    let checked = resolved.permits(exchange.operation).and_then(|()| {
        if converses {
            check_request(&resolved.model.capabilities, exchange)
        } else {
            Ok(())
        }
    });
    checked.err().map(|error| error.to_string())
}

fn check_request(can: &Capabilities, exchange: &Exchange) -> Result<(), Unsupported> {
    let request = &exchange.request;
    if request["system"]
        .as_array()
        .is_some_and(|system| !system.is_empty())
    {
        can.check_system()?;
    }
    if request.get("toolConfig").is_some() {
        can.check_tools(exchange.operation.streams())?;
    }
    for (name, choice) in [
        ("auto", ToolChoice::Auto),
        ("any", ToolChoice::Any),
        ("tool", ToolChoice::Tool),
    ] {
        if request["toolConfig"]["toolChoice"].get(name).is_some() {
            can.check_tool_choice(choice)?;
        }
    }
    if let Some(tokens) = request["inferenceConfig"]["maxTokens"].as_u64() {
        can.check_max_tokens(u32::try_from(tokens).expect("a number of tokens"))?;
    }
    for message in request["messages"].as_array().into_iter().flatten() {
        message["content"]
            .as_array()
            .into_iter()
            .flatten()
            .try_for_each(|block| check_block(can, block))?;
    }
    Ok(())
}

fn check_block(can: &Capabilities, block: &Value) -> Result<(), Unsupported> {
    let kinds = [
        ("image", ContentKind::Image),
        ("document", ContentKind::Document),
        ("video", ContentKind::Video),
        ("audio", ContentKind::Audio),
    ];
    for (name, kind) in kinds {
        if let Some(content) = block.get(name) {
            can.check_content(kind)?;
            content["source"]
                .get("s3Location")
                .map_or(Ok(()), |_| can.check_s3_location())?;
        }
    }
    if block.get("cachePoint").is_some() {
        can.check_prompt_caching()?;
    }
    if let Some(result) = block.get("toolResult") {
        result
            .get("status")
            .map_or(Ok(()), |_| can.check_tool_result_status())?;
        result["content"]
            .as_array()
            .into_iter()
            .flatten()
            .try_for_each(|block| check_block(can, block))?;
    }
    Ok(())
}

#[test]
fn what_the_service_accepted_is_accepted() {
    let Some(folder) = recordings() else { return };
    let catalogue = catalogue();
    let accepted: Vec<_> = exchanges(&folder)
        .into_iter()
        .filter(|exchange| exchange.status == 200)
        .collect();
    let refused: Vec<_> = accepted
        .iter()
        .filter_map(|exchange| {
            refusal(&catalogue, exchange)
                .map(|why| format!("{} {}: {why}", exchange.file, exchange.model))
        })
        .collect();
    println!(
        "{} of {} accepted requests",
        accepted.len() - refused.len(),
        accepted.len()
    );
    assert!(!accepted.is_empty(), "the index has accepted requests");
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn recorded_errors_about_models_come_out_the_same() {
    let Some(folder) = recordings() else { return };
    let catalogue = catalogue();
    let mut compared = 0;
    for exchange in exchanges(&folder) {
        let Some(message) = exchange.response["message"].as_str() else {
            continue;
        };
        // The others are about access, signatures and bodies.
        if exchange.status == 400 && message.starts_with("The provided model") {
            assert_eq!(
                refusal(&catalogue, &exchange).as_deref(),
                Some(message),
                "{}",
                exchange.file
            );
            compared += 1;
        }
    }
    println!("{compared} recorded errors");
    assert!(compared >= 8, "the recordings hold errors about models");
}

#[test]
fn the_recorded_list_is_listed_in_its_order() {
    let Some(folder) = recordings() else { return };
    let record = json(
        &fs::read_to_string(folder.join("chatlas/test_anthropic_models.8bdd59.01.json"))
            .expect("the list is recorded"),
    );
    let listed = json(
        record["response"]["body_text"]
            .as_str()
            .expect("it has a body"),
    );
    let catalogue = catalogue();
    let mut ours = catalogue.models(ModelFilter::default());
    for theirs in listed["modelSummaries"].as_array().expect("a list") {
        let model = ours.next().expect("as many models as the service has");
        let id = model.id.as_str();
        let wire = |values: Vec<&'static str>| Value::from(values);
        assert_eq!(theirs["modelId"], id);
        assert_eq!(theirs["modelArn"], model.arn("us-east-1"), "{id}");
        assert_eq!(theirs["modelName"], model.name, "{id}");
        assert_eq!(theirs["providerName"], model.provider, "{id}");
        assert_eq!(
            theirs["inputModalities"],
            wire(model.input.iter().map(|value| value.as_str()).collect()),
            "{id}"
        );
        assert_eq!(
            theirs["outputModalities"],
            wire(model.output.iter().map(|value| value.as_str()).collect()),
            "{id}"
        );
        assert_eq!(
            theirs["responseStreamingSupported"].as_bool(),
            model.streaming,
            "{id}"
        );
        assert_eq!(
            theirs["customizationsSupported"],
            wire(
                model
                    .customizations
                    .iter()
                    .map(|value| value.as_str())
                    .collect()
            ),
            "{id}"
        );
        assert_eq!(
            theirs["inferenceTypesSupported"],
            wire(
                model
                    .inference_types
                    .iter()
                    .map(|value| value.as_str())
                    .collect()
            ),
            "{id}"
        );
        assert_eq!(
            theirs["modelLifecycle"]["status"].as_str(),
            model.lifecycle.as_str(),
            "{id}"
        );
    }
}
