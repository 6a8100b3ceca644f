"""Who signs is data: by side, kind of body and day; what does not fit is told with its line."""

import shutil
from datetime import date

import pytest

from tests.packs.planting import change, line_of
from zielwerk.packs import folders, loading
from zielwerk.packs.faults import PackFaults

LFN, KBS = "lotsenfonds_nordmark", "kreisbudget_suedland"
AQB, DAY = "aqb_hessen", date(2026, 3, 1)


@pytest.fixture
def root(tmp_path):
    for code in (LFN, KBS):
        shutil.copytree(folders.SHIPPED / code, tmp_path / code)
    return tmp_path


def faults_of(root, programme=LFN) -> list[tuple[int, str]]:
    with pytest.raises(PackFaults) as found:
        loading.load(programme, 2025, root)
    return [
        (one.params["line"], one.msgid.format(**one.params).partition(", Zeile ")[2])
        for one in found.value.refusals
    ]


def test_in_hesse_two_sign_for_a_body_and_one_for_the_ministry() -> None:
    rules = loading.load(AQB, 2026)
    numbers = {
        (side, kind): len(rules.signing(side, kind, DAY).signers)
        for side, kind in (("ministry", ""), ("body", "independent_city"), ("body", "district"))
    }
    assert set(numbers.values()) == {1, 2}
    assert numbers["ministry", ""] == 1
    city = rules.signing("body", "independent_city", DAY)
    assert city.basis == "§ 71 Abs. 2 HGO"
    assert all(rule.source.assumed for rule in rules.signings)
    assert rules.signing("authority", "", DAY) is None


def test_each_programme_concludes_in_its_own_way() -> None:
    text, alone = loading.load(LFN, 2026), loading.load(KBS, 2026)
    assert text.signing("body", "district", DAY).forms[0] == "text"
    assert text.signing("body", "independent_city", DAY).seal
    assert [rule.side for rule in alone.signings] == ["authority"]
    assert len(alone.procedure("conclusion")) == 3


def test_a_rule_ends_where_the_next_one_begins(root) -> None:
    later = (
        '[[signing]]\ncode = "district"\nvalid_from = 2025-07-01\n'
        'signers = ["Landrätin", "Dezernentin"]\n\n'
    )
    file = root / LFN / "2026/year.toml"
    text = file.read_text(encoding="utf-8").replace("2025-07-01", "2026-07-01")
    at = text.index("[[")
    file.write_text(text[:at] + later.replace("2025", "2026") + text[at:], encoding="utf-8")
    rules = loading.load(LFN, 2026, root)
    numbers = [
        len(rules.signing("body", "district", day).signers)
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    ]
    assert numbers == [1, 2]


YEAR, ALONE = f"{LFN}/2025/year.toml", f"{KBS}/2025/year.toml"
CITY = 'side = "body" # zwei, mit Siegel\nbody_kind = "independent_city"'
MINISTRY = 'label_en = "Ministry"\nside = "ministry"'


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        (CITY, CITY.replace("independent", "dependent"), 'body_kind = "dependent_city"',
         "signing.body_kind: „dependent_city“ gibt es hier nicht; möglich sind: "
         "district, independent_city."),
        (CITY, CITY.replace("body", "authority", 1), 'side = "authority" # zwei, mit Siegel',
         "signing.side: „authority“ unterschreibt das Schriftstück nicht; möglich sind: "
         "ministry, body."),
        (MINISTRY, f'{MINISTRY}\nbody_kind = "any"', 'body_kind = "any"',
         'signing.body_kind: Eine Art gibt es nur bei Gebietskörperschaften (side = "body").'),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_line(root, before, after, line, said) -> None:
    change(root, YEAR, before, after)
    number = line_of(root, YEAR, line)
    assert (number, f"{number}, {said}") in faults_of(root)


def test_who_signs_for_a_giver_of_money_must_be_known(root) -> None:
    file = root / ALONE
    text = file.read_text(encoding="utf-8")
    start = text.index("[[signing]]")
    end = text.index("\n\n", start)
    file.write_text(text[:start] + text[end + 2 :], encoding="utf-8")
    (said,) = [text for _, text in faults_of(root, KBS)]
    assert said.endswith("signing: Wer für „authority“ unterschreibt, fehlt ([[signing]]).")


def test_two_persons_conclude_what_all_have_signed(root) -> None:
    whole = 'guards = ["conclusion_signed", "conclusion_allocated", "conclusion_number"]'
    change(root, YEAR, whole, 'guards = ["conclusion_allocated", "conclusion_number"]')
    assert any("„conclusion_signed“ prüfen" in text for _, text in faults_of(root))
    change(root, YEAR, 'side = "ministry"\nfour_eyes = true\nguards = ["conclusion_allocated"',
           'side = "ministry"\nguards = ["conclusion_allocated"')  # fmt: skip
    assert any("zweite Person (four_eyes = true)" in text for _, text in faults_of(root))
