"""Mutants of what comes after sealing: a revision by chance, before, between or behind the signatures."""

from __future__ import annotations

import io
import random
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from tests.submission.fuzzing.pdf_program import Programs
from tests.submission.fuzzing.pdf_words import KEYS, VALUES
from tests.submission.hostile.pdfchanges import (
    Writer,
    array,
    dictionary,
    fields_of,
    name,
    page_of,
    stream,
    update,
)
from tests.submission.hostile.pdfs import signed
from tests.submission.making import MAYOR, SECRETARY

_BOUNDS = ((0, 0, 200, 70), (0, 0, 595, 842), (0, 0, 0, 0), (-99, -99, 700, 900))
_STORE = ("Certs", "CRLs", "OCSPs", "VRI")


def later(sealed: bytes, rng: random.Random, known: dict[str, list[str]]) -> tuple[bytes, str]:
    """The sealed document signed by both, with revisions besides; what they were."""
    when = rng.choice((0, 0, 1, 1, 2))
    ways: list[str] = []
    data = sealed
    for at, role in enumerate((MAYOR, SECRETARY, None)):
        if at == when:
            data = update(data, lambda writer: ways.extend(_changes(writer, rng, known)))
        if role is not None:
            data = signed(data, role)
    return data, f"{('before', 'between', 'behind')[when]}: {'; '.join(ways)}"


def _changes(writer: Writer, rng: random.Random, known: dict[str, list[str]]) -> list[str]:
    return [_change(writer, rng, known) for _ in range(rng.choice((1, 1, 2)))]


def _change(writer: Writer, rng: random.Random, known: dict[str, list[str]]) -> str:
    way = rng.randrange(8)
    if way == 0:
        return _field(writer, rng)
    if way == 1:
        return _store(writer, rng)
    title, holder = rng.choice(_holders(writer))
    if way == 2 and title == "field":
        content = Programs(rng, {"/Font": ["/F1+0"], "/XObject": ["/RancangSign35"]}, wild=True).snippet()
        holder["/AP"] = dictionary(N=writer.add_object(_look(content, rng)))
        writer.update_container(holder)
        return "field draws"
    keys = [str(one) for one in holder]
    key = rng.choice(keys) if keys and rng.random() < 0.3 else "/" + rng.choice(KEYS)
    if rng.random() < 0.1 and key in holder:
        del holder[key]
    else:
        seen = known.get(key, [])
        holder[name(key)] = _read(rng.choice(seen) if seen and rng.random() < 0.5 else rng.choice(VALUES))
    writer.update_container(holder)
    return f"{title} {key}"


def _read(text: str) -> Any:
    nowhere = generic.TrailerReference(None)
    return generic.read_object(io.BytesIO(text.encode("latin-1", "replace") + b" "), nowhere)


def _holders(writer: Writer) -> list[tuple[str, Any]]:
    page, root = page_of(writer), writer.root
    found = [("root", root), ("form", root["/AcroForm"]), ("page", page), ("resources", page["/Resources"])]
    found += [("field", one) for one in fields_of(writer)]
    found += [("info", writer.prev.trailer["/Info"]), ("metadata", root["/Metadata"])]
    lent = page["/Resources"].get("/XObject", {})
    found += [("form drawn", one.get_object()) for one in list(lent.values())[:2]]
    return found


def _look(content: bytes, rng: random.Random) -> Any:
    made = stream(content, Type="/XObject", Subtype="/Form")
    made["/BBox"] = array(
        *rng.choice(((0, 0, 200, 70), (0, 0, 595, 842), (0, 0, 0, 0), (-99, -99, 700, 900)))
    )
    return made


def _field(writer: Writer, rng: random.Random) -> str:
    """One more, with or without a place."""
    box = rng.choice((None, (60, 120, 260, 190), (60, 120, 260, 190), (100, 400, 300, 500), (0, 0, 1, 1)))
    append_signature_field(writer, SigFieldSpec(f"Sig{rng.randrange(99)}", on_page=0, box=box))
    made = fields_of(writer)[-1]
    if rng.random() < 0.6:
        content = Programs(rng, {"/XObject": ["/RancangSign35"]}, wild=True).snippet()
        made["/AP"] = dictionary(N=writer.add_object(_look(content, rng)))
    return f"one more field {box}"


def _store(writer: Writer, rng: random.Random) -> str:
    """Proofs of validity, or what says to be."""
    key = rng.choice(_STORE)
    content = Programs(rng, {}, wild=True).snippet()
    held = writer.add_object(stream(content, Type="/XObject", Subtype="/Form"))
    value = dictionary(A=dictionary(Cert=array(held))) if key == "VRI" else array(held)
    writer.root["/DSS"] = writer.add_object(dictionary(**{"Type": "/DSS", key: value}))
    writer.update_root()
    return f"proofs {key}"
