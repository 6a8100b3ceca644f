"""Fields are made before anybody signs: tagged, labelled, and nothing else changes."""

import io

import pikepdf
import pytest
from pikepdf import Name

from tests.signing.cast import KREIS, LAND, PLACES, changed, paper, prepared
from tests.signing.foreign import rewritten
from tests.typesetting.validation import pdf_faults
from zielwerk.rulebook.refusal import Refused
from zielwerk.signing.fields import prepare
from zielwerk.signing.model import Place, hash_of


def test_a_prepared_paper_keeps_what_it_promises() -> None:
    assert pdf_faults(paper()) == []
    assert pdf_faults(prepared().pdf) == []


def test_each_field_is_read_out_by_its_label_and_in_its_language() -> None:
    with pikepdf.open(io.BytesIO(prepared().pdf)) as document:
        fields = list(document.Root.AcroForm.Fields)
        tree = document.Root.StructTreeRoot
        keys = list(tree.ParentTree.Nums)[::2]
        elements = dict(zip(map(int, keys), list(tree.ParentTree.Nums)[1::2], strict=True))
        assert [str(field.T) for field in fields] == [LAND, KREIS]
        for field, place in zip(fields, PLACES, strict=True):
            element = elements[int(field.StructParent)]
            assert str(field.TU) == str(element.Alt) == place.label
            assert (element.S, str(element.Lang)) == (Name.Form, place.language)
            assert element.K.Obj.objgen == field.objgen
        assert int(tree.ParentTreeNextKey) > max(elements)


def test_the_same_paper_is_prepared_to_the_same_bytes_and_known_by_its_hash() -> None:
    again = prepare(paper(), PLACES)
    assert again == prepared()
    assert again.hash == hash_of(again.pdf)
    assert prepare(paper(), PLACES[:1]).hash != again.hash


def test_what_the_file_says_of_itself_and_holds_stays() -> None:
    with (
        pikepdf.open(io.BytesIO(paper())) as before,
        pikepdf.open(io.BytesIO(prepared().pdf)) as after,
    ):
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
        assert [*before.attachments] == [*after.attachments]


@pytest.mark.parametrize(
    "places",
    [
        (),
        (PLACES[0], PLACES[0]),
        (changed(PLACES[0], name="a.b"),),
        (changed(PLACES[0], label=" "),),
        (changed(PLACES[0], page=0),),
        (changed(PLACES[0], page=99),),
        (changed(PLACES[0], page=-99),),
        (changed(PLACES[0], rectangle=(70, 80, 700, 140)),),
        (changed(PLACES[0], rectangle=(70, 80, 70, 140)),),
        (PLACES[0], changed(PLACES[1], rectangle=(270, 130, 480, 190))),
    ],
)
def test_places_that_cannot_be_are_a_fault_of_the_caller(places: tuple[Place, ...]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        prepare(paper(), places)


def test_what_is_no_paper_is_refused() -> None:
    def untag(document: pikepdf.Pdf) -> None:
        del document.Root.StructTreeRoot

    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as document:
        document.save(made, encryption=pikepdf.Encryption(user="", owner="geheim"))
    rules = {
        b"": "signing.no_document",
        b"PK\x03\x04": "signing.no_document",
        paper()[:5000]: "signing.no_document",
        made.getvalue(): "signing.no_document",
        rewritten(paper(), untag): "signing.untagged",
        prepared().pdf: "signing.prepared",
    }
    for pdf, rule in rules.items():
        with pytest.raises(Refused) as refused:
            prepare(pdf, PLACES)
        assert refused.value.refusals[0].rule == rule
