"""A paper compared with itself: what one place says of the year, the body, the giver, the money.

Each rule takes a value with its place and the places of the paper, and yields a doubt for what
says otherwise; its finding quotes both places.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zielwerk.packs.model import Body, Organisation
from zielwerk.reading.hedges import IN_YEARS, sentence_around
from zielwerk.reading.mentions import Mention, Names, bodies_named, years_named
from zielwerk.reading.model import Doubt, Finding, Found, Party
from zielwerk.reading.places import SIGNATURES, Place, Span, where
from zielwerk.reading.roles import Roles
from zielwerk.reading.sums import instalments
from zielwerk.recognition.amounts import Amount, amounts, without_currency
from zielwerk.recognition.likeness import alike, find, fold, fold_traced
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg

BODIES_DIFFER = msg("An anderer Stelle im Text steht eine andere Gebietskörperschaft.")
PROGRAMMES_DIFFER = msg("An anderer Stelle im Text steht ein anderes Programm.")
YEARS_DIFFER = msg("An anderer Stelle im Text steht ein anderes Jahr.")
AMOUNTS_DIFFER = msg("An anderer Stelle im Text steht ein anderer Gesamtbetrag.")
GIVERS_DIFFER = msg("An anderer Stelle im Text gibt ein anderer das Geld.")
SUMS_DIFFER = msg("Die einzelnen Beträge passen nicht zum Gesamtbetrag.")
OFFICES_DIFFER = msg("Das Amt der Unterschrift gehört zu einer anderen Art von Körperschaft.")

BODY = ("parties[1].name", "parties[1].kind", "parties[1].ags")
_REMEDY = re.compile(r"Klage|Widerspruch|Rechtsbehelf|bisher|ehemal|vormal|früher", re.IGNORECASE)
_TOTAL = re.compile(r"insgesamt|Gesamt(?:betrag|summe|budget|höhe)", re.IGNORECASE)
_GIVES = re.compile(
    r"\b(?:gewähr|bewillig|stellt|gestellt|erhält|erhalten|zur Verfügung|bereit|bekommt|Budget)",
    re.IGNORECASE,
)
_LEAST_NAMED = 12  # letters of an office's name
_LEAST_DIGITS = 4  # before zeros; round amounts differ in a digit without a slip
_REACH = 60  # letters before an amount in which a word tells what it is
_SOURCE = re.compile(
    r"(?:€|Euro|EUR)[^.;]{0,30}?\baus (?:dem|der|den)(?: Mitteln (?:de[sr]|aus dem))? "
    r"(?:[a-zäöüß]+ )?(?P<name>(?:[A-ZÄÖÜ][\w-]*(?:- und| für| zur)? ){0,3}?"
    r"[A-ZÄÖÜ][\w-]*(?:budget|fonds|programm)\w*)",
)
_SENTENCES = re.compile(r"(?<=[a-zäöüß)])[.;] ")
_FAR = 600  # characters of a sentence on either side of an amount


@dataclass(frozen=True)
class Said:
    """A value of the paper where it was taken from, quoted."""

    place: Place
    written: str

    @classmethod
    def at(cls, found: Sequence[Place], span: Span, written: str) -> "Said":
        """Quote what stands at a span; without one the first place is where it was looked for."""
        return cls(where(found, span) or found[0], " ".join(written.split()) or "…")


def _differs(rule: str, words: str, said: Said, other: Mention, paths: Sequence[str]) -> Finding:
    """The finding that quotes what two places say."""
    return Finding(
        rule,
        words,
        {
            "place": said.place.label,
            "said": said.written[:120],
            "other": other.place.label,
            "written": other.written[:120],
        },
        "error",
        paths[0],
    )


def bodies_differ(said: Said, found: Sequence[Place], known: Names) -> Iterator[Doubt]:
    """Two bodies are never certain, wherever the other one is named.

    The title page has "Landkreis Wetteraukreis", § 4 "stellt dem Main-Kinzig-Kreis": in doubt.
    """
    seen: set[str] = set()
    for place in found:
        for other in bodies_named(place, known):
            if other.value in seen:
                continue
            seen.add(other.value)
            yield body_differs(said, other)


def body_differs(said: Said, other: Mention) -> Doubt:
    """The doubt about the body where something else is named in its place."""
    words = msg(
        "{place}: „{said}“, {other}: „{written}“. Für welche Gebietskörperschaft gilt der Text?"
    )
    return Doubt(BODY, _differs("reading.bodies_differ", words, said, other, BODY), BODIES_DIFFER)


def years_differ(
    year: Found[int],
    said: Said,
    found: Sequence[Place],
    own_words: Sequence[str],
    meant: Sequence[int],
    titles: Sequence[str],
) -> Iterator[Doubt]:
    """Any other year that the paper is said to be for leaves the year in doubt.

    The title page has "2024", § 4 "im Jahr 2025 insgesamt 1.140.300 Euro": in doubt.
    """
    seen = {str(year.value)}
    for place in found:
        for other in years_named(place, own_words, meant, titles):
            if other.value not in seen:
                seen.add(other.value)
                yield year_differs(said, other)


def year_differs(said: Said, other: Mention) -> Doubt:
    """The doubt about the year where another one is named."""
    words = msg("{place}: „{said}“, {other}: „{written}“. Welches Jahr gilt?")
    finding = _differs("reading.years_differ", words, said, other, ("year",))
    return Doubt(("year",), finding, YEARS_DIFFER)


def years_spanned(said: Said, found: Sequence[Place], money: Span) -> Iterator[Doubt]:
    """Money for several years leaves the one year of the paper in doubt.

    "in den Jahren 2024 und 2025 insgesamt 1.140.300 Euro"; ``money`` is where the total stands.
    """
    place = where(found, money)
    for amount in amounts(place.text) if place else ():
        if place is None or amount.text.span() != money:
            continue
        pieces = sentence_around(place.text.text, amount.start, amount.end)
        for match in filter(None, map(IN_YEARS.search, pieces)):
            yield year_differs(said, Mention("", place, match[0], money))


def programmes_differ(said: Said, found: Sequence[Place], own: Sequence[str]) -> Iterator[Doubt]:
    """Money that is another programme's leaves the programme in doubt.

    The title page has the own budget, § 4 "1.140.300 Euro aus dem Arbeitsmarktbudget 2024".
    ``own`` are the words by which the programme and its money are called.
    """
    for place in found:
        if place.clause is None:
            continue
        for match in _SOURCE.finditer(place.text.text):
            name = match["name"]
            if any(alike(name, word) >= 0.75 or fold(word) in fold(name) for word in own):
                continue
            other = Mention(name, place, match[0], place.text.span(*match.span()))
            words = msg("{place}: „{said}“, {other}: „{written}“. Um welches Programm geht es?")
            paths = ("programme",)
            finding = _differs("reading.programmes_differ", words, said, other, paths)
            yield Doubt(paths, finding, PROGRAMMES_DIFFER)
            return


def givers_differ(
    giver: Found[Party], said: Said, found: Sequence[Place], others: Sequence[Organisation]
) -> Iterator[Doubt]:
    """Another organisation that could give the money, named as if it did, leaves that in doubt.

    ``others`` are those of the same role under another name. One named beside a remedy, or as
    what it was called before, does not count.
    """
    own = _of_office(giver.value.name)
    for place in found:
        folded = fold_traced(place.text)
        for other in others:
            span = _named(other, own, folded, place.text)
            if span is None:
                continue
            written = place.text.text[span[0] : span[1]]
            mention = Mention(other.code, place, written, place.text.span(*span))
            words = msg("{place}: „{said}“, {other}: „{written}“. Wer gibt das Geld?")
            paths = ("parties[0].name",)
            finding = _differs("reading.givers_differ", words, said, mention, paths)
            yield Doubt(paths, finding, GIVERS_DIFFER)
            return


def _of_office(name: str) -> str:
    """A name without the adjective before it, whose ending depends on the sentence."""
    return re.sub(r"^\w+isch(?:e[nrsm]?)? ", "", name)


def _named(other: Organisation, own: str, folded: Traced, text: Traced) -> Span | None:
    """Where a text names another organisation by its whole name, which is no part of the own.

    Names that are nearly the same ("Bezirksregierung Oberland", "… Unterland") must be exact.
    """
    for name in {_of_office(spelled) for spelled in (other.name, *other.variants)}:
        wanted, mine = fold(name), fold(own)
        if len(wanted) < _LEAST_NAMED or wanted in mine or mine in wanted:
            continue
        hit = find(name, folded, 1.0 if alike(name, own) > 0.75 else 0.92)
        if hit is None:
            continue
        start, end = folded.origin[hit[1]], folded.origin[hit[2] - 1] + 1
        if not _REMEDY.search(_SENTENCES.split(text.text[:start])[-1]):
            return start, end
    return None


def offices_differ(
    said: Said, body: Body, office: str, spoken: frozenset[str], found: Sequence[Place]
) -> Iterator[Doubt]:
    """The office that signs for the body belongs to a kind of bodies; another kind is a doubt.

    A paper of the Wetteraukreis that an "Oberbürgermeister" signs is in doubt.
    """
    if not spoken or body.kind.code in spoken:
        return
    mention = Mention(office, found[-1], office, (0, 0))
    words = msg("{place}: „{said}“, {other}: „{written}“. Für wen wurde unterschrieben?")
    finding = _differs("reading.offices_differ", words, said, mention, BODY)
    yield Doubt(BODY, finding, OFFICES_DIFFER, 0.6)


# --- the money ------------------------------------------------------------------------


def amounts_differ(
    budget: Found[int | None],
    said: Said,
    found: Sequence[Place],
    words: Roles,
    taken: Sequence[Span],
) -> Iterator[Doubt]:
    """Another total anywhere leaves the amount in doubt.

    ``taken`` are amounts that are something else: a measure's, an earmark's. A total is told by
    its word, "insgesamt" or "Gesamtbetrag", by its size, where it is given to the body, or by
    its digits, where they are the total's but for a slip: "von den 1.104.300 Euro nach § 4".
    """
    if budget.value is None:
        return
    beside, told = where(found, budget.span), set[tuple[str, int]]()
    for place in found:
        if place.name == SIGNATURES:
            continue
        own = {amount.text.span() for amount, _ in words.own_shares(place.text)}
        own |= {span for paid in instalments(place.text) for span in paid.spans}
        written = amounts(place.text)
        bare = _bare(place, written, budget.value) if place is beside else {}
        for amount in (*written, *bare.values()):
            span, cents = amount.text.span(), amount.cents
            if cents is None or cents == budget.value or (place.name, cents) in told:
                continue
            if span in taken or span in own or words.is_part(amount, place.text.text):
                continue
            is_near = span in bare or _is_slip(cents, budget.value)
            if not is_near and not _is_total(place, amount, budget.value):
                continue
            told.add((place.name, cents))
            mention = Mention(str(cents), place, amount.text.text, span)
            asks = msg("{place}: „{said}“, {other}: „{written}“. Welcher Betrag gilt?")
            paths = ("budget_cents",)
            yield Doubt(
                paths,
                _differs("reading.amounts_differ", asks, said, mention, paths),
                AMOUNTS_DIFFER,
            )


def _bare(place: Place, written: Sequence[Amount], budget: int) -> dict[Span, Amount]:
    """Numbers of about the total's size in its clause, as a hand that changes it writes them."""
    edges = {edge for amount in written for edge in amount.text.span()}
    return {
        one.text.span(): one
        for one in without_currency(place.text)
        if one.cents and budget <= 2 * one.cents <= 4 * budget
        if edges.isdisjoint(one.text.span())
    }


