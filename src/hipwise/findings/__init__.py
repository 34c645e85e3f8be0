"""Measurements and evidence to explained findings."""

from hipwise.findings.explain import explain
from hipwise.findings.finding import Finding, FindingKind

__all__ = ["Finding", "FindingKind", "explain"]
