"""Whatever is typed into any form is still there when it is refused, with words beside what is wrong.

Every form of every page is filled and sent as a browser would send it: with what no field of numbers, days or
addresses understands, and with far too much.
"""

from copy import deepcopy
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve
from lxml import html
from tests.app.every_address import addresses, furnished, path_of
from tests.app.made_complaints import made_complaint, wants
from tests.app.test_bad_input import NOT_TYPED

from remit.complaints.actions.deciding import decide
from remit.people.access import place_in
from remit.people.actions.joining import invite
from remit.people.models import Role
from remit.remedies.actions.handing_over import redeem, settle
from remit.remedies.models import StoreCredit

pytestmark = [pytest.mark.slow, pytest.mark.alike]  # every form of every page

TEXTS = {"text", "email", "tel", "number", "date", "time", "datetime-local", "search", "url", "password"}
NOT_SHOWN_AGAIN = {"password", "file"}
WRONG = 'typed-{} & <kept> "é"'
FAR_TOO_MUCH = "typed-{} " + "x" * 20_000

MAY_BE_CUT = {"remedies:handed-over"}
"""One line among many: its input takes no more than fits, and the list is drawn anew."""

PRESSED = {
    "charters:begin",
    "charters:draft-forward",
    "charters:draft-revision",
    "charters:seen",
    "complaints:drop-view",
    "complaints:here",
    "complaints:import-start",
    "complaints:link-payment",
    "complaints:mail-complaint",
    "complaints:mail-hook",
    "complaints:merge-customers",
    "complaints:part-customers",
    "complaints:take-reply-back",
    "complaints:take-up",
    "complaints:undo",
    "complaints:undo-merge",
    "complaints:unlink",
    "complaints:withdraw",
    "demo:customer",
    "demo:enter",
    "events:choose-again",
    "events:erase-helper",
    "events:free-by-hand",
    "events:help-came",
    "events:check-by-hand",
    "events:keep-stay",
    "events:remove-stay",
    "events:remove-wish",
    "events:stop-planning",
    "events:undo",
    "growth:show",
    "growth:take-back",
    "hats:again",
    "letgo:again",
    "notices:subscribe",
    "notices:unsubscribe",
    "people:app-removal",
    "people:browser",
    "people:close-own-pages",
    "people:codes",
    "people:come-back",
    "people:factors-of",
    "people:hand-back",
    "people:keep-passkey",
    "people:link",
    "people:passkey-removal",
    "people:role-removal",
    "people:touched",
    "people:turn",
    "practice:forget",
    "practice:forget-all",
    "privacy:end-hold",
    "privacy:stop",
    "procedures:bring-back",
    "procedures:draft-undo",
    "procedures:forward",
    "procedures:read-in",
    "providers:hook",
    "reviews:helpful",
    "reviews:seen",
    "rollouts:again",
    "voice:support-no-more",
    "why-hint",
    "work:end-calendar-link",
    "work:follow-checklist",
    "work:open-days",
    "work:put-task-back",
    "work:send-photo",
    "work:undo-task",
}
"""What answers to a press or to a script: there is nothing to type."""

