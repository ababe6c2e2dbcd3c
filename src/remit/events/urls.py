"""Addresses of the app `events`."""

from __future__ import annotations

from django.urls import path

from remit.events.views import (
    around,
    briefing,
    events,
    listing,
    looking_back,
    people,
    plan,
    run,
    tasks,
    things,
)

app_name = "events"
_ONE = "events/<int:number>/"
_PERSON = f"{_ONE}people/<slug:member>/"
urlpatterns = [
    path("events/", listing.events, name="events"),
    path("teams/<slug:team>/events/new/", events.new, name="new"),
    path("teams/<slug:team>/equipment/", things.things, name="things"),
    path("teams/<slug:team>/equipment/<int:number>/", things.thing, name="thing"),
    path("teams/<slug:team>/equipment/<int:number>/removal/", things.remove, name="remove-thing"),
    path(_ONE, events.event, name="event"),
    path(f"{_ONE}change/", events.change, name="change"),
    path(f"{_ONE}calling-off/", events.call_off, name="call-off"),
    path(f"{_ONE}template/", events.keep, name="keep"),
    path(f"{_ONE}tasks/", tasks.tasks, name="tasks"),
    path(f"{_ONE}tasks/new/", tasks.new, name="new-task"),
    path("event-tasks/<int:number>/change/", tasks.change, name="change-task"),
    path("event-tasks/<int:number>/removal/", tasks.remove, name="remove-task"),
    path(f"{_ONE}plan/", plan.plan, name="plan"),
    path(f"{_ONE}plan/state/", plan.state, name="plan-state"),
    path(f"{_ONE}plan/stop/", plan.stop, name="stop-planning"),
    path("event-tasks/<int:number>/plan/", plan.by_hand, name="by-hand"),
    path("event-tasks/<int:number>/plan/check/", plan.check, name="check-by-hand"),
    path("event-tasks/<int:number>/plan/free/", plan.free, name="free-by-hand"),
    path(f"{_ONE}run-sheet/", run.run, name="run"),
    path("event-tasks/<int:number>/done/", run.do, name="do"),
    path("event-tasks/<int:number>/undone/", run.undo, name="undo"),
    path("event-tasks/<int:number>/late/", run.late, name="late"),
    path("event-tasks/<int:number>/help/", run.need_help, name="need-help"),
    path("event-tasks/<int:number>/help-came/", run.help_came, name="help-came"),
    path(f"{_ONE}risks-and-money/", around.around, name="around"),
    path(f"{_ONE}risks/", around.add_risk, name="add-risk"),
    path(f"{_ONE}risks/removal/", around.remove_risk, name="remove-risk"),
    path(f"{_ONE}budget/", around.add_line, name="add-line"),
    path(f"{_ONE}budget/<int:line>/", around.change_line, name="change-line"),
    path(f"{_ONE}briefing/", briefing.briefing, name="briefing"),
    path(f"{_ONE}briefing/time/", briefing.set_time, name="set-briefing"),
    path(f"{_ONE}briefing/points/", briefing.add_point, name="add-point"),
    path(f"{_ONE}briefing/points/<int:point>/", briefing.set_point, name="set-point"),
    path(f"{_ONE}briefing/questions/", briefing.ask, name="ask"),
    path(f"{_ONE}look-back/", looking_back.look_back, name="look-back"),
    path(f"{_ONE}look-back/<int:lesson>/task/", looking_back.make_task, name="lesson-task"),
    path(f"{_ONE}look-back/<int:lesson>/proposal/", looking_back.propose, name="lesson-proposal"),
    path(f"{_ONE}authority/", looking_back.lend, name="lend"),
    path(f"{_ONE}people/", people.people, name="people"),
    path(_PERSON, people.person, name="person"),
    path(f"{_PERSON}times/", people.add_stay, name="add-stay"),
    path(f"{_PERSON}times/removal/", people.remove_stay, name="remove-stay"),
    path(f"{_PERSON}wishes/", people.add_wish, name="add-wish"),
    path(f"{_PERSON}wishes/removal/", people.remove_wish, name="remove-wish"),
    path(f"{_PERSON}removal/", people.remove, name="remove-person"),
]
