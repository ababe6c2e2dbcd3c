"""What a column of a source can be used for, and the names such columns have in seven languages."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from remit_engine.history.spelling import listed, plain


class Use(StrEnum):
    """What a column is taken for. The words are those of the mapping file and of `--map`."""

    AMOUNT = "amount"
    ANSWER = "answer"
    ASKED_AT = "asked at"
    ANSWERED_AT = "answered at"
    ASKED_BY = "asked by"
    ROLE = "role"
    KIND = "kind"
    ANSWERED_BY = "answered by"
    CASE = "case"
    CURRENCY = "currency"
    GRANTED = "granted"

    @property
    def option(self) -> str:
        """The word as it is typed after `--map`."""
        return self.value.replace(" ", "_")


Tiers = tuple[tuple[str, ...], ...]

NAMES: Final[dict[Use, Tiers]] = {
    Use.AMOUNT: (
        (
            "requested amount", "amount requested", "asked amount", "amount asked", "claimed amount",
            "claim amount", "amount claimed", "refund amount", "requested sum",
            "beantragter betrag", "angefragter betrag", "erstattungsbetrag",
            "montant demande", "montant reclame", "importe solicitado", "monto solicitado",
            "importo richiesto", "gevraagd bedrag", "aangevraagd bedrag", "valor solicitado", "valor pedido",
        ),
        ("amount", "betrag", "montant", "importe", "monto", "importo", "bedrag", "montante", "valor",
         "quantia"),
        ("total", "value", "sum", "price", "cost", "net worth", "worth", "summe", "wert", "gesamt", "preis",
         "somme", "prix", "valeur", "suma", "precio", "prezzo", "totale", "valore", "totaal", "som",
         "waarde", "prijs", "soma", "preco"),
    ),
    Use.GRANTED: (
        (
            "granted", "granted amount", "amount granted", "approved amount", "amount approved",
            "genehmigter betrag", "bewilligter betrag", "montant accorde", "montant approuve",
            "importe aprobado", "importe concedido", "monto aprobado", "importo approvato",
            "importo concesso", "goedgekeurd bedrag", "toegekend bedrag", "valor aprovado",
            "valor concedido",
        ),
    ),
    Use.ANSWER: (
        (
            "answer", "decision", "outcome", "approval status", "approval decision", "approval result",
            "verdict", "entscheidung", "antwort", "entscheid", "genehmigungsstatus", "reponse", "decision",
            "respuesta", "decision", "esito", "risposta", "decisione", "besluit", "antwoord", "beslissing",
            "resposta", "decisao", "approved", "genehmigt", "approuve", "aprobado", "approvato",
            "goedgekeurd", "aprovado",
        ),
        ("status", "result", "state", "resolution", "disposition", "ergebnis", "zustand", "statut", "etat",
         "resultat", "estado", "resultado", "stato", "risultato", "resultaat", "toestand", "situacao"),
    ),
    Use.ASKED_AT: (
        (
            "asked at", "asked on", "requested at", "requested on", "request date", "request time",
            "date requested", "pending since", "submitted at", "submitted on", "submission date",
            "date submitted", "asked", "requested", "submitted", "angefragt am", "beantragt am",
            "antragsdatum", "eingereicht am", "gefragt am", "date de demande", "demande le", "soumis le",
            "date demande", "fecha de solicitud", "fecha solicitud", "solicitado el", "data richiesta",
            "data della richiesta", "richiesto il", "aangevraagd op", "gevraagd op", "aanvraagdatum",
            "data do pedido", "data da solicitacao", "solicitado em", "pedido em", "data solicitacao",
        ),
        ("created", "created at", "created on", "creation date", "date created", "opened", "opened at",
         "received", "date received", "received at", "received on", "start", "started at", "erstellt",
         "erstellt am", "eingang", "eingegangen am", "angelegt am", "cree le", "date de creation", "recu le",
         "creado", "creado el", "fecha de creacion", "creato il", "data creazione", "aangemaakt",
         "aangemaakt op", "ontvangen op", "criado em", "data de criacao"),
        ("date", "datum", "fecha", "data", "time", "timestamp", "zeit", "zeitpunkt"),
    ),
    Use.ANSWERED_AT: (
        (
            "answered at", "answered on", "answered", "decided at", "decided on", "decided", "decision date",
            "decision time", "date decided", "approved at", "approved on", "approval date", "approval time",
            "date approved", "entschieden am", "genehmigt am", "beantwortet am", "entscheidungsdatum",
            "genehmigungsdatum", "date de decision", "date decision", "decide le", "approuve le",
            "repondu le", "fecha de decision", "fecha decision", "decidido el", "aprobado el",
            "respondido el", "fecha de aprobacion", "data decisione", "deciso il", "approvato il",
            "risposto il", "besloten op", "goedgekeurd op", "besluitdatum", "beantwoord op",
            "data da decisao", "decidido em", "aprovado em", "respondido em", "data decisao",
        ),
        ("closed", "closed at", "closed on", "date closed", "resolved", "resolved at", "resolved on",
         "completed at", "completed on", "completed", "finished at", "end", "ended at", "geschlossen am",
         "abgeschlossen am", "erledigt am", "clos le", "cerrado el", "chiuso il", "gesloten op",
         "fechado em", "updated at", "last updated", "modified at"),
    ),
    Use.ASKED_BY: (
        (
            "asked by", "requested by", "requester", "requestor", "applicant", "submitted by", "submitter",
            "antragsteller", "beantragt von", "angefragt von", "gefragt von", "demandeur", "demande par",
            "solicitante", "solicitado por", "richiedente", "richiesto da", "aanvrager", "aangevraagd door",
            "requerente", "pedido por",
        ),
        ("employee", "agent", "created by", "opened by", "user", "member", "mitarbeiter", "erstellt von",
         "employe", "cree par", "empleado", "creado por", "dipendente", "creato da", "medewerker",
         "aangemaakt door", "funcionario", "criado por"),
    ),
    Use.ANSWERED_BY: (
        (
            "answered by", "approver", "approved by", "decided by", "decider", "decision maker",
            "approver name", "genehmiger", "genehmigt von", "entschieden von", "beantwortet von",
            "approbateur", "approuve par", "decide par", "repondu par", "aprobador", "aprobado por",
            "decidido por", "respondido por", "approvatore", "approvato da", "deciso da", "risposto da",
            "goedkeurder", "goedgekeurd door", "besloten door", "beantwoord door", "aprovador",
            "aprovado por",
        ),
        ("manager", "supervisor", "reviewer", "closed by", "resolved by", "resource", "vorgesetzter",
         "responsable", "responsabile", "leidinggevende", "gerente"),
    ),
    Use.ROLE: (
        ("role", "requester role", "step role", "job title", "position", "job", "rolle", "funktion",
         "poste", "fonction", "rol", "cargo", "puesto", "ruolo", "qualifica", "functie", "funcao", "papel"),
    ),
    Use.KIND: (
        (
            "kind", "request type", "approval type", "claim type", "remedy", "remedy type", "type of request",
            "expense type", "ticket type", "art", "antragsart", "art des antrags", "vorgangsart",
            "type de demande", "nature", "tipo de solicitud", "tipo richiesta", "tipo di richiesta",
            "soort", "soort aanvraag", "aanvraagtype", "tipo de pedido", "tipo de solicitacao",
        ),
        ("type", "category", "typ", "kategorie", "categorie", "tipo", "categoria"),
    ),
    Use.CASE: (
        (
            "case", "case id", "case no", "case number", "request id", "request no", "request number",
            "request",
            "claim id", "claim no", "claim number", "claim", "ticket", "ticket id", "ticket no",
            "ticket number", "approval id", "vorgang",
            "vorgangsnummer", "fall", "fallnummer", "antragsnummer", "dossier", "numero de dossier",
            "numero de demande", "caso", "numero de caso", "numero de solicitud", "pratica",
            "numero pratica", "zaak", "zaaknummer", "aanvraagnummer", "processo", "numero do pedido",
        ),
        ("id", "number", "no", "nr", "reference", "ref", "nummer", "numero", "order id", "order number",
         "order", "bestellung", "bestellnummer", "key"),
    ),
    Use.CURRENCY: (
        ("currency", "currency code", "ccy", "curr", "waehrung", "wahrung", "devise", "moneda", "divisa",
         "valuta", "moeda"),
    ),
}  # fmt: skip
"""For each use the plain names of its columns, the surest first."""

NOT_ASKED: Final = listed(
    "paid approved granted tax vat discount band range bucket balance fee limit budget close closed refunded "
    "settled hours days minutes count quantity id number genehmigt genehmigter bewilligter gezahlt bezahlt "
    "ausgezahlt steuer mwst rabatt paye accorde approuve taxe tva pagado aprobado concedido impuesto iva "
    "pagato approvato concesso betaald goedgekeurd toegekend btw pago aprovado limite"
)
"""Words of a name that say that its amount isn't what was asked for."""


def by_name(name: str, use: Use) -> int | None:
    """How surely `name` names `use`: 0 is surest; None when it doesn't.

    Amounts may have words around them ("Betrag in EUR"); other names must be whole.
    """
    bare = plain(name)
    for tier, names in enumerate(NAMES[use]):
        if bare in names:
            return tier
    if use is not Use.AMOUNT or not NOT_ASKED.isdisjoint(bare.split()):
        return None
    for tier, names in enumerate(NAMES[use]):
        if any(f" {known} " in f" {bare} " for known in names):
            return tier
    return None
