"""``books``, ``seal``, ``sign``, ``verify``: from a workspace to a package, and every way to get it wrong."""

import hashlib
import shutil
from pathlib import Path

import msgspec
import pypdfium2 as pdfium
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.base import Language, clock, render
from desktop.base.jobs import quiet
from desktop.cli.main import run
from desktop.cli.packages import manifest_of
from desktop.submission import assembling, seal
from desktop.submission.issuers import Issued, Known
from desktop.submission.signed import OWN_STAMPS, SHOWN_IN_BOX
from desktop.trust import make_test_identity
from desktop.trust.certificate import grouped
from desktop.trust.p12 import load_p12
from desktop.workspace import Workspace
from tests import softhsm
from tests.cli.calling import plain
from tests.submission import tamper
from tests.submission.making import seal_input, written_anew
from tests.submission.pdf.test_stamp_letters import letters_of_its_own
from tests.trust import pki

PASSWORD = "rahasia kota"
ROLES = {"mayor": "Contoh Wali Kota", "elder": "Contoh Tetua"}


@pytest.fixture(scope="module")
def made(template, tmp_path_factory):
    """A sealed package of the template, and a test identity whose password lies in a file."""
    folder = tmp_path_factory.mktemp("sealed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(folder / "home"))
        # a copy: sealing is remembered in the document, and the template belongs to every test
        town = shutil.copyfile(template, folder / "town.rancang")
        assert run(["seal", str(town), str(folder / "sealed.asice")]) == 0
    identity = make_test_identity(folder / "id", ROLES, PASSWORD, now=clock.now())
    (folder / "password").write_text(PASSWORD + "\n", encoding="utf-8")
    return {"folder": folder, "package": folder / "sealed.asice", "identity": identity}


@pytest.fixture
def package(made, tmp_path):
    return shutil.copyfile(made["package"], tmp_path / "package.asice")


@pytest.fixture
def signing(made):
    """The words that sign for a role."""

    def words(role):
        p12 = made["identity"].signers[role].path
        trust = made["identity"].root
        return ["--p12", p12, "--password-file", made["folder"] / "password", "--trust", trust]

    return words


# -- books -------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_books_are_printed_in_the_languages_asked_for(call, town, tmp_path):
    out = tmp_path / "out"
    said = call.ok(
        "books", town, "look", "--output", out, "--book-language", "id", "--book-language", "en", json=True
    )
    assert [(each["book"], each["language"], each["draft"]) for each in said.records] == [
        ("look", "id", True),
        ("look", "en", True),
    ]
    assert sorted(path.name for path in out.iterdir()) == ["look.en.pdf", "look.id.pdf"]
    assert all((out / name).read_bytes().startswith(b"%PDF") for name in ("look.id.pdf", "look.en.pdf"))
    assert "DRAF" in call.ok("books", town, "look", "--output", out, language="id").out


def test_a_book_is_written_for_word(call, town, tmp_path):
    said = call.ok("books", town, "look", "--output", tmp_path / "out", "--format", "docx", json=True)
    assert [one["format"] for one in said.records if one["kind"] == "book"] == ["docx"]
    assert (tmp_path / "out" / "look.id.docx").read_bytes().startswith(b"PK")


@pytest.mark.slow
def test_books_are_written_as_web_pages_too(call, town, tmp_path):
    out = tmp_path / "out"
    said = call.ok("books", town, "look", "--output", out, "--format", "html", "--format", "pdf", json=True)
    told = [one for one in said.records if one["kind"] == "book"]
    assert [(one["format"], one["pages"] > 0) for one in told] == [("html", False), ("pdf", True)]
    assert sorted(path.name for path in out.iterdir()) == ["look.id.html", "look.id.pdf"]
    assert (
        "look.id.html (DRAF"
        in call.ok("books", town, "look", "--output", out, "--format", "html", language="id").out
    )
    assert "'odt' is none of 'pdf', 'html', 'docx'" in call.fails("books", town, "--format", "odt")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["nothing"], "nothing"),
        (["look", "--output", "{town}"], "already exists"),
        (["--book-language", "fr"], "'fr'"),
    ],
)
def test_books_that_cannot_be_printed_are_told(call, town, words, part):
    assert part in call.fails("books", town, *(word.format(town=town) for word in words))


# -- seal --------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_sealing_twice_gives_the_same_bytes(call, town, made, tmp_path):
    said = call.ok("seal", town, tmp_path / "a.asice", json=True).record
    call.ok("seal", town, tmp_path / "b.asice")
    first, second = (tmp_path / name for name in ("a.asice", "b.asice"))
    assert first.read_bytes() == second.read_bytes() == made["package"].read_bytes()
    assert said["size"] == first.stat().st_size
    call.ok("seal", town, first)  # nobody signed it, so it may be made anew
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.slow
def test_what_is_in_the_way_is_never_lost(call, town, package, signing, tmp_path):
    call.ok("sign", package, "--container", "--out-of-order", *signing("elder"))
    before = package.read_bytes()
    assert "--replaces" in call.fails("seal", town, package)
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"letter")
    assert "letter.docx" in call.fails("seal", town, letter)
    colleagues = tmp_path / "colleagues.asice"
    seal(quiet, seal_input(), colleagues)  # that nobody signed yet, of another document
    theirs = colleagues.read_bytes()
    assert "colleagues.asice" in call.fails("seal", town, colleagues)
    assert colleagues.read_bytes() == theirs
    workspace = town.read_bytes()
    assert "town.rancang" in call.fails("seal", town, town)
    call.fails("seal", town, tmp_path)
    call.fails("seal", town, tmp_path / "none" / "x.asice")
    assert (package.read_bytes(), letter.read_bytes(), town.read_bytes()) == (before, b"letter", workspace)


