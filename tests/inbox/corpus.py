"""Mails in the true shape of the programs that write them, each with what a person would say is in it.

Written by code, so that sizes and encodings are sure; what is expected is written by hand.
"""

# ruff: noqa: E501 (mails are broken where they are, not where it suits us)

import base64
import binascii
import quopri
from dataclasses import dataclass, field

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass(frozen=True)
class Sample:
    """A mail, and what is in it.

    `says` are attributes of the letter; `files` are (name, type, size, is_inline, is_ornament).
    """

    raw: bytes
    says: dict = field(default_factory=dict)
    files: tuple = ()


def head(subject="Re: Soup (C-2001)", sender="Jo Miller <jo@example.com>", **more):
    named = {
        "From": sender,
        "To": "Keller <remit@keller.example>",
        "Subject": subject,
        "Date": "Mon, 23 Nov 2026 11:00:00 +0100",
        "Message-ID": "<abc@example.com>",
        "MIME-Version": "1.0",
    } | {name.replace("_", "-"): value for name, value in more.items()}
    return "".join(f"{name}: {value}\r\n" for name, value in named.items()).encode()


def part(kind, content, encoding="", **more):
    """One part; `encoding` is done here."""
    body = content.encode() if isinstance(content, str) else content
    if encoding == "base64":
        body = base64.encodebytes(body).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        body = quopri.encodestring(body).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    headers = {"Content-Type": kind} | ({"Content-Transfer-Encoding": encoding} if encoding else {})
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode() + b"\r\n" + body


def many(form, *parts, boundary="b1", extra=""):
    inside = b"".join(b"--" + boundary.encode() + b"\r\n" + each + b"\r\n" for each in parts)
    kind = f'Content-Type: multipart/{form}; boundary="{boundary}"{extra}\r\n\r\n'
    return kind.encode() + inside + b"--" + boundary.encode() + b"--\r\n"


def both(plain, html, boundary="alt", charset="utf-8"):
    return many(
        "alternative",
        part(f"text/plain; charset={charset}", plain, "quoted-printable"),
        part(f"text/html; charset={charset}", html, "quoted-printable"),
        boundary=boundary,
    )


def text(words, kind='text/plain; charset="utf-8"', encoding="", **headers):
    return head(**headers) + part(kind, words, encoding)


OURS = "Your complaint C-2001 has arrived."

APPLE_MAIL = Sample(
    head(X_Mailer="Apple Mail (2.3826.200.121)")
    + both(
        "It is still cold.\n\nJo\n\n> On 23. Nov 2026, at 10:00, Keller <remit@keller.example> wrote:\n> \n> "
        f"{OURS}\n",
        '<html><body style="overflow-wrap: break-word;">It is still cold.<div><br></div><div>Jo<br id='
        '"lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><div>On 23. Nov 2026, at 10:00, Keller '
        f"&lt;remit@keller.example&gt; wrote:</div><br><div>{OURS}</div></blockquote></div></div></body></html>",
        boundary="Apple-Mail=_1B2",
    ),
    {"new": "It is still cold.\n\nJo", "sender_name": "Jo Miller"},
)

GMAIL_WEB = Sample(
    head()
    + both(
        "It is still cold.\n\nOn Mon, Nov 23, 2026 at 10:00 AM Keller <\nremit@keller.example> wrote:\n\n"
        f"> {OURS}\n>\n",
        '<div dir="ltr">It is still cold.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
        'class="gmail_attr">On Mon, Nov 23, 2026 at 10:00 AM Keller &lt;<a href="mailto:remit@keller.example">'
        'remit@keller.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px">'
        f"<div>{OURS}</div></blockquote></div>",
        boundary="000000000000a1",
    ),
    {"new": "It is still cold."},
)

