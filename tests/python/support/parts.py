"""The parts that Converse requests are made of."""

import base64
import uuid


def user(*content) -> dict:
    """A message of the user; strings are texts."""
    return {"role": "user", "content": blocks(content)}


def assistant(*content) -> dict:
    """A message of the assistant; strings are texts."""
    return {"role": "assistant", "content": blocks(content)}


def blocks(content) -> list[dict]:
    return [{"text": block} if isinstance(block, str) else block for block in content]


def tool(name: str, properties: dict, required=None, description: str | None = None) -> dict:
    """A tool whose input is an object with these properties, all required unless said."""
    schema = {"type": "object", "properties": properties, "required": list(required or properties)}
    return {
        "toolSpec": {
            "name": name,
            "description": description or f"The tool {name}.",
            "inputSchema": {"json": schema},
        }
    }


def schema_of(spec: dict) -> dict:
    """The schema of a tool's input."""
    return spec["toolSpec"]["inputSchema"]["json"]


def tool_result(use: dict, *content, status: str | None = None) -> dict:
    """The result of a `toolUse` block."""
    result = {"toolUseId": use["toolUseId"], "content": list(content)}
    return {"toolResult": result | ({"status": status} if status else {})}


WEATHER = tool(
    "get_weather",
    {"city": {"type": "string"}, "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]}},
    description="The weather of a city.",
)
TIME = tool("get_time", {"timezone": {"type": "string"}}, description="The time of day.")


def text_of(answer: dict) -> str:
    """The texts of a Converse answer, joined."""
    return "".join(block.get("text", "") for block in answer["output"]["message"]["content"])


def tool_uses(answer: dict) -> list[dict]:
    """The tool calls of a Converse answer."""
    content = answer["output"]["message"]["content"]
    return [block["toolUse"] for block in content if "toolUse" in block]


def unique(text: str) -> str:
    """A text that no other test, and no other run, has sent: prompt caches outlive requests."""
    return f"{uuid.uuid4()} {text}"


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def untyped(message: dict) -> dict:
    """A message whose calls do not say that they are calls: not every answer of the service says so."""
    uses = [
        {"toolUse": {name: value for name, value in block["toolUse"].items() if name != "type"}}
        if "toolUse" in block
        else block
        for block in message["content"]
    ]
    return message | {"content": uses}
