"""Anthropic's client for Bedrock, asked of one model in one version of the Messages API."""

import dataclasses

from anthropic import AnthropicBedrock, AsyncAnthropicBedrock

from .clients import TIMEOUT
from .offline import CREDENTIALS, REGION


def client(url: str) -> AnthropicBedrock:
    """Anthropic's client for Bedrock, which does not retry."""
    return AnthropicBedrock(**_options(url))


def async_client(url: str) -> AsyncAnthropicBedrock:
    """The asynchronous one."""
    return AsyncAnthropicBedrock(**_options(url))


def _options(url: str) -> dict:
    return {
        "base_url": url,
        "aws_region": REGION,
        "aws_access_key": CREDENTIALS["AWS_ACCESS_KEY_ID"],
        "aws_secret_key": CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        "timeout": TIMEOUT,
        "max_retries": 0,
    }


@dataclasses.dataclass(frozen=True)
class Generation:
    """A model, and what its requests differ in."""

    model: str
    # What asks for reasoning.
    thinking: dict
    # What goes into the body besides. The client asks for the newest version of the API; models before Claude 4.7
    # know the one that Bedrock began with only.
    extra_body: dict | None = None


NEWEST = Generation("us.anthropic.claude-sonnet-5", {"type": "adaptive", "display": "summarized"})
EARLIER = Generation(
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
    {"type": "enabled", "budget_tokens": 1024},
    {"anthropic_version": "bedrock-2023-05-31"},
)


def turns(*contents) -> list[dict]:
    """Messages of the user and the assistant in turn."""
    return [{"role": ("user", "assistant")[turn % 2], "content": content} for turn, content in enumerate(contents)]


@dataclasses.dataclass(frozen=True)
class Claude:
    """A client and the generation that it asks."""

    client: AnthropicBedrock
    generation: Generation

    def request(self, *contents, **rest) -> dict:
        """What `create` and `stream` of the client are called with."""
        request = {"model": self.generation.model, "max_tokens": 3000, "messages": turns(*contents)}
        return request | {"extra_body": self.generation.extra_body} | rest

    def create(self, *contents, **rest):
        """A whole message."""
        return self.client.messages.create(**self.request(*contents, **rest))

    def stream(self, *contents, **rest):
        """A context manager whose value is the stream."""
        return self.client.messages.stream(**self.request(*contents, **rest))
