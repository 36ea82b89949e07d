"""The statistics as SDMX-CSV 2.0 (the SDMX Technical Working Group's data message field guide)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from extractor.records import DocumentRecords, Entity, Statistic
from extractor.writing.delimited import number_text, safe_text, write_table
from extractor.writing.output import Output
from extractor.writing.whole import whole_file

STRUCTURE_ID = "EXTRACTOR:STATISTICS(1.0)"
IDENTIFYING = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
DIMENSIONS = ("DOC_ID", "OBS_START", "INDICATOR", "REF_AREA", "UNIT_MEASURE", "TIME_PERIOD")
MEASURES = ("OBS_VALUE",)
ATTRIBUTES = (
    *("OBS_STATUS", "UNIT_MULT", "OBS_LOW", "OBS_HIGH", "MODIFIER", "CATEGORY", "DIRECTION", "STATUS"),
    *("SUBJECT", "SUBJECT_ID", "OBS_TEXT", "OBS_END", "SENTENCE"),
)

# CL_OBS_STATUS 2.2 has no planned value: a target is a forecast there, and STATUS keeps the difference.
OBS_STATUS: Mapping[str, str] = MappingProxyType(
    {"normal": "A", "estimated": "E", "forecast": "F", "provisional": "P", "target": "F"}
)
UNKNOWN, NOT_APPLICABLE = "_U", "_Z"

_GREGORIAN = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_REPORTING = re.compile(r"\d{4}-(?:A1|S[12]|T[1-3]|Q[1-4]|M(?:0\d|1[0-2])|W[0-5]\d|D[0-3]\d\d)")
_PART = re.compile(r"(\d{4})-([SQ])([1-4])")
_MONTHS = {"S": 6, "Q": 3}


def write_sdmx(documents: Iterable[DocumentRecords], target: Path, output: Output) -> None:
    """Write the statistics as one SDMX-CSV 2.0 file, UTF-8 without BOM, a row an observation.

    The dimensions DOC_ID and OBS_START tell any two figures apart.  A dimension that the text leaves
    open is "_U" (unknown), one that has no sense "_Z"; TIME_PERIOD is empty when no time is stated,
    OBS_VALUE when the figure is a range, whose ends are OBS_LOW and OBS_HIGH.  Raises OutputError when
    it cannot be written.
    """
    with whole_file(target, force=output.force) as part:
        write_table(part, [*IDENTIFYING, *DIMENSIONS, *MEASURES, *ATTRIBUTES], sdmx_rows(documents))


def sdmx_rows(documents: Iterable[DocumentRecords]) -> Iterator[list[str]]:
    """An observation a statistic, cells in the order of the header."""
    for records in documents:
        entities = {entity.entity_id: entity for entity in records.entities}
        for statistic in records.statistics:
            area = _area(statistic, entities.get(statistic.subject_id))
            yield ["dataflow", STRUCTURE_ID, "I", *_observation(statistic, area)]


def _observation(s: Statistic, area: str) -> list[str]:
    dimensions = [s.doc_id, str(s.start), s.item or UNKNOWN, area, s.unit or NOT_APPLICABLE]
    values = [time_period(s.time_period), number_text(s.value), OBS_STATUS.get(s.status, "A"), "0"]
    bounds = [number_text(s.low), number_text(s.high)]
    words = [s.modifier, s.category, s.direction, s.status, s.subject, s.subject_id, s.text]
    return [
        *map(safe_text, dimensions),
        *values,
        *bounds,
        *map(safe_text, words),
        str(s.end),
        safe_text(s.sentence),
    ]


def _area(statistic: Statistic, entity: Entity | None) -> str:
    """The code of the place whose figure it is, else its name; what is no place has no area."""
    if not statistic.subject:
        return UNKNOWN
    if entity is None or entity.label != "LOC":
        return NOT_APPLICABLE
    return entity.code or entity.name


def time_period(text: str) -> str:
    """A time as SDMX writes it: a range start/end becomes start/duration; "" for what is no time.

    2021, 2021-06, 2021-Q3 stay; 2016/2020 is 2016-01-01/P5Y, 2021-03/2021-06 is 2021-03-01/P4M,
    2021-03-05/2021-03-06 is 2021-03-05/P2D: both ends belong to it.
    """
    if _REPORTING.fullmatch(text):
        return text
    try:
        if re.fullmatch(_GREGORIAN, text):
            return text if _last(text) else ""
        start, slash, end = text.partition("/")
        return _range(_first(start), _last(end)) if slash else ""
    except (ValueError, OverflowError):
        return ""


def _range(first: date, last: date) -> str:
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if last < first:
        return ""
    if first.day != 1 or after.day != 1:
        return f"{first}/P{(after - first).days}D"
    return f"{first}/P{months // 12}Y" if months % 12 == 0 else f"{first}/P{months}M"


def _first(text: str) -> date:
    """The first day of a year, half, quarter, month or day; ValueError for anything else."""
    if part := _PART.fullmatch(text):
        return date(int(part[1]), (int(part[3]) - 1) * _MONTHS[part[2]] + 1, 1)
    return date.fromisoformat(f"{text}-01-01"[: max(10, len(text))])


def _last(text: str) -> date:
    """The last day of the same."""
    first = _first(text)
    if len(text) == len("2021-06-30"):
        return first
    part = _PART.fullmatch(text)
    month = first.month + _MONTHS[part[2]] - 1 if part else 12 if len(text) == len("2021") else first.month
    return date(first.year, month, calendar.monthrange(first.year, month)[1])
