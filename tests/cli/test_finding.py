"""``find`` and ``replace``: words in the whole plan, told and put in place of others as one change."""


def test_words_are_found_with_their_field(call, town):
    found = call.ok("find", town, "sumur", json=True).records
    told = [(each["table"], each["field"], each["found"]) for each in found]
    assert told == [("programme", "title", "Sumur")]
    assert "[Sumur] warga" in call.ok("find", town, "sumur").out


def test_nothing_found_says_what_to_do(call, town):
    said = call("find", town, "tidak-ada-di-sini")
    assert said.code == 1
    assert "was not found" in said.out


def test_a_dry_run_changes_nothing_and_replacing_can_be_undone(call, town):
    told = call.ok("replace", town, "Sumur", "Mata air", "--dry-run", json=True).records
    assert told[0]["after"] == "Mata air warga"
    assert call.ok("find", town, "sumur", json=True).records
    call.ok("replace", town, "Sumur", "Mata air")
    assert call.ok("find", town, "mata air", json=True).records
    call.ok("undo", town)
    assert call.ok("find", town, "sumur", json=True).records
