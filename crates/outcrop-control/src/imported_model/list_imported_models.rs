//! `ListImportedModels`: the caller's, page by page.

use bedrock_smithy::{
    error::ListImportedModelsError, input::ListImportedModelsInput, model::ImportedModelSummary,
    output::ListImportedModelsOutput,
};

use super::ImportedModel;
use crate::{
    Control,
    context::Context,
    model_import_job::ModelImportJob,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_imported_models(
    control: &Control,
    input: ListImportedModelsInput,
    context: &Context,
) -> Result<ListImportedModelsOutput, ListImportedModelsError> {
    control.settle::<ModelImportJob>(&context.scope()).await?;
    let listing = Listing {
        name_contains: input.name_contains.as_deref(),
        created_after: input.creation_time_after.as_ref(),
        created_before: input.creation_time_before.as_ref(),
        order: input.sort_order.as_ref(),
        page: PageRequest {
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        },
        ..Listing::default()
    };
    let page = control.list(context, listing, |_| true).await?;
    Ok(ListImportedModelsOutput {
        model_summaries: Some(page.items.iter().map(summary).collect()),
        next_token: page.next_token,
    })
}

fn summary(held: &Held<ImportedModel>) -> ImportedModelSummary {
    ImportedModelSummary {
        creation_time: held.created_at(),
        instruct_supported: Some(held.state.instruct_supported),
        model_architecture: Some(held.state.architecture.clone()),
        model_arn: held.arn(),
        model_name: held.name().to_owned(),
    }
}
