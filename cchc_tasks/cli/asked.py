"""A question of a plan as a terminal shows it: with the choices that its words do not name."""

from cchc_tasks.models.plan import PlanQuestion

_FEW = 6  # more are a list to look up (every unit of the office), not something to read


def asked_in_words(question: PlanQuestion) -> str:
    """The question, and behind it what can be chosen where that is not plain from its words."""
    unsaid = [one for one in question.choices if one not in question.text]
    if not unsaid or len(question.choices) > _FEW:
        return question.text
    return f"{question.text} Lựa chọn: {'; '.join(question.choices)}."
