//! The exceptions that each operation declares. One that it does not declare is told as the one after `else`.

use super::{ControlError, Exception, exception::shape};

macro_rules! declares {
    ($($error:ident [$($shape:ident)*] else $fallback:ident;)*) => {$(
        impl From<ControlError> for bedrock_smithy::error::$error {
            fn from(error: ControlError) -> Self {
                match error.exception() {
                    $(Exception::$shape => shape!($shape, error),)*
                    _ => shape!($fallback, error),
                }
            }
        }
    )*};
}

declares! {
    BatchDeleteAdvancedPromptOptimizationJobError [AccessDenied InternalServer Throttling] else Validation;
    BatchDeleteEvaluationJobError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    CancelAutomatedReasoningPolicyBuildWorkflowError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    CreateAdvancedPromptOptimizationJobError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling TooManyTags] else Validation;
    CreateAutomatedReasoningPolicyError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling TooManyTags] else Validation;
    CreateAutomatedReasoningPolicyTestCaseError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling] else Validation;
    CreateAutomatedReasoningPolicyVersionError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling TooManyTags] else Validation;
    CreateCustomModelError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling TooManyTags] else Validation;
    CreateCustomModelDeploymentError [AccessDenied InternalServer ResourceNotFound ServiceQuotaExceeded Throttling TooManyTags] else Validation;
    CreateEvaluationJobError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling] else Validation;
    CreateFoundationModelAgreementError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    CreateGuardrailError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling TooManyTags] else Validation;
    CreateGuardrailVersionError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling] else Validation;
    CreateInferenceProfileError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling TooManyTags] else Validation;
    CreateMarketplaceModelEndpointError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling] else Validation;
    CreateModelCopyJobError [AccessDenied InternalServer ResourceNotFound TooManyTags] else Validation;
    CreateModelCustomizationJobError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling TooManyTags] else Validation;
    CreateModelImportJobError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling TooManyTags] else Validation;
    CreateModelInvocationJobError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling] else Validation;
    CreatePromptRouterError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling TooManyTags] else Validation;
    CreateProvisionedModelThroughputError [AccessDenied InternalServer ResourceNotFound ServiceQuotaExceeded Throttling TooManyTags] else Validation;
    DeleteAutomatedReasoningPolicyError [AccessDenied Conflict InternalServer ResourceInUse ResourceNotFound Throttling] else Validation;
    DeleteAutomatedReasoningPolicyBuildWorkflowError [AccessDenied Conflict InternalServer ResourceInUse ResourceNotFound Throttling] else Validation;
    DeleteAutomatedReasoningPolicyTestCaseError [AccessDenied Conflict InternalServer ResourceInUse ResourceNotFound Throttling] else Validation;
    DeleteCustomModelError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    DeleteCustomModelDeploymentError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    DeleteEnforcedGuardrailConfigurationError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    DeleteFoundationModelAgreementError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    DeleteGuardrailError [AccessDenied Conflict InternalServer ResourceInUse ResourceNotFound Throttling] else Validation;
    DeleteImportedModelError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    DeleteInferenceProfileError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    DeleteMarketplaceModelEndpointError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    DeleteModelInvocationLoggingConfigurationError [AccessDenied Throttling] else InternalServer;
    DeletePromptRouterError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    DeleteProvisionedModelThroughputError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    DeleteResourcePolicyError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    DeregisterMarketplaceModelEndpointError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    ExportAutomatedReasoningPolicyVersionError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetAccountDataRetentionError [AccessDenied InternalServer Throttling] else Validation;
    GetAdvancedPromptOptimizationJobError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetAutomatedReasoningPolicyError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetAutomatedReasoningPolicyAnnotationsError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetAutomatedReasoningPolicyBuildWorkflowError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetAutomatedReasoningPolicyBuildWorkflowResultAssetsError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetAutomatedReasoningPolicyNextScenarioError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetAutomatedReasoningPolicyTestCaseError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetAutomatedReasoningPolicyTestResultError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetCustomModelError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetCustomModelDeploymentError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetEvaluationJobError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetFoundationModelError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetFoundationModelAvailabilityError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetGuardrailError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetImportedModelError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetInferenceProfileError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetMarketplaceModelEndpointError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetModelCopyJobError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetModelCustomizationJobError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetModelImportJobError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetModelInvocationJobError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetModelInvocationLoggingConfigurationError [AccessDenied Throttling] else InternalServer;
    GetPromptRouterError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetProvisionedModelThroughputError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetResourcePolicyError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    GetUseCaseForModelAccessError [InternalServer ResourceNotFound Throttling] else Validation;
    ListAdvancedPromptOptimizationJobsError [AccessDenied InternalServer Throttling] else Validation;
    ListAutomatedReasoningPoliciesError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    ListAutomatedReasoningPolicyBuildWorkflowsError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    ListAutomatedReasoningPolicyTestCasesError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    ListAutomatedReasoningPolicyTestResultsError [AccessDenied InternalServer ResourceNotFound ServiceQuotaExceeded Throttling] else Validation;
    ListCustomModelDeploymentsError [AccessDenied InternalServer Throttling] else Validation;
    ListCustomModelsError [AccessDenied InternalServer Throttling] else Validation;
    ListEnforcedGuardrailsConfigurationError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    ListEvaluationJobsError [AccessDenied InternalServer Throttling] else Validation;
    ListFoundationModelAgreementOffersError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    ListFoundationModelsError [AccessDenied InternalServer Throttling] else Validation;
    ListGuardrailsError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    ListImportedModelsError [AccessDenied InternalServer Throttling] else Validation;
    ListInferenceProfilesError [AccessDenied InternalServer Throttling] else Validation;
    ListMarketplaceModelEndpointsError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    ListModelCopyJobsError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    ListModelCustomizationJobsError [AccessDenied InternalServer Throttling] else Validation;
    ListModelImportJobsError [AccessDenied InternalServer Throttling] else Validation;
    ListModelInvocationJobsError [AccessDenied InternalServer Throttling] else Validation;
    ListPromptRoutersError [AccessDenied InternalServer Throttling] else Validation;
    ListProvisionedModelThroughputsError [AccessDenied InternalServer Throttling] else Validation;
    ListTagsForResourceError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    PutAccountDataRetentionError [AccessDenied InternalServer Throttling] else Validation;
    PutEnforcedGuardrailConfigurationError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    PutModelInvocationLoggingConfigurationError [AccessDenied InternalServer Throttling] else Validation;
    PutResourcePolicyError [AccessDenied Conflict InternalServer Throttling] else Validation;
    PutUseCaseForModelAccessError [AccessDenied InternalServer Throttling] else Validation;
    RegisterMarketplaceModelEndpointError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    StartAutomatedReasoningPolicyBuildWorkflowError [AccessDenied Conflict InternalServer ResourceInUse ResourceNotFound ServiceQuotaExceeded Throttling] else Validation;
    StartAutomatedReasoningPolicyTestWorkflowError [AccessDenied InternalServer ResourceInUse ResourceNotFound Throttling] else Validation;
    StopAdvancedPromptOptimizationJobError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    StopEvaluationJobError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    StopModelCustomizationJobError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    StopModelInvocationJobError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    TagResourceError [AccessDenied InternalServer ResourceNotFound Throttling TooManyTags] else Validation;
    UntagResourceError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    UpdateAutomatedReasoningPolicyError [AccessDenied Conflict InternalServer ResourceNotFound Throttling TooManyTags] else Validation;
    UpdateAutomatedReasoningPolicyAnnotationsError [AccessDenied Conflict InternalServer ResourceNotFound Throttling] else Validation;
    UpdateAutomatedReasoningPolicyTestCaseError [AccessDenied Conflict InternalServer ResourceInUse ResourceNotFound Throttling] else Validation;
    UpdateCustomModelDeploymentError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
    UpdateGuardrailError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling] else Validation;
    UpdateMarketplaceModelEndpointError [AccessDenied Conflict InternalServer ResourceNotFound ServiceQuotaExceeded Throttling] else Validation;
    UpdateProvisionedModelThroughputError [AccessDenied InternalServer ResourceNotFound Throttling] else Validation;
}
