"""What rests on an application: a notice that was put forward or issued."""

from collections.abc import Iterator

from zielwerk.funding.models import Application
from zielwerk.granting.queries.notices import decided_with
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.refusal import Refusal, msg


def resting_on(application: Application) -> Iterator[Refusal]:
    """Why an application stays as it was assessed; a mere draft holds up nothing."""
    notice = decided_with(application)
    if notice is None or notice.state == GrantState.DRAFT:
        return
    sentence = ISSUED if notice.is_issued else PUT_FORWARD
    rule = "grant.decided" if notice.is_issued else "grant.put_forward"
    yield Refusal(rule, sentence, {"number": notice.file_number})


ISSUED = msg("Über den Antrag ist mit {number} entschieden.")
PUT_FORWARD = msg("Über den Antrag liegt {number} zum Erlass vor. Erst ist das zurückzunehmen.")
