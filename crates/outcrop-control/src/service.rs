//! The generated service with this crate's handlers in it.

use std::convert::Infallible;

use bedrock_smithy::{
    AmazonBedrockControlPlaneService, AmazonBedrockControlPlaneServiceConfig,
    server::{
        Extension,
        body::{Body, BoxBody},
    },
};
use http::{Request, Response};
use outcrop_wire::{Caller, Current, RawBody};
use tower::Service;

use crate::{
    Control,
    account_data_retention::{get_account_data_retention, put_account_data_retention},
    advanced_prompt_optimization_job::{
        batch_delete_advanced_prompt_optimization_job, create_advanced_prompt_optimization_job,
        get_advanced_prompt_optimization_job, list_advanced_prompt_optimization_jobs,
        stop_advanced_prompt_optimization_job,
    },
    automated_reasoning_policy::{
        cancel_automated_reasoning_policy_build_workflow, create_automated_reasoning_policy,
        create_automated_reasoning_policy_test_case, create_automated_reasoning_policy_version,
        delete_automated_reasoning_policy, delete_automated_reasoning_policy_build_workflow,
        delete_automated_reasoning_policy_test_case, export_automated_reasoning_policy_version,
        get_automated_reasoning_policy, get_automated_reasoning_policy_annotations,
        get_automated_reasoning_policy_build_workflow,
        get_automated_reasoning_policy_build_workflow_result_assets,
        get_automated_reasoning_policy_next_scenario, get_automated_reasoning_policy_test_case,
        get_automated_reasoning_policy_test_result, list_automated_reasoning_policies,
        list_automated_reasoning_policy_build_workflows,
        list_automated_reasoning_policy_test_cases, list_automated_reasoning_policy_test_results,
        start_automated_reasoning_policy_build_workflow,
        start_automated_reasoning_policy_test_workflow, update_automated_reasoning_policy,
        update_automated_reasoning_policy_annotations, update_automated_reasoning_policy_test_case,
    },
    context::Context,
    custom_model::{
        create_custom_model, delete_custom_model, get_custom_model, list_custom_models,
    },
    custom_model_deployment::{
        create_custom_model_deployment, delete_custom_model_deployment,
        get_custom_model_deployment, list_custom_model_deployments, update_custom_model_deployment,
    },
    enforced_guardrail::{
        delete_enforced_guardrail_configuration, list_enforced_guardrails_configuration,
        put_enforced_guardrail_configuration,
    },
    evaluation_job::{
        batch_delete_evaluation_job, create_evaluation_job, get_evaluation_job,
        list_evaluation_jobs, stop_evaluation_job,
    },
    foundation_model::{
        get_foundation_model, get_foundation_model_availability, list_foundation_models,
    },
    foundation_model_agreement::{
        create_foundation_model_agreement, delete_foundation_model_agreement,
        list_foundation_model_agreement_offers,
    },
    guardrail::{
        create_guardrail, create_guardrail_version, delete_guardrail, get_guardrail,
        list_guardrails, update_guardrail,
    },
    imported_model::{delete_imported_model, get_imported_model, list_imported_models},
    inference_profile::{
        create_inference_profile, delete_inference_profile, get_inference_profile,
        list_inference_profiles,
    },
    marketplace_model_endpoint::{
        create_marketplace_model_endpoint, delete_marketplace_model_endpoint,
        deregister_marketplace_model_endpoint, get_marketplace_model_endpoint,
        list_marketplace_model_endpoints, register_marketplace_model_endpoint,
        update_marketplace_model_endpoint,
    },
    model_copy_job::{create_model_copy_job, get_model_copy_job, list_model_copy_jobs},
    model_customization_job::{
        create_model_customization_job, get_model_customization_job, list_model_customization_jobs,
        stop_model_customization_job,
    },
    model_import_job::{create_model_import_job, get_model_import_job, list_model_import_jobs},
    model_invocation_job::{
        create_model_invocation_job, get_model_invocation_job, list_model_invocation_jobs,
        stop_model_invocation_job,
    },
    model_invocation_logging::{
        delete_model_invocation_logging_configuration, get_model_invocation_logging_configuration,
        put_model_invocation_logging_configuration,
    },
    prompt_router::{
        create_prompt_router, delete_prompt_router, get_prompt_router, list_prompt_routers,
    },
    provisioned_throughput::{
        create_provisioned_model_throughput, delete_provisioned_model_throughput,
        get_provisioned_model_throughput, list_provisioned_model_throughputs,
        update_provisioned_model_throughput,
    },
    resource_policy::{delete_resource_policy, get_resource_policy, put_resource_policy},
    tag::{list_tags_for_resource, tag_resource, untag_resource},
    use_case_for_model_access::{get_use_case_for_model_access, put_use_case_for_model_access},
};

