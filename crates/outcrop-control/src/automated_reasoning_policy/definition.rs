//! Policy definitions in the form that they are kept in, whether a request brought them or a build made them. Its JSON is that
//! of the official model.

use bedrock_smithy::model::{
    AutomatedReasoningPolicyDefinition, AutomatedReasoningPolicyDefinitionRule,
    AutomatedReasoningPolicyDefinitionType, AutomatedReasoningPolicyDefinitionTypeValue,
    AutomatedReasoningPolicyDefinitionVariable,
};
use serde::{Deserialize, Serialize};

use super::digest::sha512;

/// The version of the format that the service's documentation asks for.
const FORMAT: &str = "1.0";

/// Rules, and the variables and types that they speak of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Definition {
    pub(crate) version: String,
    pub(crate) types: Vec<Type>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) variables: Vec<Variable>,
}

/// A type whose values are names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Type {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) values: Vec<TypeValue>,
}

/// One of a type's values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TypeValue {
    pub(crate) value: String,
    pub(crate) description: Option<String>,
}

/// Something that holds: an expression of SMT-LIB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rule {
    /// An upper-case letter and eleven upper-case letters or digits.
    pub(crate) id: String,
    pub(crate) expression: String,
    pub(crate) alternate_expression: Option<String>,
}

/// Something that rules speak of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Variable {
    pub(crate) name: String,
    /// `BOOL`, `INT`, `REAL` or the name of a type.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) description: String,
}

impl Definition {
    /// One that says nothing.
    pub(crate) fn empty() -> Self {
        Self {
            version: FORMAT.to_owned(),
            types: Vec::new(),
            rules: Vec::new(),
            variables: Vec::new(),
        }
    }

    /// The concurrency token of policies.
    pub(crate) fn hash(&self) -> String {
        sha512(self)
    }
}

impl From<AutomatedReasoningPolicyDefinition> for Definition {
    fn from(given: AutomatedReasoningPolicyDefinition) -> Self {
        let (types, rules, variables) = (given.types, given.rules, given.variables);
        Self {
            version: given.version,
            types: all(types),
            rules: all(rules),
            variables: all(variables),
        }
    }
}

impl From<Definition> for AutomatedReasoningPolicyDefinition {
    fn from(kept: Definition) -> Self {
        Self {
            version: kept.version,
            types: Some(all(Some(kept.types))),
            rules: Some(all(Some(kept.rules))),
            variables: Some(all(Some(kept.variables))),
        }
    }
}

/// Each of them in the other form.
fn all<A, B: From<A>>(items: Option<Vec<A>>) -> Vec<B> {
    items.into_iter().flatten().map(B::from).collect()
}

/// Both ways between a form of ours and the official model's.
macro_rules! converted {
    ($ours:ident, $model:ident { $($member:ident: $of_model:ident),* }) => {
        impl From<$model> for $ours {
            fn from(given: $model) -> Self {
                Self { $($member: given.$of_model),* }
            }
        }

        impl From<$ours> for $model {
            fn from(kept: $ours) -> Self {
                Self { $($of_model: kept.$member),* }
            }
        }
    };
}

converted!(
    TypeValue,
    AutomatedReasoningPolicyDefinitionTypeValue {
        value: value,
        description: description
    }
);
converted!(
    Rule,
    AutomatedReasoningPolicyDefinitionRule {
        id: id,
        expression: expression,
        alternate_expression: alternate_expression
    }
);
converted!(
    Variable,
    AutomatedReasoningPolicyDefinitionVariable {
        name: name,
        kind: r#type,
        description: description
    }
);

impl From<AutomatedReasoningPolicyDefinitionType> for Type {
    fn from(given: AutomatedReasoningPolicyDefinitionType) -> Self {
        Self {
            name: given.name,
            description: given.description,
            values: all(Some(given.values)),
        }
    }
}

impl From<Type> for AutomatedReasoningPolicyDefinitionType {
    fn from(kept: Type) -> Self {
        Self {
            name: kept.name,
            description: kept.description,
            values: all(Some(kept.values)),
        }
    }
}
