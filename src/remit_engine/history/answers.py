"""What the words of an answer column mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from remit_engine.errors import InputError
from remit_engine.history.spelling import is_nothing, listed, plain
from remit_engine.history.table import Answer


class Meaning(StrEnum):
    """What an answer word may stand for. The words are those of the mapping file and of `--map`."""

    APPROVED = "approved"
    DECLINED = "declined"
    GRANTED_LESS = "granted less"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    OPEN = "open"
    AUTOMATIC = "automatic"

    @property
    def answer(self) -> Answer | None:
        """The answer; None for an open question."""
        return _ANSWERS.get(self)


_ANSWERS: Final = {
    Meaning.APPROVED: Answer.APPROVED,
    Meaning.AUTOMATIC: Answer.APPROVED,
    Meaning.DECLINED: Answer.DECLINED,
    Meaning.GRANTED_LESS: Answer.GRANTED_LESS,
    Meaning.EXPIRED: Answer.EXPIRED,
    Meaning.WITHDRAWN: Answer.WITHDRAWN,
}

VOCABULARY: Final[dict[Meaning, tuple[str, ...]]] = {
    Meaning.APPROVED: (
        "approved", "approve", "approval", "accepted", "accept", "granted", "grant", "allowed", "authorized",
        "authorised", "confirmed", "agreed", "released", "passed", "approved in full", "fully approved",
        "granted in full", "yes", "y", "ok", "okay", "true", "1",
        "genehmigt", "bewilligt", "freigegeben", "akzeptiert", "zugestimmt", "angenommen", "erlaubt",
        "bestatigt", "stattgegeben", "voll genehmigt", "ja", "j", "wahr",
        "approuve", "approuvee", "accepte", "acceptee", "valide", "validee", "autorise", "autorisee",
        "accorde", "accordee", "oui", "o", "vrai",
        "aprobado", "aprobada", "aceptado", "aceptada", "autorizado", "autorizada", "concedido", "concedida",
        "si", "s", "verdadero",
        "approvato", "approvata", "accettato", "accettata", "autorizzato", "autorizzata", "concesso",
        "concessa", "accolto", "accolta", "vero",
        "goedgekeurd", "akkoord", "toegestaan", "toegekend", "geaccepteerd", "waar",
        "aprovado", "aprovada", "aceito", "aceita", "aceite", "deferido", "deferida", "sim", "verdadeiro",
    ),
    Meaning.DECLINED: (
        "declined", "decline", "rejected", "reject", "denied", "deny", "refused", "disapproved",
        "not approved", "disallowed", "turned down", "not granted", "no", "n", "false", "0",
        "abgelehnt", "abgewiesen", "zuruckgewiesen", "verweigert", "nicht genehmigt", "nicht bewilligt",
        "nein", "falsch",
        "refuse", "refusee", "rejete", "rejetee", "non", "non approuve", "faux",
        "rechazado", "rechazada", "denegado", "denegada", "desestimado", "desestimada", "no aprobado",
        "falso",
        "rifiutato", "rifiutata", "respinto", "respinta", "negato", "negata", "non approvato",
        "afgewezen", "geweigerd", "afgekeurd", "niet goedgekeurd", "nee", "onwaar",
        "recusado", "recusada", "rejeitado", "rejeitada", "negado", "negada", "indeferido", "indeferida",
        "reprovado", "reprovada", "nao", "nao aprovado",
    ),
    Meaning.GRANTED_LESS: (
        "granted less", "partly approved", "partially approved", "approved in part", "approved partially",
        "partial approval", "partially granted", "partly granted", "granted in part", "settled in part",
        "partial", "reduced", "approved reduced",
        "teilweise genehmigt", "teilgenehmigt", "teilweise bewilligt", "teilweise", "gekurzt",
        "partiellement approuve", "partiellement approuvee", "approuve partiellement",
        "partiellement accorde", "accorde en partie", "partiel", "partielle",
        "parcialmente aprobado", "parcialmente aprobada", "aprobado parcialmente", "aprobada parcialmente",
        "aprobado en parte", "parcial",
        "parzialmente approvato", "parzialmente approvata", "approvato parzialmente", "approvato in parte",
        "parziale",
        "gedeeltelijk goedgekeurd", "deels goedgekeurd", "gedeeltelijk", "deels",
        "parcialmente aprovado", "parcialmente aprovada", "aprovado parcialmente", "aprovada parcialmente",
        "aprovado em parte",
    ),
    Meaning.EXPIRED: (
        "expired", "timed out", "timeout", "time out", "lapsed",
        "abgelaufen", "verfallen", "zeituberschreitung", "expire", "expiree", "delai depasse",
        "caducado", "caducada", "vencido", "vencida", "expirado", "expirada", "scaduto", "scaduta",
        "verlopen", "vervallen",
    ),
    Meaning.WITHDRAWN: (
        "withdrawn", "cancelled", "canceled", "recalled", "retracted", "revoked",
        "zuruckgezogen", "storniert", "abgebrochen", "widerrufen",
        "retire", "retiree", "annule", "annulee", "retirado", "retirada", "cancelado", "cancelada",
        "anulado", "anulada", "ritirato", "ritirata", "annullato", "annullata",
        "ingetrokken", "geannuleerd",
    ),
    Meaning.OPEN: (
        "open", "pending", "in progress", "waiting", "submitted", "new", "awaiting approval",
        "pending approval", "waiting for approval", "to be approved", "requested", "in review",
        "under review", "draft", "on hold", "held", "not started", "unanswered", "undecided",
        "offen", "ausstehend", "in bearbeitung", "in prufung", "wartend", "neu", "eingereicht", "entwurf",
        "en attente", "en cours", "ouvert", "ouverte", "brouillon", "pendiente", "abierto", "abierta",
        "en curso", "en espera", "en revision", "borrador", "in attesa", "aperto", "aperta", "in corso",
        "bozza", "in behandeling", "openstaand", "wachtend", "in afwachting", "concept",
        "pendente", "aberto", "aberta", "em aberto", "em analise", "em andamento", "aguardando", "rascunho",
    ),
    Meaning.AUTOMATIC: (
        "auto approved", "autoapproved", "automatically approved", "approved automatically",
        "auto approval", "automatic approval", "system approved", "approved by system", "approved by rule",
        "automatisch genehmigt", "auto genehmigt", "automatisch freigegeben", "approuve automatiquement",
        "approuvee automatiquement", "aprobado automaticamente", "aprobada automaticamente",
        "approvato automaticamente", "approvata automaticamente", "automatisch goedgekeurd",
        "aprovado automaticamente", "aprovada automaticamente",
    ),
}  # fmt: skip
"""The plain words (see `spelling.plain`) of each meaning in seven languages."""

_KNOWN: Final = {word: meaning for meaning, words in VOCABULARY.items() for word in words}
_ASKED_FROM: Final = 5
_BARE: Final = listed(
    "y n yes no ok okay true false 1 0 ja j nein oui o non si s sim nao nee wahr falsch vrai faux vero falso "
    "verdadero verdadeiro waar onwaar new neu open requested submitted partial reduced"
)
"""Words that answer many questions: they don't make a column an answer column by themselves."""


