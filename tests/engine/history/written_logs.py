"""Histories written as files in any dialect, for the round trips."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from remit_engine.history.table import Answer

WORDS = {
    "en": ("approved", "Declined", "partially approved", "expired", "Cancelled"),
    "de": ("Genehmigt", "abgelehnt", "teilweise genehmigt", "abgelaufen", "zurückgezogen"),
    "fr": ("approuvé", "refusé", "partiellement approuvé", "expiré", "annulé"),
    "es": ("aprobado", "rechazado", "parcialmente aprobado", "caducado", "cancelado"),
    "it": ("approvato", "respinto", "parzialmente approvato", "scaduto", "annullato"),
    "nl": ("goedgekeurd", "afgewezen", "gedeeltelijk goedgekeurd", "verlopen", "ingetrokken"),
    "pt": ("aprovado", "recusado", "parcialmente aprovado", "expirado", "cancelado"),
}
HEADERS = {
    "en": ("Request ID", "Requested by", "Amount", "Decision", "Requested at", "Decided at", "Approver"),
    "de": ("Vorgang", "Antragsteller", "Betrag", "Entscheidung", "Beantragt am", "Entschieden am",
           "Genehmiger"),
    "fr": ("Dossier", "Demandeur", "Montant", "Décision", "Date de demande", "Date de décision",
           "Approbateur"),
    "es": ("Caso", "Solicitante", "Importe", "Respuesta", "Fecha de solicitud", "Fecha de decisión",
           "Aprobador"),
    "it": ("Pratica", "Richiedente", "Importo", "Esito", "Data richiesta", "Data decisione", "Approvatore"),
    "nl": ("Zaak", "Aanvrager", "Bedrag", "Besluit", "Aangevraagd op", "Besloten op", "Goedkeurder"),
    "pt": ("Processo", "Solicitante", "Valor", "Decisão", "Solicitado em", "Decidido em", "Aprovador"),
}  # fmt: skip
DATES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S",
         "%m/%d/%Y %I:%M:%S %p", "%d-%m-%Y %H:%M:%S", "%Y/%m/%d %H:%M:%S")  # fmt: skip


@dataclass(frozen=True)
class Row:
    case: str
    asked_by: str
    amount: int
    answer: Answer
    asked_at: datetime
    answered_at: datetime
    answered_by: str
    note: str


@dataclass(frozen=True)
class Dialect:
    language: str
    delimiter: str
    encoding: str
    decimal: str
    thousands: str
    sign: str
    dates: str
    line_end: str
    quoting: int
    gzipped: bool


names = st.text(st.sampled_from("abcdefgh éüñ'\"-"), max_size=11).map(lambda rest: f"x{rest}".strip())
notes = st.text(st.sampled_from("abc ,;|\t\"'\n é0123456789"), max_size=30)
moments = st.datetimes(datetime(2019, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(microsecond=0))


@st.composite
def rows(draw, min_size=2, max_size=30):
    count = draw(st.integers(min_size, max_size))
    made = []
    for place in range(count):
        asked = draw(moments)
        made.append(
            Row(
                case=f"C-{place:04d}",
                asked_by=draw(names),
                amount=draw(st.integers(0, 10**9)),
                answer=draw(st.sampled_from(list(Answer))),
                asked_at=asked,
                answered_at=asked + timedelta(seconds=draw(st.integers(0, 10**6))),
                answered_by=draw(names),
                note=draw(notes),
            )
        )
    return made


@st.composite
def dialects(draw):
    decimal, thousands = draw(
        st.sampled_from(
            [(".", ""), (".", ","), (",", ""), (",", "."), (",", " "), (",", "\u00a0"), (".", "'")]
        )
    )
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    return Dialect(
        language=draw(st.sampled_from(sorted(WORDS))),
        delimiter=draw(st.sampled_from(",;\t|")),
        encoding=encoding,
        decimal=decimal,
        thousands=thousands,
        sign=draw(st.sampled_from(["", "€ ", " EUR", " €", "EUR "])),
        dates=draw(st.sampled_from(DATES)),
        line_end=draw(st.sampled_from(["\n", "\r\n"])),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        gzipped=draw(st.booleans()),
    )


def amount_text(minor: int, dialect: Dialect) -> str:
    whole, cents = divmod(minor, 100)
    text = f"{whole:,}".replace(",", dialect.thousands) + f"{dialect.decimal}{cents:02d}"
    return dialect.sign + text if dialect.sign.endswith(" ") else text + dialect.sign


def write(path: Path, log: list[Row], dialect: Dialect) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=dialect.delimiter, lineterminator=dialect.line_end, quoting=dialect.quoting
    )
    writer.writerow([*HEADERS[dialect.language], "Note"])
    for row in log:
        writer.writerow(
            [
                row.case,
                row.asked_by,
                amount_text(row.amount, dialect),
                WORDS[dialect.language][row.answer],
                row.asked_at.strftime(dialect.dates),
                row.answered_at.strftime(dialect.dates),
                row.answered_by,
                row.note,
            ]
        )
    data = out.getvalue().encode(dialect.encoding)
    path.write_bytes(gzip.compress(data) if dialect.gzipped else data)