@pytest.mark.slow
def test_a_new_package_names_the_one_it_replaces(call, town, package, tmp_path):
    call.ok("seal", town, tmp_path / "next.asice", "--replaces", package)
    previous = hashlib.sha256(package.read_bytes()).hexdigest()
    assert manifest_of(tmp_path / "next.asice").previous == previous
    # and whoever reads the verdict of either sees it
    assert f"SHA-256 {grouped(previous)}" in call("verify", tmp_path / "next.asice").out
    assert "SHA-256" not in call("verify", package).out
    assert "none.asice" in call.fails(
        "seal", town, tmp_path / "x.asice", "--replaces", tmp_path / "none.asice"
    )


@pytest.mark.slow
def test_what_a_new_package_says_of_those_before_is_told(call, town, tmp_path):
    first, second = tmp_path / "satu.asice", tmp_path / "dua.asice"
    for package in (first, first, second):
        assert "--replaces" in call.ok("seal", town, package).out
    # nobody has closed it: it can hardly be what was handed in
    opens = ["submission.replaces.open"]
    said = call.ok("seal", town, second, "--replaces", first, json=True)
    assert [each["id"] for each in said.records if each["kind"] == "warning"] == opens
    seal(quiet, seal_input(region_code=manifest_of(first).region.code), first)
    (tmp_path / "jalan").symlink_to(tmp_path)
    for way in (first, tmp_path / "jalan" / first.name):
        said = call.ok("seal", town, second, "--replaces", way, json=True)
        assert [each["id"] for each in said.records if each["kind"] == "warning"] == [
            "cli.seal.another",
            *opens,
        ]
    other = tmp_path / "lain.asice"
    shutil.copyfile(first, other)
    said = call.ok("seal", town, second, "--replaces", other, json=True)
    told = [each["id"] for each in said.records if each["kind"] == "warning"]
    assert told == opens, "the document knows nothing of that"


@pytest.mark.slow
def test_a_package_named_as_replaced_was_closed_by_whom_this_computer_believes(
    call, town, made, tmp_path, signing
):
    """Whoever carries it can take its signatures out and close it with a key of his own."""
    package, new = tmp_path / "satu.asice", tmp_path / "dua.asice"
    shutil.copyfile(made["package"], package)
    call.ok("sign", package, "--container", "--out-of-order", *signing("elder"))
    trust = ("--trust", made["identity"].root)

    def told(*trust):
        said = call.ok("seal", town, new, "--replaces", package, *trust, json=True)
        return [each["id"] for each in said.records if each["kind"] == "warning"]

    # of a computer that believes nobody it is no word on what was handed in
    assert (told(), told(*trust)) == (["submission.replaces.here"], ["submission.replaces.practice"])
    files, manifest = tamper.read(package)
    data = files["data.json"]
    tamper.write({**files, "data.json": data.replace(b"{", b" {", 1)[: len(data)]}, manifest, package)
    assert told(*trust) == ["submission.replaces.refused"], "nor was anything of it changed since"


@pytest.mark.slow
def test_who_closed_what_comes_back_is_believed_as_for_a_key(call, package, made, tmp_path, signing):
    call.ok("sign", package, "--container", "--out-of-order", *signing("elder"))
    call.ok("sign", package, "--export", tmp_path / "out", "--role", "mayor")
    back, target = tmp_path / "back.pdf", tmp_path / "hasil.asice"
    signed_elsewhere(made, tmp_path / "out" / "books" / "look.id.pdf", back)
    ended = hashlib.sha256(package.read_bytes()).hexdigest()
    for trust, previous in ((), ""), (["--trust", made["identity"].root], ended):
        call.ok("sign", package, "--returned", back, "--output", target, *trust)
        assert manifest_of(target).previous == previous
        target.unlink()


@pytest.mark.slow
def test_what_is_written_while_a_package_is_sealed_is_told_as_not_in_it(call, town, tmp_path, monkeypatch):
    prints = assembling.print_books

    def meanwhile(*given, **how):
        call.ok("set", town, "town.trees", "77")
        return prints(*given, **how)

    monkeypatch.setattr(assembling, "print_books", meanwhile)
    call.ok("seal", town, tmp_path / "new.asice")
    (package,) = [each for each in call.ok("show", town, "--next", json=True).records if "changes" in each]
    assert package["changes"] == 1


# -- sign and verify ---------------------------------------------------------------------------------
def test_from_sealed_to_signed_verdict_by_verdict(call, package, signing, made, judged_apart):
    trust = ["--trust", made["identity"].root]
    said = call("verify", package, *trust, json=True)
    assert (said.code, said.record["verdict"]) == (1, "sealed")
    call.ok("sign", package, "--role", "mayor", *signing("mayor"))
    signed = call.ok("sign", package, "--role", "elder", *signing("elder"), json=True).record
    assert signed["documents"] == ["books/do.id.pdf"]
    assert call.ok("sign", package, "--container", *signing("elder"), json=True).record["container"] is True
    said = call("verify", package, *trust, json=True)
    assert (said.code, said.record["verdict"]) == (1, "incomplete"), "mandatory findings are open"
    # what is made from December 2026 on has two more
    more = {"note.nobody_named", "note.guideline_unknown"}
    assert {each["code"] for each in said.record["reasons"]} - more == {
        "missing.mandatory",
        "note.guideline_example",
        "note.test",
    }
    roles = sorted((each["file"], each["role"]) for each in said.record["signatures"])
    assert roles == [
        ("", "elder"),
        ("books/do.id.pdf", "elder"),
        ("books/do.id.pdf", "mayor"),
        ("books/look.id.pdf", "mayor"),
    ]
    out = call("verify", package, *trust, language="id").out
    assert "[missing.mandatory]" in out
    assert "Contoh Wali Kota" in out
    # the file may be called after another region
    assert "dari Kabupaten Lampung Timur, tahun 2026–2029" in " ".join(out.split())
    # what they show in their boxes: said once, marked thrice, and no reason
    assert out.count(render(OWN_STAMPS, Language.ID)) == 1
    assert out.count(render(SHOWN_IN_BOX, Language.ID)) == 3
    assert [each["own_stamp"] for each in said.record["signatures"]].count(True) == 3
    # an official's signature that comes later makes the package's own signature void
    again = call.fails("sign", package, "--role", "mayor", *signing("mayor"))
    assert "mayor" in again


