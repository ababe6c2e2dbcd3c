"""A charter replayed over a log: what would have been answered, in one of three modes."""

from remit_engine.history.replay.replaying import replay
from remit_engine.history.replay.result import Replay, Tally, compare
from remit_engine.history.replay.today import LetGoAlready, already_let_go

__all__ = ["LetGoAlready", "Replay", "Tally", "already_let_go", "compare", "replay"]
