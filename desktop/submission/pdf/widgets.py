"""The fields of a PDF that people sign: signatures only, each a plain one that shows itself where it says.

What a field is, programs find out in different ways: from itself, from the field above, from the page that
lists it. pyHanko lets a new signature field into a signed document, and one without area even
after the last signature; so every field has to be what it seems in each of these ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.base.plain import hides
from desktop.submission.pdf.field_frame import is_direct, odd_clock, odd_defaults, odd_frame
from desktop.submission.pdf.plain_values import name_of
from desktop.submission.pdf.stamp_bounds import NO_AREA, has_bounds, is_near, numbers
from desktop.submission.pdf.stamped import look_at
from desktop.submission.refusal import Refused

if TYPE_CHECKING:
    import pikepdf

_DEEPEST = 32
"""Fields within fields."""
_ENTRIES = frozenset(
    f"/{name}"
    for name in [
        "AP",
        "BS",
        "Border",
        "DA",
        "DR",
        "F",
        "FT",
        "Ff",
        "H",
        "Kids",
        "Lock",
        "M",
        "MK",
        "NM",
        "P",
        "Parent",
        "Q",
        "Rect",
        "SV",
        "Subtype",
        "T",
        "TU",
        "Type",
        "V",
    ]
)
"""What a signature field may say (ISO 32000-1, tables 164, 188, 220 and 232), actions left out."""
_FORM = frozenset({"/DA", "/DR", "/Fields", "/NeedAppearances", "/Q", "/SigFlags"})
_ODD_FLAGS = 1 | 2 | 8 | 16 | 32 | 256
"""Not shown by each program, at another size or angle than the page, or not on every screen (bits 1, 2, 4 to
6 and 9)."""


def check_widgets(document: pikepdf.Pdf, name: str) -> None:
    """Raise :class:`Refused` (``pdf.field``) for a field that is no plain signature field.

    Raises what pikepdf raises.
    """
    what = next(_odd(document), "")
    if what:
        raise Refused(Message("submission.pdf.field", file=name, what=what))


def _odd(document: pikepdf.Pdf) -> Iterator[str]:
    form = document.Root.get("/AcroForm")
    fields: set[tuple[int, int]] = set()
    shown = {one.objgen for page in document.pages for one in page.get("/Annots", ())}
    if form is not None:
        drawn = _drawn(one for one in form.get("/Fields", ()) if one.objgen in shown)
        yield from (key for key in form.keys() if key not in _FORM)  # noqa: SIM118 - no Python dictionary
        yield from odd_defaults(form, drawn)
        names = _Names()
        waiting: list[tuple[Any, Any, str, int]] = [(one, None, "", 0) for one in form.get("/Fields", ())]
        while waiting:
            field, above, kind, depth = waiting.pop()
            if field.objgen == (0, 0) or field.objgen in fields or depth > _DEEPEST:
                yield "/Fields"
                return
            fields.add(field.objgen)
            kind = name_of(field.get("/FT", kind))
            yield from names.odd(field, above)
            yield from _odd_field(field, above, kind, drawn)
            if above is not None and "/T" in field and _signed(above):
                # ISO 32000-1, 12.7.3.1: a value is that of the last field that has a name
                yield "/T"
            if not _signed(field) and _shows(field):
                yield "/V"
            if field.objgen not in shown and _lent(_look(field)).keys():
                # what no page shows is no stamp, and nobody looks at what it is lent
                yield "/AP /N"
            waiting += [(one, field, kind, depth + 1) for one in field.get("/Kids", ())]
    listed: set[tuple[int, int]] = set()
    for page in document.pages:
        for one in page.get("/Annots", ()):
            if one.objgen in fields and one.objgen in listed:
                # some programs show it on the page that it names, others on each that lists it
                yield "/Annots"
            listed.add(one.objgen)
            if "/Subtype" in one and not name_of(one.Subtype):
                yield "/Subtype"
            if one.get("/Subtype") == "/Widget" and one.objgen not in fields:
                yield "/Annots /Widget"


def _drawn(fields: Iterable[Any]) -> set[tuple[int, int]]:
    """What the looks of signed fields on pages are lent to draw, by number; it is looked at with them.

    Where nothing has letters of its own: some programs hand to printers whatever a form lends.
    """
    import pikepdf

    found: set[tuple[int, int]] = set()
    for field in fields:
        look = _look(field) if _signed(field) else None
        held = _lent(look).get("/XObject")
        if isinstance(held, pikepdf.Dictionary) and not look_at(look, shown=True).own_letters:
            found |= {getattr(one, "objgen", (0, 0)) for one in held.values()}
    return found - {(0, 0)}


def _look(field: Any) -> Any:
    import pikepdf

    looks = field.get("/AP")
    return looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None


def _lent(look: Any) -> Any:
    """Resources of a look; nothing where it has none."""
    import pikepdf

    lent = look.get("/Resources") if isinstance(look, pikepdf.Stream) else None
    return lent if isinstance(lent, pikepdf.Dictionary) else pikepdf.Dictionary()


class _Names:
    """What the fields of a form are called: each otherwise, by whatever program reads it.

    Of two with one name, or one that is read as another's, nobody knows whose signature is shown there.
    """

    def __init__(self) -> None:
        self._full: dict[tuple[int, int], str] = {}
        self._given: set[str] = set()

    def odd(self, field: Any, above: Any) -> Iterator[str]:
        """Where a field has no name of its own, and is no place of the one above it."""
        before = self._full.get(above.objgen, "") if above is not None else ""
        if "/T" not in field:
            self._full[field.objgen] = before
            if above is None or "/V" in field or "/Kids" in field:
                yield "/T"
            return
        said = _read_alike(field.T)
        full = f"{before}.{said}" if before else said
        if not said or full in self._given:
            yield "/T"
        self._full[field.objgen] = full
        self._given.add(full)


def _read_alike(name: Any) -> str:
    """A name that both programs that read it here take for the same, and all of which is seen; else empty."""
    import pikepdf
    from pyhanko.pdf_utils import generic

    if not isinstance(name, pikepdf.String):
        return ""
    try:
        text, other = str(name), generic.pdf_string(bytes(name))
    except ValueError:
        return ""
    alike = isinstance(other, generic.TextStringObject) and str(other) == text
    return text if alike and not any(map(hides, text)) else ""


def _odd_field(field: Any, above: Any, kind: str, drawn: set[tuple[int, int]]) -> Iterator[str]:
    """Where a field, or the place of one on a page, is not a plain signature field."""
    yield from (key for key in field.keys() if key not in _ENTRIES)  # noqa: SIM118 - no Python dictionary
    if "/H" in field and name_of(field.H) != "/N":
        # iText says that it does not change when somebody clicks; any other way shows something
        yield "/H"
    parent = field.get("/Parent")
    if (parent is None) != (above is None) or (above is not None and parent.objgen != above.objgen):
        yield "/Parent"
    if not field.get("/Kids") and kind != "/Sig":
        yield f"/FT {kind}".strip()
    yield from odd_defaults(field, drawn)
    yield from odd_frame(field)
    if _is_of_a_clock(field):
        yield from odd_clock(field)
    if "/Subtype" in field or "/AP" in field:
        yield from _odd_place(field)


def _odd_place(field: Any) -> Iterator[str]:
    import pikepdf

    if name_of(field.get("/Subtype")) != "/Widget":
        yield "/Subtype"
    box = numbers(field.get("/Rect"), 4)
    if box is None or not is_near(box) or not is_direct(field.Rect):
        yield "/Rect"
        return
    shown = min(abs(box[2] - box[0]), abs(box[3] - box[1])) > NO_AREA
    clock = _is_of_a_clock(field)
    if shown and clock:
        yield "/Rect"
    if shown and int(field.get("/F", 0)) & _ODD_FLAGS:
        yield "/F"
    looks = field.get("/AP")
    if looks is None:
        if shown and not _signed(field):
            # MuPDF writes into it that somebody is to sign there
            yield "/AP"
        return
    if not isinstance(looks, pikepdf.Dictionary) or set(looks.keys()) != {"/N"}:
        yield "/AP"
        return
    look = looks["/N"]
    if (
        not isinstance(look, pikepdf.Stream)
        or look.get("/Subtype") != "/Form"
        or not has_bounds(look)
        or not all(is_direct(look[key]) for key in ("/BBox", "/Matrix") if key in look)
    ):
        # without its own bounds it is drawn over the whole page by some programs
        yield "/AP /N"
        return
    seen = look_at(look, shown=shown)
    if seen.strays or (clock and (seen.says or _lent(look).keys())):
        yield seen.strays or "/AP /N"


def _is_of_a_clock(field: Any) -> bool:
    """A timestamp over the document: nobody's stamp, so there is nothing to show."""
    for _ in range(_DEEPEST):
        value = field.get("/V")
        if value is not None:
            kinds = [str(value.get(key, "")) for key in ("/Type", "/SubFilter")]
            return "/DocTimeStamp" in kinds or "/ETSI.RFC3161" in kinds
        if "/Parent" not in field:
            break
        field = field.Parent
    return False


def _signed(field: Any) -> bool:
    for _ in range(_DEEPEST):
        if "/V" in field:
            return True
        if "/Parent" not in field:
            break
        field = field.Parent
    return False


def _shows(field: Any) -> bool:
    """Whether something is drawn in its place: a stamp of nobody's signature."""
    import pikepdf

    look = field.get("/AP", pikepdf.Dictionary()).get("/N")
    return isinstance(look, pikepdf.Stream) and bool(look.read_raw_bytes().strip())
