"""The grammar of deadlines: three stages of rules over tokens, each rule a shape and what it means.

A shape names kinds of tokens (tokens.py) and classes of kinds (rules/shapes.py); `name=KIND` hands that token to the
builder (sense/). At one place the rule that stands first wins. The shapes are those of docs/deadlines.md.
"""

from cchc_tasks.domain.reading.text import Normalised
from cchc_tasks.domain.reading.time_phrases.cascade import Applied, Stage
from cchc_tasks.domain.reading.time_phrases.rules import content, times, wholes
from cchc_tasks.domain.reading.time_phrases.rules.shapes import CLASSES
from cchc_tasks.domain.reading.time_phrases.tokens import Token, tokenise

_STAGES = tuple(Stage(rules, CLASSES) for rules in (content.RULES, times.RULES, wholes.RULES))


def parse(form: Normalised, applied: list[Applied] | None = None) -> list[Token]:
    """The recognised pieces of a phrase, and the words between them, in order; `applied` takes down by what rules."""
    tokens = tokenise(form)
    for stage in _STAGES:
        tokens = stage.apply(tokens, form.text, applied)
    return tokens
