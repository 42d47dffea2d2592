"""Who may see and do what: the viewer, and the matrix that every read and every write asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    PUBLIC = "public"  # nobody signed in
    LEADERSHIP = "leadership"
    WORKING_GROUP = "working_group"
    AGENCY = "agency"  # of one agency: `Viewer.agency`
    COORDINATOR = "coordinator"


class Act(StrEnum):
    """What the matrix knows. `*_OWN`-like limits are part of the check, not of the name."""

    SEE_PLAN = "see_plan"  # what was promised is public
    SEE_PUBLISHED = "see_published"  # published quarters, method, who has reported
    SEE_OPEN_QUARTER = "see_open_quarter"  # figures, problems and confidence before publication
    SEE_DRAFTS = "see_drafts"  # figures not submitted: their agency and the coordinator
    SYNC = "sync"  # own agency, or all
    RELEASE = "release"  # take what the guards hold back
    LOAD_PLAN = "load_plan"


_EVERYBODY = frozenset(Role)
_SIGNED_IN = _EVERYBODY - {Role.PUBLIC}
_COORDINATOR = frozenset({Role.COORDINATOR})
_MATRIX: dict[Act, frozenset[Role]] = {
    Act.SEE_PLAN: _EVERYBODY,
    Act.SEE_PUBLISHED: _EVERYBODY,
    Act.SEE_OPEN_QUARTER: _SIGNED_IN,
    Act.SEE_DRAFTS: frozenset({Role.AGENCY, Role.COORDINATOR}),
    Act.SYNC: frozenset({Role.AGENCY, Role.COORDINATOR}),
    Act.RELEASE: _COORDINATOR,
    Act.LOAD_PLAN: _COORDINATOR,
}
_OWN_AGENCY_ONLY = frozenset({Act.SEE_DRAFTS, Act.SYNC})


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person or program on whose behalf something is read or written. `name` goes into the records."""

    role: Role
    name: str
    agency: str | None = None

    def may(self, act: Act, agency: str | None = None) -> bool:
        """Whether this viewer may do `act`; for acts on one agency's reports, name the agency."""
        if self.role not in _MATRIX[act]:
            return False
        if self.role is Role.AGENCY and act in _OWN_AGENCY_ONLY:
            return agency is not None and agency == self.agency
        return True

    def require(self, act: Act, agency: str | None = None) -> None:
        """Raise `NotAllowed` unless the viewer may."""
        if not self.may(act, agency):
            raise NotAllowed(act, self)


class NotAllowed(PermissionError):
    """A viewer asked for what their role does not have."""

    def __init__(self, act: Act, viewer: Viewer) -> None:
        super().__init__(f"{viewer.role} may not {act}")
        self.act = act
        self.viewer = viewer


PUBLIC = Viewer(Role.PUBLIC, "public")
DEMONSTRATION = "demonstration"
"""Name of the coordinator that a visitor of demonstration data on this machine is."""


def operator(name: str) -> Viewer:
    """Whoever runs a command on the machine that holds the database: they hold the data already."""
    return Viewer(Role.COORDINATOR, name)


def is_loopback(host_header: str | None, bound_to: str, headers: frozenset[str]) -> bool:
    """Whether a request certainly comes from this machine.

    All three must hold: the server is bound to loopback, the request names a loopback host, and no proxy passed it on.
    `headers` are the lower-case names of the request's headers.
    """
    if bound_to not in _LOOPBACK or any(h == "forwarded" or h.startswith("x-forwarded") for h in headers):
        return False
    host = (host_header or "").strip().lower()
    name = host[: host.find("]") + 1] if host.startswith("[") else host.split(":")[0]
    return name in _LOOPBACK


_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})


def viewer_of(*, loopback: bool, demonstration: bool, local_operator: str | None) -> Viewer:
    """Who is looking while nobody can sign in yet.

    On loopback: the local operator that `config/access.yaml` names, or the coordinator of demonstration data; else the
    public.
    """
    if loopback and local_operator:
        return Viewer(Role.COORDINATOR, local_operator)
    if loopback and demonstration:
        return Viewer(Role.COORDINATOR, DEMONSTRATION)
    return PUBLIC
