"""What a paper says beside titles and names: kept from the text to the public record."""

from typing import Any

from django.urls import reverse

from tests.journeys.programmes import HESSE
from tests.rooms.agreements.test_review_words import page, sent
from tests.stage import AT, signed_in
from zielwerk.agreements import actions, queries
from zielwerk.agreements.actions import Review
from zielwerk.agreements.forms import ReviewForm, read_text
from zielwerk.agreements.models import Intake
from zielwerk.agreements.panels import contents, reviewed
from zielwerk.config import world
from zielwerk.publication.letters import public_data
from zielwerk.rulebook.agreement import Measure

PLAIN = HESSE.file.read_text(encoding="utf-8")
TEXT = PLAIN.replace("• Kompass -Camp", "• Kompass-Camp (16 Plätze; 84.500 Euro)")
CAMP = 1  # its place among the measures


def begun(cast: world.Cast) -> Intake:
    assert TEXT != PLAIN
    return actions.begin(cast.officer, read_text("text.txt", TEXT.encode()), at=AT)


def accepted(cast: world.Cast, intake: Intake) -> Intake:
    words = tuple(word.key for word in queries.words_standing(intake))
    review = Review(intake.content, tuple(intake.doubts), intake.revision, {}, words)
    return actions.accept(cast.officer, actions.review(cast.officer, intake, review, at=AT), at=AT)


def camp(intake: Any) -> Measure:
    return intake.content.measures[CAMP]


def test_seats_and_amount_are_kept_as_they_were_read(cast: world.Cast) -> None:
    read = camp(begun(cast))
    assert (read.title, read.amount_cents, read.seats) == ("Kompass-Camp", 84_500_00, 16)


def test_the_review_shows_what_was_read_and_folds_away_what_was_not(cast: world.Cast) -> None:
    form = ReviewForm(begun(cast), user=cast.officer, today=AT.date())
    says = {group.key: group.says_more for group in form.groups() if group.more}
    assert says[f"measures[{CAMP}]"]
    assert not says["measures[0]"]


def test_what_was_corrected_is_seen_by_the_second_person_and_by_the_public(
    cast: world.Cast,
) -> None:
    client, intake = signed_in(cast.officer), begun(cast)
    changes = {
        f"measures[{CAMP}].seats": "18",
        f"measures[{CAMP}].place": "Hanau",
        f"measures[{CAMP}].target": "12 Übergänge in Ausbildung",
        "signatures[1].acting": "i. V.",
        "resolution": "Beschluss des Kreisausschusses vom 12.03.2024",
    }
    page(client, intake, **sent(intake, cast, **changes))
    intake.refresh_from_db()
    target = "12 Übergänge in Ausbildung"
    kind = camp(intake).type
    assert camp(intake) == Measure(kind, "Kompass-Camp", 84_500_00, 18, "Hanau", target)
    words = "Kompass-Camp; 84.500,00 €; 18 Plätze; Hanau; 12 Übergänge in Ausbildung"
    shown = [str(one.value).replace("\xa0", " ") for one in reviewed.passages(intake, "de")]
    assert words in shown
    assert any(value.startswith("i. V., ") for value in shown)
    assert "Beschluss des Kreisausschusses vom 12.03.2024" in shown
    recorded = actions.confirm(cast.head, accepted(cast, intake), at=AT).agreement
    public = public_data(recorded)["measures"][CAMP]
    assert (public["seats"], public["place"], public["target"]) == (18, "Hanau", target)
    told = contents.corrected(intake, "de")
    resolved = "Beschluss des Kreisausschusses vom 12.03.2024"
    assert told is not None
    assert ("Beschluss", "", resolved) in [row[:3] for row in told.rows]


def test_a_number_of_seats_that_is_none_is_refused_at_its_field(cast: world.Cast) -> None:
    client, intake = signed_in(cast.officer), begun(cast)
    data = sent(intake, cast, **{f"measures[{CAMP}].seats": "viele"})
    answer = client.post(reverse("agreements:review", args=[intake.pk]), data)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        f"measures[{CAMP}].seats": ["Bitte eine ganze Zahl eingeben."]
    }
