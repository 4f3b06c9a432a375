//! `ListPromptRouters`: the service's routers or the caller's, page by page.

use bedrock_smithy::{
    error::ListPromptRoutersError,
    input::ListPromptRoutersInput,
    model::{PromptRouterSummary, PromptRouterType},
    output::ListPromptRoutersOutput,
};

use super::{Described, PromptRouter, custom, default_router, shaped};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::{Page, PageRequest},
    resource::{Held, Listing},
};

pub(crate) async fn list_prompt_routers(
    control: &Control,
    input: ListPromptRoutersInput,
    context: &Context,
) -> Result<ListPromptRoutersOutput, ListPromptRoutersError> {
    let request = PageRequest {
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let page = match input.r#type {
        PromptRouterType::Custom => of_callers(control, context, request).await?,
        PromptRouterType::Default => of_the_service(control, context, request)?,
    };
    let summaries = page.items.into_iter();
    Ok(ListPromptRoutersOutput {
        prompt_router_summaries: Some(
            summaries
                .map(|described| shaped!(PromptRouterSummary, described))
                .collect(),
        ),
        next_token: page.next_token,
    })
}

fn of_the_service(
    control: &Control,
    context: &Context,
    request: PageRequest<'_>,
) -> Result<Page<Described>, ControlError> {
    let routers = default_router::offered(&control.catalogue, &context.caller.region);
    let page = Page::of(
        "prompt-routers/default",
        routers,
        |router| router.id,
        request,
    )?;
    let routers = page.items.into_iter();
    Ok(Page {
        items: routers.map(|router| router.described(context)).collect(),
        next_token: page.next_token,
    })
}

async fn of_callers(
    control: &Control,
    context: &Context,
    page: PageRequest<'_>,
) -> Result<Page<Described>, ControlError> {
    let listing = Listing {
        page,
        ..Listing::default()
    };
    let every = |_: &Held<PromptRouter>| true;
    let page = control.list(context, listing, every).await?;
    let described: Result<_, _> = page.items.iter().map(custom).collect();
    Ok(Page {
        items: described?,
        next_token: page.next_token,
    })
}
