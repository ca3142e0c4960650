"""A document that comes back is looked at in bounds: an end, a sentence, and whoever gives up is heard."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from desktop.base import Cancelled, Language, render
from desktop.base.jobs import quiet
from desktop.submission import Limits, NotTheSameDocument, child, draw_pairs, export_for_signing, look_at
from desktop.submission.returning.comparing import Looker, NotFinished
from desktop.submission.returning.returned import Comparison, Returned, compare
from tests.submission.leavings import Leaves, Wants
from tests.submission.making import BOOK, MAYOR, Stage, written_anew
from tests.submission.returning.test_bringing import signed

D, A, N = pikepdf.Dictionary, pikepdf.Array, pikepdf.Name


def forms_within_forms(document: pikepdf.Pdf) -> None:
    """Ten by ten by ten: nothing to see, and a year to draw."""
    box = A([0, 0, 600, 900])
    inner = document.make_stream(b"0 0 1 1 re n", Type=N.XObject, Subtype=N.Form, BBox=box)
    for _ in range(9):
        around = D(XObject=D(X=inner))
        inner = document.make_stream(
            b"/X Do " * 10, Type=N.XObject, Subtype=N.Form, BBox=box, Resources=around
        )
    document.pages[0].obj.Resources.XObject = D(X=inner)
    document.pages[0].contents_add(b"/X Do", prepend=False)


def link_without_end(document: pikepdf.Pdf) -> None:
    """Each object leads to the next one twice."""
    inner = document.make_indirect(D(S=N.URI, URI=pikepdf.String("https://x")))
    for _ in range(60):
        inner = document.make_indirect(A([inner, inner]))
    link = D(Type=N.Annot, Subtype=N.Link, Rect=A([0, 0, 1, 1]), A=D(S=N.GoTo, X=inner))
    document.pages[0].obj.Annots = A([document.make_indirect(link)])


@pytest.fixture(scope="module")
def out(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_for_signing(quiet, stage.sealed, tmp_path_factory.mktemp("keluar")).documents[0]


@pytest.mark.slow
def test_a_page_that_takes_for_ever_is_given_up_and_the_next_file_is_looked_at(stage, out) -> None:
    sealed = out.read_bytes()
    good, bad = signed(stage, sealed, MAYOR), signed(stage, written_anew(sealed, forms_within_forms), MAYOR)
    with Looker(quiet, Limits(3.0)) as looker:
        found = looker.compare(sealed, bad, "buku")
        assert (found.grade, found.unfinished) == (Returned.DIFFERENT, True)
        # each of the forms is kept once it is drawn, so memory may end first
        assert found.code in {"limit.time", "limit.memory"}
        assert looker.compare(sealed, good, "buku") == compare(sealed, good, "buku")
    for language in Language:
        said = render(NotTheSameDocument("buku.pdf", found.reason).message, language)
        assert said.endswith(".")
        assert "buku.pdf" in said


@pytest.mark.slow
def test_memory_that_runs_out_is_told(stage, out) -> None:
    sealed = out.read_bytes()
    with Looker(quiet, Limits(memory=1)) as looker:
        assert looker.compare(sealed, signed(stage, sealed, MAYOR), "buku").code == "limit.memory"


@pytest.mark.slow
def test_giving_up_is_heard_in_the_midst_of_a_page(stage, out, tmp_path) -> None:
    back = tmp_path / out.name
    back.write_bytes(signed(stage, written_anew(out.read_bytes(), forms_within_forms), MAYOR))
    told = 0

    def report(done: int, total: int, message: object) -> None:
        nonlocal told
        told += 1
        if told > 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        look_at(report, stage.sealed, [back])


def test_what_leads_back_to_itself_has_an_end(stage, out) -> None:
    sealed = out.read_bytes()
    back = signed(stage, written_anew(sealed, link_without_end), MAYOR)
    assert compare(sealed, back, "buku").code == "pdf.active"


@pytest.mark.slow
def test_both_pages_are_drawn_in_that_process(stage, out, tmp_path) -> None:
    back = tmp_path / out.name
    back.write_bytes(signed(stage, written_anew(out.read_bytes(), lambda _: None), MAYOR))
    pairs = draw_pairs(quiet, stage.sealed, BOOK, back, (), 100)
    assert [one.page for one in pairs] == [1, 2]
    assert all(one.before.startswith(b"\x89PNG") and one.after for one in pairs)


def test_a_process_that_cannot_start_or_talks_nonsense_is_a_sentence(stage, out, monkeypatch) -> None:
    sealed = out.read_bytes()
    for program in ("raise SystemExit(3)", "print('x' * 99)"):
        monkeypatch.setattr(child, "_command", lambda program=program: ["python3", "-c", program])
        with Looker(quiet) as looker:
            assert looker.compare(sealed, sealed, "buku").code == "limit.crash"
    monkeypatch.setattr(child, "_command", lambda: ["/nowhere/rancang"])
    with Looker(quiet) as looker:
        assert looker.compare(sealed, sealed, "buku").code == "limit.crash"


def test_a_comparison_is_read_strictly_from_json(stage, out) -> None:
    sealed = out.read_bytes()
    found = compare(sealed, signed(stage, sealed, MAYOR), "buku")
    assert Comparison.from_json(found.to_json()) == found
    for change in ({"grade": "perfect"}, {"signatures": 3}, {"pages": [{"page": "x"}]}, {"reason": None}):
        with pytest.raises((ValueError, TypeError)):
            Comparison.from_json({**found.to_json(), **change})


@pytest.mark.slow
def test_what_others_left_behind_in_the_process_is_nobodys_fault(monkeypatch) -> None:
    """Too little memory, or a refusal, in a process that was asked before is asked once more in a new one."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    with Looker(quiet) as looker:
        assert looker.ask(Leaves(90)) == {}
        assert looker.ask(Wants(80))["had"] == 80 << 20
    with Looker(quiet) as looker:
        looker.ask(Leaves(1))
        assert looker.ask(Wants(1))["refused"] is True
        assert looker.ask(Wants(1), lambda said: bool(said["refused"]))["refused"] is False
        with pytest.raises(NotFinished) as caught:
            looker.ask(Wants(300))
        assert caught.value.message.id == "submission.limit.memory"
