"""The ground of the demo region: figures by year, decrees, and bodies with members and meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from desktop.workspace import Place
from desktop.workspace.operation import Operation

Step = Callable[[Operation], None]


class Ground(NamedTuple):
    """What of ``resources/demo/ground.json`` is written, with the ids of what it speaks of by name."""

    content: Mapping[str, Any]
    people: Mapping[str, str]
    claim: Callable[[Operation, list[str], Place], None]
    """Claims evidence files by their names."""

    def figures(self, op: Operation) -> None:
        """The figures of every measure, year by year."""
        for series in self.content["figures"]:
            for year, value in series["values"].items():
                op.put(
                    "figure", measure=series["measure"], year=int(year), value=value, source=series["source"]
                )

    def bodies(self, op: Operation) -> None:
        """Decrees, the bodies that rest on them, who is in them and when they met."""
        decrees: dict[str, str] = {}
        for entry in self.content["decrees"]:
            values = {key: value for key, value in entry.items() if key not in {"key", "evidence"}}
            decrees[entry["key"]] = op.insert("decree", **values)
            self.claim(op, entry["evidence"], Place("decree", decrees[entry["key"]]))
        for entry in self.content["bodies"]:
            decree = decrees[entry["decree"]]
            body = op.put("body", body=entry["body"], dimension=entry["dimension"], decree=decree)
            for member in entry["members"]:
                person = self.people[member["person"]] if "person" in member else None
                op.insert("member", **{**member, "body": body, "person": person})
            for day, title in entry["meetings"]:
                meeting = op.insert("meeting", kind="meeting", body=body, title=title, start=day)
                self._attended(op, meeting, entry["members"] or entry["attended"])

    def _attended(self, op: Operation, meeting: str, people: list[Mapping[str, Any]]) -> None:
        """Everybody of the list was there, under the name it has."""
        for each in people:
            person = self.people.get(each.get("person", ""))
            name, institution = each.get("name", ""), each.get("institution", "")
            op.insert(
                "attendance", meeting=meeting, person=person, name=name, institution=institution, present=True
            )


__all__ = ["Ground"]
