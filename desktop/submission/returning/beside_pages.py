"""What a document written anew carries beside its pages: files, scripts, other titles, other links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from desktop.base import Message
from desktop.submission.returning.leading import NEAR, Leads, Led
from desktop.submission.returning.pages import Pdf, readable

if TYPE_CHECKING:
    import pikepdf

DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_HARMLESS = frozenset(
    f"/{name}"
    for name in [
        "AcroForm",
        "DSS",
        "Dests",
        "Extensions",
        "Lang",
        "MarkInfo",
        "Metadata",
        "Names",
        "OutputIntents",
        "PageLayout",
        "PageMode",
        "Pages",
        "Perms",
        "StructTreeRoot",
        "Type",
        "Version",
        "ViewerPreferences",
    ]
)
"""What a program that writes a file anew may add to its root."""
_OWN = frozenset({"/Info", "/Metadata"})
"""By which names what a file says in entries of its own is told."""
_NUMBER = re.compile(r"(?:uuid:|xmp\.[di]id:)?[0-9A-Fa-f][0-9A-Fa-f.:-]{0,63}")
_COUNTED = re.compile(r"/[A-Za-z]{0,18}I[Dd]")
"""How programs call a number of theirs in the information; with other words one says something."""
_READ = ("/Title", "/Author", "/Subject", "/Keywords")
_MADE = frozenset({"/CreationDate", "/ModDate", "/SourceModified", f"{_XMP}CreateDate"})
_BY = frozenset({"/Creator", "/Producer", f"{_XMP}CreatorTool"})
"""When and by what a document was made: programs that write it anew say so in their own way."""
_CONFORMS = re.compile(r"{http://www\.aiim\.org/pdf(?:a|ua)/ns/id/}(?:part|conformance|amd|corr|rev)")
_LEVEL = re.compile(r"[0-9A-Za-z:]{1,9}")
_NO_TEXTS = frozenset(
    {"/Headers", "/ID", "/IDTree", "/NS", "/Namespaces", "/Obj", "/P", "/ParentTree", "/Pg", "/Ref", "/Stm"}
)
"""What leads out of a tree of structure, or is a name between its parts."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_MOST_PARTS = 100_000
"""Of a tree of structure that is looked through."""
_PAGE = frozenset(
    f"/{name}"
    for name in [
        "Annots",
        "ArtBox",
        "BleedBox",
        "Contents",
        "CropBox",
        "Group",
        "LastModified",
        "MediaBox",
        "Parent",
        "Resources",
        "Rotate",
        "StructParents",
        "Tabs",
        "TrimBox",
        "Type",
        "UserUnit",
    ]
)
"""What a page may have that is written anew; the boxes are compared by drawing it."""
_DONE = ("/A", "/AA", "/PA", "/Dest", "/QuadPoints")
"""What a click on a link does, and where."""

_TOLD = 10
"""Pages that are named."""

_Annotation: TypeAlias = tuple[str, Led, tuple[float, ...]]
"""What an annotation is and where it leads, and its corners."""


def hidden_content(sealed: Pdf, returned: Pdf) -> Message | None:
    """What a rewritten file carries that no page shows: scripts, files inside, layers, other annotations."""
    import pikepdf

    with pikepdf.open(readable(sealed)) as old, pikepdf.open(readable(returned)) as new:
        leads = Leads(old), Leads(new)
        what = _beside_pages(old, new, leads)
        if what:
            return Message("submission.returned.active", what=what)
        for number, (before, after) in enumerate(zip(old.pages, new.pages, strict=False), 1):
            more = sorted(name for name in _names(after) if name not in before and name not in _PAGE)
            if more:
                return Message("submission.returned.active", what=more[0])
            if float(after.get("/UserUnit", 1)) != float(before.get("/UserUnit", 1)):
                return Message("submission.returned.page_size", page=number)
            if _more(_annotations(after, leads[1]), _annotations(before, leads[0])):
                return Message("submission.returned.annotation", page=number)
    return None


