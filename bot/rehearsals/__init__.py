"""Rehearsals: a survey tried out before citizens see it, by twenty scripted citizens or by hand. Nothing counts.

`stage` is a throw-away bot; `people` are the twenty, `habits` what they do, `play` lets one of them act, `report` says
what came of it.
"""