GMAIL_APP_HTML_ONLY = Sample(
    head()
    + part(
        "text/html; charset=UTF-8",
        '<div dir="auto">Es ist immer noch kalt.<div dir="auto"><br></div><div dir="auto">Grüße</div></div><br>'
        '<div class="gmail_quote"><div dir="ltr" class="gmail_attr">Keller schrieb am Mo., 23. Nov. 2026, 10:00:'
        f'<br></div><blockquote class="gmail_quote"><p>{OURS}</p></blockquote></div>',
        "base64",
    ),
    {"new": "Es ist immer noch kalt.\n\nGrüße"},
)

GMAIL_INLINE = Sample(
    head()
    + part(
        "text/html; charset=UTF-8",
        '<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">On Mon, Nov 23, 2026 Keller wrote:</div>'
        '<blockquote class="gmail_quote">Was it cold?</blockquote><div>Yes.</div><blockquote class="gmail_quote">'
        "Was it late?</blockquote><div>No.</div></div></div>",
    ),
    {
        "new": "On Mon, Nov 23, 2026 Keller wrote:\n> Was it cold?\nYes.\n> Was it late?\nNo.",
        "older": "",
    },
)

OUTLOOK_DESKTOP = Sample(
    head(X_Mailer="Microsoft Outlook 16.0")
    + both(
        "Es ist immer noch kalt.\r\n\r\n \r\n\r\nVon: Keller <remit@keller.example> \r\nGesendet: Montag, 23. "
        f"November 2026 10:00\r\nAn: Jo Miller <jo@example.com>\r\nBetreff: Suppe\r\n\r\n \r\n\r\n{OURS}\r\n",
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style><!-- p.MsoNormal {margin:0cm} -->"
        "</style><!--[if gte mso 9]><xml></xml><![endif]--></head><body><div class=WordSection1><p class=MsoNormal>"
        "Es ist immer noch kalt.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;"
        "border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Von:</b> Keller "
        "&lt;remit@keller.example&gt; <br><b>Gesendet:</b> Montag, 23. November 2026 10:00<br><b>An:</b> Jo "
        "Miller<br><b>Betreff:</b> Suppe<o:p></o:p></p></div></div><p class=MsoNormal>"
        f"{OURS}<o:p></o:p></p></div></body></html>",
        boundary="----=_NextPart_000_0001",
    ),
    {"new": "Es ist immer noch kalt."},
)

OUTLOOK_WEB = Sample(
    head()
    + part(
        "text/html; charset=iso-8859-1",
        '<html><body dir="ltr"><div class="elementToProof">C\u2019est encore froid \u2013 d\u00e9sol\u00e9.</div>'
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr">'
        "<font><b>De :</b> Keller &lt;remit@keller.example&gt;<br><b>Envoyé :</b> lundi 23 novembre 2026 10:00<br>"
        f"<b>À :</b> Jo<br><b>Objet :</b> Soupe</font></div><div>{OURS}</div></body></html>".encode("cp1252"),
        "quoted-printable",
    ),
    {"new": "C\u2019est encore froid \u2013 d\u00e9sol\u00e9."},
)

THUNDERBIRD = Sample(
    head(User_Agent="Mozilla Thunderbird")
    + part(
        "text/plain; charset=UTF-8; format=flowed",
        "It is still cold, and I have been waiting for \r\nfar too long.\r\n\r\nAm 23.11.26 um 10:00 schrieb Keller:"
        f"\r\n> {OURS}\r\n\r\n-- \r\nJo Miller\r\n",
    ),
    {"new": "It is still cold, and I have been waiting for far too long.\n\n\n-- \nJo Miller"},
)

THUNDERBIRD_BELOW = Sample(
    text(f"On 23/11/2026 10:00, Keller wrote:\r\n> {OURS}\r\n> Please wait.\r\n\r\nI have waited.\r\n"),
    {"new": "I have waited."},
)