SHOWN_ONCE = {"work:calendar"}
"""What answers well with a page that says, once, what was made."""
ELSEWHERE = {
    "approvals:object": "test_what_only_some_see",
    "charters:draft-publish": "test_charters_trials: it is there where a draft changes something",
    "charters:organisation-version-act": "test_charters_above: it is there for a version of before",
    "complaints:advise": "test_what_only_some_see",
    "complaints:forget-letter": "test_complaint_letters: it waits until a letter has other words",
    "growth:answer": "growth/test_growth_pages: where something is proposed or asked",
    "growth:ask-for": "growth/test_growth_pages: where something is proposed or asked",
    "growth:end-trust": "growth/test_growth_pages: where something is proposed or asked",
    "growth:give": "growth/test_growth_pages: where something is proposed or asked",
    "growth:limit": "growth/test_growth_pages: where something is proposed or asked",
    "growth:narrow": "growth/test_growth_pages: where something is proposed or asked",
    "growth:stay": "growth/test_growth_pages: where something is proposed or asked",
    "growth:talk": "growth/test_growth_pages: where something is proposed or asked",
    "growth:wait": "growth/test_growth_pages: where something is proposed or asked",
    "people:invitation": "test_what_only_some_see",
    "procedures:answer": "procedures/test_procedure_pages: where somebody proposes",
    "procedures:hand-in": "procedures/test_procedure_pages: for whoever doesn't publish",
    "procedures:questions": "procedures/test_procedure_pages: where a version asks some",
    "pulse:answer": "pulse/test_pulse_pages: it is there while a wave is open",
    "voice:correct-answer": "voice/test_voice_pages: it is there once a question was answered",
    "work:hand-task-over": "work/test_tasks_pages: it is there for whoever has it",
    "remedies:credit": "test_what_only_some_see",
    "reviews:answer": "test_what_only_some_see",
    "reviews:opinion": "test_what_only_some_see",
    "reviews:want": "test_what_only_some_see",
    "rollouts:began": "rollouts/test_rollouts_pages: it is there once an order is drawn",
    "rollouts:change": "rollouts/test_rollouts_pages: it takes five teams",
    "rollouts:new": "rollouts/test_rollouts_pages: it takes five teams",
    "remedies:put-back": "test_what_only_some_see",
    "remedies:renew": "test_remedies_credit_ends: it waits until a credit has ended",
    "remedies:take-over": "providers/test_money_pages",
    "remedies:stop": "providers/test_refunds_stopped",
    "remedies:way": "providers/test_spread_pages: it is there where a provider couldn't give all",
    "privacy:erase-member": "privacy/test_privacy_members: it waits until they left",
    "privacy:erase": "privacy/test_privacy_pages: it waits while a complaint is open",
    "people:forgotten": "test_people_sign_in: it answers everybody alike, and needs a mail server",
    "people:new-password": "test_people_sign_in: passwords alone, which are never shown again",
    "people:own-pages": "safety/test_own_pages_on_a_shared_screen: a PIN alone, which is never shown again",
    "people:second": "test_people_second_factor: codes alone, half way in",
    "people:welcome": "test_people_first_run: it is there only where there is nobody",
}
"""Forms that are on no page that the owner or a stranger sees, and where they are sent."""