@pytest.mark.slow
def test_without_a_role_the_standing_is_told_and_out_of_order_must_be_meant(call, package, signing):
    said = call("sign", package, json=True)
    assert said.code == 1
    assert said.kinds[-3:] == ["signer"] * 3
    signers = [each for each in said.records if each["kind"] == "signer"]
    assert [(each["role"], each["turn"], each["waits_for"]) for each in signers] == [
        ("mayor", True, []),
        ("elder", False, ["mayor"]),
        ("elder", False, ["mayor", "elder"]),
    ]
    told = call("sign", package).out
    assert "Whose turn it is" in told
    # as many as documents wait and the package itself, each beside whose they are
    mayor, elder = (f'"{each["name"] or each["office"]}"' for each in signers[:2])
    missing = f"4 signatures are still missing: {mayor} (2), {elder} (2). Until all are there the exit code"
    assert missing in " ".join(told.split())
    for each in signers[:2]:
        who = ", ".join(f'"{one}"' for one in (each["name"], each["office"]) if one)
        assert f'{who} (role "{each["role"]}")' in told
    elder = f'"elder" ("{signers[1]["office"]}")'
    assert elder in call.fails("sign", package, "--role", "nobody", "--p12", "x")
    before = package.read_bytes()
    refused = call.fails("sign", package, "--role", "elder", *signing("elder"), code=1)
    assert "--out-of-order" in refused
    assert package.read_bytes() == before
    told = call.ok("sign", package, "--role", "elder", "--out-of-order", *signing("elder"), json=True).record
    assert any("still awaited" in each for each in told["order"])
    call.ok("sign", package, "--role", "mayor", *signing("mayor"))
    call.ok("sign", package, "--container", *signing("elder"))
    done = call("sign", package, json=True)
    assert done.code == 0
    assert [each["ways"] for each in done.records if each["kind"] == "signer"] == [["p12"], ["p12"], []]
    assert "By the package’s own word all signatures are there" in call.ok("sign", package).out


@pytest.mark.slow
def test_a_late_signature_asks_for_the_packages_again(call, package, signing):
    call.ok("sign", package, "--container", "--out-of-order", *signing("elder"))
    closed = package.read_bytes()
    assert "--reopen" in call.fails("sign", package, "--role", "mayor", *signing("mayor"), code=1)
    again = package.parent / "x" / ".." / package.name
    (package.parent / "x").mkdir()
    assert "--reopen" in call.fails(
        "sign", package, "--role", "mayor", "--output", again, *signing("mayor"), code=1
    )
    assert package.read_bytes() == closed, "an official's closing signature is not lost unasked"
    said = call.ok("sign", package, "--role", "mayor", "--reopen", *signing("mayor"), json=True).record
    assert said["container_signature_dropped"] is True
    assert Path(said["kept"]).read_bytes() == closed, "it may have been handed in already"
    assert Path(said["kept"]).parent == package.parent
    call.ok("sign", package, "--container", "--role", "elder", "--out-of-order", *signing("elder"))


@pytest.mark.slow
def test_a_closing_signature_that_nobody_believes_is_told_and_taken_out(
    call, package, made, signing, tmp_path
):
    """All documents are signed, and whoever carried the package closed it with a key of his own making."""
    for role in ("mayor", "elder"):
        call.ok("sign", package, "--role", role, *signing(role))
    assert "is not closed" in call.fails("sign", package, "--reopen", code=1)
    stranger = make_test_identity(tmp_path / "id", ROLES, PASSWORD, now=clock.now())
    key = ["--p12", stranger.signers["elder"].path, "--password-file", made["folder"] / "password"]
    national = tmp_path / "nasional.pem"
    national.write_bytes(pki.make("Induk Nasional", ca=True).certificate.public_bytes(Encoding.PEM))
    trust = ["--trust", made["identity"].root, "--trust", national]
    told = " ".join(call.ok("sign", package, "--container", *key, *trust).out.split())
    assert told.count("will refuse the whole package") == 1
    assert "believes no national authority yet" in " ".join(call.ok("sign", package).out.split())
    told = " ".join(call.ok("sign", package, *trust).out.split())
    assert "will refuse the whole package" in told
    assert "--reopen" in told
    closed = package.read_bytes()
    once_more = call.ok("sign", package, "--container", *signing("elder"), *trust).out
    once_more = " ".join(once_more.split())
    assert once_more.index("will refuse") < once_more.index("Package signed"), "before the key, and after it"
    assert "will refuse" in once_more[once_more.index("Package signed") :]
    package.write_bytes(closed)
    assert call("sign", package, "--reopen", "--check").code == 0, (
        "nothing is opened where a key is looked at"
    )
    assert package.read_bytes() == closed
    half = call.fails("sign", package, "--reopen", "--key-id", "00", "--tsa", *trust)
    assert "--key-id, --tsa means something only with a key" in " ".join(half.split())
    assert package.read_bytes() == closed
    for idle in (["--container", *signing("elder")], ["--export", tmp_path / "out"]):
        said = call.fails("sign", package, "--reopen", *idle)
        assert f"--reopen takes nothing out together with {idle[0]}" in " ".join(said.split())
    assert package.read_bytes() == closed
    told = call("sign", package, *trust, json=True).records
    assert any(each.get("id") == "submission.closing.doubted" for each in told), "programs hear of it as well"
    said = call.ok("sign", package, "--reopen", *trust, json=True)
    record = next(each for each in said.records if each["kind"] == "reopened")
    assert (Path(record["kept"]).read_bytes(), record["replaces"]) == (closed, "")
    assert [each["id"] for each in said.records if "id" in each and each["kind"] == "message"][1:] == [
        "submission.closing.doubted", "submission.replaces.none",
    ]  # fmt: skip
    assert "Fingerprint" in said.records[0]["text"], "which package it is, is told first"
    call.ok("sign", package, "--container", *signing("elder"))
    assert "is not believed" not in call.ok("sign", package, *trust).out
    assert "Incomplete" in call("verify", package, *trust).out, "only what the plan itself lacks"


