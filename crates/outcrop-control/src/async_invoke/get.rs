//! What `GetAsyncInvoke` tells.

use bedrock_runtime_smithy::output::GetAsyncInvokeOutput;

use super::{AsyncInvoke, Held, date_time, described, output};
use crate::{Control, context::Context, error::ControlError};

pub(super) async fn get(
    control: &Control,
    context: &Context,
    arn: &str,
) -> Result<GetAsyncInvokeOutput, ControlError> {
    let held = control.find::<AsyncInvoke>(context, arn).await?;
    let status = held.state.status();
    Ok(described!(GetAsyncInvokeOutput, &held, status))
}
