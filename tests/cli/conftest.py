import pytest

from desktop.cli.main import run
from tests.cli.calling import TINY, Caller, copied
from tests.near import judge_here, look_here


@pytest.fixture
def judged_apart():
    """For tests that want the judging process itself."""


@pytest.fixture(autouse=True)
def near(request, monkeypatch):
    """What a command says of a package is tested here, not how strangers' files are kept apart."""
    apart = request.module.__name__.rpartition(".")[2] in {"test_strangers_names", "test_self_test"}
    if not apart and "judged_apart" not in request.fixturenames:
        judge_here(monkeypatch)
        look_here(monkeypatch)


@pytest.fixture
def call(capsys):
    return Caller(capsys)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A workspace of the tiny guideline with two agencies and one programme, made by the commands."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "town.rancang"
    name = ["--name", "Sari", "--role", "secretary"]
    commands = [
        ["new", str(path), "--region", "18.07", "--years", "2026-2029", "--guideline", str(TINY), *name],
        ["row", str(path), "agency", "code=1", "name=Dinas Air", "name.en=Water office", "short_name=AIR"],
        ["row", str(path), "agency", "code=2", "name=Dinas Tanah", "short_name=TANAH", *name],
        ["programme", str(path), "add", "code=T-001", "title=Sumur warga", "title.en=Wells", "dimension=air",
         "lead=AIR", "start_year=2026", "end_year=2028", *name],
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(folder / "home"))
        for command in commands:
            assert run(command) == 0, command
    return path


@pytest.fixture
def town(template, tmp_path):
    """A copy of the template for one test."""
    path = tmp_path / "town.rancang"
    return copied(template, path)


@pytest.fixture(scope="session")
def smart_template(tmp_path_factory):
    """The same of the guideline of 2021-2023, whose worksheets agencies fill."""
    folder = tmp_path_factory.mktemp("smart")
    path = folder / "smart.rancang"
    name = ["--name", "Sari", "--role", "secretary"]
    commands = [
        [
            "new",
            str(path),
            "--region",
            "18.07",
            "--years",
            "2026-2030",
            "--guideline",
            "smart-city-2021",
            *name,
        ],
        ["row", str(path), "agency", "code=1", "name=Dinas Air", "name.en=Water office", "short_name=AIR"],
        ["row", str(path), "agency", "code=2", "name=Dinas Tanah", "short_name=TANAH", *name],
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(folder / "home"))
        for command in commands:
            assert run(command) == 0, command
    return path


@pytest.fixture
def smart(smart_template, tmp_path):
    """A copy of it for one test."""
    path = tmp_path / "smart.rancang"
    return copied(smart_template, path)