@pytest.mark.slow
def test_what_a_verdict_notes_is_told_before_a_password_is_asked_for(call, package, signing):
    """Whoever signs a sheet would read it only once his signature is there."""
    looked = call.ok("sign", package, "--role", "mayor", "--check", *signing("mayor"), json=True)
    noted = [*looked.records[0]["notes"], *looked.records[0]["signs_as"]]
    assert len(noted) > len(looked.records[0]["signs_as"]) > 0
    copy = package.read_bytes()
    made = call.ok("sign", package, "--role", "mayor", *signing("mayor"), json=True)
    told = [each["text"] for each in made.records[: made.kinds.index("signed")] if each["kind"] == "message"]
    assert set(noted) < set(told), "a program shows them as well"
    package.write_bytes(copy)
    said = call.ok("sign", package, "--role", "mayor", *signing("mayor")).out
    noted = [each.translate(str.maketrans("“”", '""')) for each in noted]
    assert all(said.index(each) < said.index("Signed") for each in noted)


@pytest.mark.slow
def test_the_result_may_go_to_another_file_but_not_over_a_letter(call, package, signing, tmp_path):
    before = package.read_bytes()
    other = tmp_path / "signed.asice"
    call.ok("sign", package, "--role", "mayor", "--output", other, *signing("mayor"))
    assert package.read_bytes() == before
    assert other.read_bytes() != before
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"letter")
    assert "letter.docx" in call.fails(
        "sign", package, "--role", "mayor", "--output", letter, *signing("mayor")
    )
    assert letter.read_bytes() == b"letter"


@pytest.mark.slow
def test_neither_another_package_nor_more_signatures_are_written_over(call, package, signing, tmp_path, made):
    other, more = tmp_path / "lain.asice", tmp_path / "lebih.asice"
    tamper.forge(
        made["package"], other, lambda files: None,
        lambda manifest: msgspec.structs.replace(manifest, open_mandatory=7),
    )  # fmt: skip
    call.ok("sign", package, "--role", "mayor", "--output", more, *signing("mayor"))
    call.ok("sign", more, "--role", "elder", *signing("elder"))
    for there in (other, more):
        before = there.read_bytes()
        said = call.fails("sign", package, "--role", "mayor", "--output", there, *signing("mayor"))
        assert there.name in said
        assert there.read_bytes() == before


def signed_elsewhere(made, pdf: Path, back: Path) -> None:
    from desktop.submission.pdf.sign import sign_pdf
    from desktop.submission.stamp import Stamp, StampStanding

    signer_file = made["identity"].signers["mayor"].path
    signer = load_p12(signer_file.read_bytes(), PASSWORD, signer_file.name)
    stamp = Stamp("Contoh Wali Kota", "Wali Kota", clock.now(), StampStanding.TEST, "RANCANG:X")
    back.write_bytes(sign_pdf(pdf.read_bytes(), signer, "mayor", stamp, pdf.name))


@pytest.mark.slow
def test_letters_of_a_stamps_own_are_told_and_nobody_is_asked(call, package, made, tmp_path):
    call.ok("sign", package, "--export", tmp_path / "out", "--role", "mayor")
    back = tmp_path / "back.pdf"
    with letters_of_its_own():
        signed_elsewhere(made, tmp_path / "out" / "books" / "look.id.pdf", back)
    said = call.ok("sign", package, "--returned", back, json=True)
    (told,) = [each for each in said.records if each["kind"] == "returned"]
    assert (told["grade"], told["confirm"]) == ("same-bytes", False)
    assert any("books/look.id.pdf" in note for note in told["notes"])
    reasons = call("verify", package, "--trust", made["identity"].root, json=True).record["reasons"]
    assert "note.stamp_letters" in {each["code"] for each in reasons}


@pytest.mark.slow
def test_pages_are_drawn_side_by_side_for_each_grade_that_has_a_difference(call, package, made, tmp_path):
    """What was written anew and shows no page that differs could be seen in the window alone."""
    call.ok("sign", package, "--export", tmp_path / "out", "--role", "mayor")
    sealed, back = tmp_path / "out" / "books" / "look.id.pdf", tmp_path / "back.pdf"
    anew, other = tmp_path / "anew.pdf", tmp_path / "other.pdf"
    anew.write_bytes(written_anew(sealed.read_bytes(), lambda _: None))
    other.write_bytes(written_anew(sealed.read_bytes(), lambda pdf: pdf.pages[0].rotate(90, relative=True)))
    document = ("--document", "books/look.id.pdf")
    for pdf, grade in (anew, "same-pages"), (other, "different"), (sealed, "same-bytes"):
        signed_elsewhere(made, pdf, back)
        pictures = tmp_path / grade
        said = call("sign", package, "--returned", back, *document, "--differences", pictures, json=True)
        assert next(each["grade"] for each in said.records if each["kind"] == "returned") == grade
        assert said.code == (0 if grade == "same-bytes" else 1)
        drawn = sorted(each.name for each in pictures.glob("*")) if pictures.exists() else []
        assert [each[:-5] for each in drawn[::2]] == [each[:-5] for each in drawn[1::2]]
        assert bool(drawn) == (grade != "same-bytes")
        if grade == "same-pages":
            told = " ".join(call("sign", package, "--returned", back, *document).out.split())
            assert "--differences FOLDER" in told
            confirmed = ("--confirmed-by", "Sari", "--output", tmp_path / "confirmed.asice")
            call.ok("sign", package, "--returned", back, *document, *confirmed)


