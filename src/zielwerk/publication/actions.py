"""Publishing: an agreement passes the stages of its programme, and may be withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from zielwerk.agreements import queries as recorded
from zielwerk.agreements.actions import Annulled
from zielwerk.agreements.models import Agreement
from zielwerk.core import jobs
from zielwerk.core.actions import action
from zielwerk.core.cases import new_case, save_case, step
from zielwerk.core.models import Job
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.packs import loading as packs
from zielwerk.publication import letters, queries
from zielwerk.publication.models import ENDED, HELD_UNTIL_DECIDED, PUBLISHED_ALREADY, Edition
from zielwerk.rulebook.publication import PUBLICATION, EditionFacts, EditionState
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.typesetting.pdf import render

WHOLE_YEAR = "publication.whole_year"  # the kind of job
SHOWN = (EditionState.PUBLISHED, EditionState.HELD)  # what the public reads, or did until now
HOLDS_NO_MORE = Refusal(
    "publication.holds_no_more", msg("Das gilt so nicht mehr; veröffentlicht wird, was gilt.")
)


@dataclass(frozen=True)
class Typeset:
    """An edition as it becomes public: its number, its data and its PDF."""

    number: int
    data: dict[str, Any]
    pdf: bytes


@dataclass(frozen=True)
class Wishes:
    """What whoever asks for the release wants: what stays black, and before which day nothing.

    Without ``decisions`` nobody looked: what may tell of a person then stands in the way.
    """

    decisions: tuple[letters.Decision, ...] = ()
    not_before: date | None = None


@dataclass(frozen=True)
class NewEdition:
    """What is to become public of an agreement; ``typeset`` where one press publishes it."""

    agreement: Agreement
    document: dict[str, Any]
    act: str
    typeset: Typeset | None = None
    wishes: Wishes = field(default_factory=Wishes)

    @property
    def ags(self) -> str:
        return self.agreement.ags


# --- before a transaction begins ----------------------------------------------------------


def facts_of(edition: Edition, on: date) -> EditionFacts:
    """The facts for the guards of an edition's stages."""
    other = queries.open_edition_of(edition.agreement) if edition.state in ENDED else None
    number = other.file_number if other else ""
    wishes = Wishes(
        tuple(letters.Decision(**each) for each in edition.redactions), edition.not_before
    )
    return replace(_facts(edition.agreement, edition.document, wishes, on), other=number)


def _facts(
    agreement: Agreement, document: dict[str, Any], wishes: Wishes, on: date
) -> EditionFacts:
    terms, rules = agreement.content, letters.rules_of(agreement)
    return EditionFacts(
        tuple(letters.names_in(terms, document)),
        unsigned=queries.unsigned(agreement, on),
        not_before=wishes.not_before,
        on=on,
        undecided=letters.undecided(document, terms, rules, wishes.decisions),
    )


def places_of(agreement: Agreement) -> tuple[letters.Place, ...]:
    """The places of what would become public that may tell of a person."""
    data = letters.public_data(agreement)
    return letters.places(data, agreement.content, letters.rules_of(agreement))


def why_not_begun(agreement: Agreement, on: date, *, is_looked_at: bool = True) -> list[Refusal]:
    """The reasons against taking the first stage for an agreement.

    Where somebody looks at it she decides of each place that may tell of a person; what nobody
    looks at goes through only without such a place.
    """
    data = letters.public_data(agreement)
    found = letters.places(data, agreement.content, letters.rules_of(agreement))
    wishes = Wishes(letters.chosen(found, {}) if is_looked_at else ())
    return _reasons(agreement, letters.without(data, wishes.decisions), wishes, on)


def beginnable(
    agreements: Iterable[Agreement], on: date
) -> tuple[list[Agreement], list[Agreement]]:
    """Those of which all may begin at once, and those that somebody has to look at."""
    free, others = list[Agreement](), list[Agreement]()
    for agreement in agreements:
        reasons = why_not_begun(agreement, on, is_looked_at=False)
        (others if reasons else free).append(agreement)
    return free, others