def links_gone(sealed: Pdf, returned: Pdf) -> Message | None:
    """On which pages a rewritten file has fewer links: they look the same, and a click does nothing more.

    To be asked of one that has nothing of its own there (:func:`hidden_content`).
    """
    import pikepdf

    with pikepdf.open(readable(sealed)) as old, pikepdf.open(readable(returned)) as new:
        pairs = enumerate(zip(old.pages, new.pages, strict=False), 1)
        gone = [number for number, (before, after) in pairs if _links(after) < _links(before)]
    if not gone:
        return None
    pages = ", ".join(map(str, gone[:_TOLD])) + (", \N{HORIZONTAL ELLIPSIS}" if len(gone) > _TOLD else "")
    return Message("submission.returned.links_gone", pages=pages)


def _links(page: Any) -> int:
    return sum(str(one.get("/Subtype", "")) == "/Link" for one in page.get("/Annots", ()))


def _beside_pages(old: pikepdf.Pdf, new: pikepdf.Pdf, leads: tuple[Leads, Leads]) -> str:
    """The first thing that only the new file has outside of its pages; empty when there is none."""
    import pikepdf

    nothing = pikepdf.Dictionary()
    told = _names(new.Root)
    if "/Outlines" in told and set(_names(new.Root.Outlines)) <= {"/Type"}:
        # some programs write one without any heading
        told.remove("/Outlines")
    more = sorted(name for name in told if name not in old.Root and name not in _HARMLESS)
    more += [name for name in _names(new.Root.get("/Names", nothing)) if name != "/Dests"]
    form = new.Root.get("/AcroForm", nothing)
    more += [name for name in ("/XFA", "/CO") if name in form]
    fields = form.get("/Fields", ())
    more += ["/Fields"] * any("/AA" in one or str(one.get("/FT", "/Sig")) != "/Sig" for one in fields)
    more += ["/NeedAppearances"] * bool(form.get("/NeedAppearances", False))
    for name in ("/PageLabels", "/Outlines", "/ViewerPreferences"):
        if name in told:
            was = leads[0].spelled(old.Root.get(name))
            more += [name] * (not leads[1].spelled(new.Root[name]).leads_as(was))
    if "/StructTreeRoot" in told and _tells(new.Root.StructTreeRoot):
        more.append("/StructTreeRoot")
    return next(iter([*more, *_says_besides(old, new)]), "")


def said_besides(sealed: Pdf, returned: Pdf) -> frozenset[str]:
    """Where a rewritten file says of itself more than what everybody is shown of it, in its own entries.

    Services leave names and numbers of theirs there; some programs show them in a window of their own, so
    that whoever takes the document in is asked about it. Raises what pikepdf raises.
    """
    import pikepdf

    with pikepdf.open(readable(sealed)) as old, pikepdf.open(readable(returned)) as new:
        return frozenset(name for name in _said(old, new) if name in _OWN)


def _says_besides(old: pikepdf.Pdf, new: pikepdf.Pdf) -> list[str]:
    """What everybody is shown of the file and that was not sealed."""
    return [name for name in _said(old, new) if name not in _OWN]


def _said(old: pikepdf.Pdf, new: pikepdf.Pdf) -> list[str]:
    """Where the new file says of itself what the old one does not. Raises Refused, ValueError."""
    information, described = (
        _differing(_information(old), _information(new)),
        _differing(_described(old), _described(new)),
    )
    # in what is written in no plain way, told under no name, each program finds other properties
    return [
        *(name if name in _READ else "/Info" for name in information),
        *(
            (name if name.startswith(DUBLIN_CORE) else "/Metadata") if name else "/Root /Metadata"
            for name in described
        ),
    ]


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    return [
        name
        for name in sorted(after)
        if after[name] and after[name] != before.get(name, "") and not _is_number(name, after[name])
    ]


def _is_number(name: str, said: str) -> bool:
    """Whether it is the number of a document or of an act of signing, in an entry of a service's own."""
    own = not name.startswith(("/", DUBLIN_CORE)) or _COUNTED.fullmatch(name) is not None
    return own and _NUMBER.fullmatch(said) is not None


