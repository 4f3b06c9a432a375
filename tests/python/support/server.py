"""The binary under test, as a child process."""

import os
import pathlib
import queue
import subprocess
import threading

from . import stores

START_DEADLINE = 30
STOP_DEADLINE = 15
READY = "outcrop listening on "


class Server:
    """A running binary. Its files are in `folder`; `url` is its plaintext port, `tls_url` the other one.

    `store` is where it keeps its resources, see `stores`.
    """

    def __init__(self, folder: pathlib.Path, *flags: str, store: str | None = None):
        self.folder = folder
        self._command = [binary(), "serve", "--listen", "127.0.0.1:0", *stores.flags(store, folder), *flags]
        self.start()

    def start(self) -> None:
        """Starts it, again after it has ended: with the same flags and the same store, on another port."""
        self.tls_url = None
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=self.folder,
                env=environment(self.folder),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        try:
            self.url = self._ready()
        except BaseException:
            self._process.kill()
            raise

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of the plaintext port."""
        host, port = self.url.removeprefix("http://").rsplit(":", 1)
        return host, int(port)

    @property
    def authority(self) -> str:
        """File with the certificate that clients of the TLS port have to trust."""
        return str(self.folder / "tls" / "ca.pem")

    def stop(self) -> None:
        """Ends the server as a supervisor does, and requires that it ends well."""
        self._process.terminate()
        try:
            code = self._process.wait(STOP_DEADLINE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise AssertionError(f"the server did not stop:\n{self.log()}") from None
        finally:
            self._process.stdout.close()
        assert code == 0, f"the server ended with {code}:\n{self.log()}"

    def kill(self) -> None:
        """Ends the server as nobody should: it gets no chance to do anything."""
        self._process.kill()
        self._process.wait(STOP_DEADLINE)
        self._process.stdout.close()

    def log(self) -> str:
        """The end of what the server has logged."""
        return (self.folder / "log").read_text(errors="replace")[-4000:]

    def _ready(self) -> str:
        """Reads the ready lines: the one of the TLS port first, if there is one."""
        lines = queue.Queue()
        threading.Thread(target=self._read_lines, args=(lines,), daemon=True).start()
        while True:
            try:
                line = lines.get(timeout=START_DEADLINE)
            except queue.Empty:
                raise AssertionError(f"the server is not ready:\n{self.log()}") from None
            assert line.startswith(READY), f"no ready line: {line!r}\n{self.log()}"
            url = line.removeprefix(READY).strip()
            if url.startswith("http://"):
                return url
            self.tls_url = url

    def _read_lines(self, lines: queue.Queue) -> None:
        for line in self._process.stdout:
            lines.put(line)
            if line.startswith(f"{READY}http://"):
                return
        lines.put("")


def binary() -> str:
    """The path of the binary, which `run` exports."""
    path = os.environ.get("OUTCROP_BIN")
    assert path, "start the tests with tests/python/run, or set OUTCROP_BIN"
    return str(pathlib.Path(path).resolve())


def environment(folder: pathlib.Path) -> dict[str, str]:
    """An environment in which nothing of the user's is found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OUTCROP_")}
    return kept | {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
