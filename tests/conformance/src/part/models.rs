//! Parts of a `ListFoundationModels` answer: its summaries.

use serde_json::Value;

use super::Part;

/// The members of a summary that the official model documents; the live service sends others, mostly null.
const DOCUMENTED: [&str; 10] = [
    "customizationsSupported",
    "inferenceTypesSupported",
    "inputModalities",
    "modelArn",
    "modelId",
    "modelLifecycle",
    "modelName",
    "outputModalities",
    "providerName",
    "responseStreamingSupported",
];

/// One part per distinct summary, of its documented members that are not null.
pub(super) fn parts(body: &Value) -> Vec<Part> {
    let Some(Value::Array(summaries)) = body.get("modelSummaries") else {
        return vec![Part::required("body", body)];
    };
    let parts = summaries.iter().map(|summary| {
        let mut summary = summary.clone();
        if let Value::Object(members) = &mut summary {
            members.retain(|name, value| DOCUMENTED.contains(&name.as_str()) && !value.is_null());
        }
        Part::required("summary", &summary)
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn undocumented_members_are_left_out() {
        let recorded = parts(
            &json!({"modelSummaries": [{"modelId": "m", "converse": {}, "modelName": null}]}),
        );
        let ours = parts(&json!({"modelSummaries": [{"modelId": "n"}]}));
        assert_eq!(recorded, ours);
    }
}
