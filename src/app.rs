//! The way of a request, from the socket inwards.

use std::{convert::Infallible, sync::Arc};

use arc_swap::ArcSwap;
use aws_smithy_http_server::body::{Body, BoxBody};
use http::{Request, Response};
use outcrop_catalogue::Resources;
use outcrop_control::{Control, ControlAsyncInvokes, ControlGuardrails, Enforcements, SystemClock};
use outcrop_engine::Engine;
use outcrop_invocation_logs::Delivery;
use outcrop_jobs::Jobs;
use outcrop_runtime::{Overrides, Runtime};
use outcrop_telemetry::ObservedEngine;
use outcrop_wire::{StackSettings, stack};
use tokio_util::sync::CancellationToken;
use tower::{ServiceBuilder, util::BoxCloneSyncService};

use crate::{
    config::Settings,
    engine::{self, EngineError},
    guardrails,
    invocation_logs::invocation_logs,
    jobs,
    models::{self, ModelsError},
    objects::{self, Contents, ObjectsSettingError},
    own_paths::OwnPaths,
    request_log::{LogRequests, Witness},
    routes::{self, RoutesError},
    served::Served,
    state::{State, StateError},
    telemetry::{OtlpError, Telemetry},
};

/// Everything that answers requests.
pub type App = BoxCloneSyncService<Request<Body>, Response<BoxBody>, Infallible>;

/// Why there is nothing to answer requests.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The routes that come with the binary cannot be used.
    #[error(transparent)]
    Routes(#[from] RoutesError),
    /// The models cannot be read.
    #[error(transparent)]
    Models(#[from] ModelsError),
    /// There is nothing that answers.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Nothing can be kept.
    #[error(transparent)]
    State(#[from] StateError),
    /// The collector cannot be used.
    #[error(transparent)]
    Otlp(#[from] OtlpError),
    /// What is behind `s3://` locations cannot be used.
    #[error(transparent)]
    Objects(#[from] ObjectsSettingError),
}

/// Builds what answers requests, with metrics and state of its own, which end with it. `draining` is cancelled when the server stops.
pub fn app(settings: &Settings, draining: CancellationToken) -> Result<App, AppError> {
    let engine = engine::engine(settings)?;
    let telemetry = Telemetry::new(settings)?;
    let overrides = guardrails::overrides(settings, Vec::new(), Arc::clone(&engine));
    let answering = Answers {
        engine,
        overrides: Arc::new(ArcSwap::from_pointee(overrides)),
    };
    let (app, _) = app_with(
        settings,
        draining,
        &telemetry,
        answering,
        &State::in_memory()?,
    )?;
    Ok(app)
}

/// What answers inferences, and what decides besides the rules of guardrails. Both can be exchanged.
pub struct Answers {
    /// The models.
    pub engine: Arc<dyn Engine>,
    /// Judges and scenarios.
    pub overrides: Arc<ArcSwap<Overrides>>,
}

/// What works beside the requests.
pub struct Workers {
    /// Does the jobs that requests ask for.
    pub jobs: Jobs,
    /// Delivers the logs of invocations.
    pub delivery: Delivery,
    /// Takes other models.
    pub(crate) served: Served,
}

/// Builds what answers requests, from the outside inwards, and what works beside them.
pub fn app_with(
    settings: &Settings,
    draining: CancellationToken,
    telemetry: &Telemetry,
    answers: Answers,
    state: &State,
) -> Result<(App, Workers), AppError> {
    let objects = objects::objects(settings)?;
    let metrics = Arc::clone(&telemetry.metrics);
    let (logs, delivery) = invocation_logs(settings, objects.clone(), Arc::clone(&metrics));
    let catalogue = Arc::new(models::catalogue(settings.models.as_deref())?);
    let control = Arc::new(Control {
        catalogue: Arc::clone(&catalogue),
        store: Arc::clone(&state.store),
        clock: Arc::new(SystemClock),
        pace: settings.lifecycle_pace.0,
        enforcements: Enforcements::default(),
        log_destinations: Arc::new(logs.clone()),
    });
    let runtime = Arc::new(Runtime {
        catalogue: Arc::clone(&catalogue),
        resources: Arc::clone(&control) as Arc<dyn Resources>,
        engine: Arc::new(ObservedEngine::new(answers.engine)),
        guardrails: Arc::new(ControlGuardrails::new(Arc::clone(&control))),
        objects: Arc::new(Contents::of(objects.clone())),
        async_invokes: Arc::new(ControlAsyncInvokes::new(
            Arc::clone(&control),
            objects.clone(),
        )),
        overrides: answers.overrides,
    });
    let served = Served {
        catalogue: catalogue.into(),
        control: control.into(),
        runtime: runtime.into(),
    };
    let witness = Witness {
        telemetry: telemetry.clone(),
        catalogue: served.catalogue.clone(),
    };
    let jobs = jobs::jobs(settings, objects, served.runtime.clone(), state);
    let runtime = outcrop_runtime::service(served.runtime.clone());
    let runtime = logs.around(runtime, served.control.clone(), served.catalogue.clone());
    let control = outcrop_control::service(served.control.clone());
    let wire = StackSettings {
        routes: Arc::new(routes::routes()?),
        nulls: Arc::new(routes::null_members()?),
        region: settings.region.0.clone(),
        limits: limits(settings),
    };
    let service = ServiceBuilder::new()
        // One line and one count per request, whoever answers it.
        .layer_fn(move |inner| LogRequests::new(inner, witness.clone()))
        // `/_outcrop/…` is not AWS's, so it is not held to AWS's conventions.
        .layer_fn(move |inner| OwnPaths::new(inner, draining.clone(), Arc::clone(&metrics)))
        // The conventions of AWS, then the generated services.
        .service(stack(&wire, runtime, control));
    let workers = Workers {
        jobs,
        delivery,
        served,
    };
    Ok((BoxCloneSyncService::new(service), workers))
}

fn limits(settings: &Settings) -> outcrop_wire::Limits {
    outcrop_wire::Limits {
        in_flight: settings.max_in_flight.get(),
        body_memory: settings.body_memory.0,
        body_read: settings.body_deadline,
        answer: settings.answer_deadline,
        stream_idle: settings.stream_idle_timeout,
        ..outcrop_wire::Limits::default()
    }
}
