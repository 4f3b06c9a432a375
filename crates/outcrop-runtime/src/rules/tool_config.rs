//! Tools, and how one is chosen.

use bedrock_runtime_smithy::model::{self, Tool, ToolConfiguration, ToolInputSchema};
use outcrop_catalogue::ToolChoice;

use super::{
    Conversation, cache_point,
    refusal::{Checked, refuse, supported},
    tool_use,
};

/// Tools are there when the conversation has tool blocks, whoever runs the tools (quoted).
pub(super) fn is_present(conversation: &Conversation<'_>) -> Checked {
    if conversation.tool_config.is_some() {
        return Ok(());
    }
    refuse("The toolConfig field must be defined when using toolUse and toolResult content blocks.")
}

/// Rules of the request's tools, where it has some.
pub(super) fn check(conversation: &Conversation<'_>) -> Checked {
    let Some(config) = conversation.tool_config else {
        return Ok(());
    };
    let can = &conversation.model.capabilities;
    supported(can.check_tools(conversation.streaming))?;
    if let Some(choice) = chosen(config) {
        supported(can.check_tool_choice(choice))?;
    }
    schemas_are_objects(config)?;
    cache_point::in_tools(conversation.model, &config.tools)
}

/// How the request wants a tool chosen.
pub(super) fn chosen(config: &ToolConfiguration) -> Option<ToolChoice> {
    Some(match config.tool_choice.as_ref()? {
        model::ToolChoice::Auto(_) => ToolChoice::Auto,
        model::ToolChoice::Any(_) => ToolChoice::Any,
        model::ToolChoice::Tool(_) => ToolChoice::Tool,
    })
}

/// The input schema of a tool is a JSON object (quoted).
fn schemas_are_objects(config: &ToolConfiguration) -> Checked {
    for (index, tool) in config.tools.iter().enumerate() {
        if let Tool::ToolSpec(tool) = tool {
            let ToolInputSchema::Json(schema) = &tool.input_schema;
            let path = format_args!("toolConfig.tools.{index}.toolSpec.inputSchema.json");
            tool_use::is_an_object(schema, path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::Document;
    use outcrop_catalogue::Unsupported;

    use super::*;
    use crate::rules::testing::{
        LLAMA, NOVA_PRO, Request, SONNET_4, TITAN, any, assistant, auto, call, certain, exchange,
        result, text, tool, tool_with, user,
    };

    const ABSENT: &str =
        "The toolConfig field must be defined when using toolUse and toolResult content blocks.";

    #[test]
    fn tool_blocks_come_with_tools() {
        Request::new(SONNET_4, exchange(result("1")))
            .with_a_tool()
            .is_accepted();
        Request::new(SONNET_4, exchange(result("1"))).is_refused(ABSENT);
        Request::saying(NOVA_PRO, [result("1")]).is_refused(ABSENT);
        let called = [user([text("a")]), assistant([call("1")])];
        Request::new(SONNET_4, called).is_refused(ABSENT);
    }

    #[test]
    fn the_model_calls_tools() {
        let streaming = |model| Request::hi(model).with_a_tool().streaming();
        streaming(SONNET_4).is_accepted();
        Request::hi(LLAMA).with_a_tool().is_accepted();
        streaming(LLAMA).is_refused(&Unsupported::StreamingTools.to_string());
        Request::hi(TITAN)
            .with_a_tool()
            .is_refused(&Unsupported::Tools.to_string());
    }

    #[test]
    fn the_model_lets_its_tool_be_chosen() {
        let request = |model, choice| Request::hi(model).with_a_tool().choosing(choice);
        for choice in [auto(), any(), certain("look")] {
            request(SONNET_4, choice).is_accepted();
        }
        request(LLAMA, auto()).is_accepted();
        let any_refused = Unsupported::ToolChoice(ToolChoice::Any).to_string();
        request(LLAMA, any()).is_refused(&any_refused);
        let tool_refused = Unsupported::ToolChoice(ToolChoice::Tool).to_string();
        request(LLAMA, certain("look")).is_refused(&tool_refused);
    }

    #[test]
    fn schemas_are_objects() {
        let request =
            |schema| Request::hi(SONNET_4).with_tools([tool("look"), tool_with("listen", schema)]);
        request(Document::Object([].into())).is_accepted();
        request(Document::String("{}".into())).is_refused(
            "The format of the value at toolConfig.tools.1.toolSpec.inputSchema.json is invalid. \
             Provide a json object for the field and try again.",
        );
    }
}