YAHOO = Sample(
    head()
    + part(
        "text/html; charset=UTF-8",
        '<div class="ydp1yahoo-style-wrap"><div dir="ltr">Todavía está fría.</div></div><div id="yahoo_quoted_12" '
        'class="yahoo_quoted"><div><div>El lunes, 23 de noviembre de 2026, 10:00:00 CET, Keller escribió:</div>'
        f"<div>{OURS}</div></div></div>",
    ),
    {"new": "Todavía está fría."},
)

IPHONE = Sample(
    head(X_Mailer="iPhone Mail (23B85)")
    + both(
        "It is still cold.\n\nSent from my iPhone\n\n> On Nov 23, 2026, at 10:00, Keller <remit@keller.example> "
        f"wrote:\n> \n> \ufeff{OURS}\n",
        '<html><body dir="auto">It is still cold.<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Sent from '
        'my iPhone</div><div dir="ltr"><br><blockquote type="cite">On Nov 23, 2026, at 10:00, Keller wrote:<br>'
        f'</blockquote></div><blockquote type="cite"><div dir="ltr">{OURS}</div></blockquote></body></html>',
        boundary="Apple-Mail-1",
    ),
    {"new": "It is still cold.\n\nSent from my iPhone"},
)

SAMSUNG = Sample(
    text(
        "Jest nadal zimna.\r\n\r\nWysłane z mojego urządzenia Galaxy\r\n\r\n-------- Oryginalna wiadomość --------\r\n"
        f"Od: Keller <remit@keller.example> \r\nData: 23.11.2026 10:00 (GMT+01:00) \r\nDo: Jo\r\n\r\n{OURS}\r\n",
        encoding="base64",
    ),
    {"new": "Jest nadal zimna.\n\nWysłane z mojego urządzenia Galaxy"},
)

PROTON = Sample(
    head()
    + part(
        "text/html; charset=utf-8",
        '<div style="font-family: Arial">È ancora fredda.</div><div class="protonmail_quote">Lunedì 23 novembre 2026 '
        f'alle 10:00, Keller ha scritto:<br><blockquote class="protonmail_quote" type="cite">{OURS}</blockquote></div>',
        "base64",
    ),
    {"new": "È ancora fredda."},
)

DUTCH = Sample(
    text(
        f"Het is nog koud.\n\nOp ma 23 nov 2026 om 10:00 schreef Keller <remit@keller.example>:\n\n> {OURS}\n"
    ),
    {"new": "Het is nog koud."},
)
CZECH = Sample(
    text(
        f"Je to studené.\n\npo 23. 11. 2026 v 10:00 odesílatel Keller <remit@keller.example> napsal:\n\n> {OURS}\n"
    ),
    {"new": "Je to studené."},
)
POINTS_BELOW = Sample(
    text(f"See my answers below.\n\nOn Mon, 23 Nov 2026 Keller wrote:\n> {OURS}\n"),
    {
        "new": f"See my answers below.\n\nOn Mon, 23 Nov 2026 Keller wrote:\n> {OURS}",
        "older": "",
    },
)
ONLY_QUOTED = Sample(
    text(f"On Mon, 23 Nov 2026 Keller wrote:\n> {OURS}\n"),
    {"new": f"On Mon, 23 Nov 2026 Keller wrote:\n> {OURS}", "older": ""},
)
NO_QUOTE = Sample(
    text("The cook wrote:\nnothing\nFrom: the kitchen\nI ate > 3 of them\n"),
    {"new": "The cook wrote:\nnothing\nFrom: the kitchen\nI ate > 3 of them", "older": ""},
)
FORWARDED_IN_TEXT = Sample(
    text(
        "Look.\n\n---------- Forwarded message ---------\nFrom: Al <al@example.com>\nDate: x\nTo: Jo\n\nCold!\n"
    ),
    {
        "new": "Look.\n\n---------- Forwarded message ---------\nFrom: Al <al@example.com>\nDate: x\nTo: Jo\n\nCold!",
        "older": "",
    },
)

