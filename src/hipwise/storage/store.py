"""The runner's records: one folder, one database, and the files beside it."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from hipwise.storage.analyses import Analyses
from hipwise.storage.database import Database
from hipwise.storage.deletion import delete_everything
from hipwise.storage.draft import Unfinished
from hipwise.storage.earlier_files import take_over
from hipwise.storage.exporting import export
from hipwise.storage.folder import data_folder
from hipwise.storage.importing import Imported, import_
from hipwise.storage.log import Log
from hipwise.storage.measurements import Measurements
from hipwise.storage.news import News
from hipwise.storage.opening import prepare
from hipwise.storage.plans import Plans
from hipwise.storage.recordings import Recordings
from hipwise.storage.runner import Runner
from hipwise.storage.screenings import Screenings
from hipwise.storage.settings import Settings
from hipwise.storage.tables import ONE_RUNNER

FILE = "hipwise.sqlite3"


class Store:
    """Everything hipwise keeps of a runner. Close it, or use it in a `with` block.

    It may be shared between threads, and several programs may have the same records open.
    """

    def __init__(self, database: Database, runner_id: int = ONE_RUNNER) -> None:
        """Take the records out of a database that is up to date; `Store.open` sees to that."""
        self.database = database
        self.runner_id = runner_id
        self.runner = Runner(database, runner_id)
        self.draft = Unfinished(database, runner_id)
        self.screenings = Screenings(database, runner_id)
        self.recordings = Recordings(database, runner_id)
        self.analyses = Analyses(database, runner_id)
        self.measurements = Measurements(database, runner_id)
        self.plans = Plans(database, runner_id)
        self.news = News(database, runner_id)
        self.log = Log(database, runner_id)
        self.settings = Settings(database, runner_id)

    @classmethod
    def open(cls, folder: Path | None = None) -> Self:
        """Open the records in `folder`, by default the user's own; create them where none are.

        Records of an earlier hipwise are brought up to date, with a backup made before. Raises
        UnreadableFile where they are damaged or of a newer hipwise, UsageError where the folder
        cannot be written or the disk is full.
        """
        path = (data_folder() if folder is None else folder).absolute() / FILE
        prepare(path)
        store = cls(Database(path))
        try:
            take_over(store.database, store.runner_id)
        except BaseException:
            store.close()
            raise
        return store

    @property
    def folder(self) -> Path:
        """The folder in which everything lies."""
        return self.database.path.parent

    def export(self, path: Path) -> None:
        """Write everything into a new zip file, whole or not at all.

        Raises UsageError where `path` is taken or cannot be written.
        """
        export(self.database, self.runner_id, path)

    def import_(self, path: Path) -> Imported:
        """Take in an export: all of it or nothing; what is here already stays as it is.

        Raises UnreadableFile where it is no export, damaged, or holds what no export does.
        """
        return import_(self.database, self.runner_id, path)

    def delete(self) -> None:
        """Delete every record and file, so that their bytes are gone; the store stays usable.

        Raises UsageError where another program holds on to the records.
        """
        delete_everything(self.database, self.runner_id)

    def close(self) -> None:
        """Close the records."""
        self.database.close()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the records."""
        self.close()
