"""A customer of whom something stands in every column that can hold it, each with a mark of theirs."""

from datetime import timedelta

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db import models as fields
from tests.app.events.made_big_days import event_that_names
from tests.app.made_complaints import wants
from tests.app.privacy.team_words import team_words_that_name
from tests.app.pulse.made_pulse import pulse_that_names
from tests.app.rollouts.made_rollouts import rollouts_that_name
from tests.app.voice.made_voice import voice_that_names
from tests.app.work.made_work import made_round, made_task

from remit.charters.actions import begin_draft, comment_on
from remit.charters.models import Draft
from remit.complaints.actions.answering import Answer, answer
from remit.complaints.actions.closing import close_complaint, reopen_complaint
from remit.complaints.actions.conversation import hear_customer, note
from remit.complaints.actions.customers import CustomerWords, merge_customers
from remit.complaints.actions.deciding import decide
from remit.complaints.actions.exporting import exported
from remit.complaints.actions.handling import hand_over, take_up
from remit.complaints.actions.opening import Once, Sought, open_complaint
from remit.complaints.actions.orders import OrderWords
from remit.complaints.actions.rating import rate
from remit.complaints.actions.saved_views import keep_view
from remit.complaints.models import (
    Attachment,
    Complaint,
    Customer,
    FormSent,
    Import,
    Message,
    ReceivedMail,
    UnsentFile,
)
from remit.core import clock
from remit.core.clock import now
from remit.jobs.models import Job
from remit.notices.actions import Message as Told
from remit.notices.actions import tell
from remit.practice.actions import take_out, try_case
from remit.practice.models import Case
from remit.remedies.actions.connections import Keys, connect
from remit.remedies.actions.elsewhere import write_down
from remit.remedies.actions.handing_over import settle
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Connection, Elsewhere, Payment, Sending
from remit.reviews.actions.asking import want_look
from remit.reviews.actions.looking import answer as review_answer
from remit.reviews.actions.looking import finish
from remit.work.actions.ending import close
from remit.work.actions.rounds import let_go
from remit.work.models import ClosedDays

TEXT = (fields.CharField, fields.TextField, fields.JSONField, fields.FileField, fields.GenericIPAddressField,
        fields.BinaryField)  # fmt: skip
PDF = "%PDF-1.4 of "


