//! Models that judge, played by an engine that answers by role.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bedrock_runtime_smithy::model::{ContentBlock, StopReason};
use outcrop_engine::{
    ConverseRequest, EmbedInput, EmbedRequest, Embeddings, Engine, EngineError, EngineFuture,
    EventStream, ImageRequest, RerankRequest, RerankResult, VideoRequest,
};
use outcrop_guardrails::{
    StreamMode,
    policy::{
        Action, ContentFilter, FilterType, GroundingFilter, GroundingType, Policy, Strength, Topic,
    },
};
use serde_json::json;

use super::streams::stream;
use crate::{
    FilterFormat, JudgeRole, JudgeSettings, Judges, Overrides,
    guardrail::testing::{Bench, events, policy, question, ready},
};

/// What a judge says to a text in a role; nothing for one that never answers.
type Script = fn(JudgeRole, &str) -> Option<Result<&'static str, EngineError>>;

struct Judge {
    script: Script,
    asked: Mutex<Vec<(JudgeRole, String)>>,
    at_once: AtomicUsize,
    most: AtomicUsize,
}

impl Engine for Judge {
    fn converse(&self, request: ConverseRequest) -> EngineFuture<'_, EventStream> {
        let role = role(&request.model_id);
        assert_eq!(request.model.id, request.model_id);
        let blocks = request.messages.iter().flat_map(|message| &message.content);
        let texts = blocks.map(|block| match block {
            ContentBlock::Text(text) => text.clone(),
            _ => "(image)".to_owned(),
        });
        let text: String = texts.collect();
        let said = (self.script)(role, &text);
        self.asked.lock().unwrap().push((role, text));
        let at_once = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(at_once, Ordering::SeqCst);
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.at_once.fetch_sub(1, Ordering::SeqCst);
            match said {
                Some(said) => said.map(|said| events(&[said.to_owned()])),
                None => std::future::pending().await,
            }
        })
    }

    fn count_tokens(&self, _request: ConverseRequest) -> EngineFuture<'_, u32> {
        Box::pin(async { Err(EngineError::Internal("not asked".into())) })
    }

    /// A vector of what a text has to do with rain, and with anything else.
    fn embed(&self, request: EmbedRequest) -> EngineFuture<'_, Embeddings> {
        assert_eq!(role(&request.model.id), JudgeRole::TopicSimilarity);
        let vector = |input: &EmbedInput| match input {
            EmbedInput::Text(text) if text.contains("weather") || text.contains("wet") => {
                vec![1.0, 0.1]
            }
            _ => vec![0.0, 1.0],
        };
        let count = request.inputs.len();
        let vectors = request.inputs.iter().map(vector).collect();
        let asked = (JudgeRole::TopicSimilarity, count.to_string());
        self.asked.lock().unwrap().push(asked);
        Box::pin(async {
            Ok(Embeddings {
                vectors,
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

fn role(id: &str) -> JudgeRole {
    let mut roles = JudgeRole::ALL.into_iter();
    roles.find(|role| role.model_id() == id).unwrap()
}

/// A bench whose guardrail has a filter, a topic and grounding, and is judged by `script`.
fn judged(pieces: &[&str], settings: JudgeSettings, script: Script) -> (Bench, Arc<Judge>) {
    let grounding = |kind| GroundingFilter {
        kind,
        threshold: 0.7,
        action: Action::Block,
        enabled: true,
    };
    let policy = Policy {
        content_filters: vec![ContentFilter::new(FilterType::Hate, Strength::Medium)],
        contextual_grounding: vec![grounding(GroundingType::Grounding)],
        ..policy()
    };
    judged_by(&policy, pieces, settings, script)
}

/// A bench with a guardrail of this policy, which is judged by `script`.
fn judged_by(
    policy: &Policy,
    pieces: &[&str],
    settings: JudgeSettings,
    script: Script,
) -> (Bench, Arc<Judge>) {
    let bench = Bench::with(pieces, Some(ready("g1", policy)), Vec::new());
    let judge = Arc::new(Judge {
        script,
        asked: Mutex::default(),
        at_once: AtomicUsize::new(0),
        most: AtomicUsize::new(0),
    });
    let judges = Judges::new(Arc::clone(&judge) as Arc<dyn Engine>, settings);
    bench.runtime.overrides.store(Arc::new(Overrides {
        judges: judges.map(Arc::new),
        ..Overrides::default()
    }));
    (bench, judge)
}

fn filters() -> JudgeSettings {
    JudgeSettings {
        filters: Some(FilterFormat::Json),
        ..JudgeSettings::default()
    }
}

#[expect(clippy::unnecessary_wraps, reason = "others never answer")]
fn hates(_: JudgeRole, text: &str) -> Option<Result<&'static str, EngineError>> {
    Some(Ok(if text.contains("those people") {
        r#"{"HATE": "HIGH"}"#
    } else {
        r#"{"HATE": "LOW"}"#
    }))
}

#[tokio::test]
async fn a_judge_sees_what_the_lexicon_does_not() {
    let (bench, judge) = judged(&["Hello."], filters(), hates);
    let body = bench
        .converse(question("You know those people."))
        .await
        .body;
    let assessment = &body["trace"]["guardrail"]["inputAssessment"]["g1"];
    assert_eq!(
        assessment["contentPolicy"]["filters"],
        json!([{ "action": "BLOCKED", "confidence": "HIGH", "detected": true, "filterStrength": "MEDIUM", "type": "HATE" }])
    );
    assert_eq!(bench.calls(), 0, "a blocked question is not asked");
    let asked = judge.asked.lock().unwrap().clone();
    assert_eq!(
        asked,
        [(
            JudgeRole::Filters,
            "<text>\nYou know those people.\n</text>".to_owned()
        )]
    );
    // A low confidence is none for a filter of medium strength.
    let body = bench.converse(question("Good morning.")).await.body;
    assert_eq!(body["stopReason"], "end_turn");
}

#[tokio::test]
async fn a_judge_decides_topics_in_place_of_words() {
    let chat = JudgeSettings {
        topics: true,
        ..JudgeSettings::default()
    };
    let (bench, _) = judged(&["Hello."], chat, |_, text| {
        let wet = text.contains("umbrella");
        Some(Ok(if wet {
            r#"{"topics": [1]}"#
        } else {
            r#"{"topics": []}"#
        }))
    });
    let stops = async |bench: &Bench, text: &str| {
        bench.converse(question(text)).await.body["stopReason"].clone()
    };
    assert_eq!(
        stops(&bench, "Do I need an umbrella?").await,
        "guardrail_intervened"
    );
    assert_eq!(stops(&bench, "How is the weather?").await, "end_turn");

    let near = JudgeSettings {
        topic_similarity: Some(0.8),
        ..JudgeSettings::default()
    };
    let (bench, judge) = judged(&["Hello."], near, |_, _| None);
    assert_eq!(
        stops(&bench, "Will I get wet?").await,
        "guardrail_intervened"
    );
    assert_eq!(stops(&bench, "Who are you?").await, "end_turn");
    let asked = judge.asked.lock().unwrap().clone();
    let counts: Vec<_> = asked.iter().map(|(_, count)| count.as_str()).collect();
    // The topic's vector is asked for once; the last text is the answer.
    assert_eq!(counts, ["2", "1", "1"]);
}

#[tokio::test]
async fn a_judge_scores_grounding() {
    let settings = JudgeSettings {
        grounding: true,
        ..JudgeSettings::default()
    };
    let (bench, _) = judged(&["Tokyo is in Japan."], settings, |_, text| {
        let negated = text.contains("not in Japan");
        Some(Ok(if negated {
            r#"{"grounding": 0.1, "relevance": 1}"#
        } else {
            r#"{"grounding": 0.9, "relevance": 1}"#
        }))
    });
    let body = |source: &str| {
        json!({ "messages": [{ "role": "user", "content": [
            { "guardContent": { "text": { "text": source, "qualifiers": ["grounding_source"] } } },
            { "guardContent": { "text": { "text": "Where is Tokyo?", "qualifiers": ["query"] } } },
        ] }] })
    };
    let answer = bench.converse(body("Tokyo is in Japan.")).await.body;
    assert_eq!(answer["stopReason"], "end_turn");
    let answer = bench.converse(body("Tokyo is not in Japan.")).await.body;
    assert_eq!(
        answer["output"]["message"]["content"][0]["text"],
        "No answer."
    );
    let filter = &answer["trace"]["guardrail"]["outputAssessments"]["g1"][0]["contextualGroundingPolicy"]
        ["filters"][0];
    assert_eq!(filter["score"], 0.1);
}

#[tokio::test]
async fn a_judge_that_fails_is_an_error_that_names_its_setting() {
    let down: Script = |_, _| {
        Some(Err(EngineError::ServiceUnavailable(
            "It is down.".to_owned(),
        )))
    };
    for script in [down, |_, _| Some(Ok("I would rather not say."))] {
        let (bench, _) = judged(&["Hello."], filters(), script);
        let answer = bench.converse(question("Good morning.")).await;
        assert_eq!(answer.status, 503);
        let message = answer.body["message"].as_str().unwrap();
        assert!(message.contains("`guardrail_filter_judge`"), "{message}");
        assert_eq!(bench.calls(), 0);
    }
    let instead = JudgeSettings {
        rules_instead: true,
        ..filters()
    };
    let (bench, _) = judged(&["Hello."], instead, down);
    let answer = bench.converse(question("Good morning.")).await;
    assert_eq!(answer.body["stopReason"], "end_turn");
}

#[tokio::test(start_paused = true)]
async fn a_judge_that_is_silent_is_given_up() {
    let (bench, _) = judged(&["Hello."], filters(), |_, _| None);
    let answer = bench.converse(question("Good morning.")).await;
    assert_eq!(answer.status, 503);
    let message = answer.body["message"].as_str().unwrap();
    assert!(message.contains("within 30s"), "{message}");
}

#[tokio::test]
async fn verdicts_are_asked_for_in_turn() {
    let one = JudgeSettings {
        concurrency: std::num::NonZeroUsize::MIN,
        timeout: Duration::from_mins(1),
        ..filters()
    };
    let (bench, judge) = judged(&["Hello."], one, hates);
    let blocks: Vec<_> = (0..5)
        .map(|number| json!({ "text": format!("Text {number}.") }))
        .collect();
    let body = json!({ "messages": [{ "role": "user", "content": blocks }] });
    assert_eq!(bench.converse(body).await.status, 200);
    assert_eq!(judge.asked.lock().unwrap().len(), 6);
    assert_eq!(judge.most.load(Ordering::SeqCst), 1);
}

/// What follows a sentence is long enough for everything to be known about it.
const STREAM: [&str; 4] = [
    "It is a fine day today. And ",
    "those people are near. So let us all go elsewhere then, and not come back before tomorrow, ",
    "or even after that. ",
    "Right away.",
];

#[tokio::test]
async fn a_stream_is_judged_sentence_by_sentence() {
    let (bench, judge) = judged(&STREAM, filters(), hates);
    let (texts, stop, reason) = stream(&bench, StreamMode::Sync, "Hello.").await;
    assert_eq!(texts.concat(), "It is a fine day today. No answer.");
    assert_eq!(stop, StopReason::GuardrailIntervened);
    assert_eq!(reason, "No action.\nGuardrail blocked.");
    // The question, and the sentences up to the one that blocks; nothing after it.
    assert_eq!(judge.asked.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn an_asynchronous_stream_does_not_wait_for_verdicts() {
    let (bench, _) = judged(&STREAM, filters(), hates);
    let (texts, stop, _) = stream(&bench, StreamMode::Async, "Hello.").await;
    assert_eq!(
        texts.concat(),
        format!("{}{}No answer.", STREAM[0], STREAM[1])
    );
    assert_eq!(stop, StopReason::GuardrailIntervened);
}

#[tokio::test]
async fn a_judge_that_fails_in_a_stream_ends_it() {
    let (bench, _) = judged(&STREAM, filters(), |_, text| {
        (!text.contains("fine"))
            .then_some(Ok(r#"{"HATE": "NONE"}"#))
            .or(Some(Err(EngineError::Internal("It broke.".to_owned()))))
    });
    let answer = bench
        .post(
            "/model/amazon.nova-lite-v1:0/converse-stream",
            &[],
            json!({
                "messages": question("Hello.")["messages"],
                "guardrailConfig": { "guardrailIdentifier": "g1", "guardrailVersion": "1" },
            }),
        )
        .await;
    assert_eq!(answer.status, 200);
    let text = String::from_utf8_lossy(&answer.bytes).into_owned();
    assert!(text.contains("serviceUnavailableException"), "{text}");
    assert!(!text.contains("fine day"), "{text}");
}

#[tokio::test]
async fn checks_without_a_guardrail_are_judged_too() {
    let (bench, _) = judged(&[], filters(), hates);
    let body = json!({
        "messages": [{ "role": "user", "content": [{ "text": "You know those people." }] }],
        "checks": { "contentFilter": { "categories": [{ "category": "HATE" }] } },
    });
    let answer = bench.post("/guardrail-checks/invoke", &[], body).await;
    assert_eq!(
        answer.body["results"]["contentFilter"]["results"],
        json!([{ "category": "HATE", "severityScore": 1.0 }]),
        "{:?}",
        answer.body
    );
}

#[tokio::test]
async fn images_are_shown_to_their_judge() {
    let filter = ContentFilter {
        input_modalities: vec![outcrop_guardrails::policy::Modality::Image],
        ..ContentFilter::new(FilterType::Hate, Strength::Low)
    };
    let policy = Policy {
        content_filters: vec![filter],
        topics: vec![Topic::default()],
        blocked_input_messaging: "No question.".into(),
        ..Policy::default()
    };
    let settings = JudgeSettings {
        images: Some(FilterFormat::LlamaGuard),
        ..JudgeSettings::default()
    };
    let (bench, judge) = judged_by(&policy, &["Hello."], settings, |_, _| {
        Some(Ok("unsafe\nS10"))
    });
    let image = json!({ "image": { "format": "png", "source": { "bytes": "aW1hZ2U=" } } });
    let body =
        json!({ "messages": [{ "role": "user", "content": [image, { "text": "What is it?" }] }] });
    let answer = bench.converse(body).await.body;
    assert_eq!(answer["stopReason"], "guardrail_intervened", "{answer}");
    let asked = judge.asked.lock().unwrap().clone();
    assert_eq!(asked, [(JudgeRole::Images, "(image)".to_owned())]);
}
