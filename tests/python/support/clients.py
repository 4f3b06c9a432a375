"""Clients for a server, made the way their users make them."""

import functools

import boto3
from anthropic import AnthropicBedrock, AsyncAnthropicBedrock
from botocore.config import Config

from .offline import CREDENTIALS, REGION

TIMEOUT = 20


@functools.cache
def session() -> boto3.Session:
    """The session whose loaded models all clients share."""
    return boto3.Session()


def boto(service: str, url: str, *, region: str = REGION, verify=None, **config):
    """A boto3 client that does not retry unless told to."""
    defaults = {
        "connect_timeout": TIMEOUT,
        "read_timeout": TIMEOUT,
        "retries": {"mode": "standard", "total_max_attempts": 1},
    }
    return session().client(
        service, endpoint_url=url, region_name=region, verify=verify, config=Config(**(defaults | config))
    )


def anthropic(url: str, **options) -> AnthropicBedrock:
    """Anthropic's client for Bedrock."""
    return AnthropicBedrock(**_anthropic_options(url), **({"max_retries": 0} | options))


def anthropic_async(url: str, **options) -> AsyncAnthropicBedrock:
    """The asynchronous one."""
    return AsyncAnthropicBedrock(**_anthropic_options(url), **({"max_retries": 0} | options))


def _anthropic_options(url: str) -> dict:
    return {
        "base_url": url,
        "aws_region": REGION,
        "aws_access_key": CREDENTIALS["AWS_ACCESS_KEY_ID"],
        "aws_secret_key": CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        "timeout": TIMEOUT,
    }