def text_columns():
    """`app.model.column` and its model, for every column of every table that can hold text."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if model._meta.managed and isinstance(field, TEXT):
                found[f"{model._meta.label_lower}.{field.name}"] = (model, field)
    return found


def mail(mark):
    """Their mail address."""
    return f"{mark}@example.org"


def in_the_books(phone):
    """The number of their order on which something was given: it has no mark, since it stays."""
    return f"book-{phone[-4:]}"


def made_marked(house, mark, phone, *, merged=1):
    """Three complaints of one person, with everything that can be said about them.

    Args:
        mark: stands in every text of theirs, as a word of its own.
        phone: theirs; no other text holds it.
        merged: records of theirs that were merged into the one that goes on.
    """
    said = f"I am {mark} and it was cold."
    words = CustomerWords(name=f"Guest {mark}", email=mail(mark), phone=phone, language=mark[:12], note=said)
    with clock.at(now() - timedelta(days=40)):
        given = _opened(house, mark, words, number=in_the_books(phone), files=True)
        asked = _opened(house, mark, words, number=f"{mark}-2")
        bare = _opened(house, mark, words, number=f"{mark}-3")
        customer = given.customer
        for number in range(merged):
            other = Customer.objects.create(
                team=house.harbour,
                name=f"Guest {mark} {number}",
                email=f"{number}{mail(mark)}",
                created_at=now(),
            )
            merge_customers(house.ola, customer, other)
        _talked(house, mark, given)
        _given(house, mark, given)
        _asked(house, mark, asked)
        for each in (given, asked, bare):
            _closed(house, mark, each)
        loose_words_that_name(house, mail(mark), f"Guest {mark}")
    _practised(mark, house.mia, given, asked)
    return Customer.objects.get(pk=customer.pk)


def _opened(house, mark, words, *, number, files=False):
    file = SimpleUploadedFile(f"{mark}.pdf", (PDF + mark).encode(), "application/pdf")
    return open_complaint(
        house.harbour,
        text=f"{mark} says: it was cold, order {number}.",
        channel="form",
        title=f"Cold dinner of {mark}",
        category="late",
        customer=words,
        order=OrderWords(number, 31200, None, f"Soup for {mark}"),
        sought=Sought(words=f"{mark} wants it warm"),
        files=[file] if files else [],
        once=Once(stamp=f"{number}-stamp", origin=f"{mark}-origin"),
    )


def _talked(house, mark, complaint):
    take_up(house.ana, complaint)
    hear_customer(complaint, f"{mark} is still here.")
    note(house.ana, complaint, f"{mark} sounded tired.")
    hand_over(house.ana, complaint, house.ben, f"Ben knows {mark}.")
    Message.objects.filter(complaint=complaint).update(message_id=f"<{mark}@mail>")
    heard = complaint.messages.filter(form="from-customer").first()
    for number, about in enumerate((heard, None)):
        ReceivedMail.objects.create(
            key=f"key-{complaint.pk}-{number}", kind="taken" if about else "unreadable",
            complaint=about and complaint, became=about, message_id=f"<{mark}@back>", sender=mail(mark),
            sender_name=mark, subject=f"About {mark}", older=f"> Dear {mark}", left_out=[f"{mark}.zip"],
            words=f"{mark} wrote in no known letters", size=9, at=now(),
            raw=SimpleUploadedFile(f"{mark}.eml", f"From: {mark}".encode()),
        )  # fmt: skip
    UnsentFile.objects.create(
        complaint=complaint, member=house.ana, name=f"{mark}.pdf", media_type=f"application/{mark}", size=9,
        at=now(), file=SimpleUploadedFile("for-them.pdf", (PDF + mark).encode()),
    )  # fmt: skip
    FormSent.objects.filter(complaint=complaint).update(origin=f"{mark}-origin")
    Attachment.objects.filter(message__complaint=complaint).update(media_type=f"application/{mark}")
    Complaint.objects.filter(pk=complaint.pk).update(link=f"{mark}-link")


def _given(house, mark, complaint):
    """A refund that was settled, and one that was taken back."""
    decision = decide(
        house.ana, complaint.number, wants("refund", 4200, letter=f"Dear {mark}", words=f"For {mark}")
    )
    settle(decision.remedy, house.ana, "till 7")
    back = decide(house.sam, complaint.number, wants("adjustment", 700, words=f"More for {mark}"))
    settle(back.remedy, house.sam, "till 8")
    take_back(back.remedy, 700, house.sam, f"{mark} didn't want it.")
    type(decision).objects.filter(pk=decision.pk).update(what=f"soup for {mark}")
    type(decision.remedy).objects.filter(pk=decision.remedy_id).update(what=f"soup for {mark}")
    write_down(
        house.ben, house.harbour, complaint.order_key, 100, "EUR", reference="till 4", why=f"{mark} was here."
    )
    assert Elsewhere.objects.filter(why__contains=mark).exists()
    _through_a_provider(house, mark, complaint, decision.remedy)
    _looked_at(house, mark, decision)


def _looked_at(house, mark, decision):
    """Somebody was asked for a look at it, and both said what they think."""
    wanted = want_look(house.ana, decision.pk, words=f"Was it right for {mark}?", colleague="mia")
    look = wanted.reviews.get()
    finish(house.mia, look.pk, "different", why=f"{mark} said so.", better=f"Ask {mark} first.")
    review_answer(house.ana, look.pk, f"{mark} was in a hurry.")


def _through_a_provider(house, mark, complaint, remedy):
    keys = Keys(account="Harbour", key="sk_test_nobody_takes_it", secret="", is_live=False)
    connection = Connection.objects.first() or connect(house.ola, "stripe", keys, [house.harbour])
    payment = Payment.objects.create(
        team=house.harbour, connection=connection, reference=f"pi_{complaint.pk}",
        order_key=complaint.order_key, amount=31200, refunded=0, currency="EUR", is_refundable=True,
        paid_at=now(), looked_at=now(),
    )  # fmt: skip
    Sending.objects.create(
        remedy=remedy, payment=payment, key=f"key-{remedy.pk}", amount=4200, state="refused", made_at=now(),
        words=f"The bank of {mark} said no.",
    )  # fmt: skip


def _asked(house, mark, complaint):
    """A question that got a no."""
    decision = decide(house.ana, complaint.number, wants("refund", 22000, words=f"{mark} waited for hours."))
    answer(house.mia, decision.approval_id, Answer(how="no", why=f"{mark} had it all."))


def _closed(house, mark, complaint):
    complaint.refresh_from_db()
    close_complaint(house.sam, complaint, "not-ours", f"{mark} was told.")
    reopen_complaint(house.sam, complaint, f"{mark} came back.")
    close_complaint(house.sam, complaint, "not-ours", f"{mark} was told again.")
    complaint.refresh_from_db()
    rate(complaint, 4, 2, f"{mark} is content.")


def _practised(mark, member, tried, out):
    """Somebody practised on one complaint, and took another one out."""
    for complaint in (tried, out):
        Case.objects.create(complaint=complaint, code=f"case-{complaint.pk}", made_at=now())
    try_case(member, f"case-{tried.pk}", kind="refund", value=4200, words=f"{mark} is somebody I know.")
    take_out(member, f"case-{out.pk}", f"{mark} is known to all.")


def loose_words_that_name(house, address, name):
    """What isn't tied to somebody, and names them all the same: by their mail, and once by their name."""
    keep_view(house.ana, address, f"tab=all&q={address}")
    draft = Draft.objects.first() or begin_draft(house.mia, house.harbour, house.version.text, "Wider.")
    comment_on(house.mia, draft, f"As with {address} and {name}.")
    _worked(house, address)
    exported(house.sam, f"q={address}")
    told = Told(
        code="told",
        subject=f"x:{address}",
        title=f"About {address}",
        body=f"{address} rang.",
        address=f"/x/?q={address}",
    )
    tell([house.ana], told)
    Job.objects.create(
        task="x.y",
        run_at=now(),
        created_at=now(),
        finished_at=now(),
        last_error=f"ValueError: {address} is odd",
    )
    Import.objects.create(
        team=house.harbour, by=house.sam, what="customers", name=f"{address}.csv", at=now(),
        ended_at=now(), reasons=[[2, f"The mail “{address}” can't be read."]],
        failed=f"{address} broke it", file="", columns={"name": "name"},
    )  # fmt: skip


