//! Policy documents.

use serde_json::Value;

use crate::error::ControlError;

/// Whether a text is a policy: an object with statements, each of which says its effect, who, and what may be done (IAM's
/// grammar of resource-based policies). The text is ours.
pub(super) fn check(text: &str) -> Result<(), ControlError> {
    let document: Value = serde_json::from_str(text).unwrap_or_default();
    let statements = match document.get("Statement") {
        Some(Value::Array(statements)) => statements.as_slice(),
        Some(statement) => std::slice::from_ref(statement),
        None => &[],
    };
    if !statements.is_empty() && statements.iter().all(is_statement) {
        return Ok(());
    }
    Err(ControlError::Validation(
        "The resource policy is not a valid policy document. Provide a JSON object whose Statement has Effect, Principal and Action."
            .to_owned(),
    ))
}

fn is_statement(statement: &Value) -> bool {
    let has = |name: &str| {
        let inverse = format!("Not{name}");
        statement.get(name).is_some() || statement.get(inverse).is_some()
    };
    let effect = statement.get("Effect").and_then(Value::as_str);
    matches!(effect, Some("Allow" | "Deny")) && has("Principal") && has("Action")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::check;

    #[test]
    fn documents_are_policies_or_refused() {
        let statement = json!({ "Effect": "Allow", "Principal": { "AWS": "210987654321" }, "Action": "bedrock:ApplyGuardrail" });
        for valid in [
            json!({ "Version": "2012-10-17", "Statement": [statement] }),
            json!({ "Statement": statement }),
            json!({ "Statement": [{ "Effect": "Deny", "NotPrincipal": "*", "NotAction": "*" }] }),
        ] {
            assert!(check(&valid.to_string()).is_ok(), "{valid}");
        }
        for invalid in [
            json!("policy"),
            json!([]),
            json!({}),
            json!({ "Statement": [] }),
            json!({ "Statement": ["Allow"] }),
            json!({ "Statement": [{ "Effect": "Allow", "Action": "*" }] }),
            json!({ "Statement": [statement, { "Effect": "allow", "Principal": "*", "Action": "*" }] }),
        ] {
            assert!(check(&invalid.to_string()).is_err(), "{invalid}");
        }
        assert!(check("{").is_err());
    }
}
