"""Import of programme lists: read, ask what the list leaves open, and take over as one change.

Nothing is written before :func:`apply_import`. A list that is imported again finds its programmes (by
title and lead agency, or by code) and brings them up to date; what people wrote since in titles and
descriptions stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.exchange.columns import Header, Role, bare, find_header
from desktop.exchange.decisions import Decisions
from desktop.exchange.drafts import Collector, Drafts, Problem, ProgrammeDraft, money_cells
from desktop.exchange.numbers import NumberStyle, style_of
from desktop.exchange.questions import Answers, Asking, Question, settled
from desktop.exchange.table import Table, read_tables
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan, Programme

if TYPE_CHECKING:
    from desktop.workspace import Backup, Workspace


class NoProgrammes(RancangError):
    """No sheet of the file has a column that names programmes."""

    def __init__(self, file: str, headers: Iterable[str]) -> None:
        found = ", ".join(f'"{header}"' for header in headers)
        super().__init__(Message("exchange.import.no_programmes", file=file, headers=found or "-"))


class OtherRegions(RancangError):
    """Every row of the list is about another region than the workspace."""

    def __init__(self, file: str, region: str, others: Iterable[str]) -> None:
        names = ", ".join(others)
        super().__init__(Message("exchange.import.other_region", file=file, region=region, others=names))


@dataclass(frozen=True, slots=True)
class Options:
    """How a list is read: what its columns say, how it writes numbers, which programmes stay out."""

    columns: Mapping[str, Role]
    style: NumberStyle | None = None
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a list says, what it leaves open, and what could not be read; nothing is written yet."""

    file: str
    tables: tuple[Table, ...]
    options: Options
    programmes: tuple[ProgrammeDraft, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    other_regions: Mapping[str, int]
    """How many rows were about other regions, by name; they are not taken over."""
    known: Mapping[str, Programme]
    """Programmes that the plan has already, by draft key: they are brought up to date."""

    @property
    def new(self) -> tuple[ProgrammeDraft, ...]:
        """The programmes that the plan does not have yet."""
        return tuple(draft for draft in self.programmes if draft.key not in self.known)

    @property
    def refused(self) -> tuple[Problem, ...]:
        """The cells whose value was not taken."""
        return tuple(problem for problem in self.problems if not problem.taken)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    file: str
    new: int
    updated: int
    agencies: int
    """How many agencies the list named that the plan did not have."""
    budget_lines: int
    indicators: int
    targets: int
    problems: tuple[Problem, ...]
    answers: Mapping[str, str]
    """What was decided, by question id: suggestions that counted included."""
    backup: Backup | None


def preview_programmes(
    path: Path, plan: Plan, pack: Pack, decisions: Decisions | None = None
) -> ImportPreview:
    """Read a list of programmes (CSV or Excel) for a plan.

    Raises FileProblem, NotATable, TableTooLarge, NoProgrammes, OtherRegions.
    """
    given = decisions or Decisions()
    columns = {bare(header): role for header, role in given.columns.items()}
    style = NumberStyle(given.number_style.answer) if given.number_style else None
    options = Options(columns, style, given.left_out())
    return _build(path.name, read_tables(path), options, plan, pack)


def refine(preview: ImportPreview, answers: Answers, plan: Plan, pack: Pack) -> ImportPreview:
    """Read the list again where answers change how it is read: what columns say, how numbers are written."""
    columns = {
        **preview.options.columns,
        **{
            question.id.removeprefix("column:"): Role(answers[question.id])
            for question in preview.questions
            if question.kind == "mapping" and answers.get(question.id, Role.IGNORE) != Role.IGNORE
        },
    }
    style = answers.get("number_style")
    options = replace(
        preview.options, columns=columns, style=NumberStyle(style) if style else preview.options.style
    )
    if options == preview.options:
        return preview
    return _build(preview.file, preview.tables, options, plan, pack)


def apply_import(workspace: Workspace, preview: ImportPreview, answers: Answers) -> ImportReport:
    """Take a list over as one change, after a backup.

    Raises Unanswered and UnknownAnswer; then nothing is written. Questions that are not required and not
    answered count as answered by their suggestion.
    """
    from desktop.exchange.taking_over import TakingOver

    plan, pack = workspace.plan(), workspace.pack()
    current = refine(preview, answers, plan, pack)
    current = replace(current, known=_known(current.programmes, plan))
    chosen = settled(current.questions, answers)
    # Decisions about single programmes that no question asks for: a mark, another unit of amounts.
    apart = {key: value for key, value in answers.items() if key.startswith(("quick_win:", "rupiah_unit:"))}
    backup = workspace.backup("import")
    label = Message("exchange.import.label", file=current.file, n=len(current.programmes))
    with workspace.operation(label, kind="import") as op:
        done = TakingOver(op, plan, pack, current.known, {**chosen, **apart}, current.file)
        for draft in current.programmes:
            done.programme(draft)
    return ImportReport(
        file=current.file,
        new=len(current.new),
        updated=len(current.programmes) - len(current.new),
        agencies=done.agencies_made,
        budget_lines=done.budget_lines,
        indicators=done.counts["indicator"],
        targets=done.counts["target"],
        problems=current.problems,
        answers=chosen,
        backup=backup,
    )


# ---- reading ---------------------------------------------------------------------------------------
def _build(file: str, tables: tuple[Table, ...], options: Options, plan: Plan, pack: Pack) -> ImportPreview:
    sheets = [
        (table, header) for table in tables if (header := find_header(table, options.columns)) is not None
    ]
    if not sheets:
        raise NoProgrammes(file, _first_texts(tables))
    read = [_collect(table, header, options, plan.region.code) for table, header in sheets]
    drafts = tuple(
        draft
        for draft in _joined(draft for each in read for draft in each.programmes)
        if draft.key not in options.left_out
    )
    others: Counter[str] = Counter()
    for each in read:
        others.update(each.other_regions)
    if not drafts and others:
        raise OtherRegions(file, plan.region.name, others)
    known = _known(drafts, plan)
    asking = Asking(plan, pack, drafts, known)
    questions = asking.questions(
        above=" ".join(header.above for _, header in sheets),
        ambiguous=tuple(dict.fromkeys(text for each in read for text in each.ambiguous)),
        several=any(_differ(draft) for draft in drafts),
        unknown_headers=tuple(_unknown(sheets, options)),
    )
    return ImportPreview(
        file=file,
        tables=tables,
        options=options,
        programmes=drafts,
        questions=tuple(questions),
        problems=tuple(problem for each in read for problem in each.problems),
        other_regions=dict(others),
        known=known,
    )


def _collect(table: Table, header: Header, options: Options, region: str) -> Drafts:
    style = options.style or style_of(money_cells(table, header))
    if style is None and table.decimal_comma:
        style = NumberStyle.COMMA
    return Collector(table, header, style, region).collect()


def _first_texts(tables: tuple[Table, ...]) -> list[str]:
    """What stands in the first row with several texts: most likely the header that was not understood."""
    for table in tables:
        for row in table.rows[:40]:
            texts = [cell for cell in row if isinstance(cell, str) and cell]
            if len(texts) >= 2:
                return texts[:12]
    return []


def _unknown(sheets: list[tuple[Table, Header]], options: Options) -> Iterator[str]:
    """Headers nobody understood, where something stands below them."""
    seen = set(options.columns)
    for table, header in sheets:
        for column in header.of(Role.IGNORE):
            below = (row[column.index : column.index + 1] for row in table.rows[header.first_row :])
            if bare(column.header) not in seen and any(
                cell not in {None, ""} for row in below for cell in row
            ):
                seen.add(bare(column.header))
                yield column.header


def _joined(drafts: Iterable[ProgrammeDraft]) -> Iterator[ProgrammeDraft]:
    """The same title twice (two agencies, two sheets) gets the agency's name, so that each has a key."""
    everything = list(drafts)
    keys = Counter(draft.key for draft in everything)
    taken: Counter[str] = Counter()
    for draft in everything:
        if keys[draft.key] > 1 and draft.agency:
            draft.title = f"{draft.title} ({draft.agency})"
        taken[draft.key] += 1
        if taken[draft.key] > 1:
            draft.title = f"{draft.title} ({taken[draft.key]})"
        yield draft


def _differ(draft: ProgrammeDraft) -> bool:
    """Whether the list gives different amounts for the same year, source and figure."""
    return any(len({amount.value for amount in amounts}) > 1 for amounts in draft.amounts.values())


def _known(drafts: Iterable[ProgrammeDraft], plan: Plan) -> dict[str, Programme]:
    """Which of the drafts the plan has already: the same title in any language, or the same code."""
    by_title: dict[str, Programme] = {}
    by_code: dict[str, list[Programme]] = {}
    for programme in plan.programmes:
        for title in programme.title.values.values():
            by_title.setdefault(bare(title), programme)
        if programme.code:
            by_code.setdefault(programme.code, []).append(programme)
    known: dict[str, Programme] = {}
    taken: set[str] = set()
    for draft in drafts:
        found = by_title.get(draft.key)
        if found is None and draft.code and len(by_code.get(draft.code, ())) == 1:
            found = by_code[draft.code][0]
        if found is not None and found.id not in taken:
            known[draft.key] = found
            taken.add(found.id)
    return known
