//! The refusal.

use super::Elsewhere;
use crate::DialectError;

/// No source tells how the service words it.
pub(super) fn of(elsewhere: Elsewhere, model_id: &str) -> DialectError {
    let operation = match elsewhere {
        Elsewhere::Asynchronous => "StartAsyncInvoke",
        Elsewhere::Bidirectional => "InvokeModelWithBidirectionalStream",
    };
    DialectError::Provider(format!(
        "The model {model_id} doesn't support this operation. Use {operation}."
    ))
}
