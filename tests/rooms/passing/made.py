"""A pass-on, drafted and taken as far as a test needs it, out of a notice that was issued."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.timezone import localdate

from tests.rooms.granting import made as granted
from zielwerk.config.cast import OPERATOR, Cast
from zielwerk.granting import queries as granting
from zielwerk.granting.models import GrantNotice
from zielwerk.identity.actions import Enrolment, enrol
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.passing import actions, queries
from zielwerk.passing.actions import NewChange, NewPassOn, Writing
from zielwerk.passing.models import PassOn
from zielwerk.passing.queries import PassDraft
from zielwerk.programme import actions as programme
from zielwerk.programme.actions import NewParty, NewRelation
from zielwerk.programme.models import Party
from zielwerk.rulebook.passing.checks import CHECKS, Answer
from zielwerk.rulebook.passing.ways import Document, Way

issued, year = granted.issued, granted.year
REASON = "Vermerk vom 3. März"
REMEDY = "Widerspruch binnen eines Monats nach Bekanntgabe beim Kreisausschuss."


def at(days: int = 0) -> datetime:
    """A moment after the notice was issued."""
    return granted.at(10 + days)


def head(cast: Cast) -> User:
    """The head of the cast's body, who brings into force."""
    found = User.objects.filter(email="leitung@example.org").first()
    if found is None:
        new = Enrolment(
            "leitung@example.org",
            "Ilse Brandt",
            "Fachdienstleitung",
            "body_approver",
            "Kreis",
            cast.body.ags,
        )
        found = enrol(OPERATOR, new, at=granted.at(-100))
    return let_in(User.objects.get(pk=found.pk), localdate())


def party(cast: Cast) -> Party:
    """The Träger of the cast."""
    return Party.objects.get(pk=cast.provider.party)


def another(cast: Cast, name: str = "Werkhof (erfunden)") -> Party:
    """Another Träger of the same body, of which nobody is here."""
    entry = NewParty(settings.PROGRAMME, name, "provider", (NewRelation(cast.body.ags),))
    return programme.enter_party(cast.officer, entry, at=granted.at(-50))


def begun(cast: Cast, notice: GrantNotice | None = None) -> PassOn:
    notice = notice or issued(cast)
    measure = next(key for (key, _), cents in _stands(notice).items() if cents > 0)
    return actions.draft(cast.body, NewPassOn(notice, measure), at=at())


def _stands(notice: GrantNotice) -> dict[tuple[str, int], int]:
    return dict(granting.stands(notice, at().date()).amounts)


def way(case: PassOn, document: Document = Document.CONTRACT) -> Way:
    """The first way of the programme with a document of this kind; else any with one."""
    known = queries.ways_of(case)
    return next((each for each in known if each.document is document), known[0])


def whole(case: PassOn, to: Party, chosen: Way | None = None) -> PassDraft:
    """A draft that nothing speaks against, over all that is left."""
    chosen = chosen or way(case)
    answers = {
        check.value: Answer(next(iter(CHECKS[check].outcomes)), REASON) for check in chosen.checks
    }
    return replace(
        PassDraft.of(case),
        way=chosen.code,
        party=to.pk if chosen.to_another else None,
        checks=answers,
        remedy=REMEDY if chosen.document is Document.NOTICE else "",
    )


def written(cast: Cast, case: PassOn, draft: PassDraft) -> PassOn:
    return actions.write(cast.body, Writing(case, draft), at=at())


def drafted(
    cast: Cast,
    notice: GrantNotice | None = None,
    to: Party | None = None,
    document: Document = Document.CONTRACT,
    cents: int | None = None,
) -> PassOn:
    """Written whole, over ``cents`` or over all that is left."""
    case = begun(cast, notice)
    draft = whole(case, to or party(cast), way(case, document))
    if cents is not None:
        first = next(iter(draft.amounts))
        draft = replace(draft, amounts={first: cents})
    return written(cast, case, draft)


def concluded(cast: Cast, case: PassOn | None = None, days: int = 1) -> PassOn:
    """Through all stages of the programme: the coordination puts forward, the head decides."""
    case = case or drafted(cast)
    for stage in queries.rules_of(case).procedure("passing"):
        note = {"note": "Beschluss Nr. 17"} if stage.notes else {}
        person = head(cast) if stage.four_eyes or stage.effect != "none" else cast.body
        verb = {"put_forward": actions.put_forward, "conclude": actions.conclude}
        case = verb.get(stage.code, actions.note)(person, case, **note, at=at(days))
    return case


def changed(cast: Cast, case: PassOn) -> PassOn:
    return actions.change(cast.body, NewChange(case), at=at(2))


def last_day(case: PassOn) -> date:
    return case.last_day or date(year(), 12, 31)


def after(case: PassOn, days: int = 1) -> date:
    return last_day(case) + timedelta(days=days)
