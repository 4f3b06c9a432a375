//! One record: a line of the input, and its line of the output.

use bytes::Bytes;
use outcrop_objects::S3Uri;
use outcrop_runtime::{Answered, InProcess, Refused};
use outcrop_wire::Caller;
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};

use crate::{halt::Halt, patience::patiently};

/// A line of the input.
#[derive(Deserialize)]
pub(super) struct Record<'a> {
    #[serde(rename = "recordId")]
    id: Option<Value>,
    #[serde(rename = "modelInput", borrow)]
    input: &'a RawValue,
}

/// A line of the output. The documentation of batch inference's results has the members in this order.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(rename = "recordId")]
    id: Value,
    #[serde(rename = "modelInput")]
    input: &'a RawValue,
    #[serde(rename = "modelOutput", skip_serializing_if = "Option::is_none")]
    output: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure<'a> {
    error_code: u16,
    error_message: &'a str,
}

/// What a record has come to.
pub(super) struct Done {
    /// With its end.
    pub(super) line: Vec<u8>,
    pub(super) succeeded: bool,
    pub(super) input_tokens: i64,
    pub(super) output_tokens: i64,
}

/// Who is asked, and how.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) runtime: InProcess,
    pub(super) caller: Caller,
    pub(super) model_id: String,
    pub(super) converses: bool,
}

impl<'a> Record<'a> {
    /// Reads a line; `None` where it is no record.
    pub(super) fn read(line: &'a [u8]) -> Option<Self> {
        let record: Self = serde_json::from_slice(line).ok()?;
        record.input.get().starts_with('{').then_some(record)
    }
}

impl Asked {
    /// Sends the record that a line has, and writes its line of the output. `number` counts the job's records from 1: the
    /// service makes up the ids of records that have none.
    pub(super) async fn answer(&self, line: &Bytes, number: i64) -> Done {
        let Some(record) = Record::read(line) else {
            // The input was changed after it was looked at.
            let why = "The record is not a JSON object with a member modelInput.";
            return done(made_up(number), RawValue::NULL, &Err(refused(why)));
        };
        let id = record.id.clone().filter(|id| !id.is_null());
        let answer = self.ask(record.input.get()).await;
        done(id.unwrap_or_else(|| made_up(number)), record.input, &answer)
    }

    async fn ask(&self, input: &str) -> Result<Answered, Refused> {
        let body = Bytes::copy_from_slice(input.as_bytes());
        patiently(|| self.once(body.clone())).await
    }

    async fn once(&self, body: Bytes) -> Result<Answered, Refused> {
        let caller = self.caller.clone();
        if self.converses {
            self.runtime.converse(caller, &self.model_id, body).await
        } else {
            self.runtime
                .invoke_model(caller, &self.model_id, body)
                .await
        }
    }
}

/// An object of a bucket.
pub(super) fn location(input: &S3Uri, key: &str) -> Result<S3Uri, Halt> {
    S3Uri::new(&*input.bucket, key).map_err(|error| Halt::Failed(error.to_string()))
}

fn done(id: Value, input: &RawValue, answer: &Result<Answered, Refused>) -> Done {
    let answered = answer.as_ref().ok();
    let error = answer.as_ref().err().map(|refused| Failure {
        error_code: refused.status,
        error_message: &refused.message,
    });
    let written = serde_json::to_vec(&Line {
        id,
        input,
        output: answered.map(|answered| &answered.body),
        error,
    });
    let mut line = written.unwrap_or_default();
    line.push(b'\n');
    Done {
        line,
        succeeded: answered.is_some(),
        input_tokens: answered.map_or(0, |answered| answered.input_tokens),
        output_tokens: answered.map_or(0, |answered| answered.output_tokens),
    }
}

fn refused(why: &str) -> Refused {
    Refused {
        status: 400,
        message: why.to_owned(),
    }
}

/// Eleven letters and digits, as in the documentation's examples.
fn made_up(number: i64) -> Value {
    format!("CALL{number:07}").into()
}
