"""What the terminal shows of an analysis, of a plan and of the evidence."""

from hipwise.reporting.terminal.summary import summary

__all__ = ["summary"]
