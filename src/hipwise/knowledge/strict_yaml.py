"""The loader of YAML that refuses a key written twice; apart, since PyYAML is slow to load."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StrictLoader(_Base):  # type: ignore[misc]
    """A safe loader that refuses a key written twice, which YAML would silently overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a mapping, refusing repeated keys."""
        keys = [key.value for key, _ in node.value]
        repeated = next((key for key in keys if keys.count(key) > 1), None)
        if repeated is not None:
            line = node.start_mark.line + 1
            msg = f"the key {repeated!r} stands twice in the record that starts at line {line}"
            raise yaml.YAMLError(msg)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping
