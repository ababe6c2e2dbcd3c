"""Addresses of the people."""

from __future__ import annotations

from django.urls import path

from remit.people.views import counter, duty, first_run, joining, me, settings, team, ways_in

app_name = "people"

urlpatterns = [
    path("welcome/", first_run.welcome, name="welcome"),
    path("sign-in/", ways_in.door, name="sign-in"),
    path("sign-out/", ways_in.leave_here, name="sign-out"),
    path("sign-in/forgotten/", ways_in.forgotten, name="forgotten"),
    path("sign-in/forgotten/sent/", ways_in.forgotten_sent, name="forgotten-sent"),
    path("sign-in/new-password/<slug:word>/<str:token>/", ways_in.new_password, name="new-password"),
    path("invitation/<str:secret>/", joining.invitation, name="invitation"),
    path("link/<str:secret>/", joining.link, name="link"),
    path("counter/", counter.counter, name="counter"),
    path("counter/hand-back/", counter.hand_back, name="hand-back"),
    path("counter/touched/", counter.touched, name="touched"),
    path("counter/<int:number>/", counter.turn, name="turn"),
    path("me/", me.me, name="me"),
    path("me/password/", me.password, name="password"),
    path("me/pin/<slug:team>/", me.pin, name="pin"),
    path("me/sign-out-everywhere/", me.everywhere, name="everywhere"),
    path("me/browsers/<int:number>/end/", me.browser, name="browser"),
    path("people/", team.people, name="people"),
    path("people/roles/", settings.roles, name="roles"),
    path("people/roles/<slug:word>/", settings.role, name="role"),
    path("people/roles/<slug:word>/remove/", settings.role_removal, name="role-removal"),
    path("people/<slug:word>/owner/", team.ownership, name="ownership"),
    path("settings/", team.settings, name="team-settings"),
    path("teams/new/", settings.new_team, name="new-team"),
    path("teams/<slug:team>/people/", team.team_people, name="team"),
    path("teams/<slug:team>/people/invite/", joining.invite_somebody, name="invite"),
    path("teams/<slug:team>/invitations/<int:number>/withdraw/", joining.withdraw, name="withdraw"),
    path("teams/<slug:team>/people/<slug:word>/", team.member, name="member"),
    path("teams/<slug:team>/people/<slug:word>/link/", joining.personal_link, name="make-link"),
    path("teams/<slug:team>/people/<slug:word>/leave/", team.departure, name="departure"),
    path("teams/<slug:team>/people/<slug:word>/return/", team.come_back, name="come-back"),
    path("teams/<slug:team>/duty/", duty.tap, name="tap"),
    path("teams/<slug:team>/shifts/", duty.week, name="week"),
    path("teams/<slug:team>/shifts/copy/", duty.copy, name="copy-week"),
    path("teams/<slug:team>/shifts/<int:number>/", duty.shift, name="shift"),
    path("teams/<slug:team>/settings/", settings.team_settings, name="settings"),
    path("teams/<slug:team>/counter/", counter.devices, name="counter-devices"),
    path("teams/<slug:team>/counter/<int:number>/end/", counter.end_device, name="end-device"),
]
