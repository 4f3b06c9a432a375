//! The generated service with this crate's handlers in it.

use std::{convert::Infallible, sync::Arc};

use bedrock_smithy::{
    AmazonBedrockControlPlaneService, AmazonBedrockControlPlaneServiceConfig,
    server::{
        Extension,
        body::{Body, BoxBody},
    },
};
use http::{Request, Response};
use outcrop_wire::{Caller, RawBody};
use tower::Service;

use crate::{
    Control,
    advanced_prompt_optimization_job::{
        batch_delete_advanced_prompt_optimization_job, create_advanced_prompt_optimization_job,
        get_advanced_prompt_optimization_job, list_advanced_prompt_optimization_jobs,
        stop_advanced_prompt_optimization_job,
    },
    automated_reasoning_policy::{
        create_automated_reasoning_policy, create_automated_reasoning_policy_version,
        delete_automated_reasoning_policy, export_automated_reasoning_policy_version,
        get_automated_reasoning_policy, list_automated_reasoning_policies,
        update_automated_reasoning_policy,
    },
    context::Context,
    evaluation_job::{
        batch_delete_evaluation_job, create_evaluation_job, get_evaluation_job,
        list_evaluation_jobs, stop_evaluation_job,
    },
    foundation_model::{get_foundation_model, list_foundation_models},
    imported_model::{delete_imported_model, get_imported_model, list_imported_models},
    inference_profile::{
        create_inference_profile, delete_inference_profile, get_inference_profile,
        list_inference_profiles,
    },
    model_import_job::{create_model_import_job, get_model_import_job, list_model_import_jobs},
    provisioned_throughput::{
        create_provisioned_model_throughput, delete_provisioned_model_throughput,
        get_provisioned_model_throughput, list_provisioned_model_throughputs,
        update_provisioned_model_throughput,
    },
    tag::{list_tags_for_resource, tag_resource, untag_resource},
};

/// Names each served operation once: in [`SERVED`], and as a handler of the generated builder.
macro_rules! served {
    ($($operation:literal => $handler:ident),* $(,)?) => {
        /// The operations that have a handler, by their names in the official model.
        pub const SERVED: &[&str] = &[$($operation),*];

        /// The generated service. An operation that is not in [`SERVED`] answers an empty 500: the
        /// layers in front of it must not let such a request through.
        ///
        /// Requests carry the extensions [`Caller`] and [`RawBody`], which the wire layers set.
        pub fn service(
            control: Arc<Control>,
        ) -> impl Service<
            Request<Body>,
            Response = Response<BoxBody>,
            Error = Infallible,
            Future: Send,
        > + Clone + Send + 'static {
            let config = AmazonBedrockControlPlaneServiceConfig::builder()
                .model_plugin(outcrop_wire::model_plugins())
                .build();
            let builder = AmazonBedrockControlPlaneService::builder::<Body, _, _, _>(config);
            $(
                let shared = Arc::clone(&control);
                let builder = builder.$handler(
                    move |input, Extension(caller): Extension<Caller>, Extension(body): Extension<RawBody>| {
                        let control = Arc::clone(&shared);
                        async move { $handler(&control, input, &Context::new(caller, body)).await }
                    },
                );
            )*
            builder.build_unchecked()
        }
    };
}

served! {
    "BatchDeleteAdvancedPromptOptimizationJob" => batch_delete_advanced_prompt_optimization_job,
    "BatchDeleteEvaluationJob" => batch_delete_evaluation_job,
    "CreateAdvancedPromptOptimizationJob" => create_advanced_prompt_optimization_job,
    "CreateAutomatedReasoningPolicy" => create_automated_reasoning_policy,
    "CreateAutomatedReasoningPolicyVersion" => create_automated_reasoning_policy_version,
    "CreateEvaluationJob" => create_evaluation_job,
    "CreateInferenceProfile" => create_inference_profile,
    "CreateModelImportJob" => create_model_import_job,
    "CreateProvisionedModelThroughput" => create_provisioned_model_throughput,
    "DeleteAutomatedReasoningPolicy" => delete_automated_reasoning_policy,
    "DeleteImportedModel" => delete_imported_model,
    "DeleteInferenceProfile" => delete_inference_profile,
    "DeleteProvisionedModelThroughput" => delete_provisioned_model_throughput,
    "ExportAutomatedReasoningPolicyVersion" => export_automated_reasoning_policy_version,
    "GetAdvancedPromptOptimizationJob" => get_advanced_prompt_optimization_job,
    "GetAutomatedReasoningPolicy" => get_automated_reasoning_policy,
    "GetEvaluationJob" => get_evaluation_job,
    "GetFoundationModel" => get_foundation_model,
    "GetImportedModel" => get_imported_model,
    "GetInferenceProfile" => get_inference_profile,
    "GetModelImportJob" => get_model_import_job,
    "GetProvisionedModelThroughput" => get_provisioned_model_throughput,
    "ListAdvancedPromptOptimizationJobs" => list_advanced_prompt_optimization_jobs,
    "ListAutomatedReasoningPolicies" => list_automated_reasoning_policies,
    "ListEvaluationJobs" => list_evaluation_jobs,
    "ListFoundationModels" => list_foundation_models,
    "ListImportedModels" => list_imported_models,
    "ListInferenceProfiles" => list_inference_profiles,
    "ListModelImportJobs" => list_model_import_jobs,
    "ListProvisionedModelThroughputs" => list_provisioned_model_throughputs,
    "ListTagsForResource" => list_tags_for_resource,
    "StopAdvancedPromptOptimizationJob" => stop_advanced_prompt_optimization_job,
    "StopEvaluationJob" => stop_evaluation_job,
    "TagResource" => tag_resource,
    "UntagResource" => untag_resource,
    "UpdateAutomatedReasoningPolicy" => update_automated_reasoning_policy,
    "UpdateProvisionedModelThroughput" => update_provisioned_model_throughput,
}
