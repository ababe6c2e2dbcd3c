"""Why people complain: what it was about, where, how and when, and what of it rises beyond noise."""
