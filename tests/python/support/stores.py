"""Where a server under test keeps what requests make: `ephemeral`, `file` or `postgres`.

`OUTCROP_TEST_STORE` says it for all servers that a test does not say it for. `postgres` needs a server, which
`.ci/postgres` starts: each server under test gets a database of its own there.
"""

import os
import pathlib
import subprocess
import uuid

import pytest

POSTGRES = "OUTCROP_TEST_POSTGRES"
DEFAULT = os.environ.get("OUTCROP_TEST_STORE") or "ephemeral"
_NEEDS_POSTGRES = pytest.mark.skipif(POSTGRES not in os.environ, reason=f"{POSTGRES} is not set")
# Those that outlive their server, for tests that need one: the one that is asked for, or both.
LASTING = [DEFAULT] if DEFAULT != "ephemeral" else ["file", pytest.param("postgres", marks=_NEEDS_POSTGRES)]


def flags(store: str | None, folder: pathlib.Path) -> list[str]:
    """What a server is started with, so that it keeps its resources there."""
    store = store or DEFAULT
    if store == "ephemeral":
        return ["--ephemeral"]
    if store == "file":
        return ["--state", str(folder / "state")]
    assert store == "postgres", f"there is no store {store!r}"
    return ["--database-url", _database()]


def _database() -> str:
    url = os.environ.get(POSTGRES)
    assert url, f"start the tests with .ci/postgres, or set {POSTGRES}"
    name = f"outcrop_{uuid.uuid4().hex}"
    subprocess.run(["psql", "--quiet", "--command", f"create database {name}", url], check=True)
    return f"{url.rsplit('/', 1)[0]}/{name}"
