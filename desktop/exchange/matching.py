"""Finds what a list speaks of in the plan: programmes by title or code, renamed ones, and agencies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from desktop.exchange.brought import NOTHING, Brought
from desktop.exchange.columns import bare
from desktop.exchange.drafts import ProgrammeDraft
from desktop.workspace.plan import Agency, Plan, Programme

_ALIKE = 0.74
"""From here on two titles are likely the same programme, and somebody is asked."""
_SAME_NAME = 0.84
_READ = 199
"""Letters of a name or title that are compared; of longer ones the comparison leaves out common letters."""
_PAIRS = 20_000
"""Pairs that are compared letter by letter, which takes some seconds; beyond them nothing is like another."""
_OF_REGION = re.compile(r"\b(?:pemerintah )?(?:kabupaten|kab|kota|provinsi|prov)\b.*$")


class Agencies:
    """The plan's agencies by every name they go by."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._region = bare(plan.region.name)
        self._known: dict[str, Agency] = {}
        self._liked: dict[str, Agency | None] = {}
        self._compared = 0
        for agency in plan.agencies:
            for name in (agency.short_name, agency.code, *agency.name.values.values()):
                if name.strip():
                    self._known.setdefault(self.key(name), agency)

    @property
    def keys(self) -> frozenset[str]:
        """Every name that is known, bare."""
        return frozenset(self._known)

    def key(self, name: str) -> str:
        """A name without the region that it may end with: *Dinas Kesehatan Kabupaten Pringsewu*."""
        words = bare(name)
        short = _OF_REGION.sub("", words).strip()
        short = short.removesuffix(self._region).strip() if self._region else short
        return short if len(short.split()) > 1 else words

    def find(self, name: str) -> Agency | None:
        """The agency of this name."""
        return self._known.get(self.key(name)) if name else None

    def like(self, name: str) -> Agency | None:
        """An agency that is likely meant, if its name differs in spelling only."""
        key = self.key(name)[:_READ]
        if key not in self._liked:
            self._liked[key] = self._likest(key)
        return self._liked[key]

    def _likest(self, key: str) -> Agency | None:
        best = _SAME_NAME, ""
        compared = SequenceMatcher(None, b="")
        compared.set_seq1(key)
        for each in self._known:
            if self._compared >= _PAIRS:
                break
            compared.set_seq2(each[:_READ])
            if compared.real_quick_ratio() >= best[0] and compared.quick_ratio() >= best[0]:
                self._compared += 1
                best = max(best, (compared.ratio(), each))
        return self._known.get(best[1])


def known_programmes(
    drafts: Sequence[ProgrammeDraft], plan: Plan, agencies: Agencies, brought: Brought = NOTHING
) -> dict[str, Programme]:
    """Which of the drafts the plan has already: the same title in any language, or the same code.

    The same title of another agency is another programme: every agency has one for its own running. What
    the team renamed since an import is known by the title it came with.
    """
    titles: dict[str, list[Programme]] = {}
    codes: dict[str, list[Programme]] = {}
    for programme in plan.programmes:
        for title in {bare(text) for text in programme.title.values.values()}:
            titles.setdefault(title, []).append(programme)
        if programme.code:
            codes.setdefault(programme.code, []).append(programme)
    known: dict[str, Programme] = {}
    taken: set[str] = set()
    for draft in drafts:
        lead = agencies.find(draft.agency)
        named = [*titles.get(draft.key, ()), *titles.get(bare(f"{draft.title} {draft.agency}"), ())]
        found = next((each for each in named if each.id not in taken and _same_lead(each, draft, lead)), None)
        if found is None and draft.code:
            coded = [each for each in codes.get(draft.code, ()) if _same_lead(each, draft, lead)]
            found = coded[0] if len(coded) == 1 and coded[0].id not in taken else None
        if found is not None:
            known[draft.key] = found
            taken.add(found.id)
    here = {programme.id: programme for programme in plan.programmes}
    for draft in drafts:
        lead = agencies.find(draft.agency)
        rows = brought.rows("programme", "", draft.title) if draft.key not in known else ()
        for found in (here[row] for row in rows if row in here and row not in taken):
            if _same_lead(found, draft, lead):
                known[draft.key] = found
                taken.add(found.id)
                break
    return known


def taken_away(
    drafts: Iterable[ProgrammeDraft],
    plan: Plan,
    known: Mapping[str, Programme],
    agencies: Agencies,
    brought: Brought,
) -> dict[str, str]:
    """Of drafts that the plan has not: the programme that an import brought and the team deleted since."""
    here, away = {programme.id for programme in plan.programmes}, dict[str, str]()
    for draft in drafts:
        if draft.key in known:
            continue
        lead = agencies.find(draft.agency)
        for row in brought.rows("programme", "", draft.title):
            led = brought.values.get(("programme", row, "lead"))
            ours = not led or not draft.agency or (lead is not None and lead.id == led)
            if ours and row not in here and row not in away.values():
                away[draft.key] = row
                break
    return away


def _same_lead(programme: Programme, draft: ProgrammeDraft, lead: Agency | None) -> bool:
    return not programme.lead or not draft.agency or (lead is not None and lead.id == programme.lead)


def renamed(
    drafts: Iterable[ProgrammeDraft], plan: Plan, known: Mapping[str, Programme], agencies: Agencies
) -> Iterator[tuple[ProgrammeDraft, tuple[Programme, ...]]]:
    """Drafts that may be a programme of the plan under another title, with the likely ones, best first."""
    taken = {programme.id for programme in known.values()}
    free = [
        (programme, SequenceMatcher(None, "", words), set(words.split()))
        for programme in plan.programmes
        if programme.id not in taken
        for words in {_core(text) for text in programme.title.values.values()}
    ]
    compared = 0
    for draft in drafts if free else ():
        if draft.key in known:
            continue
        lead, words = agencies.find(draft.agency), _core(draft.title)
        apart = set(words.split())
        scored: dict[str, tuple[float, Programme]] = {}
        for programme, others, tokens in free:
            if not _same_lead(programme, draft, lead):
                continue
            # Most pairs share no word; only the others are worth the slower comparison.
            if 2 * len(apart & tokens) < min(len(apart), len(tokens)):
                continue
            others.set_seq1(words)
            if compared >= _PAIRS or others.quick_ratio() < _ALIKE:
                continue
            compared += 1
            ratio = others.ratio()
            if ratio >= _ALIKE and ratio > scored.get(programme.id, (0.0, programme))[0]:
                scored[programme.id] = (ratio, programme)
        if scored:
            best = sorted(scored.values(), key=lambda each: -each[0])
            yield draft, tuple(programme for _, programme in best[:3])


def _core(title: str) -> str:
    return bare(title).removeprefix("program ")[:_READ]
