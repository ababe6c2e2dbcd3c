"""Words of the people: ranks, and what a rank may do in Remit beyond what the charter says."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Rank(IntEnum):
    """How far up a role stands; roles may have any rank, these are where something begins.

    What money somebody may give is said by the charter alone, never by a rank.
    """

    MEMBER = 10
    LEAD = 20
    """Answers what is asked, sees the team's approvals, brings people in."""
    MANAGER = 30
    """Publishes the charter, changes roles and settings of the team."""
    OWNER = 100
    """Everything, everywhere."""


ROLES_AT_THE_START = (("member", "Member", 10), ("lead", "Lead", 20), ("manager", "Manager", 30))
"""Word, title and rank of the roles that a new organisation has."""

LONGEST_DUTY_HOURS = 14
"""Somebody who said that they are on duty and forgot to go is off after so many hours."""

INVITATION_DAYS = 7
"""An invitation that nobody took up ends after so many days."""

PERSONAL_LINK_HOURS = 24
"""A personal link ends after so many hours."""

NEW_PASSWORD_HOURS = 2
"""A link to set a new password ends after so many hours."""

NEW_PASSWORD_NOT_AGAIN_FOR = 5
"""Within so many minutes no second one is sent."""

LONGEST_SHIFT_HOURS = 16
"""A planned shift can't be longer: a wrong day is more likely than such a long one."""

PIN_SHORTEST, PIN_LONGEST = 4, 8
"""Digits of a PIN."""

PIN_GUESSES = 5
"""So many wrong PINs in a row, and a member has to wait on this device."""

PIN_WAIT_MINUTES = 5
"""How long the first wait is; every further one is twice as long, up to an hour."""

RECOVERY_CODES = 10
"""So many recovery codes are made at once."""

HALF_WAY_MINUTES = 10
"""So long a password is remembered until the second factor follows."""

PROOF_MINUTES = 10
"""So long after signing in, or after showing it again, nobody is asked whether it is still them."""

TRIES: Final = {
    "code": (10, 15),
    "passkey": (30, 15),
    "proof": (10, 15),
    "link": (60, 15),
    "password-mail": (3, 60),
    "password-mails-from": (20, 60),
    "company": (30, 15),
    "password-from": (40, 15),
    "password-of": (40, 60),
}
"""How often something may be tried, in how many minutes: codes and proofs for each member, a mail for each
address, wrong passwords for each name, all else for each place that it comes from."""

LOCKS_AFTER = (
    (60, "1 minute"),
    (120, "2 minutes"),
    (300, "5 minutes"),
    (600, "10 minutes"),
)
"""After which time without a touch a counter device may lock itself, in seconds."""

LANGUAGES = (("en", "English"),)
"""Languages that Remit speaks; it is asked which only where there is a choice."""

