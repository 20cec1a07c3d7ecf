"""A real Firefox, driven by WebDriver BiDi, which it speaks itself.

Playwright drives only its own build of Firefox, and a WebDriver would need a second program.
https://w3c.github.io/webdriver-bidi/
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from machine import PATIENCE

PLACES = (
    "firefox-esr",
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    r"C:\Program Files\Mozilla Firefox\firefox.exe",
)
"""Names and usual places of the program."""

PREFERENCES = {
    "services.settings.server": "data:,#none",  # it asks no host of its own for settings
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
}


def find_firefox() -> str | None:
    """The program, if this machine has it."""
    return next((path for place in PLACES if (path := shutil.which(place))), None)


@contextmanager
def start_firefox(program: str, folder: Path) -> Iterator[Firefox]:
    """A Firefox with an empty profile in a folder, without a window. Raises TimeoutError."""
    profile = folder / "profile"
    profile.mkdir()
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    options = ("--headless", "--no-remote", "--profile", str(profile))
    with (folder / "firefox.log").open("wb") as log:
        process = subprocess.Popen(
            [program, *options, "--remote-debugging-port", "0"], stdout=log, stderr=log
        )
        try:
            address = _address(folder / "firefox.log") + "/session"
            with connect(
                address,
                open_timeout=PATIENCE,
                ping_interval=None,  # a busy machine may be late with its answer
                proxy=None,
                max_size=None,
            ) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _address(log: Path) -> str:
    """Where it listens, by what it says when it does. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = re.search(r"BiDi listening on (ws://\S+)", log.read_text("utf-8", "replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(f"Firefox does not listen: {log.read_text('utf-8', 'replace')[-500:]}")


class Firefox:
    """One tab, what went wrong in it, and the addresses that it asked for."""

    def __init__(self, socket: ClientConnection) -> None:
        self.errors: list[str] = []
        self.requests: list[str] = []
        self._socket = socket
        self._sent = 0
        self._send("session.new", capabilities={})
        self._send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        (tab,) = self._send("browsingContext.getTree")["contexts"]
        self._tab = tab["context"]

    def open(self, address: str) -> None:
        """Go to an address and wait until it is loaded."""
        self._send("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def type(self, text: str) -> None:
        """Press the keys of a text, as far as a keyboard goes; the focus decides where it goes."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": keys}
        self._send("input.performActions", context=self._tab, actions=[keyboard])

    def evaluate(self, expression: str) -> Any:
        """The value of JavaScript, by way of JSON; a promise is waited for."""
        result = self._send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self._tab},
            awaitPromise=True,
        )
        assert result["type"] == "success", result["exceptionDetails"]["text"]
        return json.loads(result["result"].get("value", "null"))

    def wait_for(self, condition: str) -> None:
        """Until JavaScript is true. Raises TimeoutError."""
        end = time.monotonic() + PATIENCE
        while not self.evaluate(condition):
            if time.monotonic() > end:
                raise TimeoutError(condition)
            time.sleep(0.05)

    def _send(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to a command; events that come before it are noted."""
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(PATIENCE))
            if message.get("id") == self._sent:
                assert message["type"] == "success", message
                answer: dict[str, Any] = message["result"]
                return answer
            self._note(message)

    def _note(self, event: dict[str, Any]) -> None:
        if event.get("method") == "network.beforeRequestSent":
            self.requests.append(event["params"]["request"]["url"])
        elif event.get("method") == "log.entryAdded" and event["params"]["level"] == "error":
            self.errors.append(event["params"]["text"])
