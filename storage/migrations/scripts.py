"""Alembic's part: running one migration, and writing the next from the difference to the tables."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.autogenerate.api import AutogenContext
from alembic.operations import Operations
from alembic.operations.ops import CreateIndexOp, ModifyTableOps, UpgradeOps
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, DefaultClause, MetaData
from sqlalchemy.sql.elements import False_, True_

from storage.columns import JSON, UTC

MADE_BY_HAND = "search"
"""How tables begin that no comparison with the metadata may touch: they are written by hand, per engine."""


def compared(name: str | None, kind: str, _within: MutableMapping[Any, str | None]) -> bool:
    """True for what the metadata speaks of, as Alembic's `include_name` asks."""
    return not (kind == "table" and (name or "").startswith(MADE_BY_HAND))


def apply(connection: Connection, migrations: Path, name: str) -> None:
    """Run the migration and set the version, in the transaction that is open."""
    scripts = ScriptDirectory(str(migrations))
    revision = scripts.get_revision(name.partition("_")[0])
    context = MigrationContext.configure(connection)
    with Operations.context(context):
        revision.module.upgrade()
    context.stamp(scripts, revision.revision)


def write_next(connection: Connection, migrations: Path, metadata: MetaData, message: str) -> Path:
    """Write what leads from this database, which is up to date, to the tables of the metadata."""
    scripts = ScriptDirectory(str(migrations))
    context = MigrationContext.configure(connection, opts={"include_name": compared})
    operations = produce_migrations(context, metadata).upgrade_ops
    assert operations is not None
    imports: set[str] = set()

    def ours(kind: str, item: object, _: AutogenContext) -> str | Literal[False]:
        if kind == "type" and isinstance(item, JSON | UTC):
            imports.add(type(item).__name__)
            return f"{type(item).__name__}()"
        if (
            kind == "server_default"
            and isinstance(item, DefaultClause)
            and isinstance(item.arg, False_ | True_)
        ):
            return f"sa.{item.arg}()"  # SQLite's own 0 or 1 is no boolean to PostgreSQL
        return False

    code = render_python_code(
        operations, render_as_batch=_alters(operations), render_item=ours, migration_context=context
    )
    return _written(scripts, message, upgrades=code, imports=_import_line(imports))


def _alters(operations: UpgradeOps) -> bool:
    """True when a table that is there changes: SQLite can only make it anew, which Alembic calls a batch."""
    changing = (each for each in operations.ops if isinstance(each, ModifyTableOps))
    return any(not isinstance(op, CreateIndexOp) for each in changing for op in each.ops)


def _import_line(names: set[str]) -> str:
    return f"\nfrom storage.columns import {', '.join(sorted(names))}" if names else ""


def _written(scripts: ScriptDirectory, message: str, **words: Any) -> Path:
    """Numbers go up by one, so that the order of the files is the order of time."""
    newest = scripts.get_current_head()
    number = f"{int(newest or 0) + 1:04}"
    written = scripts.generate_revision(number, message, **words)
    assert written is not None
    return Path(written.path)
