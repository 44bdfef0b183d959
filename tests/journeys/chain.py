"""The steps that several journeys share: the sample plan of 2026, imported and published."""

from datetime import date
from pathlib import Path

from cchc_tasks.bootstrap import Application
from cchc_tasks.demo.sample_plan import sample_plan
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.services.import_plan import Imported, import_plan
from cchc_tasks.services.publish_plan import Published, publish_plan

PUBLISHED_ON = date(2025, 12, 22)


def import_sample(app: Application, folder: Path) -> Imported:
    """The sample plan of 2026 as a draft."""
    return import_text(app, folder, sample_plan(2026))


def import_text(
    app: Application, folder: Path, text: str, *, before_is_strict: bool = False, replaces: int | None = None
) -> Imported:
    """A plan of these lines as a draft."""
    file = folder / "ke-hoach.txt"
    file.write_text(text, encoding="utf-8")
    return import_plan(
        app.database,
        app.reader,
        file,
        years=None,
        before_is_strict=before_is_strict,
        replaces=replaces,
        actor=LOCAL_ADMINISTRATOR,
        now=app.clock.now(),
    )


def publish(app: Application, plan_id: int, on: date = PUBLISHED_ON, *, accept_questions: bool = True) -> Published:
    """Publish a draft, by itself with every proposal taken."""
    return publish_plan(
        app.database,
        plan_id,
        on=on,
        accept_questions=accept_questions,
        horizon_months=13,
        actor=LOCAL_ADMINISTRATOR,
        now=app.clock.now(),
    )


def publish_sample(app: Application, folder: Path) -> Published:
    """The sample plan of 2026, published on 22 December 2025."""
    return publish(app, import_sample(app, folder).plan_id)
