"""Training and judging the models: `python -m nlp train` and `python -m nlp evaluate`.

Nothing here is imported to tag a text.
"""
