//! What models of the built-in catalogue are known to refuse. The requests behind these tables are quoted by users of the service, or were
//! tried on it by the authors of public libraries.

use outcrop_catalogue::{Capabilities, Catalogue, ContentKind, ToolChoice, Unsupported};

type Question = fn(&Capabilities) -> Result<(), Unsupported>;

/// Holds every model of the lists to its answer.
fn ask(question: Question, refusal: &Unsupported, refusing: &[&str], taking: &[&str]) {
    let catalogue = Catalogue::builtin().unwrap_or_default();
    let answer = |id: &str| {
        catalogue
            .model(id)
            .map(|model| question(&model.capabilities))
    };
    for id in refusing {
        assert_eq!(answer(id), Some(Err(refusal.clone())), "{id}");
    }
    for id in taking {
        assert_eq!(answer(id), Some(Ok(())), "{id}");
    }
}

#[test]
fn documents() {
    ask(
        |can| can.check_content(ContentKind::Document),
        &Unsupported::Documents,
        &[
            "zai.glm-4.7",
            "moonshot.kimi-k2-thinking",
            "moonshotai.kimi-k2.5",
        ],
        &["amazon.nova-pro-v1:0", "mistral.mistral-large-2402-v1:0"],
    );
}

#[test]
fn tools() {
    ask(
        |can| can.check_tools(false),
        &Unsupported::Tools,
        &[
            "amazon.titan-text-express-v1",
            "deepseek.r1-v1:0",
            "meta.llama3-8b-instruct-v1:0",
            "meta.llama3-2-1b-instruct-v1:0",
            "meta.llama3-2-3b-instruct-v1:0",
            "mistral.mistral-7b-instruct-v0:2",
            "mistral.mixtral-8x7b-instruct-v0:1",
        ],
        // The last two are recorded.
        &[
            "meta.llama3-1-70b-instruct-v1:0",
            "mistral.mistral-large-2407-v1:0",
            "meta.llama4-maverick-17b-instruct-v1:0",
            "mistral.pixtral-large-2502-v1:0",
        ],
    );
}

#[test]
fn tools_in_streams() {
    ask(
        |can| can.check_tools(true),
        &Unsupported::StreamingTools,
        &[
            "deepseek.r1-v1:0",
            "meta.llama2-13b-chat-v1",
            "meta.llama3-70b-instruct-v1:0",
            "meta.llama3-1-8b-instruct-v1:0",
            "meta.llama3-2-90b-instruct-v1:0",
            "meta.llama3-3-70b-instruct-v1:0",
            "mistral.mistral-7b-instruct-v0:2",
            "mistral.mixtral-8x7b-instruct-v0:1",
            "mistral.mistral-large-2402-v1:0",
            "mistral.mistral-large-2407-v1:0",
            "mistral.pixtral-large-2502-v1:0",
        ],
        &[
            "amazon.nova-lite-v1:0",
            "anthropic.claude-3-haiku-20240307-v1:0",
        ],
    );
}

#[test]
fn tool_choices() {
    ask(
        |can| can.check_tool_choice(ToolChoice::Any),
        &Unsupported::ToolChoice(ToolChoice::Any),
        &["meta.llama3-3-70b-instruct-v1:0"],
        &["mistral.mistral-large-2402-v1:0"],
    );
    ask(
        |can| can.check_tool_choice(ToolChoice::Tool),
        &Unsupported::ToolChoice(ToolChoice::Tool),
        &[
            "meta.llama3-3-70b-instruct-v1:0",
            "mistral.mistral-large-2402-v1:0",
        ],
        &["amazon.nova-lite-v1:0"],
    );
}

#[test]
fn system_prompts() {
    ask(
        Capabilities::check_system,
        &Unsupported::System,
        &[
            "amazon.titan-text-express-v1",
            "mistral.mistral-7b-instruct-v0:2",
            "mistral.mixtral-8x7b-instruct-v0:1",
        ],
        // The first is recorded.
        &[
            "meta.llama3-2-1b-instruct-v1:0",
            "mistral.mistral-large-2402-v1:0",
        ],
    );
}

#[test]
fn statuses_of_tool_results() {
    ask(
        Capabilities::check_tool_result_status,
        &Unsupported::Field("status"),
        &["writer.palmyra-x4-v1:0", "writer.palmyra-x5-v1:0"],
        // All three are recorded.
        &[
            "meta.llama4-maverick-17b-instruct-v1:0",
            "mistral.pixtral-large-2502-v1:0",
            "moonshot.kimi-k2-thinking",
        ],
    );
}
