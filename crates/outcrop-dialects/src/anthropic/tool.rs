//! `tools` and `tool_choice`.

use std::collections::HashSet;

use bedrock_runtime_smithy::model::{
    AnyToolChoice, AutoToolChoice, SpecificToolChoice, Tool, ToolChoice, ToolConfiguration,
    ToolInputSchema, ToolSpecification,
};
use outcrop_catalogue::Model;
use outcrop_engine::document;

use super::fields::{Field, Object};
use super::{built_in_tool, cache, error, generation, parameters};
use crate::DialectError;

/// Tools and the choice among them. No tools are no configuration.
pub(super) fn configuration(
    body: &Object<'_>,
    model: &Model,
) -> Result<Option<ToolConfiguration>, DialectError> {
    let version = generation::version(&model.id);
    let has_flag = |prefix: &str| parameters::has_flag(body, prefix);
    let mut tools = Vec::new();
    if let Some(field) = body.optional("tools") {
        for tool in field.list()? {
            let tool = tool.object()?;
            let specification = read(&tool, version, has_flag)?;
            tools.push(Tool::ToolSpec(specification));
            tools.extend(cache::point(&tool)?.map(Tool::CachePoint));
        }
    }
    let names = names(&tools)?;
    let tool_choice = body
        .map("tool_choice", |choice| read_choice(choice, &names))?
        .flatten();
    if tools.is_empty() || forbidden(body) {
        return Ok(None);
    }
    Ok(Some(ToolConfiguration { tool_choice, tools }))
}

/// Whether the choice is `none`. Converse cannot say so: then it gets no tools, and the additional fields keep them.
pub(super) fn forbidden(body: &Object<'_>) -> bool {
    let choice = body.members().get("tool_choice");
    choice.is_some_and(|choice| choice["type"] == "none")
}

fn read(
    tool: &Object<'_>,
    version: Option<(u32, u32)>,
    has_flag: impl Fn(&str) -> bool,
) -> Result<ToolSpecification, DialectError> {
    match tool.optional("type") {
        None => custom(&tool.clone().named("custom")),
        Some(r#type) => match r#type.string()? {
            "custom" => custom(&tool.clone().named("custom")),
            r#type => built_in_tool::read(tool, r#type, version, has_flag),
        },
    }
}

fn custom(tool: &Object<'_>) -> Result<ToolSpecification, DialectError> {
    let schema = tool.required("input_schema")?;
    let members = schema.dictionary()?;
    if schema.object()?.required("type")?.string()? != "object" {
        return Err(schema
            .object()?
            .required("type")?
            .error("Input should be 'object'"));
    }
    Ok(ToolSpecification {
        description: tool.map("description", Field::string)?.map(str::to_owned),
        input_schema: ToolInputSchema::Json(document::to_document(members)),
        name: name(&tool.required("name")?)?,
        strict: tool.map("strict", Field::boolean)?,
    })
}

fn name(field: &Field<'_>) -> Result<String, DialectError> {
    let name = field.string()?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if name.is_empty() || name.len() > 128 || !name.bytes().all(allowed) {
        return Err(field.error("String should match pattern '^[a-zA-Z0-9_-]{1,128}$'"));
    }
    Ok(name.to_owned())
}

fn names(tools: &[Tool]) -> Result<HashSet<&str>, DialectError> {
    let mut names = HashSet::new();
    for tool in tools {
        if let Tool::ToolSpec(tool) = tool
            && !names.insert(tool.name.as_str())
        {
            return Err(error::repeated_tool());
        }
    }
    Ok(names)
}

fn read_choice(
    choice: &Field<'_>,
    names: &HashSet<&str>,
) -> Result<Option<ToolChoice>, DialectError> {
    let (r#type, choice) = choice.object()?.variant(&["any", "auto", "none", "tool"])?;
    choice.map("disable_parallel_tool_use", Field::boolean)?;
    if names.is_empty() && r#type != "none" {
        return Err(error::tool_choice_without_tools());
    }
    Ok(match r#type {
        "any" => Some(ToolChoice::Any(AnyToolChoice {})),
        "auto" => Some(ToolChoice::Auto(AutoToolChoice {})),
        "tool" => {
            let name = choice.required("name")?.string()?;
            if !names.contains(name) {
                return Err(error::unknown_tool_choice(name));
            }
            Some(ToolChoice::Tool(SpecificToolChoice {
                name: name.to_owned(),
            }))
        }
        _ => None,
    })
}
