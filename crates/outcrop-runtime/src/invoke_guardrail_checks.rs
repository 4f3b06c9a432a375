//! `InvokeGuardrailChecks`: scores without a guardrail.

use std::sync::Arc;

use bedrock_runtime_smithy::{
    error::InvokeGuardrailChecksError, input::InvokeGuardrailChecksInput,
    output::InvokeGuardrailChecksOutput,
};
use outcrop_guardrails::check;

use crate::{Runtime, context::Context};

pub(crate) async fn invoke_guardrail_checks(
    _runtime: Arc<Runtime>,
    input: InvokeGuardrailChecksInput,
    _context: Context,
) -> Result<InvokeGuardrailChecksOutput, InvokeGuardrailChecksError> {
    let (results, usage) = check(&input.messages, &input.checks);
    Ok(InvokeGuardrailChecksOutput { results, usage })
}
