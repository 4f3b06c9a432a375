//! Guardrails of native answers, whole and streamed.

use std::{sync::Arc, time::Instant};

use bedrock_runtime_smithy::model::StopReason;
use outcrop_catalogue::Model;
use outcrop_dialects::{ChatResponder, ChatStream, Timing};
use outcrop_engine::{Answer, ConverseRequest, EngineError, EventStream, StreamEvent, fold};
use outcrop_guardrails::Intervention;
use serde_json::Value;

use super::{Blocked, Exchange, Guarded, annotate_chunk, blocked_shape, stream::Sent};

impl Exchange {
    /// Assesses a native request; gives what it is answered with if it is blocked.
    pub(crate) async fn native_blocked(
        &mut self,
        request: &mut ConverseRequest,
    ) -> Result<Option<Blocked>, EngineError> {
        let started = Instant::now();
        let message = self.input(request).await?;
        Ok(message.map(|message| Blocked {
            message,
            // Recorded: Claude's `end_turn`.
            stop_reason: StopReason::EndTurn,
            latency: started.elapsed(),
        }))
    }

    /// Assesses a native request; gives the body that answers it if it is blocked.
    pub(crate) async fn native_input(
        &mut self,
        request: &mut ConverseRequest,
        responder: &dyn ChatResponder,
    ) -> Result<Option<Value>, EngineError> {
        let Some(blocked) = self.native_blocked(request).await? else {
            return Ok(None);
        };
        let seed = seed(request);
        let answer = fold(blocked.events(self)).await?;
        let mut body = responder.response(&answer);
        blocked_shape(&mut body, &request.model, seed);
        Ok(Some(body))
    }

    /// Assesses a native answer. It tells why the model stopped, as if nothing had happened (recorded: `FINISH` of a masked
    /// answer).
    pub(crate) async fn native_whole(
        &mut self,
        answer: &mut Answer,
        responder: &dyn ChatResponder,
    ) -> Result<(), EngineError> {
        let stop_reason = answer.stop_reason;
        self.whole(answer, |before| responder.response(before).to_string())
            .await?;
        answer.stop_reason = if self.output_intervention == Some(Intervention::Blocked) {
            StopReason::EndTurn
        } else {
            stop_reason
        };
        Ok(())
    }
}

/// The same request has the same id.
fn seed(request: &ConverseRequest) -> u64 {
    let body = request.native_body.as_deref().unwrap_or_default();
    outcrop_wire::padding_seed(body)
}

/// The guardrails of a native stream.
pub(crate) struct NativeGuard {
    guarded: Guarded,
    model: Arc<Model>,
    /// What is answered in place of the model.
    blocked: Option<Blocked>,
    seed: u64,
    /// Whether a guardrail changed something so far.
    touched: bool,
}

impl NativeGuard {
    pub(crate) fn new(
        exchange: Exchange,
        model: Arc<Model>,
        blocked: Option<Blocked>,
        seed: u64,
    ) -> Self {
        Self {
            guarded: Guarded::native(exchange),
            model,
            blocked,
            seed,
            touched: false,
        }
    }

    /// The events of a blocked request.
    pub(crate) fn instead(&self) -> Option<EventStream> {
        let blocked = self.blocked.as_ref()?;
        Some(blocked.events(self.guarded.exchange()))
    }

    /// The chunks that may be sent for an event of the engine's.
    pub(crate) fn chunks(
        &mut self,
        event: StreamEvent,
        dialect: &mut dyn ChatStream,
        timing: Timing,
    ) -> Vec<Value> {
        let last = matches!(event, StreamEvent::Metadata(_));
        let sent = match &self.blocked {
            Some(_) => vec![Sent::from(event)],
            None => self.guarded.push(event),
        };
        let mut chunks = Vec::new();
        for Sent { event, touched } in sent {
            self.touched |= touched;
            for (index, mut chunk) in dialect.chunks(event, timing).into_iter().enumerate() {
                if self.blocked.is_some() {
                    blocked_shape(&mut chunk, &self.model, self.seed);
                }
                // Nova ends the block in the chunk after the text. Families that gather text send it later.
                let touched = if text_of_prompt_family(&chunk) {
                    self.touched
                } else {
                    touched && index == 0
                };
                let exchange = self.guarded.exchange();
                annotate_chunk(&mut chunk, exchange, &self.model, touched, false);
                chunks.push(chunk);
            }
        }
        if let Some(chunk) = chunks.last_mut().filter(|_| last) {
            let exchange = self.guarded.exchange();
            annotate_chunk(chunk, exchange, &self.model, false, true);
        }
        chunks
    }
}

fn text_of_prompt_family(chunk: &Value) -> bool {
    ["outputText", "generation", "outputs"]
        .iter()
        .any(|name| chunk.get(name).is_some())
}