def _reasons(
    agreement: Agreement, document: dict[str, Any], wishes: Wishes, on: date
) -> list[Refusal]:
    if recorded.newest(agreement) != agreement:
        return [HOLDS_NO_MORE]
    if other := queries.open_edition_of(agreement):
        return [HELD_UNTIL_DECIDED if other.is_held else PUBLISHED_ALREADY]
    stage = queries.first_stage(agreement.programme, agreement.year, agreement.rule_version)
    facts = _facts(agreement, document, wishes, on)
    return [refusal for guard in stage.guards for refusal in guard(facts)]


def prepare(agreement: Agreement, at: datetime, wishes: Wishes | None = None) -> NewEdition:
    """Make what becomes public, before the transaction begins, since nobody should wait for it."""
    wishes = wishes or Wishes()
    document = letters.without(letters.public_data(agreement), wishes.decisions)
    if refusals := _reasons(agreement, document, wishes, localdate(at)):
        raise Refused(*refusals)
    stage = queries.first_stage(agreement.programme, agreement.year, agreement.rule_version)
    if stage.taken_by != "publish":
        return NewEdition(agreement, document, stage.taken_by, None, wishes)
    set_now = _set(agreement, agreement, document, at)
    return NewEdition(agreement, document, "publish", set_now, wishes)


def typeset(edition: Edition, at: datetime) -> Typeset:
    """Set a prepared edition: what was put forward, with its number and the day."""
    return _set(edition, edition.agreement, edition.document, at)


def _set(
    record: Agreement | Edition, agreement: Agreement, document: dict[str, Any], at: datetime
) -> Typeset:
    number = queries.last_number(agreement) + 1
    data = letters.published(document, number, at)
    return Typeset(number, data, render(letters.document(data, letters.rules_of(record))))


# --- the first stage ----------------------------------------------------------------------


def begin(actor: Actor, agreement: Agreement, *, at: datetime) -> Edition:
    """Begin to publish an agreement by the first stage of its programme, perhaps the only one."""
    return begin_prepared(actor, prepare(agreement, at), at=at)


def begin_prepared(actor: Actor, new: NewEdition, note: str = "", *, at: datetime) -> Edition:
    """Take the first stage for what is prepared already."""
    first = publish_at_once if new.act == "publish" else put_forward
    return first(actor, new, note, at=at)


@action("publication.publish")
def publish_at_once(actor: Actor, new: NewEdition, note: str, *, at: datetime) -> Edition:
    """Prepare and publish by one press, where the programme has one stage."""
    assert new.typeset
    return publish(actor, _prepared(new, at), new.typeset, note=note, at=at)


@action("publication.propose")
def put_forward(actor: Actor, new: NewEdition, note: str, *, at: datetime) -> Edition:
    """Prepare what is to become public, and put it forward to those who release it."""
    return propose(actor, _prepared(new, at), note=note, at=at)


def _prepared(new: NewEdition, at: datetime) -> Edition:
    agreement = new.agreement
    if queries.open_edition_of(agreement):
        raise Refused(PUBLISHED_ALREADY)
    terms = agreement.content
    types = dict.fromkeys(measure.type for measure in terms.measures)
    prefix = packs.programme(agreement.programme).prefix("publication")
    return new_case(
        Edition,
        f"{prefix}-{agreement.year}",
        at=at,
        agreement=agreement,
        rule_version=agreement.rule_version,
        programme=agreement.programme,
        year=agreement.year,
        ags=agreement.ags,
        ordinal=agreement.ordinal,
        body_name=agreement.body_name,
        body_kind=terms.body_kind,
        amount_cents=agreement.amount_cents,
        measure_count=len(terms.measures),
        measure_types=f" {' '.join(types)} ",
        public_text=letters.public_text(new.document),
        is_invented=agreement.is_invented,
        is_trial=agreement.is_trial,
        document=new.document,
        not_before=new.wishes.not_before,
        redactions=[each.to_json() for each in new.wishes.decisions],
        prepared_at=at,
    )


# --- the stages, and the ways back and out ------------------------------------------------


@step(PUBLICATION)
def propose(
    actor: Actor, edition: Edition, facts: EditionFacts | None, note: str = "", *, at: datetime
) -> None:
    """Put what is to become public forward, for the first time or again."""


@step(PUBLICATION)
def consult(
    actor: Actor, edition: Edition, facts: EditionFacts | None, note: str = "", *, at: datetime
) -> None:
    """Note the outcome of what comes between proposal and release, as ``note``."""


