"""What a body passed on goes along when its notice passes to a successor."""

from django.conf import settings

from tests.rooms.granting.test_succession import NEW, OLD, carry_out, city
from tests.rooms.passing import made
from zielwerk.config.cast import Cast
from zielwerk.passing import queries


def test_a_pass_on_is_the_successors_and_what_came_into_force_stays(hesse: Cast) -> None:
    case = made.concluded(hesse)
    assert case.ags == OLD
    kept = case.digest
    carry_out(hesse, {case.notice.file_number: NEW}, made.at(9))
    case.refresh_from_db()
    assert (case.ags, case.digest) == (NEW, kept)
    assert case.content
    assert case.content["body"]["ags"] == OLD
    assert list(queries.pass_ons(hesse.body, settings.PROGRAMME)) == []
    assert list(queries.pass_ons(city(hesse).body, settings.PROGRAMME)) == [case]
    assert list(queries.pass_ons(hesse.provider, settings.PROGRAMME)) == [case]
