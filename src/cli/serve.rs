//! `outcrop serve`.

use std::{io::Write, process::ExitCode, sync::Arc};

use arc_swap::ArcSwap;
use outcrop_engine::canned::CannedEngine;
use outcrop_invocation_logs::Delivery;
use outcrop_jobs::Jobs;
use tokio_util::sync::CancellationToken;

use super::{
    fail,
    reload::{self, Reload, Reloaded},
};
use crate::{
    AppError,
    app::{self, Answers, App, Workers},
    config::{Effective, Sources},
    engine::{Answering, EngineError, Reloadable},
    serve::{Server, Signals, StartError},
    state::{State, StateError},
    telemetry::{self, OtlpError, Telemetry},
};

/// Serves until a signal comes.
pub(super) fn serve(effective: &Effective, sources: Sources) -> ExitCode {
    let settings = &effective.settings;
    telemetry::start(settings.log_format, &settings.log_level);
    for variable in &effective.unknown_variables {
        tracing::warn!(
            variable,
            "this environment variable sets nothing; `outcrop config` lists every setting"
        );
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("cannot start the runtime: {error}"), 1),
    };
    let code = runtime
        .block_on(run(effective, sources))
        .unwrap_or_else(|error| fail(&error, 1));
    runtime.shutdown_background();
    code
}

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Start(#[from] StartError),
    #[error(transparent)]
    App(#[from] AppError),
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error(transparent)]
    State(#[from] StateError),
    #[error(transparent)]
    Otlp(#[from] OtlpError),
}

async fn run(effective: &Effective, sources: Sources) -> Result<ExitCode, Failure> {
    let reload = Reload::listen().map_err(StartError::Signals)?;
    let signals = Signals::listen().map_err(StartError::Signals)?;
    let server = Server::bind(&effective.settings)?;
    let telemetry = Telemetry::new(&effective.settings)?;
    let answering = Answering::new(effective, None)?;
    let is_canned = answering.is_canned();
    let engine = Arc::new(Reloadable::new(answering));
    let overrides = reload::overrides(effective, &engine);
    let overrides = Arc::new(ArcSwap::from_pointee(overrides));
    let state = State::open(&effective.settings).await?;
    let (app, workers) = app::app_with(
        &effective.settings,
        server.draining(),
        &telemetry,
        Answers {
            engine: Arc::clone(&engine) as _,
            overrides: Arc::clone(&overrides),
        },
        &state,
    )?;
    let Workers {
        jobs,
        delivery,
        served,
    } = workers;
    let reloaded = Reloaded {
        engine,
        overrides,
        served,
    };
    tokio::spawn(reload.run(reloaded, sources));
    announce(&server)?;
    if is_canned {
        warm();
    }
    let code = until_stopped(server, app, jobs, delivery, signals).await;
    // This thread is none of the runtime's, which still has the export to do.
    telemetry.shutdown();
    Ok(code)
}

/// Answers requests, and works at what they ask for, until a signal comes. A second one ends what is still under way.
async fn until_stopped(
    server: Server,
    app: App,
    jobs: Jobs,
    delivery: Delivery,
    mut signals: Signals,
) -> ExitCode {
    let stop = CancellationToken::new();
    let jobs = tokio::spawn(jobs.run(stop.clone().cancelled_owned()));
    let answered = CancellationToken::new();
    let delivery = tokio::spawn(delivery.run(answered.clone().cancelled_owned()));
    let running = server.run(app, stop.clone().cancelled_owned());
    let second_signal = async {
        let signal = signals.next().await;
        tracing::info!(
            signal = signal.0,
            "stopping: running requests may finish, a second signal ends them"
        );
        stop.cancel();
        signals.next().await
    };
    tokio::select! {
        () = running => {
            // They put down what they are at, for whoever works next.
            if let Err(error) = jobs.await {
                tracing::error!(%error, "the worker of jobs came down");
            }
            // Nothing more is put into its queue.
            answered.cancel();
            if let Err(error) = delivery.await {
                tracing::error!(%error, "the delivery of model invocation logs came down");
            }
            tracing::info!("stopped");
            ExitCode::SUCCESS
        }
        signal = second_signal => {
            tracing::warn!(signal = signal.0, "stopped by a second signal");
            ExitCode::from(128 + signal.0)
        }
    }
}

/// The first request need not wait for what takes the engine some 25 ms, once. The thread is not one of the runtime's: these
/// idle for a while, and keep what they need only for this as long.
fn warm() {
    let warming = std::thread::Builder::new().spawn(CannedEngine::warm);
    if let Err(error) = warming {
        tracing::debug!(%error, "the first request will take longer");
    }
}

/// Says on standard output that requests are accepted. The plaintext port comes last: who has read its line has read all.
fn announce(server: &Server) -> Result<(), StartError> {
    let address = server.address()?;
    let tls = server
        .tls_address()?
        .map(|address| format!("outcrop listening on https://{address}\n"));
    let lines = format!(
        "{}outcrop listening on http://{address}\n",
        tls.unwrap_or_default()
    );
    let mut out = std::io::stdout();
    // The server is of use even if nobody reads the line.
    if let Err(error) = out.write_all(lines.as_bytes()).and_then(|()| out.flush()) {
        tracing::warn!(%error, "cannot print the ready line");
    }
    tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "listening");
    Ok(())
}
