//! What a build has done.

use bedrock_smithy::model::{
    AutomatedReasoningPolicyAddRuleMutation, AutomatedReasoningPolicyAddTypeMutation,
    AutomatedReasoningPolicyAddVariableMutation, AutomatedReasoningPolicyAnnotation as Annotation,
    AutomatedReasoningPolicyAnnotationStatus as Status,
    AutomatedReasoningPolicyBuildLogEntry as Entry,
    AutomatedReasoningPolicyBuildMessageType as MessageType,
    AutomatedReasoningPolicyBuildStep as Step,
    AutomatedReasoningPolicyBuildStepContext as StepContext,
    AutomatedReasoningPolicyBuildStepMessage as Message,
    AutomatedReasoningPolicyDefinitionElement as Element,
    AutomatedReasoningPolicyMutation as Mutation, AutomatedReasoningPolicyPlanning as Planning,
};

use crate::automated_reasoning_policy::definition::{Definition, Rule, Type, Variable};

/// A definition with how it came about.
pub(crate) struct Built {
    pub(crate) definition: Definition,
    pub(crate) entries: Vec<Entry>,
}

/// The steps of one annotation.
#[derive(Default)]
pub(super) struct Steps(Vec<Step>);

impl Steps {
    /// A step that changed something; `prior` is what was changed.
    pub(super) fn changed(&mut self, mutation: Mutation, prior: Option<Element>, message: &str) {
        self.0.push(Step {
            context: StepContext::Mutation(mutation),
            messages: vec![said(message, MessageType::Info)],
            prior_element: prior,
        });
    }

    /// A step that only found something out.
    pub(super) fn noted(&mut self, message: &str, message_type: MessageType) {
        self.0.push(Step {
            context: StepContext::Planning(Planning {}),
            messages: vec![said(message, message_type)],
            prior_element: None,
        });
    }

    pub(super) fn add_type(&mut self, definition: &mut Definition, kind: Type) {
        let mutation = Mutation::AddType(AutomatedReasoningPolicyAddTypeMutation {
            r#type: kind.clone().into(),
        });
        let message = format!("Added the type {}.", kind.name);
        definition.types.push(kind);
        self.changed(mutation, None, &message);
    }

    pub(super) fn add_variable(&mut self, definition: &mut Definition, variable: Variable) {
        let mutation = Mutation::AddVariable(AutomatedReasoningPolicyAddVariableMutation {
            variable: variable.clone().into(),
        });
        let message = format!("Added the variable {}.", variable.name);
        definition.variables.push(variable);
        self.changed(mutation, None, &message);
    }

    pub(super) fn add_rule(&mut self, definition: &mut Definition, rule: Rule) {
        let mutation = Mutation::AddRule(AutomatedReasoningPolicyAddRuleMutation {
            rule: rule.clone().into(),
        });
        let message = format!("Added the rule {}.", rule.id);
        definition.rules.push(rule);
        self.changed(mutation, None, &message);
    }

    /// The entry of `annotation`, which was applied, or refused for a reason.
    pub(super) fn entry(mut self, annotation: Annotation, applied: Result<(), String>) -> Entry {
        let status = match applied {
            Ok(()) => Status::Applied,
            Err(reason) => {
                self.noted(&reason, MessageType::Error);
                Status::Failed
            }
        };
        Entry {
            annotation,
            build_steps: self.0,
            status,
        }
    }
}

fn said(message: &str, message_type: MessageType) -> Message {
    Message {
        message: message.to_owned(),
        message_type,
    }
}
