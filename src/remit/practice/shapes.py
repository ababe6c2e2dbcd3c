"""What says who it was by its shape alone: addresses, dates, numbers, and names where names stand."""

from __future__ import annotations

import re
from typing import Final

DATE, ADDRESS, LINK = "(a date)", "(an address)", "(a link)"
MAIL, ACCOUNT = "(a mail address)", "(an account)"
"""What stands in their place."""

_CURRENCY: Final = (
    r"(?:[€$£¥₩₹₪₺₫]|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|JPY|PLN|CZK|euros?|dollars?|pounds?|francs?|yen)\b)"
)
_MONTHS: Final = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli"
    r"|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
_STREETS: Final = (
    r"(?:street|st\.|road|rd\.|avenue|ave\.?|lane|square|drive|court|alley|boulevard|blvd\.?|strasse"
    r"|stra(?:ß|ss)e|str\.|gasse|weg|platz|allee|damm|ufer)"
)
_NAME: Final = r"(?-i:[^\W\d_a-z][\w'’-]+)"
"""A word with a capital."""

REPLACED: Final = (
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE), MAIL),
    (re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE), LINK),
    (re.compile(r"(?<![\w@])@\w[\w.]+"), ACCOUNT),
    (re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})\b"), DATE),
    (
        re.compile(
            rf"\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTHS}\b\.?(?:,?\s+\d{{4}})?"
            rf"|\b{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?",
            re.IGNORECASE,
        ),
        DATE,
    ),
    (
        re.compile(
            rf"\b\d+\s?[a-z]?,?\s+(?:{_NAME}\s+){{1,3}}?{_STREETS}(?!\w)"
            rf"|\b(?:{_NAME}\s+){{0,2}}?[^\W\d_]*{_STREETS}(?!\w)\s*\d+\s?[a-z]?\b"
            rf"|\b(?:rue|calle|rua|avenida)\s+(?:[^\W\d_][\w'’.-]*\s+){{1,3}}?\d+\b"
            rf"|\b\d+,?\s+rue\s+(?:[^\W\d_][\w'’.-]*\s+){{0,2}}{_NAME}",
            re.IGNORECASE,
        ),
        ADDRESS,
    ),
)
"""Shapes, and the words in their place."""

NAMED: Final = (
    re.compile(
        r"\b(?:mr|mrs|ms|miss|mx|dr|prof|herrn?|frau|madame|monsieur|señora?|sig(?:nora?)?)\b\.?\s+"
        rf"({_NAME}(?:\s+{_NAME})?)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:my name is|my name's|i am called|this is|ich heiße|mein name ist|je m['’]appelle)\s+"
        rf"({_NAME}(?:\s+{_NAME}){{0,2}})",
        re.IGNORECASE,
    ),
    re.compile(
        r"^\s*(?:(?:best|kind|warm)\s+)?(?:regards|wishes|best|cheers|thanks|thank you|sincerely"
        r"|yours(?: truly)?|(?:mit\s+)?(?:freundlichen|vielen|lieben|besten)?\s*(?:grüßen?|grüsse|dank)"
        rf"|cordialement|saludos)[,!.]?\s*\n\s*({_NAME}(?:\s+{_NAME}){{0,3}})\s*$",
        re.IGNORECASE | re.MULTILINE,
    ),
)
"""Where a name stands, which is the first group."""
LEARNED: Final = (NAMED[0], NAMED[2])
"""Of them those that are surely names, wherever else they stand."""
OFFICES: Final = frozenset(
    """
admin bookings contact desk front guest guests hello help hotel info kitchen mail manager office orders
reception reservations restaurant sales service shop support team
""".split()  # noqa: SIM905 (a list of so many words is read more easily so)
)
"""Words in mail addresses of nobody in particular."""

_QUOTE: Final = r"[\"“”„‚‘’'«»(]?"
CALLED: Final = (
    re.compile(
        r"\b(?:calls? (?:me|her|him|them)|called|nicknamed|known as|goes by|aka|a\.k\.a\.|alias|genannt"
        r"|(?:nennt|nennen) (?:mich|sie|ihn)|me llam(?:o|an)|(?:m|l)['’]appell(?:e|ent)|it['’]s me|hier ist"
        rf")[,:]?\s+{_QUOTE}(?:just\s+)?({_NAME})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:i am|i['’]m|soy|je suis)\s+{_QUOTE}((?!\w+(?:ish|ese|ian|ican|man)\b){_NAME})"
        rf"|\bich bin\s+({_NAME})\s+{_NAME}",
        re.IGNORECASE,
    ),
    re.compile(rf"\bcall(?:s|ed)? me {_QUOTE}([^\W\d_]{{3,}})", re.IGNORECASE),
    re.compile(rf"{_NAME}\s+[\"“„«(]({_NAME})[\"”“»)]\s+{_NAME}"),
    re.compile(
        r"\n\s*(?:[-–—~]+\s*|(?:(?:all my |much |with |in )?love|hugs|x+o*x*|lg|vg|mfg|gruß|liebe grüße|yours"
        r"|take care|un saludo|bises|bien à vous|abrazos)[,!.]?\s*\n?\s*)"
        rf"({_NAME}(?:\s+{_NAME}){{0,2}})\s*\.?\s*$",
        re.IGNORECASE,
    ),
)
"""Where a nickname or a short name is given, which is the first group; then it is one all through."""
NO_NICKNAMES: Final = frozenset(
    """
a afraid again an and angry anytime as asap at back before by crazy directly disappointed friday from
furious happy here how i if immediately in it later mad monday my never not now old on once one or
please saturday silly so sorry still stupid sunday sure that the then there this thursday to today
tomorrow tonight tuesday unhappy until up urgently very was wednesday were what when whenever with
writing you your
""".split()  # noqa: SIM905 (a list of so many words is read more easily so)
)
"""What is said after *call me* and *I am*, and is nobody."""

AMOUNT: Final = re.compile(
    rf"{_CURRENCY}\s?\d[\d.,’' ]*\d|{_CURRENCY}\s?\d|\d[\d.,’']*\s?{_CURRENCY}", re.IGNORECASE
)
"""Money: it stays, since it is decided about."""
NUMBER: Final = re.compile(
    r"\+?\(?(?=(?:[\s()./-]*\d){7})\d[\d\s()./-]+\d|[^\W_]*\d{4,}[^\W_]*|[^\W\d_]+-?\d{3,}|\d{3,}-\w+"
)
"""Telephones, bookings, accounts: digits enough to find somebody by."""

CAPITAL: Final = re.compile(r"\b[^\W\d_a-z]\w+")
INITIAL_BEFORE: Final = re.compile(r"\b([^\W\d_a-z])\.\s?([^\W\d_a-z][\w-]+)")
INITIAL_BEHIND: Final = re.compile(r"\b([^\W\d_a-z][\w-]+)\s+[^\W\d_a-z]\b(?:\.|(?=\s|$|[,;!?]))")
