"""Starting is quick because slow libraries are imported only by the action that needs them."""

import subprocess
import sys

import pytest

SLOW = ["alembic", "lxml", "openpyxl", "pikepdf", "pkcs11", "pyhanko", "pypdfium2", "reportlab", "sqlalchemy"]

ASK = """
import sys
sys.argv = ["rancang", *{arguments!r}]
import desktop.__main__
try:
    desktop.__main__.main()
except SystemExit:
    pass
print("LOADED", *[name for name in {slow!r} if name in sys.modules])
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_the_command_line_starts_without_slow_libraries_or_qt(arguments):
    script = ASK.format(arguments=arguments, slow=[*SLOW, "PySide6"])
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].split() == ["LOADED"]