@pytest.mark.slow
def test_pictures_of_two_documents_under_one_name_do_not_lie_over_each_other(call, package, made, tmp_path):
    """A service gives each back as signed.pdf; who confirms both has to have seen both."""
    call.ok("sign", package, "--export", tmp_path / "out", "--role", "mayor")
    anew, pictures, back = tmp_path / "anew.pdf", tmp_path / "gambar", []
    anew.write_bytes(written_anew((tmp_path / "out" / "books" / "look.id.pdf").read_bytes(), lambda _: None))
    for folder in ("satu", "dua"):
        (tmp_path / folder).mkdir()
        back.append(tmp_path / folder / "signed.pdf")
        signed_elsewhere(made, anew, back[-1])
    words = ("--document", "books/look.id.pdf", "--differences", pictures)
    before: dict[Path, bytes] = {}
    for _ in range(2):
        said = call("sign", package, "--returned", *back, *words, json=True)
        new = [Path(each["file"]) for each in said.records if each["kind"] == "picture"]
        assert len({*new, *before}) == len(new) + len(before) > 2
        assert all(each.name.startswith("look.id-signed") for each in new)
        assert all(path.read_bytes() == data for path, data in before.items())
        before |= {path: path.read_bytes() for path in new}


@pytest.mark.slow
def test_what_this_computer_knows_of_an_issuer_is_said_and_recorded(call, package, made, tmp_path):
    call.ok("sign", package, "--export", tmp_path / "out", "--role", "mayor")
    back = tmp_path / "back.pdf"
    signed_elsewhere(made, tmp_path / "out" / "books" / "look.id.pdf", back)
    places = (tmp_path / f"{number}.asice" for number in range(4))
    returned = ["sign", package, "--returned", back, "--output"]
    for trust, known in ([], "not-known"), (["--trust", made["identity"].root], "test"):
        (told,) = [
            each
            for each in call.ok(*returned, next(places), *trust, json=True).records
            if each["kind"] == "returned"
        ]
        (signature,) = told["signatures"]
        assert (signature["known"], signature["own_stamp"]) == (known, True)
        assert bool(signature["why"]) == (known == "not-known")
        assert not told["refused"]
        said = call.ok(*returned, next(places), *trust).out
        assert plain(render(Issued(Known(known)).said(signature["issuer"]), Language.EN)) in said
        assert plain(signature["why"]) in said
        assert said.count(plain(render(OWN_STAMPS, Language.EN))) == 1


@pytest.mark.slow
def test_documents_go_out_and_come_back_signed(call, package, made, signing, tmp_path):
    said = call.ok("sign", package, "--export", tmp_path / "out", "--role", "mayor", json=True)
    assert [each["kind"] for each in said.records] == ["exported"] * 4, "two documents, cover sheet, boxes"
    pdf = tmp_path / "out" / "books" / "look.id.pdf"
    back = tmp_path / "back.pdf"
    signed_elsewhere(made, pdf, back)
    returned = ["--returned", back]
    assert "nope.pdf" in call.fails("sign", package, *returned, "--document", "nope.pdf")
    unsigned = ["--returned", pdf, "--document", "books/look.id.pdf"]
    assert "look.id.pdf" in call.fails("sign", package, *unsigned, code=1)
    junk = tmp_path / "junk.pdf"
    junk.write_bytes(b"junk")
    call.fails("sign", package, "--returned", junk, *unsigned[2:], code=1)
    call.ok("sign", package, *returned)
    signed = call("verify", package, "--trust", made["identity"].root, json=True).record["signatures"]
    assert [(each["file"], each["role"]) for each in signed] == [("books/look.id.pdf", "mayor")]


def test_a_key_is_looked_at_and_nothing_is_signed(call, package, signing):
    before = package.read_bytes()
    key, *checks = call.ok(
        "sign", package, "--role", "mayor", "--check", *signing("mayor"), json=True
    ).records
    assert (key["kind"], key["usable"], key["other_holder"], key["documents"]) == ("key", True, False, 2)
    assert {each["code"] for each in checks} >= {"key", "validity", "usage", "strength", "path", "chain"}
    assert {each["grade"] for each in checks} == {"good", "note"}
    said = call.ok("sign", package, "--container", "--check", *signing("elder"))
    assert "good: The private key fits" in said.out
    assert package.read_bytes() == before


@pytest.mark.slow
def test_somebody_elses_key_signs_only_when_that_is_said(call, town, signing, tmp_path):
    call.ok("row", town, "person", "name=Andi Wijaya", "office=Wali Kota", "role=mayor")
    package = tmp_path / "named.asice"
    assert call("seal", town, package).code in {0, 1}
    words = ["sign", package, "--role", "mayor", *signing("mayor")]
    looked = call(*words, "--check", json=True)
    assert looked.code == 1
    assert looked.records[0]["expected"] == "Andi Wijaya"
    assert call(*words, "--check", "--other-holder").code == 0
    before = package.read_bytes()
    sentence = call.fails(*words, code=1)
    assert "Andi Wijaya" in sentence
    assert "--other-holder" in sentence
    assert package.read_bytes() == before
    said = call.ok(*words, "--other-holder")
    assert "Andi Wijaya" in said.out


