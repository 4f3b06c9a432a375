"""Bedrock API keys, which boto3 sends over TLS only."""

import base64

import pytest
from botocore.exceptions import InvalidEndpointConfigurationError, SSLError

from support import clients, models
from support.parts import text_of, user

SHORT_TERM = base64.b64encode(
    b"bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256"
    b"&X-Amz-Credential=210987654321%2F20260101%2Feu-central-1%2Fbedrock%2Faws4_request"
    b"&X-Amz-Date=20260101T000000Z&X-Amz-Expires=43200&X-Amz-SignedHeaders=host&X-Amz-Signature=00&Version=1"
).decode()
LONG_TERM = base64.b64encode(b"BedrockAPIKey-abcd-at-210987654321:secret").decode()
KEYS = {"short term": f"bedrock-api-key-{SHORT_TERM}", "long term": f"ABSK{LONG_TERM}", "any": "my-key"}


@pytest.fixture(params=KEYS.values(), ids=KEYS)
def key(request, monkeypatch) -> str:
    """An API key in the environment, and nothing else to sign with."""
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", request.param)
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    return request.param


def test_they_are_taken_over_tls(server, key):
    runtime = clients.boto("bedrock-runtime", server.tls_url, verify=server.authority)
    sent = []
    runtime.meta.events.register("before-send.*", lambda request, **_: sent.append(request.headers["Authorization"]))
    model = f"global.{models.SONNET_MODEL}"
    assert "Hello" in text_of(runtime.converse(modelId=model, messages=[user("Hello")]))
    events = list(runtime.converse_stream(modelId=model, messages=[user("Hello")])["stream"])
    assert "metadata" in events[-1]
    assert {value if isinstance(value, str) else value.decode() for value in sent} == {f"Bearer {key}"}


def test_the_control_plane_takes_them_too(server, key):
    control = clients.boto("bedrock", server.tls_url, verify=server.authority)
    assert control.list_foundation_models(byProvider="Anthropic")["modelSummaries"]


def test_they_name_account_and_region(server, monkeypatch):
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", KEYS["short term"])
    control = clients.boto("bedrock", server.tls_url, verify=server.authority)
    profile = control.list_inference_profiles(maxResults=1)["inferenceProfileSummaries"][0]
    assert profile["inferenceProfileArn"].startswith("arn:aws:bedrock:eu-central-1:210987654321:")


def test_boto3_does_not_send_them_in_the_clear(server, key):
    runtime = clients.boto("bedrock-runtime", server.url)
    with pytest.raises(InvalidEndpointConfigurationError):
        runtime.converse(modelId=models.SONNET, messages=[user("Hello")])


def test_signatures_are_taken_over_tls_too(server):
    runtime = clients.boto("bedrock-runtime", server.tls_url, verify=server.authority)
    assert "Hello" in text_of(runtime.converse(modelId=models.SONNET, messages=[user("Hello")]))


def test_the_certificate_is_checked(server):
    runtime = clients.boto("bedrock-runtime", server.tls_url)
    with pytest.raises(SSLError):
        runtime.converse(modelId=models.SONNET, messages=[user("Hello")])
