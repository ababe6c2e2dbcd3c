"""Addresses of the app `voice`."""

from __future__ import annotations

from django.urls import path

from remit.voice.views import idea_acts, ideas, promises, questions, thanks, trials

app_name = "voice"
urlpatterns = [
    path("ideas/", ideas.ideas, name="ideas"),
    path("ideas/new/", ideas.new_somewhere, name="new-idea-somewhere"),
    path("teams/<slug:team>/ideas/new/", ideas.new, name="new-idea"),
    path("teams/<slug:team>/ideas/alike/", ideas.alike, name="alike"),
    path("ideas/<int:number>/", ideas.idea, name="idea"),
    path("ideas/<int:number>/picture/", ideas.picture, name="picture"),
    path("ideas/<int:number>/support/", idea_acts.support, name="support"),
    path("ideas/<int:number>/support/end/", idea_acts.support_no_more, name="support-no-more"),
    path("ideas/<int:number>/answer/", idea_acts.answer, name="answer-idea"),
    path("ideas/<int:number>/beside/", idea_acts.put_beside, name="put-beside"),
    path("ideas/<int:number>/beside/end/", idea_acts.take_apart, name="take-apart"),
    path("ideas/<int:number>/trial/", trials.new, name="new-trial"),
    path("trials/<int:number>/", trials.trial, name="trial"),
    path("trials/<int:number>/outcome/", trials.say, name="say-what-came"),
    path("thanks/", thanks.thanks, name="thanks"),
    path("thanks/new/", thanks.new_somewhere, name="new-thanks-somewhere"),
    path("teams/<slug:team>/thanks/new/", thanks.new, name="new-thanks"),
    path("questions/", questions.questions, name="questions"),
    path("questions/new/", questions.new_somewhere, name="new-question-somewhere"),
    path("teams/<slug:team>/questions/new/", questions.new, name="new-question"),
    path("questions/<int:number>/", questions.question, name="question"),
    path("questions/<int:number>/answer/", questions.answer, name="answer-question"),
    path("questions/<int:number>/correction/", questions.correct, name="correct-answer"),
    path("teams/<slug:team>/voice/", promises.settings, name="settings"),
]
