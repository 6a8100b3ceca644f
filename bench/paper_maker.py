"""Papers of every programme, apart from the tests, with what is true of them.

Agreements and notices of all bodies, with invented projects; as they are, as recognition leaves
them at three strengths, with one contradiction, as drafts, copies and amendments; and papers
that are none: an annulment, another law's, another programme's, a press note.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from bench.paper_text import YEARS, Facts, called, euros, facts, seat, signing, write
from zielwerk.packs import loading


@dataclass(frozen=True)
class Paper:
    """A text, what is true of it, and what it was made to show.

    ``doubtful`` is the value that its contradiction leaves in doubt, ``refused`` the rule by
    which it is no paper of the programme.
    """

    kind: str
    programme: str
    text: str
    year: int
    ags: str
    cents: int
    titles: tuple[str, ...] = ()
    people: tuple[tuple[str, ...], ...] = ()  # name, place and day of either side
    doubtful: str = ""
    refused: str = ""
    told: str = ""  # its kind or state, where it is no signed agreement or notice


def papers(count: int, seed: int = 12) -> Iterator[Paper]:
    """So many papers, every kind in turn, every body of every pack again and again."""
    kinds: tuple[Callable[[Facts], Paper], ...] = (
        clean, noise_light, noise_middle, noise_strong, clean, noise_light, noise_middle,
        noise_strong, *CONTRADICTIONS, draft, copy, amendment, *REFUSED,
    )  # fmt: skip
    for number in range(count):
        random = Random(seed * 100_000 + number)
        yield kinds[number % len(kinds)](facts(random, number // len(kinds) + number))


def made(said: Facts, kind: str, text: str = "", **more: str) -> Paper:
    rules = said.rules
    titles = tuple(title for title, _ in said.titles)
    places = (str(signing(said).seat), said.seat or seat(said.body))
    people = tuple(
        (name, re.sub(r"\s*\(.*", "", place), day.isoformat())
        for (name, day), place in zip(said.people, places, strict=True)
    )
    code, ags, text = rules.programme.code, said.body.ags, text or write(said)
    return Paper(kind, code, text, rules.year, ags, said.cents, titles, people, **more)


def clean(said: Facts) -> Paper:
    return made(said, "clean")


# No digit for a digit: where an amount stands once no text could tell.
LOOKS = (
    ("l", "1"), ("l", "I"), ("I", "l"), ("0", "O"), ("O", "0"), ("1", "l"), ("5", "S"), ("S", "5"),
    ("ü", "u"), ("ä", "a"), ("ö", "o"), ("rn", "m"), ("m", "rn"), ("e", "c"), ("u", "n"),
    ("n", "u"), ("h", "b"), ("8", "B"), ("B", "8"), ("§", "$"), ("i", "l"), ("f", "t"),
    ("ß", "B"), ("2", "Z"), ("s", "§"), ("g", "q"),
)  # fmt: skip
NOISE = {"light": 0.002, "middle": 0.008, "strong": 0.02}


def damaged(text: str, random: Random, rate: float) -> str:
    """A text as recognition leaves it: letters mistaken, hyphens loose, words torn."""
    found, at = [], 0
    while at < len(text):
        options = [pair for pair in LOOKS if text.startswith(pair[0], at)]
        old, new = random.choice(options) if options else (text[at], text[at])
        if options and random.random() < 2 * rate:
            found.append(new)
            at += len(old)
            continue
        letter = text[at]
        if letter == "-" and random.random() < 20 * rate:
            letter = " -"
        elif letter == " " and random.random() < rate / 4:
            letter = ""
        found.append(letter)
        at += 1
    return "".join(found)


def _noisy(strength: str) -> Callable[[Facts], Paper]:
    def noisy(said: Facts) -> Paper:
        return made(said, f"noise {strength}", damaged(write(said), said.random, NOISE[strength]))

    return noisy


noise_light, noise_middle, noise_strong = map(_noisy, NOISE)
BODY, YEAR, AMOUNT, PROGRAMME = "parties[1].ags", "year", "budget_cents", "programme"
SEAT = "signatures[1].place"


def other_body(said: Facts) -> Paper:
    told = replace(said, money_body=called(said.other)[0])
    return made(told, "contradiction: body beside the money", doubtful=BODY)


def other_body_damaged(said: Facts) -> Paper:
    told = replace(said, money_body=damaged(called(said.other)[0], said.random, 0.03))
    return made(told, "contradiction: body, misread", doubtful=BODY)


def other_body_again(said: Facts) -> Paper:
    told = replace(said, again=f"Auch {called(said.other)[1].lower()[:3]}"
                   f"{called(said.other)[1][3:]} wird gefördert.")  # fmt: skip
    return made(told, "contradiction: body in another clause", doubtful=BODY)


def other_year(said: Facts) -> Paper:
    told = replace(said, money_year=said.rules.year + said.random.choice((-2, 1)))
    return made(told, "contradiction: year beside the money", doubtful=YEAR)


def other_amount(said: Facts) -> Paper:
    digits = list(str(said.cents // 100))
    digits[0], digits[1] = digits[1], digits[0]
    other = int("".join(digits)) * 100
    other = other if other != said.cents else said.cents + 100_000_00
    told = replace(said, again=f"Der Gesamtbetrag für die Region ist {euros(other)}.")
    return made(told, "contradiction: amount in another clause", doubtful=AMOUNT)


def hedged(said: Facts) -> Paper:
    before = said.random.choice(("rund", "höchstens", "etwa", "bis zu", "jährlich", "ca."))
    money = f"{before} {euros(said.cents)}"
    return made(replace(said, money=money), "hedge", doubtful=AMOUNT)


def between(said: Facts) -> Paper:
    money = f"zwischen {euros(said.cents - 50_000_00)[:-5]} und {euros(said.cents + 50_000_00)}"
    return made(replace(said, money=money), "hedge: between", doubtful=AMOUNT)


def words_differ(said: Facts) -> Paper:
    money = f"{euros(said.cents)} (in Worten: sieben Millionen dreitausend Euro)"
    return made(replace(said, money=money), "contradiction: words and figures", doubtful=AMOUNT)


def out_of_size(said: Facts) -> Paper:
    wrong = said.cents * said.random.choice((40, 100))
    told = replace(said, money=euros(wrong))
    return made(told, "out of size", doubtful=AMOUNT)


def other_office(said: Facts) -> Paper:
    kinds = [k for k in said.rules.programme.body_kinds if k.code != said.body.kind.code]
    offices = [kind.offices[0] for kind in kinds if kind.offices[0] not in said.body.kind.offices]
    if "body" not in said.rules.programme.document.sides:
        return other_year(said)
    return made(replace(said, office=offices[0]), "contradiction: office", doubtful=BODY)


def other_seat(said: Facts) -> Paper:
    givers = {one.seat for one in said.rules.organisations}
    elsewhere = seat(said.other)
    is_notice = "body" not in said.rules.programme.document.sides
    if is_notice or elsewhere in givers or elsewhere == seat(said.body):
        return other_body(said)
    return made(replace(said, seat=elsewhere), "contradiction: seat", doubtful=SEAT)


def other_money(said: Facts) -> Paper:
    told = replace(said, source="Kulturprogramm")
    return made(told, "contradiction: programme beside the money", doubtful=PROGRAMME)


CONTRADICTIONS = (
    other_body, other_body_damaged, other_body_again, other_year, other_amount, hedged, between,
    words_differ, out_of_size, other_office, other_seat, other_money,
)  # fmt: skip


def draft(said: Facts) -> Paper:
    line = said.random.choice(("Entwurf", "- ENTWURF -", "Entwurf, Stand: 3. Mai", "2. Entwurf"))
    return made(said, "draft", f"{line}\n\n{write(said)}", told="draft")


def copy(said: Facts) -> Paper:
    line = said.random.choice(("Abschrift", "Beglaubigte Abschrift", "Kopie"))
    return made(said, "copy", f"{line}\n\n{write(said)}", told="copy")


def amendment(said: Facts) -> Paper:
    document, year = said.rules.programme.document.label, said.rules.year
    of = "des" if said.rules.programme.document.gender == "m" else "der"
    inflected = f"{document}s" if of == "des" else document
    headings = (f"Erste Änderung {of} {inflected} {year}", f"2. Nachtrag\nzum Jahr {year}")
    told = replace(said, heading=said.random.choice(headings))
    return made(told, "amendment", told="amendment")


def annulment(said: Facts) -> Paper:
    document, year = said.rules.programme.document.label, said.rules.year
    heading = said.random.choice((f"Aufhebung: {document} {year}", f"Kündigung: {document} {year}"))
    return made(replace(said, heading=heading), "annulment", refused="reading.annulment")


def other_law(said: Facts) -> Paper:
    purpose = said.random.choice(
        ("nach § 48b SGB II", "gemäß § 48 b Abs. 1 SGB II", "nach § 78b SGB VIII")
    )
    told = replace(said, purpose=purpose, source="Bundeshaushalt")
    return made(told, "another law", refused="reading.other_law")


def other_programme(said: Facts) -> Paper:
    other = next(code for code, _ in YEARS if code != said.rules.programme.code)
    name = re.sub(r"\s*\(.*", "", str(loading.programme(other).name))
    purpose = (
        f"zur Umsetzung des {name}s"
        if said.random.random() < 0.5
        else "zur Umsetzung des Landessportplans"
    )
    told = replace(said, purpose=purpose, source="Landessportplan")
    return made(told, "another programme", refused="reading.other_programme")


def english(said: Facts) -> Paper:
    text = (
        f"{said.rules.programme.document.label} {said.rules.year} between the ministry and the "
        f"region of {said.body.name}\n§ 1 Aims\nThe parties agree to support young people on the "
        f"way to work, and the ministry shall provide EUR {euros(said.cents)[:-5]} from the "
        f"{said.rules.programme.name} for this.\n§ 2 Report\nThe region shall report to the "
        "ministry by the end of the year on the results of the measures.\n"
    )
    return made(said, "in English", text, refused="reading.other_language")


def press(said: Facts) -> Paper:
    text = (
        f"Pressemitteilung Nr. 17/{said.rules.year}\n\n{said.rules.programme.document.label} "
        f"{said.rules.year} unterzeichnet\n\n{called(said.body)[1]} erhält {euros(said.cents)} aus "
        f"dem {said.rules.programme.name}, teilte das {said.giver} mit.\n"
    )
    return made(said, "press note", text, refused="reading.other_document")


def council(said: Facts) -> Paper:
    text = f"Beschlussvorlage 77/{said.rules.year}\n\nAnlage:\n\n{write(said)}"
    return made(said, "council paper", text, refused="reading.other_document")


def two(said: Facts) -> Paper:
    both = write(said) + "\f" + write(replace(said, body=said.other))
    return made(said, "two in one file", both, refused="reading.two_agreements")


def word(said: Facts) -> Paper:
    text = str(said.rules.programme.document.label)
    return made(said, "one word", text, refused="reading.no_agreement")


REFUSED = (annulment, other_law, other_programme, english, press, council, two, word)
