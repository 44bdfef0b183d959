"""Figures in Prometheus' text format, for a program that watches from outside and holds a token of its own."""

import hmac
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response
from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.services.measure import Measures, measure
from cchc_tasks.web.session import App

router = APIRouter()


@router.get("/metrics")
def show_metrics(request: Request, app: App) -> Response:
    """Nothing is here until a token is set; then whoever shows it reads the figures."""
    token = app.secret(SecretName.METRICS_TOKEN)
    if not token:
        raise HTTPException(404)
    said = request.headers.get("Authorization", "")
    if not hmac.compare_digest(said.encode(), f"Bearer {token}".encode()):
        return PlainTextResponse("Mã đọc số đo không đúng.", 401, {"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    now, zone = app.clock.now(), ZoneInfo(app.settings.time_zone)
    registry.register(_Figures(measure(app.database, on=app.today(), now=now, zone=zone)))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class _Figures(Collector):
    """The figures of one request."""

    def __init__(self, found: Measures) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        found = self._found
        yield _gauge("info", "The schema of the database.", {(found.revision,): 1}, "revision")
        yield _gauge(
            "deliveries",
            "Messages of today.",
            {(channel, kind, state): count for channel, kind, state, count in found.deliveries},
            "channel",
            "kind",
            "state",
        )
        waiting = found.oldest_waiting
        yield _gauge("oldest_waiting_seconds", "Since when the oldest message waits to go out.", {(): waiting})
        yield _gauge(
            "channel_stopped",
            "Whether a channel stands still until somebody has seen to it.",
            {(channel,): stopped for channel, stopped in found.channels},
            "channel",
        )
        yield _gauge(
            "heartbeat_age_seconds",
            "Since when each part of the engine last finished its work.",
            {(flow,): age for flow, age in found.heartbeats.items()},
            "flow",
        )
        yield _gauge(
            "flow_silent",
            "Whether a part of the engine has missed its time.",
            {(flow,): silent for flow, silent in found.silent.items()},
            "flow",
        )
        yield _gauge(
            "obligations", "Obligations as they stand today.", {(word,): n for word, n in found.standings}, "standing"
        )
        yield _gauge("alerts", "Alerts of today.", {(): found.alerts})


def _gauge(name: str, words: str, values: dict[tuple[str, ...], float], *labels: str) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"cchc_{name}", words, labels=labels)
    for label, value in values.items():
        family.add_metric(label, float(value))
    return family
