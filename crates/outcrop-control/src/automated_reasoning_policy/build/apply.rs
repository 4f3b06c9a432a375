//! Applies annotations to a definition.

use bedrock_smithy::model::{
    AutomatedReasoningPolicyAnnotation as Annotation,
    AutomatedReasoningPolicyBuildLogEntry as Entry,
    AutomatedReasoningPolicyBuildMessageType as MessageType,
    AutomatedReasoningPolicyDefinitionElement as Element,
    AutomatedReasoningPolicyDeleteRuleMutation, AutomatedReasoningPolicyDeleteTypeMutation,
    AutomatedReasoningPolicyDeleteVariableMutation, AutomatedReasoningPolicyMutation as Mutation,
    AutomatedReasoningPolicyTypeValueAnnotation as ValueAnnotation,
    AutomatedReasoningPolicyUpdateRuleMutation, AutomatedReasoningPolicyUpdateTypeAnnotation,
    AutomatedReasoningPolicyUpdateTypeMutation, AutomatedReasoningPolicyUpdateVariableAnnotation,
    AutomatedReasoningPolicyUpdateVariableMutation,
};

use super::log::Steps;
use crate::automated_reasoning_policy::{
    definition::{Definition, Type, TypeValue, Variable},
    extract::{Extracted, extracted, rule, sentences},
    logic::Expression,
};

type Applied = Result<(), String>;

/// Changes the definition as the annotation says, or not at all; the entry says which, and why.
pub(super) fn apply(definition: &mut Definition, annotation: Annotation) -> Entry {
    let mut steps = Steps::default();
    let mut changed = definition.clone();
    let applied = change(&mut changed, &annotation, &mut steps);
    if applied.is_ok() {
        *definition = changed;
    }
    steps.entry(annotation, applied)
}

