"""Addresses of the app `work`."""

from __future__ import annotations

from django.urls import path

from remit.work.views import calendar, checklists, closed, rounds, task_acts, tasks

app_name = "work"
urlpatterns = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("teams/<slug:team>/tasks/new/", tasks.new, name="new-task"),
    path("tasks/balance/", tasks.balance, name="balance"),
    path("tasks/<int:number>/", tasks.task, name="task"),
    path("tasks/<int:number>/change/", tasks.change, name="change-task"),
    path("tasks/<int:number>/take/", task_acts.take, name="take-task"),
    path("tasks/<int:number>/put-back/", task_acts.put_back, name="put-task-back"),
    path("tasks/<int:number>/give/", task_acts.give, name="give-task"),
    path("tasks/<int:number>/hand-over/", task_acts.hand_over, name="hand-task-over"),
    path("tasks/<int:number>/done/", task_acts.do, name="do-task"),
    path("tasks/<int:number>/undone/", task_acts.undo, name="undo-task"),
    path("tasks/<int:number>/closure/", task_acts.close, name="close-task"),
    path("calendar/", calendar.links, name="calendar"),
    path("calendar/<int:number>/end/", calendar.end_link, name="end-calendar-link"),
    path("calendar/<str:secret>.ics", calendar.calendar_file, name="calendar-file"),
    path("teams/<slug:team>/closed/", closed.closed, name="closed"),
    path("teams/<slug:team>/closed/<int:number>/open/", closed.opened, name="open-days"),
    path("checklists/", checklists.checklists, name="checklists"),
    path("teams/<slug:team>/checklists/new/", checklists.new, name="new-checklist"),
    path("checklists/<int:number>/", checklists.checklist, name="checklist"),
    path("checklists/<int:number>/change/", checklists.change, name="change-checklist"),
    path("checklists/<int:number>/procedure/", checklists.follow, name="follow-checklist"),
    path("checklists/<int:number>/stop/", checklists.stop, name="stop-checklist"),
    path("rounds/<int:number>/", rounds.tick, name="round"),
    path("rounds/<int:number>/lines/<int:place>/", rounds.press_line, name="press-line"),
    path("rounds/<int:number>/lines/<int:place>/photo/", rounds.send_photo, name="send-photo"),
    path("rounds/photos/<int:number>/", rounds.photo, name="photo"),
    path("rounds/<int:number>/letting-go/", rounds.let_it_go, name="let-round-go"),
]
