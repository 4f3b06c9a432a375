//! Tools.

use std::collections::HashSet;

use bedrock_runtime_smithy::model::{Tool, ToolChoice};

use crate::rules::{
    Conversation,
    refusal::{Checked, model_refuses},
};

/// Requests with fewer tools are compared pair by pair.
const FEW: usize = 32;

/// No two tools have the same name (quoted).
pub(super) fn names_are_distinct(conversation: &Conversation<'_>) -> Checked {
    let Some(config) = conversation.tool_config else {
        return Ok(());
    };
    let names = || {
        config.tools.iter().filter_map(|tool| match tool {
            Tool::ToolSpec(tool) => Some(tool.name.as_str()),
            _ => None,
        })
    };
    let distinct = if config.tools.len() < FEW {
        names()
            .enumerate()
            .all(|(index, name)| names().take(index).all(|other| other != name))
    } else {
        let mut seen = HashSet::with_capacity(config.tools.len());
        names().all(|name| seen.insert(name))
    };
    if distinct {
        return Ok(());
    }
    model_refuses("tools: Tool names must be unique.")
}

/// The tool that must be called is one of the request's (quoted), which may be among the tools of the model's own
/// parameters.
pub(super) fn choice_is_a_tool(conversation: &Conversation<'_>) -> Checked {
    let Some(config) = conversation.tool_config else {
        return Ok(());
    };
    let Some(ToolChoice::Tool(choice)) = &config.tool_choice else {
        return Ok(());
    };
    let known = config.tools.iter().any(|tool| match tool {
        Tool::ToolSpec(tool) => tool.name == choice.name,
        _ => false,
    });
    let fields = conversation.additional_model_request_fields;
    let own = fields.and_then(|fields| fields.get("tools")?.as_array());
    let known = known
        || own
            .into_iter()
            .flatten()
            .any(|tool| tool["name"] == *choice.name);
    if known {
        return Ok(());
    }
    model_refuses(format!(
        "Tool '{}' not found in provided tools",
        choice.name
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::rules::testing::{NOVA_PRO, Request, SONNET_4, certain, tool};

    #[test]
    fn choice_is_a_tool() {
        let request = |name| Request::hi(SONNET_4).with_a_tool().choosing(certain(name));
        request("look").is_accepted();
        request("bash").is_refused_by_the_model("Tool 'bash' not found in provided tools");
        let bash = json!({"tools": [{"type": "bash_20250124", "name": "bash"}]});
        request("bash").with_fields(bash).is_accepted();
    }

    #[test]
    fn names_are_distinct() {
        let request = |model, names: &[String]| {
            Request::hi(model).with_tools(names.iter().map(|name| tool(name)).collect::<Vec<_>>())
        };
        for count in [2, 100] {
            let mut names: Vec<_> = (0..count).map(|number| format!("tool{number}")).collect();
            request(SONNET_4, &names).is_accepted();
            names.push("tool0".to_owned());
            request(SONNET_4, &names).is_refused_by_the_model("tools: Tool names must be unique.");
            request(NOVA_PRO, &names).is_accepted();
        }
    }
}
