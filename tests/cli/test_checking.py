"""``check``: three lists, exit code by the first, and findings set aside with a reason."""

import pytest

LOOKING = [
    ["check"],
    ["show"],
    ["programme"],
    ["row", "ready"],
    ["evidence"],
    ["history"],
    ["conflicts"],
    ["backups"],
]
"""Calls that only look."""


def test_findings_come_in_three_lists_in_both_languages(call, town):
    said = call("check", town)
    assert said.code == 1
    assert said.err == ""
    english = ["Mandatory:", "To be improved:", "Suggestions:"]
    found = [line for line in said.out.splitlines() if not line.startswith(" ")]
    assert len(found) == len(english)
    indonesian = call("check", town, language="id").out
    for heading in ("Wajib:", "Perlu diperbaiki:", "Saran:"):
        assert heading in indonesian
    records = call("check", town, json=True).records
    assert {each["list"] for each in records} == {"mandatory", "weak", "hint"}
    assert all(each["text"] and each["key"] and each["rule"] for each in records)
    assert call("check", town, "--list", "hint", json=True).code == 1
    assert {each["list"] for each in call("check", town, "--list", "hint", json=True).records} == {"hint"}


def test_a_finding_is_set_aside_with_a_reason_and_taken_up_again(call, town, tmp_path):
    key = call("check", town, "--list", "weak", json=True).records[0]["key"]
    reason = tmp_path / "reason.txt"
    reason.write_text("Sudah dibahas\n", encoding="utf-8")
    said = call("check", town, "--set-aside", key, "--reason", f"@{reason}", json=True)
    (aside,) = [each for each in said.records if each["kind"] == "set-aside"]
    assert (aside["key"], aside["reason"]) == (key, "Sudah dibahas")
    assert f"({key})" in call("check", town).out
    assert key not in [
        each["key"] for each in call("check", town, json=True).records if each["kind"] == "finding"
    ]
    call("check", town, "--take-up", key)
    assert key in [
        each["key"] for each in call("check", town, json=True).records if each["kind"] == "finding"
    ]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--list", "everything"], "'everything'"),
        (["--set-aside", "0000"], "--reason"),
        (["--set-aside", "0000", "--reason", "  "], "--reason"),
        (["--set-aside", "0000", "--reason", "so"], "0000"),
        (["--set-aside", "0000", "--reason", "@nowhere.txt"], "nowhere.txt"),
        (["--take-up", "0000"], "0000"),
        (["--take-up", "0000", "--set-aside", "0000"], "--set-aside"),
    ],
)
def test_what_does_not_fit_is_told(call, town, words, part):
    assert part in call.fails("check", town, *words)


def test_looking_changes_nothing_and_needs_no_lock(call, town):
    lock = town.with_name(town.name + ".lock")
    lock.write_text('{"person": "Ani", "host": "elsewhere", "process": 1}')
    before = town.read_bytes()
    for words in LOOKING:
        said = call(words[0], town, *words[1:])
        assert said.err == "", words
    assert town.read_bytes() == before
    assert "Ani" in call.fails("set", town, "town.trees", "5")


@pytest.mark.slow
def test_a_report_is_written_beside_the_list_and_no_other_file_is_written_over(call, town, tmp_path):
    folder = tmp_path / "out"
    said = call(
        "check", town, "--report", folder, "--format", "html", "--book-language", "id",
        "--book-language", "en", json=True,
    )  # fmt: skip
    assert said.code == 1
    names = ["catatan-pemeriksaan.id.html", "catatan-pemeriksaan.en.html"]
    files = [each["file"] for each in said.records if each["kind"] == "report"]
    assert files == [str(folder / name) for name in names]
    other = tmp_path / "mine.pdf"
    other.write_bytes(b"something else")
    refused = call("check", town, "--report", other)
    assert refused.code != 0
    assert other.read_bytes() == b"something else"
    assert call("check", town, "--report", other, "--force").code == 1
    assert other.read_bytes().startswith(b"%PDF")
    assert call("check", town, "--report", other).code == 1  # an earlier report of ours
