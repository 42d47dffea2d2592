"""The HTTP routes of our own. `/healthz`: the process answers. `/readyz`: it can serve, and how fresh its data are."""

from __future__ import annotations

from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

from nap_monitor.access import PUBLIC
from nap_monitor.database.engine import data_version, schema_is_current
from nap_monitor.database.engine import reading as transaction
from nap_monitor.database.runs import last_sync_at
from nap_monitor.database.trouble import DatabaseUnavailable
from nap_monitor.web import reading


async def healthz(_request: Request) -> JSONResponse:
    """200 as long as the process answers at all."""
    return JSONResponse({"status": "ok"})


async def readyz(_request: Request) -> JSONResponse:
    """200 when the database answers with this program's tables, else 503; nothing in it that the public may not see."""
    state, is_ready = await to_thread.run_sync(readiness)
    return JSONResponse(state, status_code=200 if is_ready else 503, headers={"Cache-Control": "no-store"})


def readiness() -> tuple[dict[str, Any], bool]:
    """What `/readyz` says, and whether the server is ready."""
    state: dict[str, Any] = {"database": "unreachable", "schema": "unknown", "data_version": None}
    state |= {"last_sync": None, "last_sync_age_seconds": None}
    try:
        engine = reading.engine()
        is_current = schema_is_current(engine)
        state |= {"database": "reachable", "schema": "current" if is_current else "outdated"}
        if is_current:
            with transaction(engine) as connection:
                moment = last_sync_at(connection, PUBLIC)
                state["data_version"] = data_version(connection)
            if moment:
                age = round((reading.now() - moment).total_seconds())
                state |= {"last_sync": moment.isoformat(timespec="seconds"), "last_sync_age_seconds": age}
    except DatabaseUnavailable:
        return state, False
    return state, is_current


async def front_door(request: Request) -> RedirectResponse:
    """`/` is the overview, under the address that its links have; what the URL asks for goes along."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"overview{query}", status_code=307)


ROUTES = [
    Route("/", front_door, methods=["GET"]),
    Route("/healthz", healthz, methods=["GET"]),
    Route("/readyz", readyz, methods=["GET"]),
]
