"""Which fields a template asks for, told before anything is filled in."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from jinja2 import nodes

from gongkai.errors import ConfigurationError
from gongkai.forms.known import fields_of

UNKNOWABLE = ""
"""The path of a value that is no field: a loop counter, a number, what a filter gave."""

Scope = dict[str, str]


def fields_used(tree: nodes.Template, scope: Mapping[str, str] | None = None) -> set[str]:
    """The fields a template names, those of a list's entries as ``list.field``.

    ``scope`` names what is bound already: {"entry": "entries"} inside a repeated row.
    """
    found: set[str] = set()
    _walk(tree, dict(scope or {}), found)
    return found


def refuse_unknown(used: Iterable[str], paper: type, source: str) -> None:
    """Raise ``ConfigurationError`` for the first field the paper does not have, with the nearest.

    What follows a text, e.g. ``title.strip``, is left to the filling.
    """
    known = fields_of(paper)
    groups = {name.rpartition(".")[0] for name in known} - {""}
    for path in sorted(used):
        if path in known or _inside_text(path, known, groups):
            continue
        near = difflib.get_close_matches(path, known, n=1, cutoff=0.0)
        raise ConfigurationError("template_field", file=source, field=path, nearest=near[0])


def _inside_text(path: str, known: Iterable[str], groups: set[str]) -> bool:
    return any(path.startswith(f"{name}.") and name not in groups for name in known)


def _walk(node: nodes.Node, scope: Scope, found: set[str]) -> None:
    if isinstance(node, nodes.For):
        _loop(node, scope, found)
        return
    if isinstance(node, nodes.Assign):
        _walk(node.node, scope, found)
        _bind(node.target, _path(node.node, scope) or UNKNOWABLE, scope)
        return
    path = _path(node, scope)
    if path is None:
        for child in node.iter_child_nodes():
            _walk(child, scope, found)
    elif path != UNKNOWABLE:
        found.add(path)


def _loop(node: nodes.For, scope: Scope, found: set[str]) -> None:
    _walk(node.iter, scope, found)
    inner = {**scope, "loop": UNKNOWABLE}
    _bind(node.target, _path(node.iter, scope) or UNKNOWABLE, inner)
    for child in (*node.body, *([node.test] if node.test else [])):
        _walk(child, inner, found)
    for child in node.else_:
        _walk(child, scope, found)


def _bind(target: nodes.Node, path: str, scope: Scope) -> None:
    if isinstance(target, nodes.Name):
        scope[target.name] = path
    for name in target.find_all(nodes.Name):
        scope[name.name] = UNKNOWABLE


def _path(node: nodes.Node, scope: Scope) -> str | None:
    """The dotted path an expression names; None when it is no plain path."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name) if node.ctx == "load" else UNKNOWABLE
    if isinstance(node, nodes.Getattr):
        return _inside(_path(node.node, scope), node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        base, key = _path(node.node, scope), node.arg.value
        return _inside(base, key) if isinstance(key, str) else base
    return None


def _inside(base: str | None, name: str) -> str | None:
    return f"{base}.{name}" if base else base
