"""References that lead nowhere are found, whatever the guideline asks."""

from desktop.checks import check
from tests.checks.build import PACK, answer, found, programme, rules, text, with_answers

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
