"""What the how-to shows, and what lies in examples/, can be used as it is."""

import re
from pathlib import Path

import pytest
from made_events import write_xes

from remit_engine.history.events import decisions_source, event_mapping
from remit_engine.history.mapping_file import read_mapping
from remit_engine.history.xes import XesSource

ROOT = Path(__file__).parents[3]
HOW_TO = (ROOT / "docs" / "how-to" / "event-logs.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```yaml\n(.*?)```", HOW_TO, re.DOTALL)


@pytest.mark.parametrize("shown", SHOWN)
def test_mappings_in_the_how_to_are_mappings(shown, tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(shown, encoding="utf-8")
    assert event_mapping(read_mapping(path).events).decisions


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples" / "mappings").glob("*.yaml")), ids=lambda path: path.name
)
def test_examples_are_mappings(path):
    mapping = read_mapping(path)
    assert mapping.columns or event_mapping(mapping.events).decisions
    assert f"examples/mappings/{path.name}" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("event", "answer"),
    [
        ("autoskip", "expired"),
        ("withdraw", "withdrawn"),
        ("ate_abort", "withdrawn"),
        ("pi_abort", "withdrawn"),
    ],
)
def test_transitions_mean_what_the_how_to_says(event, answer, tmp_path):
    transitions = ["schedule", event]
    events = [
        {"concept:name": "Release order", "lifecycle:transition": each, "cost:total": 3.0}
        for each in transitions
    ]
    path = tmp_path / "log.xes"
    write_xes(path, [({"concept:name": "1"}, [*events, {**events[0], "lifecycle:transition": "complete"}])])
    source = decisions_source(XesSource(path))
    assert f"*{event}*" in HOW_TO
    assert (f"Release order: {answer}", f"Release order ({event})") in source.details
