import csv
from pathlib import Path

import pytest

from desktop.checks.service_test import only_technology, vocabulary
from tests.checks.build import found, plan, programme, text
from tests.effort import effort

LABELLED = (Path(__file__).parent / "service_titles.csv").read_text("utf-8")
TITLES = list(csv.DictReader(LABELLED.splitlines()))


def measure(titles):
    """Precision and recall of the test, by the hand-given labels."""
    told = [title for title in titles if only_technology(title["title"])]
    meant = [title for title in titles if title["only_technology"] == "yes"]
    right = [title for title in told if title in meant]
    return len(right) / len(told), len(right) / len(meant)


def test_precision_and_recall_on_labelled_titles(record_property):
    assert len(TITLES) >= 120
    precision, recall = measure(TITLES)
    record_property("precision and recall", f"{precision:.3f} {recall:.3f} of {len(TITLES)}")
    assert precision >= 0.95
    assert recall >= 0.95


def test_no_false_alarm_on_real_programmes():
    real = [title for title in TITLES if title["source"] == "programmes.csv"]
    assert len(real) == 27
    wrong = [t["title"] for t in real if only_technology(t["title"]) != (t["only_technology"] == "yes")]
    assert wrong == []


def test_a_word_may_be_as_long_as_it_likes():
    """Each of its beginnings was looked up: 400,000 letters in a title took half a minute."""
    assert effort(lambda: vocabulary().kinds("a" * 200_000), 100) < 100
    assert vocabulary().kinds("aplikasi" + "a" * 200_000) == vocabulary().kinds("aplikasi")


@pytest.mark.parametrize(
    "words",
    [
        "Pengadaan server",
        "PEMBANGUNAN APLIKASI",
        "Command center",
        "<p>Pengadaan server</p>",
        "E-office",
        "aplikasinya",
    ],
)
def test_only_technology(words):
    assert only_technology(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Program percepatan",
        "Jaringan irigasi",
        "Server antrean puskesmas",
        "Aplikasi untuk petani",
        "Observer",
        "Keamanan lingkungan dengan CCTV",
    ],
)
def test_a_service_or_somebody_served_or_no_technology_at_all(words):
    assert not only_technology(words)


def test_the_longest_entry_counts():
    assert only_technology("Keamanan siber")
    assert only_technology("Sewa layanan cloud")
    assert not only_technology("Layanan cepat lewat cloud")


def test_a_technology_title_is_told_while_no_service_is_named():
    made = plan(programmes=(programme(title=text("Pengadaan server"), service=text("-"), served=text("")),))
    assert found(made, "service_test") == ["checks.service.title"]


def test_a_technology_title_passes_once_its_service_is_named():
    assert found(plan(programmes=(programme(title=text("Pengadaan server")),)), "service_test") == []


def test_a_service_that_is_only_a_tool_is_told():
    made = plan(programmes=(programme(service=text("Pembangunan aplikasi terpadu")),))
    assert found(made, "service_test") == ["checks.service.field"]


def test_a_process_that_does_not_change_is_told():
    made = plan(programmes=(programme(before=text("Warga antre."), after=text("warga antre")),))
    assert found(made, "service_test") == ["checks.service.same_process"]


def test_an_english_plan_is_judged_in_english():
    made = plan(
        source_language="en",
        programmes=(programme(title=text("", "Server procurement"), service=text(), served=text()),),
    )
    assert found(made, "service_test") == ["checks.service.title"]
