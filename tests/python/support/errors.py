"""What a client makes of an error."""

import contextlib

import pytest
from botocore.exceptions import ClientError


@contextlib.contextmanager
def refused(code: str, status: int, message: str | None = None):
    """Requires that what is done within is refused with this error. Gives the message, once it is there."""
    seen = {}
    with pytest.raises(ClientError) as raised:
        yield seen
    answer = raised.value.response
    found = (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"])
    assert found == (code, status), answer
    seen["message"] = answer["Error"]["Message"]
    seen["headers"] = answer["ResponseMetadata"]["HTTPHeaders"]
    if message is not None:
        assert seen["message"] == message


def invalid(message: str | None = None):
    """Requires a ValidationException before any stream."""
    return refused("ValidationException", 400, message)
