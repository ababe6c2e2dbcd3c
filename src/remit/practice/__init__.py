"""Closed complaints with every name changed, to try one's judgement on."""
