use super::*;
use crate::error::Exception;

/// What `change` makes of a model that can do everything.
fn able(change: impl FnOnce(&mut Capabilities)) -> Capabilities {
    let mut capabilities = Capabilities {
        converse: true,
        system: true,
        tools: ToolSupport::All,
        tool_choice: vec![ToolChoice::Auto, ToolChoice::Any, ToolChoice::Tool],
        documents: true,
        images: true,
        videos: true,
        audio: true,
        s3_locations: true,
        prompt_caching: true,
        ..Capabilities::of(Api::Chat)
    };
    change(&mut capabilities);
    capabilities
}

#[test]
fn an_able_model_is_refused_nothing() {
    let model = able(|_| ());
    for result in [
        model.check_system(),
        model.check_tools(false),
        model.check_tools(true),
        model.check_tool_choice(ToolChoice::Tool),
        model.check_tool_result_status(),
        model.check_content(ContentKind::Image),
        model.check_content(ContentKind::Audio),
        model.check_s3_location(),
        model.check_prompt_caching(),
        model.check_max_tokens(u32::MAX),
    ] {
        assert_eq!(result, Ok(()));
    }
}

#[test]
fn each_lack_has_the_message_of_the_service() {
    type Case = (
        fn(&mut Capabilities),
        fn(&Capabilities) -> Result<(), Unsupported>,
        &'static str,
    );
    let cases: [Case; 13] = [
        (
            |can| can.system = false,
            Capabilities::check_system,
            "This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
        ),
        (
            |can| can.tools = ToolSupport::None,
            |can| can.check_tools(false),
            "This model doesn't support tool use.",
        ),
        (
            |can| can.tools = ToolSupport::None,
            |can| can.check_tools(true),
            "This model doesn't support tool use in streaming mode.",
        ),
        (
            |can| can.tools = ToolSupport::NonStreaming,
            |can| can.check_tools(true),
            "This model doesn't support tool use in streaming mode.",
        ),
        (
            |can| can.tool_choice = vec![ToolChoice::Auto],
            |can| can.check_tool_choice(ToolChoice::Any),
            "This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
        ),
        (
            |can| can.tool_result_status = false,
            Capabilities::check_tool_result_status,
            "This model doesn't support the status field. Remove status and try again.",
        ),
        (
            |can| can.images = false,
            |can| can.check_content(ContentKind::Image),
            "This model doesn't support the image content block that you provided. Update the content block and try again.",
        ),
        (
            |can| can.documents = false,
            |can| can.check_content(ContentKind::Document),
            "This model doesn't support documents.",
        ),
        (
            |can| can.videos = false,
            |can| can.check_content(ContentKind::Video),
            "This model doesn't support the video content block that you provided. Update the content block and try again.",
        ),
        (
            |can| can.audio = false,
            |can| can.check_content(ContentKind::Audio),
            "This model doesn't support the audio content block that you provided. Update the content block and try again.",
        ),
        (
            |can| can.s3_locations = false,
            Capabilities::check_s3_location,
            "This model doesn't support the s3Uri field. Remove s3Uri and try again.",
        ),
        (
            |can| can.max_output_tokens = Some(4096),
            |can| can.check_max_tokens(4097),
            "The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096.",
        ),
        (
            |can| can.prompt_caching = false,
            Capabilities::check_prompt_caching,
            "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.",
        ),
    ];
    for (change, check, message) in cases {
        let refusal = check(&able(change)).expect_err(message);
        assert_eq!(refusal.to_string(), message);
    }
}

#[test]
fn only_the_lack_of_a_cache_is_an_access_error() {
    assert_eq!(
        Unsupported::PromptCaching.exception(),
        Exception::AccessDenied
    );
    assert_eq!(Unsupported::Tools.exception(), Exception::Validation);
}

#[test]
fn tools_without_streams_may_be_used_without_a_stream() {
    assert_eq!(
        able(|can| can.tools = ToolSupport::NonStreaming).check_tools(false),
        Ok(())
    );
}

#[test]
fn the_limit_itself_may_be_asked_for() {
    let model = able(|can| can.max_output_tokens = Some(4096));
    assert_eq!(model.check_max_tokens(4096), Ok(()));
}
