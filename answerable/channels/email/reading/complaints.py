"""RFC 5965: somebody called a mail of ours spam, and their provider tells us."""

from answerable.channels.email.reading.bodies import Bodies
from answerable.channels.email.reading.letter import Failure
from answerable.channels.email.reading.limits import Bench
from answerable.channels.email.reading.reports import ADDRESS, groups

KINDS = {"abuse", "fraud", "virus", "other", "not-spam", "opt-out", "opt-out-list", "auth-failure"}


def complaint_in(found: Bodies, bench: Bench) -> tuple[Failure, ...]:
    """Who complained; an entry without an address when the provider does not say."""
    failures: list[Failure] = []
    for part in found.complaints[:20]:
        fields = {
            name: value for group in groups(part.content(bench)) for name, value in group.items()
        }
        kind = fields.get("feedback-type", "abuse").strip().lower()
        said = " ".join(fields.get(name, "") for name in ("original-rcpt-to", "removal-recipient"))
        address = ADDRESS.search(said)
        words = f"a complaint: {kind if kind in KINDS else 'other'}"
        failures.append(
            Failure(address[0] if address else "", "", "feedback", hard=False, explanation=words)
        )
    return tuple(failures)