def meaning_of(word: str) -> Meaning | None:
    """What an answer word means; None for a word that isn't known."""
    return Meaning.OPEN if is_nothing(word) else _KNOWN.get(plain(word))


def tells_an_answer(word: str) -> bool:
    """True for a word that is about an answer whatever column it stands in ("approved", not "yes")."""
    return plain(word) in _KNOWN and plain(word) not in _BARE


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """What each word of one answer column means; words that aren't there mean nothing known."""

    meanings: dict[str, Meaning]

    def meaning(self, word: str) -> Meaning | None:
        """What a word means; None for a word too rare to be asked about."""
        return self.meanings.get(word)


def decide_words(counts: dict[str, int], told: dict[Meaning, tuple[str, ...]], column: str) -> AnswerWords:
    """Tell every word of an answer column.

    Args:
        counts: how often each word occurs.
        told: the words that a mapping tells; they win over the vocabulary.
        column: the column's name, for the sentence.

    Raises:
        InputError: unknown words that occur at least 5 times and in 1 % of the rows.
    """
    by_map = {plain(word): meaning for meaning, words in told.items() for word in words}
    meanings = {
        word: meaning for word in counts if (meaning := by_map.get(plain(word), meaning_of(word))) is not None
    }
    rows = sum(counts.values())
    unknown = {
        word: count
        for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if word not in meanings and count >= _ASKED_FROM and count * 100 >= rows
    }
    if unknown:
        raise _unknown_words(unknown, column)
    return AnswerWords(meanings)


def _unknown_words(unknown: dict[str, int], column: str) -> InputError:
    shown = list(unknown.items())[:8]
    words = ", ".join(f"'{word}' ({count:,})" for word, count in shown)
    more = f" and {len(unknown) - len(shown)} more" if len(unknown) > len(shown) else ""
    first = shown[0][0]
    return InputError(
        "unknown-answers",
        f"The answer column '{column}' has words that Remit doesn't know: {words}{more}.",
        f"Tell what each means, for example --map {quoted(f'answer.approved={first}')} or "
        f"--map {quoted(f'answer.declined={first}')} (there are also granted_less, "
        "expired, withdrawn, open and automatic).",
        column=column,
        words=dict(unknown),
    )


def quoted(option: str) -> str:
    """An option value as it is typed in a shell."""
    return f'"{option}"' if " " in option else option
