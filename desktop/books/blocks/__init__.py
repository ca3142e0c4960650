"""What may stand in a chapter besides its text: a function for each kind of block."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop.books.blocks.actions import activities, risks
from desktop.books.blocks.bodies import bodies
from desktop.books.blocks.decrees import decrees
from desktop.books.blocks.evidence import evidence, set_aside
from desktop.books.blocks.figures import figures
from desktop.books.blocks.forms import form
from desktop.books.blocks.hearing import inputs, stakeholders
from desktop.books.blocks.indicators import indicators
from desktop.books.blocks.money import budget
from desktop.books.blocks.parties import parties
from desktop.books.blocks.programmes import dimensions, programmes
from desktop.books.blocks.quick_wins import quick_wins
from desktop.books.blocks.readiness import assessment, readiness_radar, readiness_shares
from desktop.books.blocks.recap import recap
from desktop.books.blocks.region import agencies, region
from desktop.books.blocks.roadmap import roadmap
from desktop.books.blocks.sessions import sessions
from desktop.books.blocks.signatures import signatures
from desktop.books.blocks.worksheets import worksheet
from desktop.books.composer import Composer
from desktop.guideline.pack import Block

BLOCKS: Mapping[str, Callable[[Composer, Block], None]] = {
    "activities": activities,
    "agencies": agencies,
    "bodies": bodies,
    "assessment": assessment,
    "budget": budget,
    "decrees": decrees,
    "dimensions": dimensions,
    "evidence": evidence,
    "figures": figures,
    "form": form,
    "indicators": indicators,
    "inputs": inputs,
    "parties": parties,
    "programmes": programmes,
    "quick_wins": quick_wins,
    "readiness_radar": readiness_radar,
    "readiness_shares": readiness_shares,
    "recap": recap,
    "region": region,
    "risks": risks,
    "roadmap": roadmap,
    "sessions": sessions,
    "set_aside": set_aside,
    "signatures": signatures,
    "stakeholders": stakeholders,
    "worksheet": worksheet,
}