EMPTY = Sample(text(""), {"text": "", "new": ""})
HTML_ONLY = Sample(
    text(
        "<p>Hello <b>you</b>, see <a href='https://example.com/a?b=1'>this page</a> and <a href='https://example.org'>"
        "example.org</a>.</p><script>alert(1)</script><ul><li>one<li>two</ul><ol><li>first</ol><p style='display:"
        "none'>hidden</p><a href='javascript:x()'>bad</a><table><tr><td>a</td><td>b</td></tr></table>"
        "<img src='https://evil.example/pixel.gif' width=1 height=1 alt='x'><img alt='A bowl' src='cid:y'>",
        "text/html",
    ),
    {
        "text": "Hello you, see this page (https://example.com/a?b=1) and example.org.\n\n- one\n- two\n\n1. first\n\n"
        "bad\n\na b\n\n[A bowl]",
    },
)
LATIN_1_THAT_IS_WINDOWS = Sample(
    text("„Kalt“ – 5 €".encode("cp1252"), "text/plain; charset=iso-8859-1"), {"text": "„Kalt“ – 5 €"}
)
LATIN_1_THAT_IS_UTF_8 = Sample(text("Grüße – 5 €", "text/plain; charset=iso-8859-1"), {"text": "Grüße – 5 €"})
NO_CHARSET = Sample(text("Grüße".encode("cp1252"), "text/plain"), {"text": "Grüße"})
UNKNOWN_CHARSET = Sample(text("Grüße", "text/plain; charset=x-of-mine"), {"text": "Grüße"})
NOT_A_CHARSET = Sample(text("Hello", "text/plain; charset=unicode_escape"), {"text": "Hello"})
UTF_7 = Sample(text("Gr+APwA3w-e", "text/plain; charset=utf-7"), {"text": "Grüße"})
GB2312 = Sample(
    text("汤还是冷的 镕".encode("gb18030"), "text/plain; charset=gb2312"), {"text": "汤还是冷的 镕"}
)
JAPANESE = Sample(
    text(
        "スープが冷たい".encode("iso-2022-jp"),
        "text/plain; charset=ISO-2022-JP",
        subject="=?ISO-2022-JP?B?GyRCJTklVyEVGyhC?=",
    ),
    {"text": "スープが冷たい"},
)
JAPANESE_OF_WINDOWS = Sample(
    text(b"\x1b$B-!%9!<%W\x1b(B A\r\n\x1b(I=0\x1b(B", "text/plain; charset=ISO-2022-JP"),
    {"text": "①スープ A\nｽｰ"},
)
FLOWED_AND_JOINED = Sample(
    text(
        "The soup was lu \r\nkewarm. \r\n> quoted \r\n", "text/plain; charset=utf-8; format=flowed; delsp=yes"
    ),
    {"text": "The soup was lukewarm.\n> quoted"},
)
BROKEN_BASE64 = Sample(
    head() + part("text/plain", b"SXQgaXMg\r\n*** c3RpbGwgY29sZC4", Content_Transfer_Encoding="base64"),
    {"text": "It is still cold."},
)
BROKEN_QP = Sample(
    head()
    + part(
        "text/plain; charset=utf-8", b"50=% cold =C3=BC=\r\n=ZZ", Content_Transfer_Encoding="quoted-printable"
    ),
    {"text": "50=% cold ü=ZZ"},
)

