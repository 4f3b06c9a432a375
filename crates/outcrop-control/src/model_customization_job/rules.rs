//! What a customization job has to keep to besides the constraints of its members. The rules are those of the user guide
//! (supported models, distillation, reinforcement fine-tuning); no texts of the service's are known.

use bedrock_smithy::{
    input::CreateModelCustomizationJobInput,
    model::{CustomizationConfig, CustomizationType},
};
use outcrop_catalogue::{Customization, Model};

use super::customization_type;
use crate::{Control, context::Context, error::ControlError};

pub(super) fn check(
    control: &Control,
    context: &Context,
    input: &CreateModelCustomizationJobInput,
    base: &Model,
) -> Result<(), ControlError> {
    let customization = customization_type(input);
    allowed(base, customization)?;
    training_data(input, customization)?;
    configuration(control, context, input, customization)
}

/// Reinforcement fine-tuning is not in the lists of what models can be customized by: it is taken to be possible where
/// fine-tuning is.
fn allowed(base: &Model, customization: CustomizationType) -> Result<(), ControlError> {
    let needed = match customization {
        CustomizationType::FineTuning | CustomizationType::ReinforcementFineTuning => {
            Some(Customization::FineTuning)
        }
        CustomizationType::ContinuedPreTraining => Some(Customization::ContinuedPreTraining),
        CustomizationType::Distillation => Some(Customization::Distillation),
        CustomizationType::Imported => None,
    };
    if needed.is_some_and(|needed| base.customizations.contains(&needed)) {
        return Ok(());
    }
    Err(ControlError::Validation(format!(
        "The base model {} doesn't support the customization type {}. Choose a model whose customizationsSupported has it, \
         and try again.",
        base.id,
        customization.as_str()
    )))
}

fn training_data(
    input: &CreateModelCustomizationJobInput,
    customization: CustomizationType,
) -> Result<(), ControlError> {
    let data = &input.training_data_config;
    let from_logs = matches!(
        customization,
        CustomizationType::Distillation | CustomizationType::ReinforcementFineTuning
    );
    let problem = match (&data.s3_uri, &data.invocation_logs_config) {
        (Some(_), None) => return Ok(()),
        (None, Some(_)) if from_logs => return Ok(()),
        (None, Some(_)) => {
            "Invocation logs can be the training data of distillation and reinforcement fine-tuning only. Provide an s3Uri."
        }
        _ => "Provide either s3Uri or invocationLogsConfig in trainingDataConfig.",
    };
    Err(ControlError::Validation(problem.to_owned()))
}

fn configuration(
    control: &Control,
    context: &Context,
    input: &CreateModelCustomizationJobInput,
    customization: CustomizationType,
) -> Result<(), ControlError> {
    let wanted = match (customization, &input.customization_config) {
        (
            CustomizationType::Distillation,
            Some(CustomizationConfig::DistillationConfig(config)),
        ) => {
            let teacher = &config.teacher_model_config.teacher_model_identifier;
            let region = context.caller.known_region();
            control.catalogue.resolve(teacher, region)?;
            return Ok(());
        }
        (CustomizationType::ReinforcementFineTuning, Some(CustomizationConfig::RftConfig(_))) => {
            return Ok(());
        }
        (CustomizationType::Distillation, _) => "a distillationConfig",
        (CustomizationType::ReinforcementFineTuning, _) => "an rftConfig",
        (_, None) => return Ok(()),
        (_, Some(_)) => "no customizationConfig",
    };
    Err(ControlError::Validation(format!(
        "The customization type {} takes {wanted}.",
        customization.as_str()
    )))
}
