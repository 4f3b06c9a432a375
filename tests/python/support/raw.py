"""Requests without a client, for what clients hide: the very bytes, and headers as they come."""

import http.client
import json
from urllib.parse import quote

TIMEOUT = 20


class Answer:
    """Status, headers by lower-case name, and body of an answer."""

    def __init__(self, response: http.client.HTTPResponse):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


def send(server, method: str, path: str, body=None, **headers) -> Answer:
    """Sends one request. Bodies that are not bytes are sent as JSON."""
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        headers = {"content-type": "application/json"} | headers
    connection = http.client.HTTPConnection(*server.address, timeout=TIMEOUT)
    try:
        connection.request(method, path, body, headers)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def model_path(model_id: str, operation: str) -> str:
    """The path of an operation of the runtime, escaped as boto3 does it."""
    return f"/model/{quote(model_id, safe='')}/{operation}"


def post(server, model_id: str, operation: str, body) -> Answer:
    """Calls an operation of the runtime."""
    return send(server, "POST", model_path(model_id, operation), body)
