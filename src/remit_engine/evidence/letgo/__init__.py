"""What can be let go, with a guarantee."""

from remit_engine.evidence.letgo.answer import letgo
from remit_engine.evidence.letgo.values import LetGo, Promise, Reason, Segment, Settings, Verdict

__all__ = ["LetGo", "Promise", "Reason", "Segment", "Settings", "Verdict", "letgo"]
