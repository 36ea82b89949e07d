from __future__ import annotations

from sample_records import DOCUMENTS


def test_every_span_of_the_samples_reads_what_it_says():
    checked = 0
    for records in DOCUMENTS:
        for record in (*records.mentions, *records.roles, *records.statistics):
            assert records.document.text[record.start : record.end] == record.text
            checked += 1
    assert checked == 8