NAMES = Sample(
    head()
    + many(
        "mixed",
        part("text/plain", "Files."),
        part(
            "application/pdf",
            PDF,
            "base64",
            Content_Disposition="attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf",
        ),
        part(
            "application/pdf",
            PDF,
            "base64",
            Content_Disposition="attachment; filename*0*=utf-8''Sup%C3%A4; filename*1*=%20lang; filename*2=.pdf",
        ),
        part('application/pdf; name="=?utf-8?b?UmVjaG51bmcgw7wucGRm?="', PDF, "base64"),
        part(
            "application/pdf",
            PDF,
            "base64",
            Content_Disposition='attachment; filename="../../etc/pass\u202efdp.exe"',
        ),
        part("image/png", PNG, "base64", Content_Disposition="attachment"),
        part("application/pdf", PDF, "base64", Content_Disposition=f'attachment; filename="{"x" * 400}.pdf"'),
        part("text/plain", "notes", Content_Disposition='attachment; filename="notes.txt"'),
    ),
    {"text": "Files."},
    (
        ("Grüße.pdf", "application/pdf", len(PDF), False, False),
        ("Supä lang.pdf", "application/pdf", len(PDF), False, False),
        ("Rechnung ü.pdf", "application/pdf", len(PDF), False, False),
        ("passfdp.exe", "application/pdf", len(PDF), False, False),
        ("file-5.png", "image/png", len(PNG), False, False),
        ("x" * 116 + ".pdf", "application/pdf", len(PDF), False, False),
        ("notes.txt", "text/plain", 5, False, False),
    ),
)

INLINE = Sample(
    head()
    + many(
        "related",
        both(
            "See [image: soup]",
            '<p>See <img src="cid:soup@1" width="600" height="400"></p><img src="cid:logo@1" width="30" height="30">'
            '<img src="cid:pixel@1" width="1" height="1">',
        ),
        part("image/png; name=soup.png", PNG, "base64", Content_ID="<soup@1>", Content_Disposition="inline"),
        part("image/png; name=logo.png", PNG, "base64", Content_ID="<logo@1>"),
        part("image/png; name=pixel.png", PNG, "base64", Content_ID="<pixel@1>"),
        part("image/png; name=never.png", PNG, "base64", Content_ID="<never@1>"),
    ),
    {"text": "See [image: soup]"},
    (
        ("soup.png", "image/png", len(PNG), True, False),
        ("logo.png", "image/png", len(PNG), True, True),
        ("pixel.png", "image/png", len(PNG), True, True),
        ("never.png", "image/png", len(PNG), True, True),
    ),
)
APPLE_PICTURE_BETWEEN = Sample(
    head()
    + many(
        "mixed",
        part("text/plain; charset=us-ascii", "Before."),
        part("image/jpeg; name=IMG_1.jpeg", PNG, "base64", Content_Disposition="inline; filename=IMG_1.jpeg"),
        part("text/plain; charset=us-ascii", "After.\r\n\r\nSent from my iPhone"),
    ),
    {"text": "Before.\n\nAfter.\n\nSent from my iPhone"},
    (("IMG_1.jpeg", "image/jpeg", len(PNG), True, False),),
)
TNEF = Sample(
    head()
    + many(
        "mixed",
        part("text/plain", "Rich."),
        part("application/ms-tnef; name=winmail.dat", b"\x78\x9f\x3e\x22\x01\x00", "base64"),
    ),
    {"text": "Rich."},
    (("winmail.dat", "application/ms-tnef", 6, False, False),),
)
CALENDAR_TEXT = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nORGANIZER;CN=Jo:mailto:Jo@Example.com\r\n"
    "DTSTART;TZID=Europe/Berlin:20261201T090000\r\nSUMMARY:Talk about\\, and\r\n  taste of\\nsoup\r\nLOCATION:Kitchen\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
