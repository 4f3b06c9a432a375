"""llama.cpp's server as a child process."""

import json
import pathlib
import subprocess
import sys
import time
import urllib.request

DEADLINE = 30


class LlamaCpp:
    """A running server. `url` is its root, `base` what Outcrop is given."""

    def __init__(self, folder: pathlib.Path, model: pathlib.Path, name: str, kind: str = "chat"):
        self.name = name
        self._log = folder / f"{kind}.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "engines.llama_server", str(model), name, kind],
                cwd=pathlib.Path(__file__).parents[1],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.url = self._process.stdout.readline().strip()
        assert self.url.startswith("http://"), self._log.read_text(errors="replace")[-4000:]
        self.base = f"{self.url}/v1"

    def stop(self) -> None:
        """Ends the server."""
        self._process.stdin.close()
        self._process.stdout.close()
        try:
            self._process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def post(self, path: str, body: dict) -> dict:
        """What the server answers to a client of its own."""
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(self.base + path, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=DEADLINE) as response:
            return json.load(response)

    def busy(self) -> list[dict]:
        """The slots that work on an answer."""
        return [slot for slot in json.loads(self._get("/slots")) if slot["is_processing"]]

    def generated(self) -> int:
        """Tokens that were generated for answers that are over."""
        lines = self._get("/metrics").decode().splitlines()
        name = "llamacpp:tokens_predicted_total "
        return next(int(line.removeprefix(name)) for line in lines if line.startswith(name))

    def _get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=DEADLINE) as response:
            return response.read()

    def wait_until_idle(self) -> None:
        """Waits until no slot works on anything."""
        deadline = time.monotonic() + DEADLINE
        while busy := self.busy():
            assert time.monotonic() < deadline, f"the server still works: {busy}"