def _is_slip(cents: int, budget: int) -> bool:
    """Whether an amount is another one with a digit misread, or with two that changed places."""
    one, other = str(cents), str(budget)
    if len(one) != len(other) or len(other.rstrip("0")) < _LEAST_DIGITS:
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(differing) == 2:
        return differing[0] == differing[1][::-1]
    return len(differing) == 1


def _is_total(place: Place, amount: Amount, budget: int) -> bool:
    text = place.text.text
    before = _SENTENCES.split(text[max(0, amount.start - _FAR) : amount.start])[-1]
    if _TOTAL.search(before[-_REACH:]):
        return True
    if amount.cents is None or 2 * amount.cents < budget:
        return False
    sentence = before + _SENTENCES.split(text[amount.end : amount.end + _FAR])[0]
    return place.clause is None or _GIVES.search(sentence) is not None


def sum_differs(
    budget: Found[int | None], parts: Sequence[int], measures: int, *, each: bool
) -> Iterator[Doubt]:
    """Where every measure has its own amount the total is their sum, or in doubt.

    Of 90.000 € and 60.000 € the total is 150.000 €. Where ``each`` measure gets its own amount,
    as the programme has it, and one cannot be read, nothing confirms the total.
    """
    if budget.value is None or not measures or sum(parts) == budget.value:
        return
    total, stated = Cents(budget.value), Cents(sum(parts))
    if len(parts) == measures:
        rule, words = "reading.sum_differs", msg(
            "Die Beträge der Maßnahmen ergeben {sum}, als Gesamtbetrag steht {total} im Text: "
            "Welcher Betrag gilt?"
        )  # fmt: skip
    elif each:
        rule, words = "reading.sum_open", msg(
            "Nicht jede Maßnahme hat einen lesbaren Betrag; die lesbaren ergeben {sum}, der "
            "Gesamtbetrag ist {total}: Stimmt er?"
        )  # fmt: skip
    else:
        return
    finding = Finding(rule, words, {"sum": stated, "total": total}, "uncertain", "budget_cents")
    yield Doubt(("budget_cents",), finding, SUMS_DIFFER, 0.6)


