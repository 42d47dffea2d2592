"""Who may see and do what, and what counts as this machine."""

import pytest

from nap_monitor.access import PUBLIC, Act, NotAllowed, Role, Viewer, is_loopback, operator, viewer_of

EVERYBODY = {role.value for role in Role}
SIGNED_IN = EVERYBODY - {"public"}


@pytest.mark.parametrize(
    ("act", "roles"),
    [
        (Act.SEE_PLAN, EVERYBODY),
        (Act.SEE_PUBLISHED, EVERYBODY),
        (Act.SEE_OPEN_QUARTER, SIGNED_IN),
        (Act.SEE_DRAFTS, {"agency", "coordinator"}),
        (Act.SYNC, {"agency", "coordinator"}),
        (Act.RELEASE, {"coordinator"}),
        (Act.LOAD_PLAN, {"coordinator"}),
    ],
)
def test_the_matrix(act, roles):
    """Each act, for each role; an agency asks for its own."""
    allowed = {role.value for role in Role if Viewer(role, "x", "STPS").may(act, "STPS")}
    assert allowed == roles


def test_every_act_is_in_the_matrix():
    for act in Act:
        assert Viewer(Role.COORDINATOR, "x").may(act)


@pytest.mark.parametrize("act", [Act.SEE_DRAFTS, Act.SYNC])
def test_an_agency_acts_on_its_own_reports_alone(act):
    agency = Viewer(Role.AGENCY, "enlace", "STPS")
    assert agency.may(act, "STPS")
    assert not agency.may(act, "SE")
    assert not agency.may(act)  # nobody's in particular is everybody's
    assert not Viewer(Role.AGENCY, "nobody's").may(act, None)


def test_what_is_not_allowed_is_refused():
    with pytest.raises(NotAllowed) as refused:
        PUBLIC.require(Act.LOAD_PLAN)
    assert (refused.value.act, refused.value.viewer) == (Act.LOAD_PLAN, PUBLIC)
    operator("cron").require(Act.LOAD_PLAN)


@pytest.mark.parametrize(
    ("host", "bound_to", "headers", "loopback"),
    [
        ("127.0.0.1:8501", "127.0.0.1", (), True),
        ("localhost:8501", "127.0.0.1", (), True),
        ("[::1]:8501", "::1", (), True),
        ("localhost", "localhost", ("accept", "cookie"), True),
        ("LOCALHOST:8501", "127.0.0.1", (), True),
        ("localhost:8501", "0.0.0.0", (), False),  # others can reach it
        ("localhost:8501", "192.168.1.5", (), False),
        ("nap.example.org", "127.0.0.1", (), False),  # a proxy in front, or a rebound name
        ("localhost.example.org", "127.0.0.1", (), False),
        ("127.0.0.1.example.org", "127.0.0.1", (), False),
        (None, "127.0.0.1", (), False),
        ("", "127.0.0.1", (), False),
        ("localhost", "127.0.0.1", ("x-forwarded-for",), False),
        ("localhost", "127.0.0.1", ("x-forwarded-proto",), False),
        ("localhost", "127.0.0.1", ("forwarded",), False),
    ],
)
def test_loopback_needs_all_three(host, bound_to, headers, loopback):
    assert is_loopback(host, bound_to, frozenset(headers)) is loopback


@pytest.mark.parametrize(
    ("loopback", "demonstration", "local_operator", "role", "name"),
    [
        (True, True, None, Role.COORDINATOR, "demonstration"),
        (True, False, None, Role.PUBLIC, "public"),
        (True, False, "Ana", Role.COORDINATOR, "Ana"),
        (True, True, "Ana", Role.COORDINATOR, "Ana"),
        (False, True, None, Role.PUBLIC, "public"),
        (False, True, "Ana", Role.PUBLIC, "public"),
    ],
)
def test_who_is_looking_while_nobody_can_sign_in(loopback, demonstration, local_operator, role, name):
    viewer = viewer_of(loopback=loopback, demonstration=demonstration, local_operator=local_operator)
    assert (viewer.role, viewer.name) == (role, name)
