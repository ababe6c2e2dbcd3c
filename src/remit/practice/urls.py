"""Addresses of the app `practice`."""

from __future__ import annotations

from django.urls import path

from remit.practice import views

app_name = "practice"
urlpatterns = [
    path("practice/", views.practice, name="practice"),
    path("practice/another/", views.another, name="another"),
    path("practice/forget/", views.forget_all, name="forget-all"),
    path("practice/forget/<int:number>/", views.forget, name="forget"),
    path("practice/<slug:code>/", views.case, name="case"),
    path("practice/<slug:code>/out/", views.out, name="out"),
    path("practice/<slug:code>/back/", views.back, name="back"),
]
