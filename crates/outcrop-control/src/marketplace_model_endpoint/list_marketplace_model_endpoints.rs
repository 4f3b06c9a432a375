//! `ListMarketplaceModelEndpoints`: the caller's registered endpoints, page by page.

use bedrock_smithy::{
    error::ListMarketplaceModelEndpointsError,
    input::ListMarketplaceModelEndpointsInput,
    model::{MarketplaceModelEndpoint, MarketplaceModelEndpointSummary},
    output::ListMarketplaceModelEndpointsOutput,
};

use super::{Endpoint, described};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_marketplace_model_endpoints(
    control: &Control,
    input: ListMarketplaceModelEndpointsInput,
    context: &Context,
) -> Result<ListMarketplaceModelEndpointsOutput, ListMarketplaceModelEndpointsError> {
    let source = input.model_source_equals;
    let listing = Listing {
        filters: format!("{source:?}"),
        page: PageRequest {
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        },
        ..Listing::default()
    };
    let keep = |held: &Held<Endpoint>| {
        let is_of = |source: &String| {
            let request = held.request();
            request.is_ok_and(|request| request.model_source_identifier == *source)
        };
        held.state.registered && source.as_ref().is_none_or(is_of)
    };
    let page = control.list(context, listing, keep).await?;
    let summaries: Result<Vec<_>, ControlError> = page
        .items
        .iter()
        .map(|held| described(control, held).map(summary))
        .collect();
    Ok(ListMarketplaceModelEndpointsOutput {
        marketplace_model_endpoints: Some(summaries?),
        next_token: page.next_token,
    })
}

fn summary(endpoint: MarketplaceModelEndpoint) -> MarketplaceModelEndpointSummary {
    MarketplaceModelEndpointSummary {
        created_at: endpoint.created_at,
        endpoint_arn: endpoint.endpoint_arn,
        model_source_identifier: endpoint.model_source_identifier,
        status: endpoint.status,
        status_message: endpoint.status_message,
        updated_at: endpoint.updated_at,
    }
}
