"""A GitHub of the tests: answers that are written down, and a note of every call."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from casebook.runtime.github_api import Answer, Call

TOKEN = "token-of-the-tests"


@dataclass
class FakeGitHub:
    """A transport. `answers` go by method and path (with the query, or without).

    A value becomes JSON, bytes stay, an Answer is one, a function is called with the call.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    def __call__(self, call: Call) -> Answer:
        """Answer, or say 404 for what nobody wrote down."""
        assert call.token == TOKEN
        self.calls.append(call)
        whole = f"{call.method} {call.path}"
        missing = Answer(404, b'{"message": "Not Found"}')
        found = self.answers.get(whole, self.answers.get(whole.partition("?")[0], missing))
        return _as_answer(found(call) if isinstance(found, Callable) else found)  # type: ignore[arg-type]

    def written(self) -> list[tuple[str, Any]]:
        """The calls that change something, each with its body."""
        return [(f"{c.method} {c.path}", c.body) for c in self.calls if c.method != "GET"]


def _as_answer(value: Any) -> Answer:
    if isinstance(value, Answer):
        return value
    return Answer(200, value if isinstance(value, bytes) else json.dumps(value).encode())
