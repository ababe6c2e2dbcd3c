"""What stands behind the pictures of mail: a mailbox in trouble, a conversation by mail, mail set aside."""

from __future__ import annotations

from types import SimpleNamespace

from tests.app.mail.conftest import comes, made_mailbox
from tests.app.mail.conftest import mail as written
from tests.inbox import corpus

from remit.complaints.actions.mail_taken_in import keep_unreadable
from remit.inbox.actions.watching import note_trouble

_INTRO = "On Mon, Nov 23, 2026 at 10:00 AM Harbour Street <service@harbour.example> wrote:"


def write_by_mail(house: SimpleNamespace) -> dict[str, str]:
    """A team with a mailbox: a complaint came by mail and goes on, and some mails were set aside."""
    box = made_mailbox(
        house,
        way="imap",
        host="imap.harbour.example",
        user="service@harbour.example",
        signature="Your kitchen",
    )
    picture = corpus.part(
        "image/png", corpus.PNG, "base64", Content_Disposition='attachment; filename="dish.png"'
    )
    papers = corpus.part(
        "application/zip", b"PK", "base64", Content_Disposition='attachment; filename="bill.zip"'
    )
    words = corpus.part(
        "text/plain", "Hello,\n\nthe soup was cold, and the bill is wrong. See the pictures.\n\nJo"
    )
    first = comes(
        box,
        corpus.head("Cold soup, wrong bill", Message_ID="<1@there.example>")
        + corpus.many("mixed", words, picture, papers),
    )
    again = f"My wife says that the bread was stale, too.\n\n{_INTRO}\n> Thank you for telling us."
    comes(
        box,
        written(
            again, 2, "Kim Miller <kim@example.net>", Subject="Re: Cold soup", References="<1@there.example>"
        ),
    )
    comes(
        box,
        written(
            "Your order is on its way.",
            3,
            "Fish & Co. <orders@fish.example>",
            Subject="Order 4411 has left",
            Auto_Submitted="auto-generated",
        ),
    )
    comes(
        box,
        written(
            "Ten trends in dining.",
            4,
            "Dining Weekly <news@dining.example>",
            Subject="Ten trends that every restaurant should know about before the year ends",
            List_Id="<news.dining.example>",
        ),
    )
    keep_unreadable(box, b"garbage", "This is no mail: it has none of the headers that every mail has.")
    note_trouble(box, "imap.harbour.example can't be reached, or broke off: timed out.")
    return {"mailed": str(first.complaint.number)}
