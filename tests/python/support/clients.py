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


def boto(service: str, url: str, *, region: str = REGION, account: str | None = None, verify=None, **config):
    """A boto3 client that does not retry unless told to, of the environment's account unless another is given."""
    defaults = {
        "connect_timeout": TIMEOUT,
        "read_timeout": TIMEOUT,
        "retries": {"mode": "standard", "total_max_attempts": 1},
    }
    keys = {"aws_access_key_id": account, "aws_secret_access_key": "secret"} if account else {}
    return session().client(
        service, endpoint_url=url, region_name=region, verify=verify, config=Config(**(defaults | config)), **keys
    )
