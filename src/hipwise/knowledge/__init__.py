"""The evidence as data: metrics, norms, rules, exercises, sources; typed, checked at load."""

from hipwise.knowledge.library import Library, load

__all__ = ["Library", "load"]