def _worked(house, address):
    """What the team says of its work, all of which names them."""
    named = f"As {address} wants it."
    task = made_task(house, title=named, why=named, text=named, place=named)
    close(house.mia, task.pk, named)
    let_go(house.mia, made_round(house).pk, named)
    event_that_names(house, named)
    pulse_that_names(house, named)
    voice_that_names(house, named)
    rollouts_that_name(house, named)
    team_words_that_name(house, named)
    day = now().date() + timedelta(days=ClosedDays.objects.count())
    ClosedDays.objects.create(
        team=house.harbour, first=day, last=day, why=named, made_by=house.sam, made_at=now()
    )


def holding(mark):
    """The columns in which a mark stands: `table.column`, of every table of the database, FTS included."""
    found = set()
    with connection.cursor() as cursor:
        for table, column in _every_column(cursor):
            as_text = f'CAST("{column}" AS TEXT)'
            cursor.execute(f'SELECT 1 FROM "{table}" WHERE {as_text} LIKE %s', [f"%{mark}%"])  # noqa: S608
            if cursor.fetchone():
                found.add(f"{table}.{column}")
    return found


def _every_column(cursor):
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
        return cursor.fetchall()
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = [name for (name,) in cursor.fetchall()]
    found = []
    for table in tables:
        cursor.execute(f'PRAGMA table_info("{table}")')
        found += [(table, row[1]) for row in cursor.fetchall()]
    return found