@pytest.mark.slow
def test_a_password_is_written_nowhere(call, package, made, signing, tmp_path):
    from tests.trust.test_secrets import files_with

    secret = "tidak-untuk-siapa-pun"
    identity = make_test_identity(tmp_path / "lain", ROLES, secret, now=clock.now())
    words = tmp_path / "sandi"
    words.write_text(secret)
    key = ["--p12", identity.signers["mayor"].path, "--password-file", words, "--trust", identity.root]
    call.ok("sign", package, "--role", "mayor", "--other-holder", *key)
    assert files_with(tmp_path, secret) == [words]
    assert files_with(made["folder"], secret) == []


def test_a_token_signs(call, package, made, tmp_path):
    signer_file = made["identity"].signers["mayor"].path
    signer = load_p12(signer_file.read_bytes(), PASSWORD, signer_file.name)
    library = softhsm.library()
    softhsm.make_token("Perintah")
    softhsm.put("Perintah", signer, "c3", "kunci", tmp_path)
    pin = tmp_path / "pin"
    pin.write_text(softhsm.PIN)
    token = ["--token", library, "--token-label", "Perintah", "--trust", made["identity"].root]
    token += ["--trust", made["identity"].intermediate]
    wrong = tmp_path / "wrong"
    wrong.write_text("000000")
    call.fails("sign", package, "--role", "mayor", *token, "--password-file", wrong)
    warned = call("sign", package, "--role", "mayor", *token, "--password-file", pin, "--key-id", "zz")
    assert warned.code == 2
    assert "A wrong PIN was typed for this token before" in warned.err
    call.fails("sign", package, "--role", "mayor", *token, "--password-file", pin, "--key-id", "ff")
    said = call(
        "sign", package, "--role", "mayor", *token, "--password-file", pin, "--key-id", "c3", json=True
    )
    assert said.code == 0, said
    assert len(said.record["documents"]) == 2


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--role", "mayor"], "--p12"),
        (["--p12", "{p12}", "--password-file", "{password}"], '"mayor" ("Wali Kota"), "elder" ("Tetua")'),
        (["--p12", "{p12}", "--password-file", "{password}", "--role", "king"], "king"),
        (["--role", "mayor", "--p12", "none.p12", "--password-file", "{password}"], "none.p12"),
        (["--role", "mayor", "--p12", "{folder}", "--password-file", "{password}"], "{folder}"),
        (["--role", "mayor", "--p12", "{p12}", "--password-file", "none.txt"], "none.txt"),
        (["--role", "mayor", "--p12", "{p12}"], "--password-file"),
        (["--role", "mayor", "--p12", "{p12}", "--password-file", "{folder}"], "{folder}"),
        (["--role", "mayor", "--p12", "{p12}", "--password-file", "{p12}"], "no readable text"),
        (["--role", "mayor", "--p12", "{password}", "--password-file", "{password}"], "password"),
        (["--role", "mayor", "--p12", "{p12}", "--token", "x"], "--token"),
        (["--container", "--export", "x"], "--container"),
        (["--role", "mayor", "--token", "none.so", "--password-file", "{password}"], "none.so"),
        (["--role", "mayor", "--trust", "{p12}", "--p12", "{p12}", "--password-file", "{password}"], "p12"),
        (
            ["--role", "mayor", "--trust", "none.pem", "--p12", "{p12}", "--password-file", "{password}"],
            "none.pem",
        ),
        (["--export", "{password}"], "password"),
        (["--returned", "none.pdf", "--role", "nobody"], '"mayor" ("Wali Kota"), "elder" ("Tetua")'),
        (["--returned", "none.pdf", "--role", "elder"], "none.pdf"),
    ],
)
def test_signing_that_cannot_be_done_is_told_and_changes_nothing(call, package, made, words, part):
    places = {
        "p12": made["identity"].signers["mayor"].path,
        "password": made["folder"] / "password",
        "folder": made["folder"],
    }
    before = package.read_bytes()
    sentence = call.fails("sign", package, *(word.format(**places) for word in words))
    assert part.format(folder=made["folder"].name) in sentence
    assert package.read_bytes() == before


def test_a_wrong_password_is_told(call, package, made, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("salah")
    p12 = made["identity"].signers["mayor"].path
    sentence = call.fails(
        "sign", package, "--role", "mayor", "--p12", p12, "--password-file", wrong, language="id"
    )
    assert "kata sandi" in sentence.casefold()


@pytest.mark.slow
def test_a_password_is_asked_for_at_a_terminal_only(call, package, made, monkeypatch):
    p12 = made["identity"].signers["mayor"].path
    words = ["sign", package, "--role", "mayor", "--p12", p12, "--trust", made["identity"].root]
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or PASSWORD)
    call.ok(*words)
    assert asked == ["Password or PIN: "]
    assert call(*words, json=True).record["id"] == "cli.no_password"


@pytest.mark.parametrize("verb", ["sign", "verify", "new", "seal"])
def test_no_option_takes_a_password(call, verb):
    options = [word for word in call.ok(verb, "--help").out.split() if word.startswith("--")]
    assert not [word for word in options if "pass" in word and word.strip("[]") != "--password-file"]


@pytest.mark.slow
def test_verify_judges_every_file_and_the_worst_answer_counts(call, package, made, tmp_path, judged_apart):
    junk = tmp_path / "junk.asice"
    junk.write_bytes(bytes(range(256)) * 20)
    said = call("verify", junk, package, json=True)
    assert said.code == 1
    assert said.kinds == ["verdict", "verdict", "summary"]
    assert [each["verdict"] for each in said.records[:2]] == ["refused", "sealed"]
    assert said.records[0]["reasons"][0]["code"]
    summary = said.records[2]
    assert (summary["files"], summary["refused"], summary["sealed"], summary["valid"]) == (2, 1, 1, 0)
    missing = call("verify", package, tmp_path / "none.asice", json=True)
    assert missing.code == 2
    assert sorted(missing.kinds) == ["error", "verdict"]
    assert "none.asice" in call("verify", tmp_path / "none.asice").err


