"""Small things are read whole: how long modules and functions may be, and how many parameters a function may take."""

import statistics

from tests.guards.source import Function, functions, lines_of, modules

LONGEST_MODULE = 300
MEDIAN_MODULE = 80
FUNCTIONS_P95 = 20
LONGEST_FUNCTION = 40
MOST_PARAMETERS = 5


def test_no_module_is_long() -> None:
    lengths = {path: lines_of(path) for path in modules()}
    assert {path: long for path, long in lengths.items() if long > LONGEST_MODULE} == {}


def test_most_modules_are_short() -> None:
    assert statistics.median(lines_of(path) for path in modules()) <= MEDIAN_MODULE


def length(function: Function) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


def test_functions_are_short() -> None:
    lengths = {place: length(function) for place, function in functions()}
    assert statistics.quantiles(lengths.values(), n=20)[-1] <= FUNCTIONS_P95
    assert {place: long for place, long in lengths.items() if long > LONGEST_FUNCTION} == {}


def test_functions_take_few_parameters() -> None:
    wide = {}
    for place, function in functions():
        given = function.args
        names = [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
        if len([name for name in names if name not in ("self", "cls")]) > MOST_PARAMETERS:
            wide[place] = names
    assert wide == {}
