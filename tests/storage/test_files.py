"""What a program that broke off left unfinished is removed, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

from hipwise.storage.files import FOLDER, PARTIAL, new_folder, sweep, whole_file

DAY_S = 86_400


def make_old(path: Path) -> None:
    then = time.time() - DAY_S - 60
    os.utime(path, (then, then))


def test_what_was_left_a_day_ago_is_removed_and_what_is_whole_or_new_stays(tmp_path: Path) -> None:
    files = tmp_path / FOLDER
    whole = files / "ab" / "cd"
    with whole_file(whole) as file:
        file.write(b"kept")
    old_film, new_film = new_folder(files), new_folder(files)
    for folder in (old_film, new_film):
        (folder / "knee.mp4").write_bytes(b"film")
    old_piece = whole.with_name(f"{PARTIAL}piece")
    old_piece.write_bytes(b"half")
    for path in (whole, old_film, old_piece):
        make_old(path)
    sweep(tmp_path)
    assert whole.read_bytes() == b"kept"
    assert (new_film / "knee.mp4").exists()
    assert not old_film.exists()
    assert not old_piece.exists()


def test_without_files_there_is_nothing_to_sweep(tmp_path: Path) -> None:
    sweep(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
