use bedrock_runtime_smithy::model::{ConversationRole, Message};
use futures_util::FutureExt;
use outcrop_catalogue::{
    Catalogue, NoResources, ResolvedResource, ResourceError, ResourceFuture, Resources, Route,
    Routes,
};
use outcrop_engine::{canned::CannedEngine, fold};

use super::*;
use crate::{call, guardrail::NoGuardrails};

const ACCOUNT: &str = "arn:aws:bedrock:us-east-1:123456789012";
const UNKNOWN: &str = "The provided model identifier is invalid.";

/// Knows a profile, a router and capacity that is not there yet.
struct Kept;

impl Resources for Kept {
    fn resolve<'a>(&'a self, asker: Asker<'a>, identifier: &'a str) -> ResourceFuture<'a> {
        assert_eq!((asker.account, asker.region), ("123456789012", "us-east-1"));
        let route = |geography: &str, size: &str| Route {
            arn: format!("{ACCOUNT}:inference-profile/{geography}.amazon.nova-{size}-v1:0"),
            model: format!("amazon.nova-{size}-v1:0"),
        };
        let answers = match identifier.rsplit('/').next().unwrap_or_default() {
            "profile" => Ok(Some(Answers::Model("us.deepseek.r1-v1:0".to_owned()))),
            "router" => Ok(Some(Answers::Routed(Box::new(Routes {
                fallback: route("us", "pro"),
                other: route("us", "lite"),
                response_quality_difference: 0.01,
            })))),
            "capacity" => Err(ResourceError::NotReady("Not yet.".to_owned())),
            _ => Ok(None),
        };
        let arn = identifier.to_owned();
        Box::pin(async { Ok(answers?.map(|answers| ResolvedResource { arn, answers })) })
    }
}

fn runtime(resources: Arc<dyn Resources>) -> Runtime {
    Runtime {
        catalogue: Arc::new(Catalogue::builtin().unwrap()),
        resources,
        engine: Arc::new(CannedEngine::new()),
        guardrails: Arc::new(NoGuardrails),
        objects: Arc::new(crate::NoObjects),
        async_invokes: Arc::new(crate::NoAsyncInvokes),
        overrides: Arc::default(),
    }
}

fn caller(region_known: bool) -> Caller {
    Caller {
        account: "123456789012".into(),
        region: "us-east-1".into(),
        region_known,
    }
}

fn at_once<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("waits for nothing")
}

fn resolved(runtime: &Runtime, model_id: &str, region_known: bool) -> Result<String, EngineError> {
    let caller = caller(region_known);
    let target = resolve(runtime, model_id, &caller, Operation::Converse, || 0);
    at_once(target).map(|target| target.model.id.clone())
}

fn unknown() -> Result<String, EngineError> {
    Err(EngineError::Validation(UNKNOWN.to_owned()))
}

#[test]
fn a_profile_is_withheld_from_who_is_known_to_be_elsewhere() {
    let runtime = runtime(Arc::new(NoResources));
    let model = Ok("amazon.nova-lite-v1:0".to_owned());
    assert_eq!(resolved(&runtime, "us.amazon.nova-lite-v1:0", true), model);
    for elsewhere in ["eu.amazon.nova-lite-v1:0", "apac.amazon.nova-lite-v1:0"] {
        assert_eq!(resolved(&runtime, elsewhere, true), unknown());
        assert_eq!(resolved(&runtime, elsewhere, false), model);
    }
}

#[test]
fn what_a_caller_has_made_is_its_model() {
    let runtime = runtime(Arc::new(Kept));
    let ask = |kind, id| resolved(&runtime, &format!("{ACCOUNT}:{kind}/{id}"), true);
    let profile = ask("application-inference-profile", "profile");
    assert_eq!(profile, Ok("deepseek.r1-v1:0".to_owned()));
    assert_eq!(ask("application-inference-profile", "none"), unknown());
    let capacity = ask("provisioned-model", "capacity");
    assert_eq!(
        capacity,
        Err(EngineError::ModelNotReady("Not yet.".to_owned()))
    );
    // Nobody is asked for what is elsewhere.
    let elsewhere = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/profile";
    assert_eq!(resolved(&runtime, elsewhere, true), unknown());
}

#[test]
fn a_router_tells_whom_it_asked() {
    let runtime = runtime(Arc::new(Kept));
    for (text, model) in [("Hi", "lite"), ("Explain the theory of everything", "pro")] {
        let inference = Inference {
            model_id: format!("{ACCOUNT}:prompt-router/router"),
            messages: vec![Message {
                role: ConversationRole::User,
                content: vec![ContentBlock::Text(text.to_owned())],
            }],
            ..Inference::default()
        };
        let call = call::start(&runtime, inference, caller(true), Operation::Converse);
        let call = at_once(call).unwrap();
        assert_eq!(call.model.id, format!("amazon.nova-{model}-v1:0"));
        let answer = at_once(fold(call.events)).unwrap();
        let invoked = answer.trace.and_then(|trace| trace.prompt_router);
        assert_eq!(
            invoked.and_then(|router| router.invoked_model_id),
            Some(format!(
                "{ACCOUNT}:inference-profile/us.amazon.nova-{model}-v1:0"
            ))
        );
    }
}
