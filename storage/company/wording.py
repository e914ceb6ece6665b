"""What pydantic found wrong with a part of the file, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_args

from pydantic_core import ErrorDetails

from storage.company.mistake import Path
from storage.company.rows import FORMS, Closed, CompanyRow


def path_of(error: ErrorDetails) -> Path:
    """Where in the file it is; the tags of a timeframe's forms are no part of it."""
    return tuple(step for step in error["loc"] if step not in FORMS)


def reason_of(error: ErrorDetails) -> str:
    """Why the value can't stay as it is."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    name = str(error["loc"][-1]) if error["loc"] else "the file"
    match kind:
        case "missing":
            return f"“{name}” is missing"
        case "extra_forbidden":
            return _unknown(name, row_at(error["loc"][:-1]))
        case "value_error":
            return str(context["error"])
        case "literal_error":
            choice = str(context["expected"]).replace("'", "")
            return f"{_shown(given)} is not possible here; choose {choice}"
        case "string_too_long":
            return f"the text is longer than {context['max_length']} characters"
        case "union_tag_not_found":
            return "a timeframe is within, target and limit, before, or at_next"
        case "tuple_type" | "list_type":
            return (
                f"a list belongs here, like [{_shown(given)}]"
                if isinstance(given, str)
                else "a list belongs here"
            )
        case "string_type":
            return "a single text belongs here" if given is not None else "a value is missing"
    return "names with values belong here, like “name: value”" if kind.startswith("model") else error["msg"]


def row_at(loc: Path) -> type[Closed] | None:
    """The model of the mapping at this place."""
    found: type[Closed] | None = CompanyRow
    for step in loc:
        if isinstance(step, int) or found is None:
            continue
        found = (
            FORMS.get(step) or _model_in(found.words().get(step)) or (found if step == "timeframe" else None)
        )
    return found


def _model_in(annotation: Any) -> type[Closed] | None:
    return next((found for found in _types_in(annotation) if found not in FORMS.values()), None)


def _types_in(annotation: Any) -> Iterator[type[Closed]]:
    if isinstance(annotation, type) and issubclass(annotation, Closed):
        yield annotation
    for inner in get_args(annotation):
        yield from _types_in(inner)


def _unknown(name: str, row: type[Closed] | None) -> str:
    known = list(row.words()) if row else []
    near = get_close_matches(name, known, n=1)
    meant = f"did you mean “{near[0]}”?" if near else f"possible are {', '.join(known)}"
    return f"“{name}” is not known here; {meant}"


def _shown(value: Any) -> str:
    return f"“{value}”" if isinstance(value, str) else "this"