def test_a_folder_is_searched_for_packages_and_summed_up(call, package, tmp_path):
    inside = tmp_path / "masuk" / "Lampung"
    inside.mkdir(parents=True)
    shutil.copyfile(package, inside / "satu.ASICE")
    (inside / "surat.pdf").write_bytes(b"%PDF")
    (tmp_path / "masuk" / "rusak.asice").write_bytes(b"rusak")
    # mail programs call packages so
    shutil.copyfile(package, inside / "dua.zip")
    (tmp_path / "masuk" / "usulan.zip").write_bytes(b"PK\3\4 no package")
    said = call("verify", tmp_path / "masuk", language="en")
    assert said.code == 1
    assert "3 files." in said.out.splitlines()[-2]
    assert said.out.splitlines()[-1].startswith("2 other files")
    assert "surat.pdf" not in said.out
    assert call("verify", tmp_path / "masuk", json=True).records[-1]["others"] == 2


@pytest.mark.slow
def test_what_a_folder_hides_is_told_and_not_as_good_as_valid(call, tmp_path, monkeypatch):
    from tests.submission.golden import KEPT
    from tests.submission.making import NOW

    monkeypatch.setattr(clock, "now", lambda: NOW)
    trust = [word for name in ("rsa", "ec") for word in ("--trust", KEPT / f"root-{name}.pem")]
    folder = tmp_path / "masuk"
    folder.mkdir()
    shutil.copyfile(KEPT / "signed.asice", folder / "a.asice (1)")
    assert call("verify", folder, *trust, "--quiet").code == 0
    (folder / "lain").symlink_to(KEPT)
    said = call("verify", folder, *trust, language="en")
    assert (said.code, "lain" in said.err) == (1, True)
    (folder / "lain").unlink()
    shutil.copyfile(KEPT / "signed.asice", folder / ".paket.asice")
    said = call("verify", folder, *trust, language="en")
    assert (said.code, ".paket.asice" in said.err) == (1, True)


@pytest.fixture
def on_a_computer_in(monkeypatch):
    """A computer whose clock is that of another place."""
    import time

    def moved(place):
        monkeypatch.setenv("TZ", place)
        time.tzset()

    yield moved
    monkeypatch.undo()
    time.tzset()


def test_a_day_due_ends_at_one_moment_everywhere(on_a_computer_in):
    from desktop.cli.desk import moment_of
    from desktop.cli.verify import _moment

    for place in ("UTC", "Asia/Jakarta", "Asia/Jayapura"):
        on_a_computer_in(place)
        due = _moment("2026-11-30")
        assert due == moment_of("2026-11-30")
        assert due is not None
        assert due.isoformat() == "2026-11-30T23:59:59+07:00"


def test_nothing_but_packages_is_asked_for_in_an_empty_folder(call, tmp_path):
    empty = tmp_path / "kosong"
    empty.mkdir()
    assert ".asice" in call.fails("verify", empty)


@pytest.mark.slow
def test_quiet_tells_only_what_is_not_valid_or_has_notes(call, tmp_path, monkeypatch):
    from tests.submission.golden import KEPT
    from tests.submission.making import NOW

    monkeypatch.setattr(clock, "now", lambda: NOW)
    trust = [word for name in ("rsa", "ec") for word in ("--trust", KEPT / f"root-{name}.pem")]
    said = call("verify", KEPT / "signed.asice", KEPT / "sealed.asice", *trust, "--quiet", language="en")
    assert said.code == 1
    assert "[note.test]" in said.out
    assert "missing.pdf_signature" in said.out
    assert "Ask the official" not in said.out
    loud = call("verify", KEPT / "sealed.asice", *trust, language="en").out
    assert "Administrative:" in loud
    assert "Ask the official" in loud
    root = KEPT / "root-certified.pem"
    adopted = call("trust", "add", root, "--yes")
    assert adopted.code == 0, adopted.out
    assert call.ok("verify", KEPT / "certified.asice", "--quiet").out == ""
    words = ["satu"] * 10
    with_words = call("verify", KEPT / "certified.asice", "--quiet", "--words", *words, language="en").out
    assert "certified.asice" in with_words, "what follows is told of a file"
    late = call("verify", KEPT / "signed.asice", *trust, "--due", "2026-11-20", "--patient", json=True).record
    assert (late["verdict"], late["reasons"][-1]["code"]) == ("incomplete", "missing.late")
    assert call("verify", KEPT / "signed.asice", *trust, "--due", "24-11-2026").code == 0
    assert "kemarin" in call.fails("verify", KEPT / "signed.asice", "--due", "kemarin")


def test_json_fits_the_schema_that_the_command_prints(call, package):
    import json

    import jsonschema

    schema = json.loads(call.ok("verify", "--schema").out)
    record = call("verify", package, json=True).record
    jsonschema.validate(record, schema)
    assert record["sha256"] == hashlib.sha256(package.read_bytes()).hexdigest()
    assert call.ok("verify", "--schema", json=True).record["title"] == schema["title"]


