"""Who is looking, while nobody can sign in: the local operator, the demonstration's coordinator, or the public."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from nap_monitor import access
from nap_monitor.access import Role, Viewer
from nap_monitor.database.plans import StoredPlan
from nap_monitor.language import Language
from nap_monitor.web.reading import settings
from nap_monitor.web.serving import listening_addresses

ACCESS_FILE = "access.yaml"


class AccessUnusable(Exception):
    """`config/access.yaml` cannot be used. A file not understood lets nobody in; what it holds is told to nobody."""

    def sentence(self, reader: Language) -> str:
        return reader.say("{file} cannot be used; `python3 run.py check` says why.", file=f"config/{ACCESS_FILE}")


def viewer_of(plan: StoredPlan | None) -> Viewer:
    """The viewer of this page, for one programme (None: there is none yet)."""
    return access.viewer_of(
        loopback=is_local(),
        demonstration=plan is not None and (plan.is_demonstration or plan.programme.illustrative),
        local_operator=local_operator(settings().config / ACCESS_FILE),
    )


def is_operator(viewer: Viewer) -> bool:
    """Whether this viewer is the person whom `config/access.yaml` names."""
    return viewer.role is Role.COORDINATOR and viewer.name == local_operator(settings().config / ACCESS_FILE)


def is_local() -> bool:
    """Whether this request certainly comes from this machine (DESIGN section 8)."""
    headers = st.context.headers
    names = frozenset(name.lower() for name in headers)
    host = headers.get("Host")
    if not host:  # no request: a page rendered without a server
        return False
    bound_to = listening_addresses()
    return bool(bound_to) and all(access.is_loopback(host, address, names) for address in bound_to)


def local_operator(path: Path) -> str | None:
    """The person named in `config/access.yaml`, or nobody. Raises `AccessUnusable`."""
    try:
        modified = path.stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _read(path, modified)


@lru_cache(maxsize=4)
def _read(path: Path, _modified: int) -> str | None:
    try:
        document = YAML(typ="safe").load(path.read_text("utf-8")) or {}
        name = document.get("local_operator")
    except (OSError, YAMLError, AttributeError, UnicodeDecodeError) as error:
        raise AccessUnusable(f"{path.name}: {type(error).__name__}") from None
    if name is not None and not isinstance(name, str):
        raise AccessUnusable(f"{path.name}: local_operator is not a name")
    return name.strip() or None if name else None
