"""What is not served says so, after the same checks as any other operation."""

from support.raw import post


def test_it_answers_501_and_its_name(server):
    answer = post(server, "amazon.nova-sonic-v1:0", "invoke-with-bidirectional-stream", b"")
    assert answer.status == 501
    assert answer.headers["x-amzn-errortype"].startswith("UnsupportedOperationException")
    assert "InvokeModelWithBidirectionalStream" in answer.json()["message"]
