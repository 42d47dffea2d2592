"""Who is looking: only a request that certainly comes from this machine is more than the public."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from nap_monitor.web import viewer
from nap_monitor.web.viewer import AccessUnusable, is_local, local_operator

LOOPBACK = frozenset({"127.0.0.1"})


class Context:
    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = headers


@pytest.mark.parametrize(
    ("headers", "bound_to", "local"),
    [
        ({"Host": "127.0.0.1:8501"}, LOOPBACK, True),
        ({"Host": "localhost:8501"}, LOOPBACK, True),
        ({"Host": "[::1]:8501"}, frozenset({"::1"}), True),
        ({"Host": "nap.example.org"}, LOOPBACK, False),  # a name that was made to point here
        ({"Host": "127.0.0.1:8501", "X-Forwarded-For": "10.0.0.7"}, LOOPBACK, False),
        ({"Host": "127.0.0.1:8501", "Forwarded": "for=10.0.0.7"}, LOOPBACK, False),
        ({"Host": "127.0.0.1:8501"}, frozenset({"0.0.0.0"}), False),
        ({"Host": "127.0.0.1:8501"}, frozenset({"127.0.0.1", "192.168.1.5"}), False),
        ({"Host": "127.0.0.1:8501"}, frozenset(), False),  # nobody knows where the server listens
        ({}, LOOPBACK, False),
    ],
)
def test_what_counts_as_this_machine(
    headers: dict[str, str], bound_to: frozenset[str], local: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "context", Context(headers))
    monkeypatch.setattr(viewer, "listening_addresses", lambda: bound_to)
    assert is_local() is local


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", None),
        ("# nothing", None),
        ("local_operator:", None),
        ("local_operator: '  '", None),
        ("local_operator:  Ana Pérez ", "Ana Pérez"),
    ],
)
def test_the_local_operator_of_the_file(text: str, name: str | None, tmp_path: Path) -> None:
    path = tmp_path / "access.yaml"
    path.write_text(text, "utf-8")
    assert local_operator(path) == name


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    assert local_operator(tmp_path / "access.yaml") is None


def test_an_edited_file_counts_at_once(tmp_path: Path) -> None:
    path = tmp_path / "access.yaml"
    path.write_text("local_operator: Ana")
    assert local_operator(path) == "Ana"
    path.write_text("local_operator: Berta Ruiz")
    assert local_operator(path) == "Berta Ruiz"


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "access.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AccessUnusable, match=r"access\.yaml"):
        local_operator(path)


def test_the_file_that_is_shipped_names_nobody() -> None:
    from nap_monitor.settings import ROOT

    assert local_operator(ROOT / "config" / "access.yaml") is None
