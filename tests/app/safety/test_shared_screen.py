"""What a turn on the shared screen opens, with its four digits: the desk, and nothing that outlasts the turn.

Every address is asked as the owner, whose turn it is. One that isn't among those written down here is closed.
"""

import pytest
from tests.app.every_address import addresses, furnished, path_of
from tests.app.test_people_counter import PIN, counter, take_turn

from remit.people.actions.pins import set_pin

__all__ = ["counter"]
pytestmark = pytest.mark.alike

OPEN = {
    "today:today": "what waits for whoever has the turn; steps and figures are left out",
    "people:sign-out": "ends the turn",
    "people:counter": "the names",
    "people:hand-back": "ends the turn",
    "people:touched": "goes on with the turn",
    "people:turn": "the PIN",
    "people:tap": "on duty, off duty",
    "notices:all": "what they were told",
    "notices:seen": "what they were told",
    "notices:bell": "what they were told",
    "notices:open": "what they were told",
    "notices:worker": "a script, the same for everybody",
    "charters:charter": "the charter is read by everybody",
    "charters:team": "the charter is read by everybody",
    "charters:ask": "the charter is read by everybody",
    "charters:versions": "the charter is read by everybody",
    "charters:version": "the charter is read by everybody",
    "charters:compare": "the charter is read by everybody",
    "charters:rule": "the charter is read by everybody",
    "charters:text": "the charter is read by everybody",
    "charters:seen": "the charter is read by everybody",
    "charters:organisation-in-force": "the charter is read by everybody",
    "charters:organisation-text": "for owners, who sign in elsewhere",
    "charters:organisation-versions": "for owners, who sign in elsewhere",
    "charters:organisation-version": "for owners, who sign in elsewhere",
    "charters:organisation-compare": "for owners, who sign in elsewhere",
    "charters:delegations": "what was lent is read",
    "causes:causes": "counts of complaints, by nobody's name",
    "causes:cause": "counts of complaints, by nobody's name",
    "causes:task": "a task is written down where the work is done",
    "purpose:mine": "what a team works for is read by everybody",
    "purpose:team": "what a team works for is read by everybody",
    "purpose:rows": "what a team works for is read by everybody",
    "purpose:visions": "what a team works for is read by everybody",
    "why-hint": "says whether a why says nothing, and keeps nothing of it",
    "purpose:objective": "what a team works for is read by everybody",
    "procedures:list": "procedures are read where the work is done",
    "procedures:paths": "procedures are read where the work is done",
    "procedures:path": "procedures are read where the work is done",
    "procedures:procedure": "procedures are read where the work is done",
    "procedures:clear": "read and answered in one's turn",
    "procedures:unclear": "read and answered in one's turn",
    "procedures:questions": "read and answered in one's turn",
    "procedures:read-in": "read in one's own language in one's turn",
    "procedures:confused": "counts alone, for whoever mends it",
    "procedures:history": "procedures are read where the work is done",
    "procedures:version": "procedures are read where the work is done",
    "procedures:markdown": "procedures are read where the work is done",
    "procedures:wall": "procedures are read where the work is done",
    "procedures:picture": "shown in a step",
    "people:own-pages": "the PIN once more",
    "people:close-own-pages": "closes them",
    "reviews:seen": "comes before the page of a complaint, which is open",
    "providers:hook": "open to everybody, and believes a signature alone",
    "privacy:public": "open to everybody",
    "privacy:handed-out": "open to whoever has its link",
    "privacy:handed-out-file": "open to whoever has its link",
    "work:calendar-file": "open to whoever has its link",
    "demo:doors": "there only in the demo",
    "demo:customer": "there only in the demo",
    "demo:enter": "there only in the demo",
}
ONES_OWN = (
    "reviews:to-do", "reviews:mine", "reviews:review", "reviews:opinion", "reviews:answer", "reviews:helpful",
    "reviews:want", "growth:mine", "growth:team", "growth:show", "growth:wait", "growth:talk",
    "growth:ask-for", "growth:take-back", "insight:my-work", "practice:practice", "practice:another",
    "work:balance", "pulse:mine", "pulse:team", "pulse:wave", "pulse:answer",
    "practice:case", "practice:out", "practice:forget", "practice:forget-all",
)  # fmt: skip
"""Open for some minutes after the PIN was typed once more."""
THE_DESK = ("complaints:", "approvals:", "remedies:", "work:", "events:", "voice:")
CLOSED_AT_THE_DESK = {
    "complaints:export": "takes out everybody's data",
    "complaints:import": "brings in files",
    "complaints:import-one": "brings in files",
    "complaints:import-state": "brings in files",
    "complaints:import-columns": "brings in files",
    "complaints:import-start": "brings in files",
    "complaints:import-cancel": "brings in files",
    "complaints:reply-settings": "settings",
    "complaints:saved-reply": "settings",
    "complaints:forget-reply": "settings",
    "complaints:rating-settings": "settings",
    "complaints:letter-settings": "settings",
    "complaints:forget-letter": "settings",
    "work:new-checklist": "settings",
    "work:change-checklist": "settings",
    "work:stop-checklist": "settings",
    "work:follow-checklist": "settings",
    "work:closed": "settings",
    "work:calendar": "a link that outlasts the turn",
    "work:end-calendar-link": "settings",
    "work:open-days": "settings",
    "events:new": "settings",
    "events:change": "settings",
    "events:call-off": "settings",
    "events:keep": "settings",
    "events:new-task": "settings",
    "events:change-task": "settings",
    "events:remove-task": "settings",
    "events:thing": "settings",
    "events:remove-thing": "settings",
    "events:remove-person": "settings",
    "events:by-hand": "settings",
    "events:check-by-hand": "settings",
    "events:free-by-hand": "settings",
    "events:add-risk": "settings",
    "events:remove-risk": "settings",
    "events:add-line": "settings",
    "events:change-line": "settings",
    "events:set-briefing": "settings",
    "events:add-point": "settings",
    "events:lend": "settings",
    "events:choose-again": "settings",
    "events:change-risk": "settings",
    "events:add-helper": "settings",
    "events:erase-helper": "settings",
    "voice:settings": "settings",
    "remedies:books": "the books",
    "remedies:journal": "the books",
}


def test_every_address_is_open_there_or_closed_on_purpose(house, counter):
    counter.raise_request_exception = False
    set_pin(house.ola, "harbour", PIN)
    words = furnished(house)
    wrong = {}
    for name, pattern in addresses():
        is_open = name in OPEN or (name.startswith(THE_DESK) and name not in CLOSED_AT_THE_DESK)
        for way in ("get", "post"):
            take_turn(counter, house.ola)
            answer = getattr(counter, way)(path_of(name, pattern, words))
            is_shut = b"isn&#x27;t for the shared screen" in b"".join(answer)
            if name in ONES_OWN:
                is_open = True
                asks_again = answer.get("Location", "").startswith("/counter/own-pages/")
                is_shut = not (asks_again if way == "get" else answer.status_code == 403)
            if is_shut is is_open:
                wrong[name, way] = answer.status_code
    assert wrong == {}