/// Names each served operation once: in [`SERVED`], and as a handler of the generated builder.
macro_rules! served {
    ($($operation:literal => $handler:ident),* $(,)?) => {
        /// The operations that have a handler, by their names in the official model.
        pub const SERVED: &[&str] = &[$($operation),*];

        /// The generated service. An operation that is not in [`SERVED`] answers an empty 500: the
        /// layers in front of it must not let such a request through.
        ///
        /// A request is answered by what is current when it comes.
        ///
        /// Requests carry the extensions [`Caller`] and [`RawBody`], which the wire layers set.
        pub fn service(
            control: impl Into<Current<Control>>,
        ) -> impl Service<
            Request<Body>,
            Response = Response<BoxBody>,
            Error = Infallible,
            Future: Send,
        > + Clone + Send + 'static {
            let control = control.into();
            let config = AmazonBedrockControlPlaneServiceConfig::builder()
                .model_plugin(outcrop_wire::model_plugins())
                .build();
            let builder = AmazonBedrockControlPlaneService::builder::<Body, _, _, _>(config);
            $(
                let shared = control.clone();
                let builder = builder.$handler(
                    move |input, Extension(caller): Extension<Caller>, Extension(body): Extension<RawBody>| {
                        let control = shared.get();
                        // Routing moves a handler's future many times, so it moves a pointer.
                        Box::pin(async move { $handler(&control, input, &Context::new(caller, body)).await })
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
    "CancelAutomatedReasoningPolicyBuildWorkflow" => cancel_automated_reasoning_policy_build_workflow,
    "CreateAdvancedPromptOptimizationJob" => create_advanced_prompt_optimization_job,
    "CreateAutomatedReasoningPolicy" => create_automated_reasoning_policy,
    "CreateAutomatedReasoningPolicyTestCase" => create_automated_reasoning_policy_test_case,
    "CreateAutomatedReasoningPolicyVersion" => create_automated_reasoning_policy_version,
    "CreateCustomModel" => create_custom_model,
    "CreateCustomModelDeployment" => create_custom_model_deployment,
    "CreateEvaluationJob" => create_evaluation_job,
    "CreateFoundationModelAgreement" => create_foundation_model_agreement,
    "CreateGuardrail" => create_guardrail,
    "CreateGuardrailVersion" => create_guardrail_version,
    "CreateInferenceProfile" => create_inference_profile,
    "CreateMarketplaceModelEndpoint" => create_marketplace_model_endpoint,
    "CreateModelCopyJob" => create_model_copy_job,
    "CreateModelCustomizationJob" => create_model_customization_job,
    "CreateModelImportJob" => create_model_import_job,
    "CreateModelInvocationJob" => create_model_invocation_job,
    "CreatePromptRouter" => create_prompt_router,
    "CreateProvisionedModelThroughput" => create_provisioned_model_throughput,
    "DeleteAutomatedReasoningPolicy" => delete_automated_reasoning_policy,
    "DeleteAutomatedReasoningPolicyBuildWorkflow" => delete_automated_reasoning_policy_build_workflow,
    "DeleteAutomatedReasoningPolicyTestCase" => delete_automated_reasoning_policy_test_case,
    "DeleteCustomModel" => delete_custom_model,
    "DeleteCustomModelDeployment" => delete_custom_model_deployment,
    "DeleteEnforcedGuardrailConfiguration" => delete_enforced_guardrail_configuration,
    "DeleteFoundationModelAgreement" => delete_foundation_model_agreement,
    "DeleteGuardrail" => delete_guardrail,
    "DeleteImportedModel" => delete_imported_model,
    "DeleteInferenceProfile" => delete_inference_profile,
    "DeleteMarketplaceModelEndpoint" => delete_marketplace_model_endpoint,
    "DeleteModelInvocationLoggingConfiguration" => delete_model_invocation_logging_configuration,
    "DeletePromptRouter" => delete_prompt_router,
    "DeleteProvisionedModelThroughput" => delete_provisioned_model_throughput,
    "DeleteResourcePolicy" => delete_resource_policy,
    "DeregisterMarketplaceModelEndpoint" => deregister_marketplace_model_endpoint,
    "ExportAutomatedReasoningPolicyVersion" => export_automated_reasoning_policy_version,
    "GetAccountDataRetention" => get_account_data_retention,
    "GetAdvancedPromptOptimizationJob" => get_advanced_prompt_optimization_job,
    "GetAutomatedReasoningPolicy" => get_automated_reasoning_policy,
    "GetAutomatedReasoningPolicyAnnotations" => get_automated_reasoning_policy_annotations,
    "GetAutomatedReasoningPolicyBuildWorkflow" => get_automated_reasoning_policy_build_workflow,
    "GetAutomatedReasoningPolicyBuildWorkflowResultAssets" => get_automated_reasoning_policy_build_workflow_result_assets,
    "GetAutomatedReasoningPolicyNextScenario" => get_automated_reasoning_policy_next_scenario,
    "GetAutomatedReasoningPolicyTestCase" => get_automated_reasoning_policy_test_case,
    "GetAutomatedReasoningPolicyTestResult" => get_automated_reasoning_policy_test_result,
    "GetCustomModel" => get_custom_model,
    "GetCustomModelDeployment" => get_custom_model_deployment,
    "GetEvaluationJob" => get_evaluation_job,
    "GetFoundationModel" => get_foundation_model,
    "GetFoundationModelAvailability" => get_foundation_model_availability,
    "GetGuardrail" => get_guardrail,
    "GetImportedModel" => get_imported_model,
    "GetInferenceProfile" => get_inference_profile,
    "GetMarketplaceModelEndpoint" => get_marketplace_model_endpoint,
    "GetModelCopyJob" => get_model_copy_job,
    "GetModelCustomizationJob" => get_model_customization_job,
    "GetModelImportJob" => get_model_import_job,
    "GetModelInvocationJob" => get_model_invocation_job,
    "GetModelInvocationLoggingConfiguration" => get_model_invocation_logging_configuration,
    "GetPromptRouter" => get_prompt_router,
    "GetProvisionedModelThroughput" => get_provisioned_model_throughput,
    "GetResourcePolicy" => get_resource_policy,
    "GetUseCaseForModelAccess" => get_use_case_for_model_access,
    "ListAdvancedPromptOptimizationJobs" => list_advanced_prompt_optimization_jobs,
    "ListAutomatedReasoningPolicies" => list_automated_reasoning_policies,
    "ListAutomatedReasoningPolicyBuildWorkflows" => list_automated_reasoning_policy_build_workflows,
    "ListAutomatedReasoningPolicyTestCases" => list_automated_reasoning_policy_test_cases,
    "ListAutomatedReasoningPolicyTestResults" => list_automated_reasoning_policy_test_results,
    "ListCustomModelDeployments" => list_custom_model_deployments,
    "ListCustomModels" => list_custom_models,
    "ListEnforcedGuardrailsConfiguration" => list_enforced_guardrails_configuration,
    "ListEvaluationJobs" => list_evaluation_jobs,
    "ListFoundationModelAgreementOffers" => list_foundation_model_agreement_offers,
    "ListFoundationModels" => list_foundation_models,
    "ListGuardrails" => list_guardrails,
    "ListImportedModels" => list_imported_models,
    "ListInferenceProfiles" => list_inference_profiles,
    "ListMarketplaceModelEndpoints" => list_marketplace_model_endpoints,
    "ListModelCopyJobs" => list_model_copy_jobs,
    "ListModelCustomizationJobs" => list_model_customization_jobs,
    "ListModelImportJobs" => list_model_import_jobs,
    "ListModelInvocationJobs" => list_model_invocation_jobs,
    "ListPromptRouters" => list_prompt_routers,
    "ListProvisionedModelThroughputs" => list_provisioned_model_throughputs,
    "ListTagsForResource" => list_tags_for_resource,
    "PutAccountDataRetention" => put_account_data_retention,
    "PutEnforcedGuardrailConfiguration" => put_enforced_guardrail_configuration,
    "PutModelInvocationLoggingConfiguration" => put_model_invocation_logging_configuration,
    "PutResourcePolicy" => put_resource_policy,
    "PutUseCaseForModelAccess" => put_use_case_for_model_access,
    "RegisterMarketplaceModelEndpoint" => register_marketplace_model_endpoint,
    "StartAutomatedReasoningPolicyBuildWorkflow" => start_automated_reasoning_policy_build_workflow,
    "StartAutomatedReasoningPolicyTestWorkflow" => start_automated_reasoning_policy_test_workflow,
    "StopAdvancedPromptOptimizationJob" => stop_advanced_prompt_optimization_job,
    "StopEvaluationJob" => stop_evaluation_job,
    "StopModelCustomizationJob" => stop_model_customization_job,
    "StopModelInvocationJob" => stop_model_invocation_job,
    "TagResource" => tag_resource,
    "UntagResource" => untag_resource,
    "UpdateAutomatedReasoningPolicy" => update_automated_reasoning_policy,
    "UpdateAutomatedReasoningPolicyAnnotations" => update_automated_reasoning_policy_annotations,
    "UpdateAutomatedReasoningPolicyTestCase" => update_automated_reasoning_policy_test_case,
    "UpdateCustomModelDeployment" => update_custom_model_deployment,
    "UpdateGuardrail" => update_guardrail,
    "UpdateMarketplaceModelEndpoint" => update_marketplace_model_endpoint,
    "UpdateProvisionedModelThroughput" => update_provisioned_model_throughput,
}
