//! Flawed values of simple shapes.

use serde_json::{Value, json};

use super::{
    Flawed, LONGEST, around,
    wording::{at_least_long, at_most_long, of_pattern},
};
use crate::constraint::{site::Site, text};

/// A text that is too short, too long, or not of its pattern or enum.
pub(super) fn break_text(site: &Site<'_>, flawed: Flawed<'_>) {
    let rules = &site.rules;
    if let Some(values) = &site.shape.values {
        if !site.shape.open {
            let constraint = format!("Member must satisfy enum value set: [{}", values[0]);
            flawed("bad enum value", Some(json!("NO_SUCH_VALUE")), constraint);
        }
        return;
    }
    if rules.least() > 0 {
        flawed(
            "too short",
            text::too_short(rules).map(Value::from),
            at_least_long(rules.least()),
        );
    }
    if let Some(most) = rules.most().filter(|most| *most < LONGEST) {
        flawed(
            "too long",
            text::too_long(rules).map(Value::from),
            at_most_long(most),
        );
    }
    if let Some(pattern) = &rules.pattern {
        flawed(
            "bad pattern",
            text::mismatch(rules).map(Value::from),
            of_pattern(pattern),
        );
    }
}

/// A number beyond its range.
pub(super) fn break_number(site: &Site<'_>, flawed: Flawed<'_>) {
    let number = |value: f64| -> Value {
        match site.shape.kind.as_str() {
            "float" | "double" => json!(value),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "limits of integers are integers"
            )]
            _ => json!(value as i64),
        }
    };
    let (least, most) = site.rules.range.unwrap_or_default();
    if let Some(least) = least {
        let constraint = format!("Member must have value greater than or equal to {least}");
        flawed("too small", Some(number(least - 1.0)), constraint);
    }
    if let Some(most) = most {
        let constraint = format!("Member must have value less than or equal to {most}");
        flawed("too great", Some(number(most + 1.0)), constraint);
    }
}

/// A blob that is too short or too long.
pub(super) fn break_blob(site: &Site<'_>, flawed: Flawed<'_>) {
    let blob = |count: usize| Some(json!(aws_smithy_types::base64::encode("a".repeat(count))));
    // An empty payload is no payload.
    let (short, long) = around(&site.rules);
    if let Some(count) = short.filter(|count| *count > 0 || site.place.0 != "payload") {
        flawed("too short", blob(count), at_least_long(site.rules.least()));
    }
    if let Some(count) = long {
        flawed("too long", blob(count), at_most_long(count - 1));
    }
}
