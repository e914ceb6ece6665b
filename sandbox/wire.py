"""Web API calls on the wire: how arguments arrive and how answers leave."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from sandbox.refusal import Json, Refused, bad_arguments, missing

TS = re.compile(r"\d+\.\d{6}")
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request to a Web API method; header names in lower case."""

    verb: str = "POST"
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def has_charset(self) -> bool:
        return "charset" in self.headers.get("content-type", "").lower()

    def form(self) -> dict[str, str]:
        """The fields of a form body, none when the body is something else."""
        if self.content_type != _FORM:
            return {}
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def token(self) -> str:
        """The token of header, form or query; one inside a JSON body does not count."""
        header = self.headers.get("authorization", "")
        if header.lower().startswith("bearer "):
            return header[7:].strip()
        return self.form().get("token") or self.query.get("token") or ""

    def basic(self) -> tuple[str, str] | None:
        """Client id and secret sent as HTTP Basic."""
        header = self.headers.get("authorization", "")
        if not header.lower().startswith("basic "):
            return None
        try:
            name, _, secret = base64.b64decode(header[6:]).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return name, secret


def as_json_call(token: str, args: Json) -> Request:
    """A call with a JSON body, as the Python client sends the writing methods."""
    headers = {"content-type": "application/json;charset=utf-8", "authorization": f"Bearer {token}"}
    return Request("POST", {}, headers, json.dumps(args).encode())


def as_query_call(token: str, args: dict[str, str], verb: str = "GET") -> Request:
    """A call with its arguments in the address, as the Python client sends the reading methods."""
    return Request(verb, args, {"content-type": _FORM, "authorization": f"Bearer {token}"})


@dataclass(slots=True)
class Answer:
    """What goes back; `delay` in seconds, `cut` closes the connection instead of answering."""

    body: Json
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: bool = False

    @property
    def ok(self) -> bool:
        return bool(self.body.get("ok"))

    @property
    def error(self) -> str:
        return str(self.body.get("error", ""))


class Arguments:
    """The arguments of one call, read with the types the method expects."""

    def __init__(self, values: Json) -> None:
        self.values = {key: value for key, value in values.items() if value is not None}

    def has(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """A string; a number in a JSON body is refused, as Slack does."""
        value = self.values.get(name, default)
        if not isinstance(value, str):
            raise bad_arguments(f"must provide a string [json-pointer:/{name}]")
        return value

    def needed(self, name: str) -> str:
        """A string that must be there and not be empty."""
        value = self.text(name)
        if not value:
            raise missing(name)
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.values.get(name, default)
        if isinstance(value, bool):
            return value
        return str(value).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        value = self.values.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_arguments(f"must provide an integer [json-pointer:/{name}]") from None

    def items(self, name: str) -> list[str]:
        """A list: comma separated text, or a JSON array of strings."""
        value = self.values.get(name, "")
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return value
        if not isinstance(value, str):
            raise bad_arguments(f"must provide a string [json-pointer:/{name}]")
        return [item.strip() for item in value.split(",") if item.strip()]

    def thing(self, name: str, code: str = "invalid_arguments") -> Any:
        """An object or array; in forms and queries it is JSON text. `code` is said when it is neither."""
        value = self.values.get(name)
        if isinstance(value, str):
            try:
                return json.loads(value) if value else None
            except ValueError:
                raise Refused(code) from None
        return value


def arguments(request: Request, *, form_only: bool) -> Arguments:
    """Query and body together. Methods that take forms only do not look into a JSON body."""
    values: Json = {**request.query, **request.form()}
    from_json = request.content_type == "application/json"
    if from_json and request.body and not form_only:
        values |= _json_body(request.body)
    if from_json and not form_only:
        values.pop("token", None)
    return Arguments(values)


def charset_warning(request: Request) -> str:
    """Slack's remark about a charset that is missing from JSON or superfluous on a form."""
    if request.content_type == "application/json" and not request.has_charset:
        return "missing_charset"
    if request.content_type == _FORM and request.has_charset and request.body:
        return "superfluous_charset"
    return ""


def _json_body(body: bytes) -> Json:
    try:
        value = json.loads(body)
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(value, dict):
        raise Refused("json_not_object")
    return value