CURRENCIES = (
    ("EUR", "EUR · euro"),
    ("USD", "USD · US dollar"),
    ("GBP", "GBP · pound sterling"),
    ("CHF", "CHF · Swiss franc"),
    ("AED", "AED · dirham"),
    ("ARS", "ARS · Argentine peso"),
    ("AUD", "AUD · Australian dollar"),
    ("BGN", "BGN · Bulgarian lev"),
    ("BHD", "BHD · Bahraini dinar"),
    ("BRL", "BRL · Brazilian real"),
    ("CAD", "CAD · Canadian dollar"),
    ("CLP", "CLP · Chilean peso"),
    ("CNY", "CNY · yuan"),
    ("COP", "COP · Colombian peso"),
    ("CZK", "CZK · Czech koruna"),
    ("DKK", "DKK · Danish krone"),
    ("EGP", "EGP · Egyptian pound"),
    ("HKD", "HKD · Hong Kong dollar"),
    ("HUF", "HUF · forint"),
    ("IDR", "IDR · rupiah"),
    ("ILS", "ILS · shekel"),
    ("INR", "INR · Indian rupee"),
    ("ISK", "ISK · Icelandic króna"),
    ("JPY", "JPY · yen"),
    ("KES", "KES · Kenyan shilling"),
    ("KRW", "KRW · won"),
    ("KWD", "KWD · Kuwaiti dinar"),
    ("MAD", "MAD · Moroccan dirham"),
    ("MXN", "MXN · Mexican peso"),
    ("MYR", "MYR · ringgit"),
    ("NGN", "NGN · naira"),
    ("NOK", "NOK · Norwegian krone"),
    ("NZD", "NZD · New Zealand dollar"),
    ("PEN", "PEN · sol"),
    ("PHP", "PHP · Philippine peso"),
    ("PLN", "PLN · złoty"),
    ("RON", "RON · Romanian leu"),
    ("RSD", "RSD · Serbian dinar"),
    ("SAR", "SAR · riyal"),
    ("SEK", "SEK · Swedish krona"),
    ("SGD", "SGD · Singapore dollar"),
    ("THB", "THB · baht"),
    ("TND", "TND · Tunisian dinar"),
    ("TRY", "TRY · Turkish lira"),
    ("TWD", "TWD · Taiwan dollar"),
    ("UAH", "UAH · hryvnia"),
    ("VND", "VND · dong"),
    ("ZAR", "ZAR · rand"),
)
"""Currencies that a team may count in."""

OPENING_AT_THE_START = tuple(((540, 1320),) for _ in range(7))
"""Opening hours of a new team: every day from nine to ten in the evening."""

WAYS_IN = {
    "password": "mail and password",  # nosec B105  # words that people see
    "passkey": "a passkey",
    "company": "the company's directory",
    "invitation": "an invitation",
    "link": "a personal link",
    "command-line": "a link made at the command line",
    "mail": "a link sent by mail",
    "pin": "a PIN on a counter device",
    "first-run": "the first run",
    "demo": "a door of the demo",
}
"""How somebody signed in, as the trail and their own page say it."""

ACTS: Final = {
    "organisation-began": "began with Remit",
    "counter-made": "made a counter device",
    "counter-ended": "ended a counter device",
    "week-copied": "copied the shifts of a week",
    "password-forgotten": "asked for a new password",
    "member-joined": "joined",
    "member-invited": "invited somebody",
    "link-made": "made a personal link",
    "link-made-at-command-line": "made a personal link at the command line",
    "link-used": "came in by a personal link",
    "invitation-withdrawn": "withdrew an invitation",
    "profile-changed": "changed what is known about them",
    "password-changed": "changed the password",
    "role-changed": "changed a role",
    "member-left": "ended a membership",
    "member-returned": "took somebody in again",
    "owner-made": "made somebody an owner",
    "owner-ended": "ended an ownership",
    "pin-guessed-often": "had a PIN guessed too often",
    "team-settings-changed": "changed the settings of the team",
    "team-made": "made a team",
    "role-removed": "removed a role",
    "role-made": "made a role",
    "role-described": "described a role anew",
    "signed-in": "signed in",
    "signed-out-everywhere": "signed out everywhere",
    "session-ended": "signed a browser out",
    "others-signed-out": "signed every other browser out",
    "own-pages-opened": "opened their own pages on a shared screen",
    "pin-set": "set a PIN",
    "pin-removed": "took a PIN away",
    "factor-added": "added an app for codes",
    "factor-removed": "removed the app for codes",
    "recovery-codes-made": "made recovery codes",
    "recovery-code-used": "used a recovery code",
    "passkey-added": "added a passkey",
    "passkey-removed": "removed a passkey",
    "factors-taken-off": "took a member's second factor off",
    "factor-rule-set": "said who needs a second factor",
    "company-linked": "was found in the company's directory",
    "tried-too-often": "had something tried too often",
}
"""What was done to people and teams, after the name of who did it."""

FORMER: Final = "A former member"
"""The name of somebody who left and was made nobody: what they decided is still shown as that of one."""
