"""Run hipwise as `python -m hipwise`."""

from hipwise.cli import app

if __name__ == "__main__":
    app(prog_name="hipwise")
