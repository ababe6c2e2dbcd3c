"""Makes the tables of an empty database four times as fast, by the same changes in the same order.

Before every change Django makes classes of all models that are related to the changed one, so that a change
of rows can follow relations in both directions. Almost everything here is related to a member: for a hundred
and twenty new tables that is nine thousand classes. Where there are no rows yet, the model that is new or
changed is enough: a column that refers to another table needs no more of it than its name. A test holds both
ways against each other, on both databases.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ProjectState


@contextmanager
def making_new_tables(*, are_new: bool = True) -> Iterator[None]:
    """Within this context Django's migrations make one class for each change; in all threads.

    Args:
        are_new: the database holds no tables yet; otherwise nothing is different.
    """
    usual = ProjectState.reload_model
    if are_new:
        ProjectState.reload_model = _render_alone  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        ProjectState.reload_model = usual  # type: ignore[method-assign]


def _render_alone(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:  # noqa: ARG001, FBT001, FBT002 (as in Django)
    if "apps" not in state.__dict__:  # not rendered yet: it will be as a whole
        return
    if model_name in state.apps.all_models[app_label]:
        state.apps.unregister_model(app_label, model_name)
    state.apps.render_multiple([state.models[app_label, model_name]])
