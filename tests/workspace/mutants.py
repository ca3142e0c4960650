"""Deliberate bugs in merging, text merging, undo and capture, and the tests that most likely notice each.

A bug is an exact piece of source and what is put in its place. When the piece is gone, the list is out of
date.
"""

from __future__ import annotations

from dataclasses import dataclass

LAWS, CONFLICTS, CYCLES = "test_merge_laws.py", "test_conflicts.py", "test_merge_cycles.py"
UNDO, TEXTS, INVARIANTS = "test_undo.py", "test_sentences.py", "test_merge_invariants.py"
BACK, OPERATION, SETS = "test_bring_back.py", "test_operation.py", "test_merge_sets.py"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One bug: where, what stands there, what is put in its place, and where it should show."""

    says: str
    module: str
    good: str
    bad: str
    test: str
    word: str = ""
    """Narrows the test file down (pytest's -k)."""


MUTANTS = (
    # -- merging ------------------------------------------------------------------------------------
    Mutant(
        "an edit replaces only one of the values it saw", "merge",
        "replaced = {pred for op in touching for pred in op.pred}",
        "replaced = {pred for op in touching for pred in op.pred[:1]}",
        LAWS, "settles_it_everywhere",
    ),
    Mutant(
        "the newest of two values silently wins", "merge",
        "            case _:\n                return Combined(shown, conflicting=True)",
        "            case _:\n                return Combined(shown)",
        LAWS, "settles_it_everywhere",
    ),
    Mutant(
        "a row deleted and written anew is not listed", "merge",
        "if edited or mixed:", "if edited:",
        CONFLICTS, "kept_here_and_deleted_there",
    ),
    Mutant(
        "an edit on a deleted row is lost", "merge",
        "live = bool(self._whole) and (not deleted or bool(edited))",
        "live = bool(self._whole) and not deleted",
        LAWS, "colleague_deleted_stays",
    ),
    Mutant(
        "order ignores what came after what", "merge",
        "return self.lamport, self.id", "return 0, self.id",
        CYCLES, "leave_the_older",
    ),
    Mutant(
        "texts are merged over nothing", "merge",
        "result = sentences.merge(base, text,", 'result = sentences.merge("", text,',
        LAWS, "common_base",
    ),
    Mutant(
        "texts that crossed are merged over the wrong base", "merge",
        "base = self.combine(ops, field)",
        "base = self.combine(ops[:1], field)",
        LAWS, "writes_on_in_what",
    ),
    Mutant(
        "what was taken out of a set comes back", "merge",
        "members -= base - other",
        "members -= set()",
        SETS,
    ),
    Mutant(
        "the oldest move in a circle steps back", "cycles",
        "row = max(circle,", "row = min(circle,",
        CYCLES, "leave_the_older",
    ),
    Mutant(
        "a move once stepped back is never judged again", "projection",
        "kind IN ('deleted-parent', 'cycle')", "kind IN ('deleted-parent')",
        CYCLES, "settled_for_all",
    ),
    Mutant(
        "a parent comes back without a word", "projection",
        '            conflicts.append(Conflict(table, row, "deleted-parent", "", result.heads[WHOLE]))',
        "            pass",
        LAWS, "brings_it_back",
    ),
    Mutant(
        "the short way is taken where something differs", "projection",
        "if len(fields) > _FEW or _differing(connection, fields):", "if len(fields) > _FEW:",
        LAWS, "settles_it_everywhere or already_shown",
    ),
    Mutant(
        "the short way is taken for references", "projection",
        "if register is None or register.references or op.field", "if register is None or op.field",
        CYCLES, "under_itself",
    ),
    Mutant(
        "a change set need not be what its name says", "admission",
        "if c.id in lamports or c.content_hash() != c.id:", "if c.id in lamports:",
        BACK, "tampered",
    ),
    Mutant(
        "what is missing of the past is not asked for", "admission",
        "return lamports.keys() >= {*c.parents} and lamports.keys() >= _replaced(c)",
        "return lamports.keys() >= _replaced(c)",
        LAWS, "rests_on_missing",
    ),
    # -- merging of texts ---------------------------------------------------------------------------
    Mutant(
        "neighbouring sentences clash", "sentences",
        "return a.start < b.end and b.start < a.end", "return a.start <= b.end and b.start <= a.end",
        TEXTS,
    ),
    Mutant(
        "two inserts at one point are put together", "sentences",
        "return a.start == b.start", "return False",
        TEXTS, "between_the_same_two",
    ),
    Mutant(
        "tags need not close", "sentences",
        "if not nests(text) and nests(mine) and nests(theirs):", "if not text:",
        TEXTS, "leave_a_tag_open",
    ),
    Mutant(
        "an insert within what the other replaced is dropped into it", "sentences",
        "return a.start < b.start < a.end", "return False",
        TEXTS, "the_other_rewrote",
    ),
    # -- undo -----------------------------------------------------------------------------------------
    Mutant(
        "undo goes over what a colleague changed since", "undo",
        "if not self._stands(op, op.field):\n                    return None",
        "if not op.field:\n                    return None",
        UNDO, "changed_since or back_and_forth",
    ),
    Mutant(
        "undo deletes what others hung something on", "undo",
        "kept = {key for key in gone - asked if _carries(connection, *key, gone, moved)}",
        "kept: set[tuple[str, str]] = set()",
        CONFLICTS, "hung_something",
    ),
    Mutant(
        "undo of a delete brings back an empty row", "undo",
        "stated = {field: value for field, value in earlier.items() if value is not None}",
        "stated = {field: value for field, value in earlier.items() if value is None}",
        UNDO, "back_and_forth",
    ),
    Mutant(
        "a new edit leaves what could be redone", "undo",
        "redo.clear()", "pass",
        UNDO, "forgets",
    ),
    # -- capture ----------------------------------------------------------------------------------------
    Mutant(
        "a form overwrites what came in while it was open", "draft",
        "heads.update(self._heads_as_seen())", "pass",
        LAWS, "form_filled",
    ),
    Mutant(
        "an edit names one of the values it replaces", "draft",
        "replaced = tuple(sorted(known.get(name) or known.get(WHOLE) or ()))",
        "replaced = tuple(sorted(known.get(name) or known.get(WHOLE) or ()))[:1]",
        LAWS, "settles_it_everywhere",
    ),
    Mutant(
        "setting what is already there is a change", "draft",
        "or not same(self.stored_value(table, row, name), value)", "or True",
        OPERATION, "writes_nothing",
    ),
    Mutant(
        "a delete does not know of the row's own edits", "draft",
        'out.append(Edit(table, row, "D", "", None, everything))',
        'out.append(Edit(table, row, "D", "", None, tuple(known.get(WHOLE) or ())))',
        UNDO, "back_and_forth",
    ),
    Mutant(
        "counting goes on from nowhere", "journal",
        "1 + max(self.lamports(parents).values(), default=0),",
        "2 + max(self.lamports(parents).values(), default=0),",
        BACK, "twice_is_once or preview",
    ),
    Mutant(
        "a merge forgets what it stands on", "journal",
        "sorted(({*self.newest()} | {c.id for c in arrived}) - parents)",
        "sorted({c.id for c in arrived} - parents)",
        LAWS, "rests_on_both",
    ),
)  # fmt: skip
EVERYWHERE = (CONFLICTS, CYCLES, UNDO, LAWS)
"""Where a bug is looked for that its own test lets pass."""
