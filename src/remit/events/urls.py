"""Addresses of the app `events`."""

from __future__ import annotations

from django.urls import path

from remit.events.views import events, listing, people, tasks, things

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
    path(f"{_ONE}people/", people.people, name="people"),
    path(_PERSON, people.person, name="person"),
    path(f"{_PERSON}times/", people.add_stay, name="add-stay"),
    path(f"{_PERSON}times/removal/", people.remove_stay, name="remove-stay"),
    path(f"{_PERSON}wishes/", people.add_wish, name="add-wish"),
    path(f"{_PERSON}wishes/removal/", people.remove_wish, name="remove-wish"),
    path(f"{_PERSON}removal/", people.remove, name="remove-person"),
]
