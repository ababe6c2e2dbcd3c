"""django-helpdesk beside Remit: the same conversations, on the same machine, for the pages that both have.

Runs in an environment of its own, which knows nothing of Remit; see `bench.desk.beside`.
"""
