"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from datetime import UTC as ZONE
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import sqlalchemy
from sqlalchemy import BigInteger, DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=ZONE)
_MICROSECOND = timedelta(microseconds=1)

dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def aware(value: datetime) -> datetime:
    """The same instant; raises `ValueError` for one that could be anywhere."""
    if value.utcoffset() is None:
        raise ValueError(f"a naive datetime is no instant: {value}")
    return value


class UTC(TypeDecorator[datetime]):
    """An instant. Refuses naive values, gives back aware UTC, exact to the microsecond.

    SQLite keeps microseconds since 1970 as an integer, so that order and indexes are right; its own
    date type drops the zone and gives 12:00+02:00 back as 12:00.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        instant = aware(value)
        return (instant - _EPOCH) // _MICROSECOND if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return _EPOCH + int(value) * _MICROSECOND
        instant: datetime = value
        return instant.astimezone(ZONE)


class JSON(TypeDecorator[Any]):
    """Plain JSON values; text on SQLite, JSONB on PostgreSQL. None is SQL's NULL."""

    impl = sqlalchemy.JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        here = JSONB if dialect.name == "postgresql" else sqlalchemy.JSON
        return dialect.type_descriptor(here(none_as_null=True))