def _information(document: pikepdf.Pdf) -> dict[str, str]:
    """The information dictionary, but for what a program says of itself."""
    from desktop.submission.pdf.about import text_in

    found = {str(name): value for name, value in document.docinfo.items()}
    if str(found.get("/Trapped", "")) in {"/False", "/Unknown"}:
        del found["/Trapped"]
    texts = {name: text_in(value) for name, value in found.items()}
    return {name: said for name, said in texts.items() if not _is_of_a_program(name, said)}


def _described(document: pikepdf.Pdf) -> dict[str, str]:
    """The properties of the XMP packet, but for what a program says of itself. Raises Refused, ValueError."""
    from desktop.submission.pdf.about import xmp_properties
    from desktop.submission.pdf.packed import unpacked

    packet = document.Root.get("/Metadata")
    if packet is None:
        return {}
    data = unpacked(packet)
    # one that programs unpack in several ways is told by its bytes as they are
    found = {"": packet.read_raw_bytes().hex()} if data is None else xmp_properties(data)
    return {name: said for name, said in found.items() if not _is_of_a_program(name, said)}


def _is_of_a_program(name: str, said: str) -> bool:
    from desktop.submission.pdf.packet import is_day, is_plain_words

    fits: Callable[[str], object] = bool
    if name in _MADE:
        fits = is_day
    elif name in _BY:
        fits = is_plain_words
    elif _CONFORMS.fullmatch(name):
        fits = _LEVEL.fullmatch
    else:
        return False
    return bool(fits(said))


def _tells(structure: Any) -> bool:
    """Whether a tree of structure has words in it, which programs that read aloud say; ours have none."""
    import pikepdf

    waiting, known = [structure], set[tuple[int, int]]()
    for _ in range(_MOST_PARTS):
        if not waiting:
            return False
        one = waiting.pop()
        if isinstance(one, pikepdf.Object) and one.is_indirect:
            if one.objgen in known:
                continue
            known.add(one.objgen)
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            parts = {str(name): value for name, value in one.items() if str(name) not in _NO_TEXTS}
            if _LANGUAGE.fullmatch(str(parts.get("/Lang", ""))):
                del parts["/Lang"]
            waiting += parts.values()
        elif isinstance(one, pikepdf.String | pikepdf.Stream):
            return True
    return True


def _names(dictionary: Any) -> list[str]:
    return [str(name) for name in dictionary.keys()]  # noqa: SIM118 - no Python dictionary


def _annotations(page: Any, leads: Leads) -> list[_Annotation]:
    """The annotations that are no signature fields: their kind, what a click does, and where they lie."""
    found: list[_Annotation] = []
    for one in page.get("/Annots", ()):
        kind = str(one.get("/Subtype", ""))
        if kind == "/Widget" and str(one.get("/FT", "")) == "/Sig" and not {"/AA", "/A"} & set(one.keys()):
            continue
        # where a link leads is read by nobody who compares pages
        names: tuple[str, ...] = _DONE if kind == "/Link" else ()
        if names and str(one.get("/Contents", "")):
            # some programs show it beside the pointer, others read it aloud
            names = (*names, "/Contents")
        done = leads.spelled_of(one, names)
        found.append((kind, done, tuple(map(float, one.get("/Rect", ())))))
    return found


def _more(after: Iterable[_Annotation], before: Iterable[_Annotation]) -> bool:
    """Whether there is one that was not there, or not there twice, or elsewhere."""
    left = list(before)
    for one in after:
        same = next((other for other in left if _same(one, other)), None)
        if same is None:
            return True
        left.remove(same)
    return False


def _same(one: _Annotation, other: _Annotation) -> bool:
    corners, those = one[2], other[2]
    return (
        one[0] == other[0]
        and one[1].leads_as(other[1])
        and len(corners) == len(those)
        and all(abs(a - b) <= NEAR for a, b in zip(corners, those, strict=True))
    )
