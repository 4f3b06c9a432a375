"""Keeps the tests off the network, and the user's AWS configuration out of the tests."""

import os
import socket

ACCOUNT = "123456789012"
REGION = "us-east-1"

CREDENTIALS = {
    # Twelve digits as the access key's id name the account.
    "AWS_ACCESS_KEY_ID": ACCOUNT,
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "NO_PROXY": "*",
}


def isolate(environment: dict[str, str]) -> None:
    """Replaces everything in the environment that could lead a client elsewhere."""
    for name in list(environment):
        if name.startswith(("AWS_", "ANTHROPIC_")) or name.upper().endswith("_PROXY"):
            del environment[name]
    environment.update(CREDENTIALS)


def forbid_network() -> None:
    """Lets sockets connect to this machine only."""
    connect = socket.socket.connect

    def guarded(self, address):
        remote = self.family in (socket.AF_INET, socket.AF_INET6)
        if remote and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test connects to {address}")
        return connect(self, address)

    socket.socket.connect = guarded
