"""References that lead nowhere are found, whatever the guideline asks."""

from desktop.checks import check
from desktop.guideline.pack import Field
from tests.checks.build import PACK, answer, found, local, programme, replace_pack, rules, text, with_answers

DEAD = '<p>Lihat <a href="ref:programme/gone">Program lama</a></p>'


def test_a_reference_to_a_removed_programme_is_found_at_its_text():
    item = next(f"chapter.{c.id}" for b in PACK.books for c in b.chapters)
    made = with_answers(answer(item, words=text(DEAD)))
    assert found(made) == ["checks.reference.dead"]
    (finding,) = [f for f in check(made, rules()).findings if f.check == "reference_dead"]
    assert finding.place.item == item
    assert finding.list == "weak"


def test_a_reference_to_what_is_there_is_no_finding():
    here = programme(title=text("Layanan"))
    item = next(f"chapter.{c.id}" for b in PACK.books for c in b.chapters)
    html = f'<p><a href="ref:programme/{here.id}">Layanan</a></p>'
    made = with_answers(answer(item, words=text(html)), programmes=(here,))
    assert found(made) == []


ROWS = replace_pack(
    PACK,
    planning=replace_pack(
        PACK.planning,
        extra_fields=(Field(id="need", label=local("Kekuatan"), type="row", worksheet="swot"),),
    ),
)


def test_a_field_that_names_a_deleted_row_is_found():
    made = with_answers(answer("programme.need", value="gone", scope="p1"))
    (finding,) = check(made, ROWS).findings
    assert finding.message.id == "checks.reference.row_gone"
    assert (finding.place.item, finding.place.scope) == ("programme.need", "p1")


def test_a_field_that_names_a_row_that_is_there_or_nothing_is_no_finding():
    assert check(with_answers(answer("programme.need", value="s1", scope="p1")), ROWS).findings == ()
    assert check(with_answers(answer("programme.need", value=None, scope="p1")), ROWS).findings == ()
