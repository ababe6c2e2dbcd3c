"""How long store credit has to stay valid: what the law asks for, country by country, with its source.

Credit that stands in place of a refund that was owed is the customer's own money. So the rules here are those
for gift credit that somebody **paid** for, the stricter ones; exceptions for gifts, loyalty points and
advertising aren't used. This is no legal advice: whoever lets credit end looks the law up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from remit.core.errors import Refusal

MOST_YEARS: Final = 99
"""Nobody needs a term longer than this; without one, credit never ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What a country or state asks for.

    Attributes:
        name: of the country or state.
        years: the least from the day of issue; None where credit may not end at all.
        to_year_end: the years are counted from the end of the calendar year of issue.
        source: statute, regulation or judgment.
    """

    name: str
    years: int | None
    source: str
    to_year_end: bool = False

    @property
    def sentence(self) -> str:
        """What it asks for, in a sentence, with its source."""
        if self.years is None:
            return f"{self.name}: store credit may not end at all ({self.source})."
        from_when = "the end of the year of issue" if self.to_year_end else "the day of issue"
        return f"{self.name}: at least {self.years} years from {from_when} ({self.source})."


LAWS: Final = {
    "AT": Law(
        name="Austria",
        years=30,
        source="ABGB §§ 1478, 879(3); OGH 7 Ob 22/12d: a shorter end in terms and conditions is void",
    ),
    "AU": Law(name="Australia", years=3, source="Australian Consumer Law, s 99B"),
    "CA": Law(
        name="Canada",
        years=None,
        source="by province, such as Ontario O. Reg. 17/05, s. 25.2; Québec CQLR c P-40.1, s. 187.3; "
        "British Columbia SBC 2004 c 2, s. 56.2",
    ),
    "CH": Law(name="Switzerland", years=10, source="Code of Obligations, arts. 127 and 129"),
    "DE": Law(
        name="Germany",
        years=3,
        to_year_end=True,
        source="BGB §§ 195, 199(1); a shorter end in terms and conditions is void, § 307",
    ),
    "IE": Law(name="Ireland", years=5, source="Consumer Protection (Gift Vouchers) Act 2019"),
    "NZ": Law(
        name="New Zealand",
        years=3,
        source="Fair Trading (Gift Card Expiry) Amendment Act 2024, from 16 March 2026",
    ),
    "PH": Law(name="Philippines", years=None, source="Republic Act No. 10962, Gift Check Act of 2017"),
    "US": Law(
        name="United States, other states",
        years=5,
        source="15 U.S.C. § 1693l-1(c); 12 CFR § 1005.20(e); a state may ask for more",
    ),
    "US-AZ": Law(name="Arizona", years=None, source="A.R.S. § 44-7402"),
    "US-CA": Law(name="California", years=None, source="Civil Code § 1749.5"),
    "US-CT": Law(name="Connecticut", years=None, source="Gen. Stat. § 42-460"),
    "US-FL": Law(name="Florida", years=None, source="Fla. Stat. § 501.95, which names credit memos too"),
    "US-MA": Law(name="Massachusetts", years=7, source="M.G.L. c. 200A, § 5D"),
    "US-MN": Law(name="Minnesota", years=None, source="Minn. Stat. § 325G.53"),
    "US-NY": Law(name="New York", years=9, source="General Business Law § 396-i"),
    "US-RI": Law(name="Rhode Island", years=None, source="R.I. Gen. Laws § 6-13-12"),
    "US-WA": Law(name="Washington", years=None, source="RCW 19.240.020"),
}
"""By ISO 3166 code, of a country or of a state; a state stands above its country."""

ELSEWHERE: Final = ""
"""Any place whose law isn't in the table."""


def _longest_common() -> int:
    """The longest least term that more than one country of the table asks for; single ones are outliers."""
    terms = Counter(law.years for code, law in LAWS.items() if "-" not in code and law.years is not None)
    return max(years for years, countries in terms.items() if countries > 1)


COMMON_YEARS: Final = _longest_common()
"""What is asked of places whose law isn't known here."""


def least_years(place: str) -> int | None:
    """The least that may be chosen for a place; None where credit may not end.

    Args:
        place: a code of `LAWS`, or `ELSEWHERE`.
    """
    law = LAWS.get(place)
    return law.years if law is not None else COMMON_YEARS


def need_lawful(place: str, years: int) -> None:
    """Refuse an end that the law of a place doesn't let be, naming that law.

    Args:
        place: a code of `LAWS`, or `ELSEWHERE`.
        years: from issue.

    Raises:
        Refusal: it may not end so early, or not at all.
    """
    law, least = LAWS.get(place), least_years(place)
    if least is None or (law is not None and years < least):
        raise Refusal(
            "against-the-law",
            law.sentence if law is not None else "",
            "Leave it empty: then it never ends." if least is None else f"Choose {least} years or more.",
            field="years",
        )
    if years < least:
        raise Refusal(
            "law-not-known",
            "Remit doesn't know the law of this place. It asks for the longest term that several countries "
            f"ask for: {least} years.",
            f"Choose {least} years or more, and look up whether the law asks for longer still.",
            field="years",
        )


def last_day_of(place: str, years: int, issued: date) -> date | None:
    """The last day on which credit can be used; None where it may not end.

    Never less than what the law of today asks for, whatever was chosen under an older table. Somebody who
    was given it on the 29th of February has until the 1st of March where there is no 29th.

    Args:
        place: a code of `LAWS`, or `ELSEWHERE`.
        years: from issue, as chosen.
        issued: on the wall clock of the team.
    """
    law, least = LAWS.get(place), least_years(place)
    if least is None:
        return None
    year = issued.year + max(years, least)
    if law is not None and law.to_year_end:
        return date(year, 12, 31)
    try:
        return issued.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
