"""Errors within a stream: what a model refuses arrives as an exception frame after a 200."""

import pytest
from botocore.exceptions import EventStreamError

from support import models
from support.media import image_block
from support.parts import user

MISMATCH = (
    "The model returned the following errors: The detected file MIME type text/plain does not match the expected type "
    "image/png. Reformat your input and try again."
)


def test_a_models_refusal_is_an_event(runtime):
    response = runtime.converse_stream(
        modelId=models.NOVA_LITE, messages=[user("What is this?", image_block(b"these bytes are no image"))]
    )
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 200
    with pytest.raises(EventStreamError) as raised:
        list(response["stream"])
    error = raised.value.response["Error"]
    assert error == {"Code": "validationException", "Message": MISMATCH}
    assert raised.value.operation_name == "ConverseStream"


def test_the_server_goes_on_afterwards(runtime):
    for _ in range(3):
        with pytest.raises(EventStreamError):
            list(
                runtime.converse_stream(
                    modelId=models.NOVA_LITE, messages=[user("What is this?", image_block(b"no image"))]
                )["stream"]
            )
    events = list(runtime.converse_stream(modelId=models.NOVA_LITE, messages=[user("Hello")])["stream"])
    assert "metadata" in events[-1]
