"""Paths of one watched root: absolute outside, relative inside."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.watch.ignore import is_system_folder


@dataclass(frozen=True, slots=True)
class Tree:
    """A watched root. ``apart`` are other roots, which are not its business when inside it."""

    top: str
    apart: frozenset[str] = frozenset()

    def inner(self, path: str) -> str:
        """An absolute path relative to the root; "." for the root itself."""
        return "." if path == self.top else path[len(self.top.rstrip("/")) + 1 :]

    def outer(self, inner: str) -> str:
        """A relative path as the file system knows it."""
        return f"{self.top.rstrip('/')}/{inner}"

    def owns(self, path: str) -> bool:
        """Whether a path lies in this root, in no root inside it and in no system folder."""
        if path != self.top and not path.startswith(self.top.rstrip("/") + "/"):
            return False
        inner = self.inner(path)
        if self.apart and not self.apart.isdisjoint(
            [path, *(self.outer(parent) for parent in parents(inner))]
        ):
            return False
        return not any(is_system_folder(part) for part in inner.split("/")[:-1])


def parents(inner: str) -> list[str]:
    """The folders above a relative path, outermost first."""
    parts = inner.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]