def filled(form, text):
    """What is sent of a form when each of its controls holds something else, and what of it must stay."""
    sent, typed = {}, {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    for number, control in enumerate(form.inputs):
        name, kind = control.get("name"), control.get("type", "text").lower()
        if not name or control.get("disabled") is not None:
            continue
        if control.tag == "textarea" or (control.tag == "input" and kind in TEXTS):
            sent[name] = text.format(number)
        elif control.tag == "select" and not control.multiple and control.value_options:
            sent[name] = control.value_options[-1]
        elif control.tag == "input" and kind in {"radio", "checkbox"}:
            sent[name] = control.get("value", "on")
        else:
            continue
        if kind not in NOT_SHOWN_AGAIN:
            typed[name] = sent[name]
    return sent, typed


def shown_in(form):
    """What stands in the controls of a form, by name."""
    found = {}
    for control in form.inputs:
        if control.tag == "input" and control.get("type") in {"radio", "checkbox"}:
            values = {control.get("value", "on")} if control.get("checked") is not None else set()
        else:
            values = {(control.value or "").strip()}
        found.setdefault(control.get("name"), set()).update(values)
    return found


def not_kept(before, typed, page):
    """What isn't in the form any more that comes back; everything, where the form itself doesn't."""
    same = [
        shown_in(form)
        for form in page.forms
        if form.get("action") == before.get("action") and form.method == "POST"
    ]
    lost = [[name for name in typed if typed[name].strip() not in shown.get(name, ())] for shown in same]
    return min(lost, key=len, default=list(typed))


def without_words(page):
    """Controls that are marked as wrong, and nothing beside them says why."""
    for control in page.xpath("//*[@aria-invalid='true']"):
        beside = [page.get_element_by_id(each, None) for each in control.get("aria-describedby", "").split()]
        if not any(each is not None and each.text_content().strip() for each in beside):
            yield control.get("name")


def page_at(client, path):
    """A page; None where there is none to see."""
    answer = client.get(path)
    if answer.streaming:
        list(answer)  # closes its file, as a server does when it has sent it
        return None
    return html.fromstring(answer.content.decode()) if b"<form" in answer.content else None


def forms_at(client, path):
    """Every form of a page that is sent: the name of what takes it, its address, the form."""
    page = page_at(client, path)
    for form in page.forms if page is not None else ():
        if form.method == "POST":
            action = urljoin(path, form.get("action") or path)
            yield resolve(urlsplit(action).path).view_name, action, form


def sent_from(client, path, text, before):
    """Send every form of a page, each as the first one: its name, the form, what was typed, the answer.

    Args:
        client: who sends them; where a form signs them out, they are there again for the next one.
        path: of the page.
        text: what is typed.
        before: what was sent already, from whatever page: the same is answered the same, and not sent again.
    """
    for name, action, form in forms_at(client, path):
        sent, typed = filled(form, text)
        typed_in = ((field, str(value)) for field, value in sent.items() if field not in NOT_TYPED)
        same = (action, *sorted(typed_in))
        if same in before:
            continue
        before.add(same)
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            answer = client.post(action, sent)
            transaction.set_rollback(True)
        yield name, form, typed, answer
        client.cookies = cookies


def problem_of(client, name, form, typed, answer):
    """What is wrong with how a form was answered, in words; "" for nothing."""
    if answer.status_code == 302:
        if answer.url.startswith("/sign-in/"):
            return f"{name} sent to the door: nothing reached it"
        after = client.get(answer.url)
        said = after.context["messages"] if after.context and "messages" in after.context else ()
        errors = [str(each) for each in said if each.level_tag == "error"]
        return f"{name} forgot {sorted(typed)}: {errors}" if errors and name not in MAY_BE_CUT else ""
    page = html.fromstring(answer.content.decode())
    is_shown_once = answer.status_code == 200 and name in SHOWN_ONCE
    if lost := [] if is_shown_once else not_kept(form, typed, page):
        return f"{name} answers {answer.status_code} and lost {lost}"
    if wordless := list(without_words(page)):
        return f"{name} says nothing beside {wordless}"
    if answer.status_code == 422 and not page.xpath("//*[@aria-invalid='true' or @role='alert']"):
        return f"{name} doesn't say what is wrong"
    return "" if answer.status_code in {200, 422} else f"{name} answers {answer.status_code}"


@pytest.mark.parametrize("who", ["ola", "ana", "nobody"])
@pytest.mark.parametrize("text", [WRONG, FAR_TOO_MUCH], ids=["wrong", "far too much"])
def test_what_was_typed_is_kept(house, signed_in, who, text):
    words = furnished(house)
    client = Client() if who == "nobody" else signed_in(getattr(house, who))
    problems, before = [], set()
    for name, pattern in addresses():
        for sent in sent_from(client, path_of(name, pattern, words), text, before):
            problems += [problem_of(client, *sent)] if sent[2] else []
    assert [each for each in problems if each] == []


@pytest.mark.parametrize("text", [WRONG, FAR_TOO_MUCH], ids=["wrong", "far too much"])
def test_what_only_some_see(house, signed_in, text):
    words = furnished(house)
    cold, late = (
        made_complaint(house, title=title, category="late", paid=90_000) for title in ("Cold", "Late")
    )
    proposed = decide(house.ana, cold.number, wants("refund", 15_000))
    settle(decide(house.ana, late.number, wants("credit", 1_500)).remedy, None)
    credit = StoreCredit.objects.get()
    redeem(credit, 300, house.ben)
    invitation = invite(place_in(house.mia, house.harbour), Role.objects.get(word="member"))[1]
    reached, problems = set(), []
    for who, path in (
        ("sam", f"/approvals/{proposed.approval_id}/"),
        ("ben", path_of("complaints:complaint", "complaints/<int:number>/", words)),
        ("ben", f"/remedies/credit/?code={credit.code}"),
        ("sam", f"/remedies/{credit.remedy_id}/uses/1/put-back/"),
        ("nobody", f"/invitation/{invitation}/"),
        ("sam", f"/reviews/{words['reviews:opinion']['number']}/"),
        ("ana", f"/reviews/{words['reviews']['number']}/"),
        ("ana", f"/decisions/{words['reviews']['decision']}/look/"),
    ):
        client = Client() if who == "nobody" else signed_in(getattr(house, who))
        for sent in sent_from(client, path, text, set()):
            reached.add(sent[0])
            problems += [problem_of(client, *sent)] if sent[2] else []
    assert [each for each in problems if each] == []
    assert {name for name, where in ELSEWHERE.items() if where == "test_what_only_some_see"} <= reached


def test_every_form_is_reached(house, signed_in):
    words, client = furnished(house), signed_in(house.ola)
    reached, takes = set(), set()
    for name, pattern in addresses():
        path = path_of(name, pattern, words)
        for each in (client, Client()):
            reached.update(form[0] for form in forms_at(each, path))
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            if client.post(path).status_code != 405:
                takes.add(name)
            transaction.set_rollback(True)
        client.cookies = cookies
    assert takes - reached == PRESSED | ELSEWHERE.keys()
