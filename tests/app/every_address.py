"""Every address of the application, and a house in which each of them leads to something."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.urls import get_resolver
from tests.app.answered_rows import always_approved
from tests.app.events.made_big_days import events_furnished
from tests.app.made_complaints import made_complaint, wants
from tests.app.practice.closed import closed_complaint, known_customer
from tests.app.procedures.made_procedures import furnished_procedures
from tests.app.pulse.made_pulse import pulse_furnished
from tests.app.purpose.made_objectives import changed_objective, made_objective, made_vision
from tests.app.rollouts.made_rollouts import rollouts_furnished
from tests.app.voice.made_voice import voice_furnished
from tests.app.work.made_work import made_round, made_task

from remit.charters.actions import begin_draft, comment_on, share_draft
from remit.charters.models import Delegation, Draft, Publication
from remit.complaints.actions.deciding import decide
from remit.complaints.models import (
    Attachment,
    Import,
    Message,
    ReceivedMail,
    SavedReply,
    SavedView,
)
from remit.complaints.vocabulary import MailKind
from remit.core import clock
from remit.core.clock import now
from remit.findings.actions import Found, take_up
from remit.findings.looking_into import keep_worth_a_look
from remit.findings.models import Finding
from remit.findings.vocabulary import Taking
from remit.growth.models import Proposal, Wish
from remit.inbox.models import Mailbox
from remit.inbox.vocabulary import Way
from remit.insight.balance.keeping import keep
from remit.insight.balance.targets import set_target
from remit.insight.balance.vocabulary import Word
from remit.insight.hats.looking import look_at_hats
from remit.insight.letgo.looking import look_at_team
from remit.insight.models import LookBack
from remit.insight.what_if.actions import Wanted, look_back
from remit.insight.what_if.vocabulary import Of
from remit.jobs.models import Job
from remit.notices.actions import settle
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.people.models import CounterDevice, Duty, Invitation
from remit.practice.actions import take_out, try_case
from remit.practice.models import Case
from remit.privacy.actions.handing_out import ask_export, make_export, token_of
from remit.privacy.actions.writing_words import write_statement
from remit.remedies.actions.connections import Keys, connect
from remit.remedies.actions.elsewhere import write_down
from remit.reviews.actions.asking import want_look
from remit.reviews.actions.looking import finish
from remit.reviews.actions.weekly import draw_round, open_round
from remit.reviews.weeks import week_of

_OF_A_DRAFT = (
    *("draft", "draft-sentences", "draft-text", "draft-talk", "draft-settle", "draft-revisions"),
    *("draft-revision", "draft-forward", "draft-about", "draft-cell", "draft-new-rule", "draft-rule"),
    *("draft-limit", "draft-publish", "draft-words", "draft-charter"),
)
WHO = ("nobody", "ana", "ben", "sam", "mia", "ola", "eve")


def addresses():
    """Name and pattern of every address, in their order."""
    return list(_walked(get_resolver(), "", ""))


def _walked(resolver, before, namespace):
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from _walked(each, pattern, each.namespace or namespace)
        else:
            yield f"{namespace}:{each.name}" if namespace else each.name, pattern


def namespace_of(name):
    """The part of the application that an address belongs to."""
    return name.split(":")[0]


def furnished(house):
    """A house in which something stands behind every address, and the words that go into them."""
    dinner = made_complaint(house, title="Cold dinner", category="late", paid=31200)
    cake = made_complaint(
        house, title="Wrong cake", category="wrong item", paid=31200, customer=dinner.customer
    )
    asked = decide(house.ana, cake.number, wants("refund", 12000, words="They cut it anyway."))
    with clock.at(now() - timedelta(hours=1)):
        given = decide(house.ana, dinner.number, wants("refund", 4200))
    question = Message.objects.create(
        complaint=dinner,
        form="question",
        author=house.ana,
        to_member=house.ben,
        text="What would you do?",
        at=now(),
    )
    told = Message.objects.create(complaint=dinner, form="from-customer", text="It was cold.", at=now())
    file = Attachment.objects.create(
        message=told,
        file=ContentFile(b"%PDF-1.4", "a.pdf"),
        name="a.pdf",
        media_type="application/pdf",
        size=8,
    )
    rows = _rows(house, dinner.order_key)
    rows["done"], rows["drawn"] = _looked_at(house, dinner.customer)
    rows["to_do"] = want_look(house.ana, given.pk, colleague="sam").reviews.get()
    rows["export"] = _export(house, dinner.customer)
    rows["let go"] = _let_go(house)
    rows["worth a look"] = _worth_a_look(house)
    rows["hat"] = _hat(house)
    made_vision(house)
    rows["objective"] = changed_objective(house)
    rows["moves"] = made_objective(house, "made-right", measure="rating", start=3, target=5)
    write_statement(house.ola, "What we keep.", "us@example.org")
    return {
        "people": {"word": "ben", "number": 1, "team": "harbour", "secret": "x" * 43, "token": "x-y"},
        "people:role": {"word": "lead"},
        "people:role-removal": {"word": "lead"},
        "people:shift": {"number": Duty.objects.filter(membership__member=house.ben).first().pk},
        "people:withdraw": {"number": rows["invitation"].pk},
        "people:end-device": {"number": rows["device"].pk},
        "people:turn": {"number": house.ben.memberships.get().pk},
        "notices:open": {"number": rows["notice"].pk},
        "jobs": {"number": rows["job"].pk},
        "charters": {"team": "harbour", "number": 1, "rule": "late-is-ours"},
        "purpose:rows": {"team": "harbour", "key": rows["moves"].key},
        **{f"charters:{name}": rows["of a draft"] for name in _OF_A_DRAFT},
        "charters:draft-word": rows["of a draft"] | {"section": "facts"},
        "charters:publication": {"number": rows["publication"].pk},
        "charters:end-delegation": {"number": rows["delegation"].pk},
        "complaints": {
            "number": dinner.number,
            "other": cake.number,
            "team": "harbour",
            "token": dinner.token,
            "customer": dinner.customer.pk,
            "merge": 1,
            "view": rows["view"].pk,
            "reply_id": rows["reply"].pk,
            "question_id": question.pk,
            "message_id": told.pk,
            "attachment_id": file.pk,
            "decision_id": asked.pk,
            "row": rows["elsewhere"].pk,
        },
        "complaints:attachment": {"number": file.pk},
        "complaints:mail-hook": {"secret": "x" * 43},
        **{f"complaints:mail-{act}": {"number": rows["mail"].pk} for act in ("complaint", "leave", "whole")},
        "inbox": {"team": "harbour"},
        "complaints:undo": {"decision_id": given.pk},
        **{
            f"complaints:import-{step}": {"number": rows["import"].pk}
            for step in ("one", "state", "columns", "start", "cancel")
        },
        "approvals": {"number": asked.approval_id},
        **_worked(house),
        **events_furnished(house),
        **pulse_furnished(house),
        **voice_furnished(house),
        **rollouts_furnished(house),
        "purpose": {"team": "harbour", "key": rows["objective"].key},
        "growth": {"team": "harbour", "member": "ben", "number": rows["proposal"].pk},
        "growth:answer": {"number": rows["wish"].pk},
        "growth:take-back": {"number": rows["wish"].pk},
        "reviews": {"number": rows["done"].pk, "decision": given.pk, "team": "harbour"},
        "reviews:opinion": {"number": rows["to_do"].pk},
        "reviews:week": {"number": rows["drawn"].pk},
        "reviews:draw-file": {"number": rows["drawn"].pk},
        "providers": {"number": rows["connection"].pk, "secret": "x" * 43},
        "remedies": {"number": given.remedy_id, "team": "harbour", "use": 1},
        "privacy": {
            "number": rows["export"].pk,
            "customer": dinner.customer.pk,
            "token": token_of(rows["export"]),
        },
        "privacy:erase-member": {"word": "ben"},
        "privacy:hold": {"number": dinner.number},
        "privacy:end-hold": {"number": dinner.number},
        "privacy:words-before": {"number": 1},
        "letgo": {"team": "harbour", "number": rows["let go"].finding_id, "sort": "trial", "act": "keep"},
        **{f"letgo:{name}": {"number": rows["let go"].pk} for name in ("trial", "end-trial")},
        "letgo:hold-on": {"number": rows["worth a look"].pk},
        "hats": {"team": "harbour", "number": rows["hat"].pk},
        "balance": _balanced(house),
        "causes": {"team": "harbour", "sort": "about", "value": "late"},
        "demo": {"word": "member"},
        **_practised(house),
        **furnished_procedures(house),
        "insight": {"team": "harbour", "number": rows["look_back"].pk},
        "insight:what_if": {"number": rows["draft"].pk},
        **{f"insight:what-if-{act}": {"number": rows["looks_still"].pk} for act in ("state", "stop")},
    }


def _balanced(house):
    """A part of the balance with a target, and what was counted."""
    place = place_in(house.mia, house.harbour)
    set_target(place, Word.ALONE, target=70, why="The charter lets us.", after=0)
    keep(house.harbour)
    return {"team": "harbour", "part": Word.ALONE.value}


def _worked(house):
    """A task that is free to take, and a checklist that came this morning."""
    there = made_round(house)
    of_it = {"number": there.pk, "place": 1}
    return {
        "work": {"team": "harbour", "number": made_task(house, house.ana).pk, "secret": "x" * 43},
        **{
            f"work:{act}checklist": {"number": there.checklist_id}
            for act in ("", "change-", "follow-", "stop-")
        },
        **{f"work:{name}": of_it for name in ("round", "press-line", "send-photo", "let-round-go")},
    }


def _practised(house):
    """A case that ben tried, and one that was taken out."""
    customer = known_customer("Petra Holm")
    case, gone = (
        Case.objects.create(
            complaint=closed_complaint(house, decider=house.sam, customer=customer), code=code, made_at=now()
        )
        for code in ("aaaa", "bbbb")
    )
    tried = try_case(house.ben, case.code, kind="refund", value=7000, words="It was late.")
    take_out(house.mia, gone.code, "Known to all.")
    return {"practice": {"code": case.code, "number": tried.pk}, "practice:back": {"code": gone.code}}


def _rows(house, order_key):
    secret = {"secret_hash": "0" * 64, "made_by": house.sam, "made_at": now()}
    lead = house.sam.memberships.get().role
    keys = Keys(account="Harbour Street", key="sk_test_nobody_takes_it", secret="", is_live=False)
    mailbox = Mailbox.objects.create(
        team=house.harbour, address="service@harbour.example", way=Way.POST, made_by=house.ola, made_at=now()
    )
    place_of_ana = house.ana.memberships.get()
    return {
        "proposal": Proposal.objects.create(
            membership=place_of_ana,
            step="first",
            is_wider=True,
            charter=house.version,
            at=now(),
            shown_at=now(),
            evidence={"counted": 34, "differently": 0},
        ),
        "wish": Wish.objects.create(membership=place_of_ana, step="first", words="Sundays.", at=now()),
        "mail": ReceivedMail.objects.create(
            mailbox=mailbox,
            key="0" * 64,
            kind=MailKind.UNREADABLE,
            subject="Your order",
            raw=ContentFile(b"From: shop@example.org\r\n\r\nThanks.", "a.eml"),
            at=now(),
        ),
        "connection": connect(house.ola, "stripe", keys, [house.harbour]),
        "elsewhere": write_down(
            house.ben,
            house.harbour,
            order_key,
            100,
            "EUR",
            reference="till 4",
            why="Before it was written down.",
        ),
        "invitation": Invitation.objects.create(
            team=house.harbour, role=lead, expires_at=now() + timedelta(days=2), **secret
        ),
        "device": CounterDevice.objects.create(team=house.harbour, name="Counter", **secret),
        "notice": Notice.objects.create(
            member=house.ana,
            code="told",
            subject="x:1",
            title="Something",
            address="/complaints/",
            created_at=now(),
        ),
        "job": Job.objects.create(
            task="remit.complaints.jobs.send_message",
            run_at=now(),
            created_at=now(),
            needs_person_at=now(),
            last_error="No answer.",
        ),
        "of a draft": _draft(house),
        "publication": Publication.objects.create(
            team=house.harbour,
            text=house.version.text,
            why="Wider.",
            base=house.version,
            proposed_by=house.mia,
            proposed_at=now(),
        ),
        "delegation": Delegation.objects.create(
            team=house.harbour,
            giver=house.sam,
            receiver=house.ben,
            since=now().date(),
            until=now().date(),
            why="I am away.",
            made_at=now(),
        ),
        "view": SavedView.objects.create(member=house.ana, title="Late", query="category=late"),
        "reply": SavedReply.objects.create(team=house.harbour, title="Sorry", text="We are sorry."),
        "import": Import.objects.create(
            team=house.harbour,
            by=house.sam,
            what="customers",
            name="customers.csv",
            file=ContentFile(b"name,email\nAna Guest,guest@example.org\n", "customers.csv"),
            columns={"name": "name", "email": "email"},
            at=now(),
        ),
        **_looks_back(house),
    }


def _looks_back(house):
    """What another charter would have meant: one that is answered, and one that is still looked at."""
    day = now().date()
    wanted = Wanted(
        of=Of.TEXT,
        named="another text",
        text=house.version.text.replace("upto: 50\n", "upto: 90\n"),
        teams=[house.harbour],
        since=day - timedelta(days=300),
        until=day + timedelta(days=1),
    )
    answered = look_back(place_in(house.mia, house.harbour), wanted)
    return {
        "draft": Draft.objects.create(
            team=house.harbour, text=wanted.text, why="Wider.", made_by=house.mia, made_at=now()
        ),
        "look_back": answered,
        "looks_still": LookBack.objects.create(
            team=house.harbour,
            over=[house.harbour.pk],
            of=Of.TEXT,
            named="another text",
            text=answered.text,
            base=house.version,
            mode=answered.mode,
            since=answered.since,
            until=answered.until,
            by=house.mia,
            at=now(),
            rows=200_000,
        ),
    }


def _looked_at(house, customer):
    """A week that was drawn long ago, in which Ana decided something that Mia looked at."""
    with clock.at(now() - timedelta(days=21)):
        week = open_round(house.harbour, week_of(house.harbour, now()))
        complaint = made_complaint(house, title="Soup", customer=customer)
        decision = decide(house.ana, complaint.number, wants("refund", 1000))
    with clock.at(week.ends_at + timedelta(hours=2)):
        draw_round(week.pk)
        review = want_look(house.ana, decision.pk, colleague="mia").reviews.get()
        finish(house.mia, review.pk, "different", why="Too little.", better="Give half of it back.")
    return review, week


def _let_go(house):
    """A segment that could be let go, and the draft of its trial."""
    always_approved(house, 130)
    look_at_team(house.harbour)
    number = Finding.objects.get(key="refund-member").pk
    return take_up(place_in(house.mia, house.harbour), number, Taking.TRIAL, "They are always right.")


def _draft(house):
    draft = begin_draft(house.mia, house.harbour, house.version.text, "Wider.")
    share_draft(house.mia, draft)
    comment = comment_on(house.ana, draft, "60 would help.")
    settle(f"draft:{draft.pk}")  # nobody has a notice of it to see
    return {
        "number": draft.pk,
        "comment": comment.pk,
        "revision": 1,
        "rule": "fix-on-the-spot",
        "section": "grants",
    }


def _worth_a_look(house):
    """Something about Ben that everybody knows who may."""
    evidence = {"since": "2026-11-02", "happened": 7, "expected": 2.1, "others": 5}
    found = Found(f"share:{house.ben.pk}", "worth a look", "share", evidence, member=house.ben)
    with clock.at(now() - timedelta(days=4)):
        keep_worth_a_look(house.harbour, [found])
    return Finding.objects.get(reason="share")


def _hat(house):
    """What is worth a look asks its managers to hold on."""
    look_at_hats(house.harbour)
    return Finding.objects.get(sort="hat", reason="worth-a-look")


def _export(house, customer):
    export = ask_export(house.ola, customer.pk, with_notes=False)
    make_export(export.pk)
    return export


def path_of(name, pattern, words):
    """An address with its words filled in."""
    known = words.get(namespace_of(name), {}) | words.get(name, {})
    path = pattern
    for part in pattern.split("<")[1:]:
        inside = part.split(">")[0]
        path = path.replace(f"<{inside}>", str(known[inside.split(":")[-1]]))
    return f"/{path}"
