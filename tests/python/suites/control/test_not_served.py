"""Operations that are not served say so, after the same checks as any other."""

import pytest

from support import clients
from support.errors import invalid, refused

GUARDRAIL = {"name": "rocks", "blockedInputMessaging": "No.", "blockedOutputsMessaging": "No."}
ARN = "arn:aws:bedrock:us-east-1:123456789012:guardrail/abcdefghijkl"

CALLS = {
    "CreateGuardrail": ("bedrock", GUARDRAIL),
    "ListGuardrails": ("bedrock", {}),
    "ListCustomModels": ("bedrock", {}),
    "ListTagsForResource": ("bedrock", {"resourceARN": ARN}),
    "ListAsyncInvokes": ("bedrock-runtime", {}),
    "ApplyGuardrail": (
        "bedrock-runtime",
        {
            "guardrailIdentifier": "abcdefghijkl",
            "guardrailVersion": "1",
            "source": "INPUT",
            "content": [{"text": {"text": "Hello"}}],
        },
    ),
}


@pytest.mark.parametrize("operation", CALLS)
def test_they_answer_501_and_their_name(server, operation):
    service, request = CALLS[operation]
    client = clients.boto(service, server.url)
    method = {name: method for method, name in client.meta.method_to_api_mapping.items()}[operation]
    with refused("UnsupportedOperationException", 501) as error:
        getattr(client, method)(**request)
    assert operation in error["message"]


def test_a_broken_request_is_refused_first(server):
    client = clients.boto("bedrock", server.url, parameter_validation=False)
    with invalid() as error:
        client.create_guardrail(**GUARDRAIL | {"name": "no spaces!"})
    assert "Value 'no spaces!' at 'name' failed to satisfy constraint" in error["message"]


def test_clients_do_not_retry_it(server):
    client = clients.boto("bedrock", server.url, retries={"mode": "standard", "total_max_attempts": 3})
    with pytest.raises(client.exceptions.ClientError) as raised:
        client.create_guardrail(**GUARDRAIL)
    assert raised.value.response["ResponseMetadata"]["RetryAttempts"] == 0
