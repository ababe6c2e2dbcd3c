"""Addresses: the page of a complaint and the customer's page."""

from __future__ import annotations

from django.urls import URLPattern, path

from remit.complaints.views import (
    conversation,
    correcting,
    customer_page,
    handling,
    letters,
    page,
    paying,
    team_words,
)

_ONE = "complaints/<int:number>/"

urlpatterns: list[URLPattern] = [
    path(_ONE, page.complaint_page, name="complaint"),
    path(f"{_ONE}here/", page.here, name="here"),
    path(f"{_ONE}alike/", page.alike, name="alike"),
    path(f"{_ONE}timeline/", page.timeline, name="timeline"),
    path(f"{_ONE}reply/", conversation.reply, name="reply"),
    path(f"{_ONE}note/", conversation.note, name="note"),
    path(f"{_ONE}question/", conversation.ask_colleague, name="ask-colleague"),
    path(f"{_ONE}question/<int:question_id>/advice/", conversation.advise, name="advise"),
    path(f"{_ONE}message/<int:message_id>/taken-back/", conversation.take_back, name="take-reply-back"),
    path(f"{_ONE}saved-replies/", conversation.saved_replies, name="saved-replies"),
    path(f"{_ONE}taken-up/", handling.take_up, name="take-up"),
    path(f"{_ONE}put-back/", handling.put_back, name="put-back"),
    path(f"{_ONE}hand-over/", handling.hand_over, name="hand-over"),
    path(f"{_ONE}details/", handling.change_details, name="change-details"),
    path(f"{_ONE}order/", correcting.correct, name="correct-order"),
    path(f"{_ONE}payment/", paying.payment, name="payment"),
    path(f"{_ONE}payment/link/", paying.link, name="link-payment"),
    path(f"{_ONE}payment/elsewhere/", paying.elsewhere, name="elsewhere"),
    path(f"{_ONE}payment/elsewhere/<int:row>/strike/", paying.struck, name="strike-elsewhere"),
    path(f"{_ONE}closure/", handling.close, name="close"),
    path(f"{_ONE}reopening/", handling.reopen, name="reopen"),
    path(f"{_ONE}link/", handling.link, name="link"),
    path(f"{_ONE}link/<int:other>/taken-away/", handling.unlink, name="unlink"),
    path(f"{_ONE}merging/", handling.merge, name="merge"),
    path(f"{_ONE}merging/undone/", handling.undo_merge, name="undo-merge"),
    path("teams/<slug:team>/replies/", team_words.replies, name="reply-settings"),
    path("teams/<slug:team>/replies/<int:reply_id>/", team_words.reply, name="saved-reply"),
    path("teams/<slug:team>/replies/<int:reply_id>/forget/", team_words.forget, name="forget-reply"),
    path("teams/<slug:team>/rating/", team_words.rating, name="rating-settings"),
    path("teams/<slug:team>/letters/", letters.letters, name="letter-settings"),
    path("teams/<slug:team>/letters/forget/", letters.forget, name="forget-letter"),
    path("c/<slug:token>/", customer_page.customer_page, name="customer-page"),
    path("c/<slug:token>/files/<int:attachment_id>/", customer_page.customer_file, name="customer-file"),
]
