"""Two people wrote from the same draft: their drafts brought together, as far as they did not write the same place.

Questions and choices are known by their names. What both wrote stays as this one wrote it, and is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_GONE = object()


@dataclass(slots=True)
class Merge:
    """A draft with what both wrote, and the places that both wrote differently (as in `Problem.where`)."""

    draft: dict[str, Any] = field(default_factory=dict)
    clashes: list[str] = field(default_factory=list)


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merge:
    """Both changes to `base` in one draft. In a clash `mine` stands."""
    merged = Merge()
    merged.draft = _mappings(merged, "", (base, mine, theirs))
    return merged


def _value(merged: Merge, where: str, base: Any, mine: Any, theirs: Any) -> Any:
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        return _mappings(merged, where, (base if isinstance(base, Mapping) else {}, mine, theirs))
    if _named(mine) and _named(theirs):
        return _lists(merged, where, (base if _named(base) else [], mine, theirs))
    merged.clashes.append(where)
    return theirs if mine is _GONE else mine  # what one wrote on is not lost by the other's taking it out


def _mappings(merged: Merge, where: str, three: tuple[Mapping[str, Any], ...]) -> dict[str, Any]:
    names = list(dict.fromkeys(name for each in (three[1], three[2], three[0]) for name in each))
    found = {
        name: _value(merged, f"{where}.{name}" if where else name, *(each.get(name, _GONE) for each in three))
        for name in names
    }
    return {name: value for name, value in found.items() if value is not _GONE}


def _lists(merged: Merge, where: str, three: tuple[Sequence[Any], ...]) -> list[Any]:
    base, mine, theirs = ({each["name"]: each for each in items} for items in three)
    order = _order(list(base), list(mine), list(theirs))
    found = {}
    for name in order:
        at = list(mine).index(name) if name in mine else len(mine)
        both = (each.get(name, _GONE) for each in (base, mine, theirs))
        found[name] = _value(merged, f"{where}[{at}]", *both)
    return [value for value in found.values() if value is not _GONE]


def _order(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """Every name once: in the order of who moved any, mine before theirs; what is new stands after what it followed."""
    kept = [name for name in mine if name in base]
    moved = kept != [name for name in base if name in mine]
    first, second = (mine, theirs) if moved else (theirs, mine)
    order = list(first)
    for place, name in enumerate(second):
        if name not in order:
            before = next((each for each in reversed(second[:place]) if each in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, name)
    return order


def _named(items: Any) -> bool:
    """Whether this is a list of mappings, each with a name of its own."""
    if not isinstance(items, list) or not all(isinstance(each, Mapping) for each in items):
        return False
    names = [each.get("name") for each in items]
    return all(isinstance(name, str) for name in names) and len(set(names)) == len(names)