@step(PUBLICATION)
def publish(
    actor: Actor,
    edition: Edition,
    facts: EditionFacts | None,
    typeset: Typeset,
    note: str = "",
    *,
    at: datetime,
) -> None:
    """Make an edition public, as it was put forward."""
    name = letters.file_name(letters.rules_of(edition), edition.ags, "pdf", edition.ordinal)
    edition.pdf = documents.store(actor, name, "application/pdf", typeset.pdf, at=at)
    edition.document, edition.number = typeset.data, typeset.number
    edition.published_at = at
    if earlier := queries.earlier_edition_of(edition.agreement):
        earlier.superseded_at = at
        save_case(earlier)


@step(PUBLICATION)
def send_back(actor: Actor, edition: Edition, facts: None, note: str = "", *, at: datetime) -> None:
    """Send an edition back to those who put it forward, for a reason."""


@step(PUBLICATION)
def take_back(actor: Actor, edition: Edition, facts: None, *, at: datetime) -> None:
    """Whoever put an edition forward takes it back before anybody released it."""


@step(PUBLICATION)
def discard(actor: Actor, edition: Edition, facts: None, *, at: datetime) -> None:
    """Give an edition up that never became public; another one may be begun."""


@step(PUBLICATION)
def restore(actor: Actor, edition: Edition, facts: EditionFacts, *, at: datetime) -> None:
    """Take an edition up again that was given up; it can be put forward anew."""


@step(PUBLICATION)
def withdraw(actor: Actor, edition: Edition, facts: None, note: str, *, at: datetime) -> None:
    """Take an edition down at once, for a reason; whether it stays so a second person decides."""
    edition.withdrawn_at, edition.withdrawn_because = at, note[:1000]
    edition.withdrawal_asked_by, edition.withdrawal_decided_by = actor.audit_name, ""


@step(PUBLICATION)
def confirm_withdrawal(actor: Actor, edition: Edition, facts: None, *, at: datetime) -> None:
    """What is down stays so; it stays on file with the reason, and a new one may follow."""
    edition.withdrawal_decided_by = actor.audit_name


@step(PUBLICATION)
def reinstate(actor: Actor, edition: Edition, facts: None, note: str, *, at: datetime) -> None:
    """An edition that was down is public again as it was; both reasons stay among its words.

    Where the edition of a change was published meanwhile, it is what that superseded.
    """
    edition.withdrawal_decided_by = actor.audit_name
    edition.withdrawn_at, edition.withdrawn_because = None, ""
    edition.reinstated_at = at
    if queries.earlier_edition_of(edition.agreement):
        edition.superseded_at = edition.superseded_at or at


@action("publication.withdraw_annulled")
def withdraw_annulled(actor: Actor, annulled: Annulled, *, at: datetime) -> None:
    """Withdraw what is public, or on its way there, of a record that was annulled.

    What the edition of an annulled change had superseded is public again.
    """
    edition = queries.open_edition_of(annulled.agreement)
    if edition is None:
        return
    was_public = edition.superseded_at is None and edition.state in SHOWN
    edition.state, edition.state_since = EditionState.WITHDRAWN, at
    edition.withdrawn_at = edition.withdrawn_at or at
    edition.withdrawn_because = annulled.reason[:1000]
    save_case(edition)
    before = queries.superseded(*edition.address).defer(None).first()
    if was_public and before:
        before.superseded_at = None
        save_case(before)


# --- a whole year -------------------------------------------------------------------------


@action("publication.publish")
def begin_publishing_year(actor: Actor, programme: str, year: int, *, at: datetime) -> Job:
    """Queue the publication of all of a year that this person may publish."""
    return _begin_year(actor, "publish", programme, year, at)


@action("publication.propose")
def begin_proposing_year(actor: Actor, programme: str, year: int, *, at: datetime) -> Job:
    """Queue the proposal of a year's recorded agreements that were never published."""
    return _begin_year(actor, "propose", programme, year, at)


WHOLE_YEAR_BY = {"publish": begin_publishing_year, "propose": begin_proposing_year}


def _begin_year(actor: Actor, act: str, programme: str, year: int, at: datetime) -> Job:
    params = {"act": act, "programme": programme, "year": year, "user": actor.audit_name}
    return jobs.start(actor, WHOLE_YEAR, params, at=at)