fn change(definition: &mut Definition, annotation: &Annotation, steps: &mut Steps) -> Applied {
    match annotation {
        Annotation::AddType(add) => {
            definition.is_free(&add.name)?;
            let kind = Type {
                name: add.name.clone(),
                description: Some(add.description.clone()),
                values: add.values.iter().cloned().map(TypeValue::from).collect(),
            };
            steps.add_type(definition, kind);
        }
        Annotation::UpdateType(update) => return update_type(definition, update, steps),
        Annotation::DeleteType(delete) => return delete_type(definition, &delete.name, steps),
        Annotation::AddVariable(add) => {
            definition.is_free(&add.name)?;
            definition.has_type(&add.r#type)?;
            let variable = Variable {
                name: add.name.clone(),
                kind: add.r#type.clone(),
                description: add.description.clone(),
            };
            steps.add_variable(definition, variable);
        }
        Annotation::UpdateVariable(update) => return update_variable(definition, update, steps),
        Annotation::DeleteVariable(delete) => {
            return delete_variable(definition, &delete.name, steps);
        }
        Annotation::AddRule(add) => {
            let expression = definition.expression(&add.expression)?;
            return add_rule(definition, &expression, steps);
        }
        Annotation::UpdateRule(update) => {
            let expression = definition.expression(&update.expression)?;
            return update_rule(definition, &update.rule_id, &expression, steps);
        }
        Annotation::DeleteRule(delete) => return delete_rule(definition, &delete.rule_id, steps),
        Annotation::AddRuleFromNaturalLanguage(add) => {
            return ingest(definition, &add.natural_language, steps);
        }
        Annotation::IngestContent(content) => return ingest(definition, &content.content, steps),
        Annotation::UpdateFromRulesFeedback(feedback) => {
            return ingest(definition, &feedback.feedback, steps);
        }
        Annotation::UpdateFromScenarioFeedback(feedback) => {
            // Words that say a rule are one; otherwise what the scenario shows should not be.
            let words = feedback.feedback.as_deref().unwrap_or_default();
            if ingest(definition, words, steps).is_ok() {
                return Ok(());
            }
            let scenario = definition.expression(&feedback.scenario_expression)?;
            return add_rule(definition, &scenario.negated(), steps);
        }
    }
    Ok(())
}

/// Adds what the sentences of a text say.
pub(super) fn ingest(definition: &mut Definition, text: &str, steps: &mut Steps) -> Applied {
    let mut found = 0_usize;
    for sentence in sentences(text) {
        let Some(extracted) = extracted(&sentence) else {
            let message = format!("No rule was found in: {}", sentence.text);
            steps.noted(&message, MessageType::Warning);
            continue;
        };
        found += 1;
        match extracted {
            Extracted::Type { kind, variable } => {
                if definition.is_free(&kind.name).is_ok() {
                    steps.add_type(definition, kind);
                }
                add_missing(definition, variable, steps);
            }
            Extracted::Rule { rule, variables } => {
                for variable in variables {
                    add_missing(definition, variable, steps);
                }
                if definition
                    .rules
                    .iter()
                    .all(|other| other.expression != rule.expression)
                {
                    steps.add_rule(definition, rule);
                }
            }
        }
    }
    if found == 0 {
        return Err("No sentence of the content states a condition and an outcome.".to_owned());
    }
    Ok(())
}

fn add_missing(definition: &mut Definition, variable: Variable, steps: &mut Steps) {
    if definition.is_free(&variable.name).is_ok() {
        steps.add_variable(definition, variable);
    }
}

fn add_rule(definition: &mut Definition, expression: &Expression, steps: &mut Steps) -> Applied {
    let rule = rule(expression);
    if definition.rules.iter().any(|other| other.id == rule.id) {
        return Err(format!("There is a rule {} already.", rule.id));
    }
    steps.add_rule(definition, rule);
    Ok(())
}

fn update_rule(
    definition: &mut Definition,
    id: &str,
    expression: &Expression,
    steps: &mut Steps,
) -> Applied {
    let rule = definition.rule_mut(id)?;
    let prior = rule.clone();
    rule.set(expression);
    let mutation = Mutation::UpdateRule(AutomatedReasoningPolicyUpdateRuleMutation {
        rule: rule.clone().into(),
    });
    let prior = Element::PolicyDefinitionRule(prior.into());
    steps.changed(mutation, Some(prior), &format!("Changed the rule {id}."));
    Ok(())
}

fn delete_rule(definition: &mut Definition, id: &str, steps: &mut Steps) -> Applied {
    let prior = Element::PolicyDefinitionRule(definition.rule_mut(id)?.clone().into());
    definition.rules.retain(|rule| rule.id != id);
    let mutation =
        Mutation::DeleteRule(AutomatedReasoningPolicyDeleteRuleMutation { id: id.to_owned() });
    steps.changed(mutation, Some(prior), &format!("Deleted the rule {id}."));
    Ok(())
}

fn delete_variable(definition: &mut Definition, name: &str, steps: &mut Steps) -> Applied {
    let prior = definition.variable_mut(name)?.clone();
    if let Some(rule) = definition.rules_with(name).first() {
        return Err(format!("The rule {rule} names the variable {name}."));
    }
    definition
        .variables
        .retain(|variable| variable.name != name);
    let name = name.to_owned();
    let message = format!("Deleted the variable {name}.");
    let mutation =
        Mutation::DeleteVariable(AutomatedReasoningPolicyDeleteVariableMutation { name });
    let prior = Element::PolicyDefinitionVariable(prior.into());
    steps.changed(mutation, Some(prior), &message);
    Ok(())
}

fn update_variable(
    definition: &mut Definition,
    update: &AutomatedReasoningPolicyUpdateVariableAnnotation,
    steps: &mut Steps,
) -> Applied {
    let name = update.new_name.as_ref().unwrap_or(&update.name);
    if *name != update.name {
        definition.is_free(name)?;
        definition.renamed(&update.name, name);
    }
    let variable = definition.variable_mut(&update.name)?;
    let prior = Element::PolicyDefinitionVariable(variable.clone().into());
    variable.name.clone_from(name);
    if let Some(description) = &update.description {
        variable.description.clone_from(description);
    }
    let variable = variable.clone().into();
    let mutation =
        Mutation::UpdateVariable(AutomatedReasoningPolicyUpdateVariableMutation { variable });
    steps.changed(
        mutation,
        Some(prior),
        &format!("Changed the variable {name}."),
    );
    Ok(())
}

fn delete_type(definition: &mut Definition, name: &str, steps: &mut Steps) -> Applied {
    let prior = definition.type_mut(name)?.clone();
    let mut variables = definition.variables.iter();
    if let Some(variable) = variables.find(|variable| variable.kind == name) {
        return Err(format!(
            "The variable {} is of the type {name}.",
            variable.name
        ));
    }
    definition.types.retain(|kind| kind.name != name);
    let name = name.to_owned();
    let message = format!("Deleted the type {name}.");
    let mutation = Mutation::DeleteType(AutomatedReasoningPolicyDeleteTypeMutation { name });
    let prior = Element::PolicyDefinitionType(prior.into());
    steps.changed(mutation, Some(prior), &message);
    Ok(())
}

fn update_type(
    definition: &mut Definition,
    update: &AutomatedReasoningPolicyUpdateTypeAnnotation,
    steps: &mut Steps,
) -> Applied {
    let name = update.new_name.as_ref().unwrap_or(&update.name);
    let prior = definition.type_mut(&update.name)?.clone();
    if *name != update.name {
        definition.is_free(name)?;
        for variable in &mut definition.variables {
            if variable.kind == update.name {
                variable.kind.clone_from(name);
            }
        }
        definition.type_mut(&update.name)?.name.clone_from(name);
    }
    if update.description.is_some() {
        definition
            .type_mut(name)?
            .description
            .clone_from(&update.description);
    }
    for value in &update.values {
        update_value(definition, name, value)?;
    }
    let kind = definition.type_mut(name)?.clone();
    if kind.values.is_empty() {
        return Err(format!("The type {name} would have no values."));
    }
    let mutation = Mutation::UpdateType(AutomatedReasoningPolicyUpdateTypeMutation {
        r#type: kind.into(),
    });
    let prior = Element::PolicyDefinitionType(prior.into());
    steps.changed(mutation, Some(prior), &format!("Changed the type {name}."));
    Ok(())
}

fn update_value(definition: &mut Definition, name: &str, annotation: &ValueAnnotation) -> Applied {
    match annotation {
        ValueAnnotation::AddTypeValue(add) => {
            definition.is_free(&add.value)?;
            definition.type_mut(name)?.values.push(TypeValue {
                value: add.value.clone(),
                description: add.description.clone(),
            });
        }
        ValueAnnotation::DeleteTypeValue(delete) => {
            if let Some(rule) = definition.rules_with(&delete.value).first() {
                return Err(format!("The rule {rule} names the value {}.", delete.value));
            }
            let kind = definition.type_mut(name)?;
            value_mut(kind, &delete.value)?;
            kind.values.retain(|value| value.value != delete.value);
        }
        ValueAnnotation::UpdateTypeValue(update) => {
            let new = update.new_value.as_ref().unwrap_or(&update.value);
            if *new != update.value {
                definition.is_free(new)?;
                definition.renamed(&update.value, new);
            }
            let value = value_mut(definition.type_mut(name)?, &update.value)?;
            value.value.clone_from(new);
            if update.description.is_some() {
                value.description.clone_from(&update.description);
            }
        }
    }
    Ok(())
}

fn value_mut<'a>(kind: &'a mut Type, name: &str) -> Result<&'a mut TypeValue, String> {
    let found = kind.values.iter_mut().find(|value| value.value == name);
    found.ok_or_else(|| format!("The type {} has no value {name}.", kind.name))
}