CALENDAR = Sample(
    head()
    + many(
        "alternative",
        part("text/plain", "Join us."),
        part("text/calendar; method=REQUEST; charset=utf-8", CALENDAR_TEXT, "base64"),
    ),
    {"text": "Join us."},
    (("file-1.ics", "text/calendar", len(CALENDAR_TEXT), False, False),),
)
WITHIN = head(subject="Soup: cold", sender="Al <al@example.com>") + many(
    "mixed",
    part("text/plain", "Cold!"),
    part("image/png; name=a.png", PNG, "base64"),
    boundary="in",
)
FORWARDED = Sample(
    head(subject="Fwd")
    + many(
        "mixed",
        part("text/plain", "See this."),
        part("message/rfc822", WITHIN),
    ),
    {"text": "See this.", "new": "See this."},
    (
        ("Soup_ cold.eml", "message/rfc822", len(WITHIN), False, False),
        ("a.png", "image/png", len(PNG), False, False),
    ),
)
SMIME = Sample(
    head()
    + many(
        "signed",
        part("text/plain", "Signed."),
        part("application/pkcs7-signature; name=smime.p7s", b"\x30\x80", "base64"),
        extra='; protocol="application/pkcs7-signature"; micalg=sha-256',
    ),
    {"text": "Signed.", "is_signed": True, "is_encrypted": False},
    (("smime.p7s", "application/pkcs7-signature", 2, False, False),),
)
PGP_ENCRYPTED = Sample(
    head()
    + many(
        "encrypted",
        part("application/pgp-encrypted", "Version: 1"),
        part("application/octet-stream; name=encrypted.asc", "-----BEGIN PGP MESSAGE-----"),
        extra='; protocol="application/pgp-encrypted"',
    ),
    {"text": "", "is_encrypted": True},
    (
        ("file-1.pgp", "application/pgp-encrypted", 10, False, False),
        ("encrypted.asc", "application/octet-stream", 27, False, False),
    ),
)
SMIME_ENCRYPTED = Sample(
    head() + part("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", b"\x30\x80", "base64"),
    {"is_encrypted": True, "is_signed": False},
    (("smime.p7m", "application/pkcs7-mime", 2, False, False),),
)
UNIX_MAILBOX = Sample(b"From jo@example.com  Mon Nov 23 11:00:00 2026\n" + text("Hello."), {"text": "Hello."})
NO_END = Sample(head() + many("mixed", part("text/plain", "Hello."))[:-8], {"text": "Hello."})
NO_BOUNDARY = Sample(text("Hello.", "multipart/mixed"), {"text": "Hello."})
NO_PARTS = Sample(text("Hello.", "multipart/mixed; boundary=x"), {"text": "Hello."})

SAMPLES = {name: each for name, each in list(globals().items()) if isinstance(each, Sample)}


def bounce(action="failed", status="5.1.1"):
    report = (
        "Reporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; Jo@Example.com\r\n"
        f"Action: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 5.1.1 <jo@example.com>: User\r\n  unknown\r\n"
    )
    return head(
        subject="Undelivered Mail Returned to Sender",
        sender="MAILER-DAEMON@mx.example.com (Mail Delivery System)",
        Auto_Submitted="auto-replied",
    ) + many(
        "report",
        part("text/plain", "I'm sorry."),
        part("message/delivery-status", report),
        part("message/rfc822", head(Message_ID="<ours@keller.example>") + b"\r\nHello"),
        extra="; report-type=delivery-status",
    )


def of_many_files(number):
    return head() + many("mixed", part("text/plain", "Many."), *[part("image/png", PNG, "base64")] * number)


def forwarded_deep(depth):
    mail = text("The innermost.", subject="0")
    for level in range(1, depth + 1):
        mail = head(subject=str(level)) + many(
            "mixed",
            part("text/plain", f"Level {level}."),
            part("message/rfc822", mail),
            boundary=f"b{level}x",
        )
    return mail


def of_size(size):
    """A mail of about a size in bytes, with one large file."""
    return head() + many(
        "mixed",
        part("text/plain", "Large."),
        part("video/mp4; name=a.mp4", b"\x01" * (size * 73 // 100), "base64"),
    )


def packed(content, name="soup.png", *, newline="\r\n", backtick=True, stripped=False):
    """A file within a text (uuencode), as the programs write it: with backticks or spaces for zeros, and without the spaces at line ends."""
    begins = range(0, len(content), 45)
    lines = [binascii.b2a_uu(content[at : at + 45], backtick=backtick).decode()[:-1] for at in begins]
    lines.append("`" if backtick else " ")
    lines = [each.rstrip(" ") for each in lines] if stripped else lines
    return newline.join([f"begin 644 {name}", *lines, "end", ""])
