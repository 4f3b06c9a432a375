"""boto3's clients for a server, made the way their users make them."""

import functools

import boto3
from botocore.config import Config

from .offline import REGION

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
