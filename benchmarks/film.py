"""How fast a follow-along film is made: seconds of film per second of work, and the memory used."""

from __future__ import annotations

import resource
import tempfile
import time
from pathlib import Path

from hipwise.coaching import coach
from hipwise.knowledge import load
from hipwise.reporting.follow_film import write_film
from hipwise.services.follow import mobility_for_runners


def main() -> None:
    """Film general hip care of several lengths."""
    library = load()
    print("minutes   made in s   film s per s   peak memory MB")
    for minutes in (2, 4, 8):
        timeline = coach(mobility_for_runners(minutes), library)
        with tempfile.TemporaryDirectory() as folder:
            begin = time.perf_counter()
            write_film(Path(folder) / "film.mp4", timeline, library)
            took_s = time.perf_counter() - begin
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{minutes:7d} {took_s:11.1f} {timeline.seconds / took_s:14.1f} {peak_mb:16.0f}")


if __name__ == "__main__":
    main()
