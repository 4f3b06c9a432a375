//! Telling of a request that is over.

use std::{
    borrow::Cow,
    time::{Duration, Instant},
};

use http::Method;
use outcrop_catalogue::Catalogue;
use outcrop_engine::observation::Seen;
use outcrop_telemetry::{Finished, Inference, operation_name};
use outcrop_wire::OperationName;
use percent_encoding::percent_decode_str;

use super::record::{Answered, Outcome, Record};
use crate::telemetry::Ended;

impl Drop for Record {
    fn drop(&mut self) {
        let duration = self.begun.elapsed();
        let span = self.span.take();
        let seen = self.observation.seen().clone();
        let model = model_id(&self.path);
        let catalogue = self.witness.catalogue.get();
        let inference = self.inference(&seen, &catalogue, model.as_deref());
        let finished = self.finished(duration, inference);
        let telemetry = &self.witness.telemetry;
        let streamed = self.answered.as_ref().is_some_and(|head| head.streams);
        telemetry.metrics.finished(&finished, streamed);
        if let (Some(otlp), Some(span)) = (&telemetry.otlp, span) {
            if streamed {
                otlp.streaming(-1);
            }
            let ended = Ended {
                request: &finished,
                seen: &seen,
                path: &self.path,
                model: model.as_deref(),
                request_id: self.head(|head| head.request_id.as_deref()),
            };
            otlp.finished(span, &ended);
        }
        // Comes last: who reads the line finds the request counted.
        self.log(duration, &seen, model.as_deref());
    }
}

impl Record {
    fn head<'a, T>(&'a self, read: impl FnOnce(&'a Answered) -> Option<T>) -> Option<T> {
        self.answered.as_ref().and_then(read)
    }

    fn operation(&self) -> Option<&str> {
        self.head(|head| head.operation.as_ref().map(OperationName::as_str))
    }

    fn log(&self, duration: Duration, seen: &Seen, model: Option<&str>) {
        tracing::info!(
            request_id = self.head(|head| head.request_id.as_deref()),
            operation = self.operation(),
            model,
            backend = seen.backend.as_deref(),
            backend_model = seen.response_model.as_deref(),
            method = self.method.as_str(),
            path = self.path,
            error = self.head(|head| head.error.as_deref()),
            status = self.head(|head| Some(head.status.as_u16())),
            input_tokens = seen.input_tokens,
            output_tokens = seen.output_tokens,
            cache_read_tokens = seen.cache_read_tokens,
            cache_write_tokens = seen.cache_write_tokens,
            stop_reason = seen.stop_reason,
            first_token_ms = since(self.begun, seen.first_token),
            latency_ms = self.head(|head| Some(milliseconds(head.latency))),
            duration_ms = milliseconds(duration),
            outcome = self.outcome.word(),
            "request"
        );
    }

    /// What is measured of the request.
    fn finished<'a>(
        &'a self,
        duration: Duration,
        inference: Option<Inference<'a>>,
    ) -> Finished<'a> {
        Finished {
            method: method(&self.method),
            operation: self.operation().unwrap_or_default(),
            status: self.head(|head| Some(head.status.as_u16())),
            error: self.error(),
            duration,
            request_bytes: self.request_bytes,
            response_bytes: self.response_bytes,
            aborted: self.outcome == Outcome::Abandoned,
            inference,
        }
    }

    /// The inference that the request asked for, whether or not it came to one.
    fn inference<'a>(
        &'a self,
        seen: &'a Seen,
        catalogue: &'a Catalogue,
        model_id: Option<&str>,
    ) -> Option<Inference<'a>> {
        let operation = seen.operation.or_else(|| operation_name(self.operation()?));
        let model = match &seen.model {
            Some(model) => &model.id,
            None => known_model(catalogue, model_id?),
        };
        Some(Inference {
            operation: operation?,
            model,
            begun: self.begun,
            seen,
        })
    }

    /// What went wrong, in a word.
    fn error(&self) -> &str {
        if let Some(error) = self.head(|head| head.error.as_deref()) {
            return error;
        }
        match self.outcome {
            Outcome::Abandoned => "client_disconnected",
            Outcome::Failed => "broken_stream",
            Outcome::Complete => match &self.answered {
                Some(head) if head.status.is_client_error() => "client_error",
                Some(head) if head.status.is_server_error() => "server_error",
                _ => "",
            },
        }
    }
}

/// The catalogue's name for a model, so that clients cannot make up labels.
fn known_model<'a>(catalogue: &'a Catalogue, id: &str) -> &'a str {
    let resolved = catalogue.resolve(id, None);
    resolved.map_or("other", |resolved| &resolved.model.id)
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
        }
    }
}

/// One of the methods that HTTP defines, so that clients cannot make up labels.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "_OTHER",
    }
}

/// The model that a path of the runtime names: what is between `/model/` and the operation.
fn model_id(path: &str) -> Option<Cow<'_, str>> {
    let (_, rest) = path.split_once("/model/")?;
    let (id, _operation) = rest.rsplit_once('/')?;
    Some(percent_decode_str(id).decode_utf8_lossy())
}

fn since(begun: Instant, then: Option<Instant>) -> Option<f64> {
    Some(milliseconds(then?.saturating_duration_since(begun)))
}

/// Milliseconds, exact to the microsecond.
fn milliseconds(duration: Duration) -> f64 {
    let microseconds = u32::try_from(duration.as_micros()).unwrap_or(u32::MAX);
    f64::from(microseconds) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::model_id;

    #[test]
    fn a_model_is_told_from_the_path() {
        let id = |path| model_id(path).unwrap_or_default().into_owned();
        assert_eq!(
            id("/model/amazon.nova-lite-v1%3A0/converse"),
            "amazon.nova-lite-v1:0"
        );
        assert_eq!(
            id("/v1/model/arn:aws:bedrock:a:1:x/y/invoke"),
            "arn:aws:bedrock:a:1:x/y"
        );
        assert_eq!(id("/foundation-models/x"), "");
    }
}