def types_differ(budget: Found[int | None], totals: Sequence[Found[int]]) -> Iterator[Doubt]:
    """Amounts beside the types of measures are the total together, or leave it in doubt.

    "Ausbildungsvorbereitung 600.000 Euro" and "Qualifizierungsprojekte 540.300 Euro" of
    1.140.300 euros.
    """
    total = sum(one.value for one in totals)
    if budget.value is None or not totals or total == budget.value:
        return
    finding = Finding(
        "reading.types_differ",
        msg(
            "Neben den Maßnahmenarten stehen zusammen {sum}, als Gesamtbetrag steht {total} im "
            "Text: Welcher Betrag gilt?"
        ),
        {"sum": Cents(total), "total": Cents(budget.value)}, "uncertain", "budget_cents",
    )  # fmt: skip
    yield Doubt(("budget_cents",), finding, SUMS_DIFFER, 0.6)


def instalments_differ(budget: Found[int | None], found: Sequence[Place]) -> Iterator[Doubt]:
    """Instalments that are no total leave it in doubt: "in zwei Raten von 500.000 Euro"."""
    for place in found if budget.value is not None else ():
        for paid in instalments(place.text):
            if paid.cents == budget.value:
                continue
            finding = Finding(
                "reading.instalments_differ",
                msg(
                    "{place}: „{written}“ ergibt {sum}, als Gesamtbetrag steht {total} im Text: "
                    "Welcher Betrag gilt?"
                ),
                {
                    "place": place.label,
                    "written": paid.text.text[:120],
                    "sum": Cents(paid.cents),
                    "total": Cents(budget.value or 0),
                },
                "uncertain", "budget_cents",
            )  # fmt: skip
            yield Doubt(("budget_cents",), finding, SUMS_DIFFER, 0.6)
            return


def parts_exceed(budget: Found[int | None], parts: Sequence[tuple[str, int]]) -> Iterator[Doubt]:
    """What is part of a total is no more than the total.

    ``parts`` are paths with amounts: 90.000 € of 80.000 € cannot be.
    """
    if budget.value is None:
        return
    total = sum(cents for _, cents in parts)
    if total <= budget.value:
        return
    finding = Finding(
        "reading.parts_exceed",
        msg(
            "Die Teilbeträge ergeben {sum}, der Gesamtbetrag ist mit {total} kleiner: Welcher "
            "Betrag gilt?"
        ),
        {"sum": Cents(total), "total": Cents(budget.value)}, "error", "budget_cents",
    )  # fmt: skip
    yield Doubt(("budget_cents", *(path for path, _ in parts)), finding, SUMS_DIFFER)