def test_a_report_for_people_is_a_pdf_in_the_language_of_choice(call, package, tmp_path):
    report = tmp_path / "hasil.pdf"
    call("verify", package, "--report", report, "--report-language", "en", language="id")
    assert report.read_bytes().startswith(b"%PDF")
    from pypdfium2 import PdfDocument

    text = PdfDocument(report)[0].get_textpage().get_text_range()
    assert "Result of the verification".upper() in text
    # a report takes the place of a report as it was written, and of nothing else
    call("verify", package, "--report", report.with_suffix(""), language="id")
    ours = report.read_bytes()
    for other in (b"%PDF-1.7 mine", ours + b"\nmy notes\nstartxref\n1\n%%EOF", b"PK\3\4 a letter", b"mine"):
        report.write_bytes(other)
        said = call("verify", package, "--report", report)
        assert said.code == 2
        assert "hasil.pdf" in said.err
        assert "--force" in said.err
        assert said.out == ""
        assert report.read_bytes() == other
        assert "hasil.pdf" in call.fails("receipt", package, "--output", report)
    report.write_bytes(ours)
    assert "hasil.pdf" in call.fails("receipt", package, "--output", report)
    signed = b"%PDF-1.7 /ByteRange [0 1 2 3]"
    report.write_bytes(signed)
    assert "hasil.pdf" in call("verify", package, "--report", report, "--force").err
    assert report.read_bytes() == signed
    (tmp_path / "folder.pdf").mkdir()
    assert "folder.pdf" in call("verify", package, "--report", tmp_path / "folder.pdf").err


def test_foreign_containers_only_with_any(call, package, tmp_path, made):
    foreign = tmp_path / "foreign.asice"
    foreign.write_bytes(package.read_bytes() + b"\0")
    assert call("verify", foreign, json=True).record["verdict"] == "refused"
    assert call("verify", foreign, "--any", json=True).record["verdict"] == "refused"
    assert call("verify", foreign, "--any").code == 1


def test_a_bad_anchor_of_ones_own_is_told_and_a_bad_trust_option_stops(call, package, own_home, tmp_path):
    (own_home / "anchors").mkdir()
    (own_home / "anchors" / "broken.pem").write_text("no certificate")
    assert "broken.pem" in call("verify", package).out
    (own_home / "anchors" / "broken.pem").unlink()
    bad = tmp_path / "bad.pem"
    bad.write_bytes(b"\xff\xfe")
    assert "bad.pem" in call.fails("verify", package, "--trust", bad)
    assert "none.pem" in call.fails("verify", package, "--trust", tmp_path / "none.pem")


# -- paper -------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_words_typed_from_paper_are_held_against_a_package(call, package, made, signing, tmp_path):
    from desktop.base.fingerprint import words_of
    from desktop.cli.packages import manifest_of
    from desktop.submission.fingerprint import package_fingerprint

    ten = list(words_of(package_fingerprint(manifest_of(package))))
    for role in ROLES:
        call("sign", package, "--role", role, *signing(role))
        call("sign", package, "--role", role, "--container", *signing(role))
    trust = ["--trust", made["identity"].root]
    assert " ".join(ten) in call("verify", package, *trust).out
    assert " ".join(ten) not in call("verify", package).out, "nobody knows who signed this"
    good = call("verify", package, *trust, "--words", *ten, json=True)
    assert good.records[-1]["match"] == "equal"
    assert good.code == call("verify", package, *trust).code
    assert (
        call("verify", package, *trust, "--words", " ".join(ten), json=True).records[-1]["match"] == "equal"
    )
    wrong = call("verify", package, *trust, "--words", *ten[:4], "zamrud", *ten[5:], json=True)
    assert wrong.code == 1
    assert wrong.records[-1]["match"] in {"misread", "equal"}
    assert wrong.records[-1]["place"] == 5
    unknown = call("verify", package, *trust, "--words", "xyz", *ten[1:], language="en")
    assert 'Word 1, "xyz", is not in the list' in unknown.out
    assert unknown.code == 1
    junk = tmp_path / "junk.asice"
    junk.write_bytes(b"PK\x03\x04 junk")
    assert "cannot be compared" in call("verify", junk, "--words", *ten, language="en").out


def test_the_record_of_a_package_is_printed(call, package, made, tmp_path):
    from desktop.base.fingerprint import words_of
    from desktop.cli.packages import manifest_of
    from desktop.submission.fingerprint import package_fingerprint

    trust = ["--trust", made["identity"].root]
    said = call.ok("receipt", package, *trust, json=True).record
    beside = package.with_name("package-tanda-bukti.pdf")
    assert said["file"] == str(beside)
    with pdfium.PdfDocument(beside.read_bytes()) as document:
        page = " ".join(document[0].get_textpage().get_text_range().split())
    assert all(word in page for word in words_of(package_fingerprint(manifest_of(package))))
    english = tmp_path / "record.pdf"
    call.ok("receipt", package, "--output", english, "--receipt-language", "en")
    assert english.read_bytes().startswith(b"%PDF")
    call.ok("receipt", package, "--output", english)
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"letter")
    assert "letter.docx" in call.fails("receipt", package, "--output", letter)
    assert letter.read_bytes() == b"letter"
    assert "none.asice" in call.fails("receipt", tmp_path / "none.asice")


@pytest.mark.slow
def test_a_document_that_could_not_note_its_package_is_told(call, town, tmp_path):
    """The next one would be the first, and nobody asked."""
    with Workspace.open(town):
        said = call("seal", town, tmp_path / "satu.asice")
    assert said.code == 0
    assert "--replaces" in said.err
    assert "satu.asice" in said.err
    said = call("seal", town, tmp_path / "dua.asice")
    assert (said.code, said.err) == (0, "")


def test_only_a_package_of_the_region_is_replaced(call, town, package, tmp_path):
    junk = tmp_path / "junk.asice"
    junk.write_bytes(b"PK\x03\x04 junk")
    assert "junk.asice" in call.fails("seal", town, tmp_path / "x.asice", "--replaces", junk)
    other = tamper.forge(
        package,
        tmp_path / "other.asice",
        lambda _: None,
        lambda manifest: msgspec.structs.replace(
            manifest, region=msgspec.structs.replace(manifest.region, code="35.07", name="Kabupaten Malang")
        ),
    )
    assert "Kabupaten Malang" in call.fails("seal", town, tmp_path / "x.asice", "--replaces", other)
    assert not (tmp_path / "x.asice").exists()
