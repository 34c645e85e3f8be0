"""Who the runner is."""

from __future__ import annotations

from hipwise.screening import RunnerProfile
from hipwise.storage.repository import Repository
from hipwise.storage.tables import RunnerRow


class Runner(Repository):
    """The runner's profile."""

    def get(self) -> RunnerProfile | None:
        """Return the profile, None before there is one."""
        with self.database.reading() as session:
            profile = session.get_one(RunnerRow, self.runner_id).profile
        return None if profile is None else RunnerProfile.model_validate(profile)

    def put(self, profile: RunnerProfile) -> None:
        """Keep the profile in the place of the one before."""
        with self.database.writing() as session:
            row = session.get_one(RunnerRow, self.runner_id)
            row.profile = profile.model_dump(mode="json")
