//! What `ListAsyncInvokes` tells. The time of submission is all that there is to sort by.

use bedrock_runtime_smithy::{
    input::ListAsyncInvokesInput,
    model::{AsyncInvokeSummary, SortOrder},
    output::ListAsyncInvokesOutput,
};
use bedrock_smithy::model::SortOrder as Order;

use super::{AsyncInvoke, Held, date_time, described, output};
use crate::{Control, context::Context, error::ControlError, page::PageRequest, resource::Listing};

pub(super) async fn list(
    control: &Control,
    context: &Context,
    input: &ListAsyncInvokesInput,
) -> Result<ListAsyncInvokesOutput, ControlError> {
    let order = match input.sort_order {
        SortOrder::Ascending => Order::Ascending,
        SortOrder::Descending => Order::Descending,
    };
    let listing = Listing {
        filters: format!("{:?}", input.status_equals),
        created_after: input.submit_time_after.as_ref(),
        created_before: input.submit_time_before.as_ref(),
        order: Some(&order),
        page: PageRequest {
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        },
        ..Listing::default()
    };
    let wanted = input.status_equals.as_ref();
    let keep =
        |held: &Held<AsyncInvoke>| wanted.is_none_or(|wanted| *wanted == held.state.status());
    let page = control.list(context, listing, keep).await?;
    let summaries: Result<Vec<_>, _> = page.items.iter().map(summary).collect();
    Ok(ListAsyncInvokesOutput {
        async_invoke_summaries: Some(summaries?),
        next_token: page.next_token,
    })
}

fn summary(held: &Held<AsyncInvoke>) -> Result<AsyncInvokeSummary, ControlError> {
    let status = Some(held.state.status());
    Ok(described!(AsyncInvokeSummary, held, status))
}
