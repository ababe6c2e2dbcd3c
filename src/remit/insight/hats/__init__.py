"""Which hat now: a short list for whoever leads, each with evidence, one action, and *not now, because*."""
