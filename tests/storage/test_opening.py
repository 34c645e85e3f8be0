"""Opening: created, brought up to date with a backup, or refused in one sentence."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from hipwise.errors import UnreadableFile, UsageError
from hipwise.storage import Store, backups
from hipwise.storage.database import engine_for
from hipwise.storage.opening import REVISIONS, migrate, revision_of
from hipwise.storage.store import FILE
from hipwise.storage.tables import Row
from tests.storage.filled import ENTRIES, fill

OPEN_ALL = """
import sys
from pathlib import Path
from hipwise.storage import Store
with Store.open(Path(sys.argv[1])) as store:
    store.settings.put(sys.argv[2], True)
print("alembic" in sys.modules)
"""


def sql(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(statement).fetchall()


def of_revision_1(folder: Path) -> Path:
    """A database as revision 1 left it, with a log, a plan and a value in it."""
    folder.mkdir()
    path = folder / FILE
    migrate(path, "0001")
    run = {"entry": "run", "id": "run", "at": "2026-06-01T18:30:00Z", "km": 8.5}
    off = {"entry": "time_off", "id": "off", "reason": "ill"}
    off |= {"first": "2026-05-01", "last": "2026-05-20"}
    rows = [
        ("run", "2026-06-01T18:30:00.000000+00:00", json.dumps(run)),
        ("off", "2026-05-01T00:00:00.000000+00:00", json.dumps(off)),
    ]
    with closing(sqlite3.connect(path)) as connection, connection:
        insert = "INSERT INTO log (runner_id, id, at, document) VALUES (1, ?, ?, ?)"
        connection.executemany(insert, rows)
        plan = ("2026-06-01", "2026-06-01T08:00:00.000000+00:00", '{"a": 1}')
        connection.execute("INSERT INTO plans VALUES (1, 1, ?, ?, ?)", plan)
    return path


def test_what_was_kept_is_there_again(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a" / "new" / "folder") as store:
        fill(store, tmp_path)
    with Store.open(store.folder) as again:
        assert again.log.entries() == ENTRIES
        assert again.settings.get("theme")["dark"] is True


def test_the_own_folder_is_where_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HIPWISE_DATA", str(tmp_path / "own 100%"))
    with Store.open() as store:
        assert store.folder == tmp_path / "own 100%"
        assert not (store.folder / "backups").exists()


def test_every_connection_keeps_what_is_promised(store: Store) -> None:
    with store.database.reading() as session:
        connection = session.connection()
        kept = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 15_000
    full = 2
    assert kept == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_up_to_date_records_are_opened_without_alembic(store: Store) -> None:
    command = [sys.executable, "-c", OPEN_ALL, str(store.folder), "key"]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "False"


def test_the_revisions_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", "hipwise.storage:migrations")
    scripts = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(scripts)) == REVISIONS


def test_the_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    engine = engine_for(store.database.path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Row.metadata) == []
    engine.dispose()


def test_older_records_are_backed_up_and_brought_up_to_date(tmp_path: Path) -> None:
    path = of_revision_1(tmp_path / "data")
    with Store.open(path.parent) as store:
        assert [entry.id for entry in store.log.entries()] == ["off", "run"]
        last_day, after = datetime(2026, 5, 20, 12, tzinfo=UTC), datetime(2026, 5, 21, tzinfo=UTC)
        assert [entry.id for entry in store.log.entries(last_day)] == ["off", "run"]
        assert [entry.id for entry in store.log.entries(after)] == ["run"]
        plan = store.plans.current()
        assert plan is not None
        assert plan.document == {"a": 1}
    (backup,) = (path.parent / "backups").iterdir()
    assert revision_of(path) == REVISIONS[-1]
    assert revision_of(backup) == "0001"
    assert sql(backup, "SELECT count(*) FROM log") == [(2,)]


def test_a_backup_in_the_place_of_the_records_is_opened(tmp_path: Path) -> None:
    path = of_revision_1(tmp_path / "data")
    with Store.open(path.parent) as store:
        store.log.remove("run")
    (backup,) = (path.parent / "backups").iterdir()
    backup.replace(path)
    with Store.open(path.parent) as store:
        assert len(store.log.entries()) == 2


def test_the_last_backups_are_kept(tmp_path: Path) -> None:
    path = of_revision_1(tmp_path / "data")
    made = [backups.back_up(path, "0001") for _ in range(backups.KEPT + 2)]
    assert sorted((path.parent / "backups").iterdir()) == made[-backups.KEPT :]


def test_a_migration_that_cannot_end_changes_nothing(tmp_path: Path) -> None:
    path = of_revision_1(tmp_path / "data")
    sql(path, "CREATE TABLE _alembic_tmp_log (x)")  # in the way of the second step
    before = sql(path, "SELECT sql FROM sqlite_master")
    with pytest.raises(Exception, match="_alembic_tmp_log"):
        Store.open(path.parent)
    assert sql(path, "SELECT sql FROM sqlite_master") == before
    assert revision_of(path) == "0001"


def test_programs_that_open_at_once_do_not_hinder_each_other(tmp_path: Path) -> None:
    new, old = tmp_path / "new", of_revision_1(tmp_path / "old").parent
    for folder in (new, old):
        programs = [
            subprocess.Popen([sys.executable, "-c", OPEN_ALL, str(folder), str(number)])
            for number in range(4)
        ]
        assert [program.wait() for program in programs] == [0, 0, 0, 0]
        with Store.open(folder) as store:
            assert set(store.settings.all()) == {"0", "1", "2", "3"}


def test_records_of_a_newer_hipwise_are_refused(store: Store) -> None:
    store.close()
    sql(store.database.path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UnreadableFile, match="newer hipwise"):
        Store.open(store.folder)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    sql(tmp_path / FILE, "CREATE TABLE songs (title)")
    with pytest.raises(UnreadableFile, match="another program's"):
        Store.open(tmp_path)
    assert sql(tmp_path / FILE, "SELECT name FROM sqlite_master") == [("songs",)]


@pytest.mark.parametrize("place", [0, 4096, 5 * 4096])
def test_a_damaged_file_is_refused(tmp_path: Path, place: int) -> None:
    with Store.open(tmp_path / "data") as store:
        fill(store, tmp_path)
    path = store.database.path
    content = bytearray(path.read_bytes())
    content[place : place + 2048] = b"\xa5" * 2048
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match="are damaged"):
        Store.open(store.folder)
    assert path.read_bytes() == content


def test_damage_while_it_is_used_is_said_too(store: Store, tmp_path: Path) -> None:
    fill(store, tmp_path)
    store.close()
    size = store.database.path.stat().st_size
    with store.database.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    with pytest.raises(UnreadableFile, match="are damaged"):
        store.log.entries()


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UsageError, match="cannot be written"):
        Store.open(tmp_path / "taken")


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pwd", reason="users are told apart on POSIX only")
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom hipwise.errors import UsageError\n"
        "import alembic.command\nfrom hipwise.storage import Store\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try: Store.open(Path(sys.argv[1]))\nexcept UsageError as error: print(error)"
    )
    (tmp_path / "theirs").mkdir(mode=0o500)
    command = [sys.executable, "-c", code, str(tmp_path / "theirs")]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "cannot be written" in run.stdout
