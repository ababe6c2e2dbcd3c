"""Event logs from file to answer, with and without a mapping file."""

import gzip
import json

import pytest

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">\n'


def event(activity, transition, hour):
    return (
        f'<event><string key="concept:name" value="{activity}"/><string key="org:resource" value="Ana"/>'
        f'<string key="lifecycle:transition" value="{transition}"/>'
        f'<date key="time:timestamp" value="2026-03-{1 + hour // 24:02}T{hour % 24:02}:00:00.000+01:00"/>'
        "</event>\n"
    )


def made_log(cases):
    """Refunds: all up to 80 are approved, of larger ones each fourth is rejected."""
    traces = []
    for case in range(cases):
        amount = 1 + case * 7 % 120
        ending = (
            ("Reject refund", "complete") if amount > 80 and case % 4 == 0 else ("Approve refund", "complete")
        )
        events = event("Approve refund", "schedule", case) + event(*ending, case + 2)
        traces.append(
            f'<trace><string key="concept:name" value="R{case}"/><int key="amount" value="{amount}"/>'
            f"{events}</trace>"
        )
    return f"{HEAD}{''.join(traces)}</log>"


@pytest.mark.parametrize("packed", [False, True])
def test_a_lifecycle_log_needs_nothing_but_its_name(remit, tmp_path, packed):
    log = made_log(600).encode()
    path = tmp_path / ("log.xes.gz" if packed else "log.xes")
    path.write_bytes(gzip.compress(log) if packed else log)
    result = remit("letgo", path, "--json")
    assert result.returncode == 0, result.stderr
    (segment,) = json.loads(result.stdout)["segments"]
    assert segment["kind"] == "Approve refund"
    assert segment["verdict"] == "let go"
    assert 76_00 <= segment["limit"] <= 80_00


def test_an_unclear_log_is_shown_with_a_mapping_that_can_be_copied(remit, tmp_path):
    path = tmp_path / "log.xes"
    path.write_text(made_log(200).replace("refund", "parcel").replace("Approve", "Weigh"), encoding="utf-8")
    result = remit("letgo", path)
    assert result.returncode == 2
    assert "  Reject parcel\n" in result.stderr
    shown = result.stderr[result.stderr.index("       events:\n") :]
    (tmp_path / "mapping.yaml").write_text(shown, encoding="utf-8")
    again = remit("letgo", path, "--map", "mapping.yaml")
    assert again.returncode == 0, again.stderr
    assert "400 events read" in again.stdout
