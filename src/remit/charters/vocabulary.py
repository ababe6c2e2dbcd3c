"""Words of the charters: codes of the trail and of notices, names under which things are found."""

from __future__ import annotations

from typing import Final

PUBLISHED: Final = "charter-published"
HANDED_IN: Final = "charter-handed-in"
TAKEN_BACK: Final = "charter-taken-back"
LENT: Final = "authority-lent"
LENDING_ENDED: Final = "lending-ended"
LENDING_MOVED: Final = "lending-moved"
LOOKED: Final = "charter-looked-at"
WITHDRAWN: Final = "charter-withdrawn"
TOOK_EFFECT: Final = "charter-took-effect"
TRIAL_ENDED: Final = "charter-trial-ended"
RULES_TURNED: Final = "charter-rules-turned"
CHECKS_BOUND: Final = "charter-checks-bound"
DRAFT_OPENED: Final = "draft-opened"
DRAFT_EDITED: Final = "draft-edited"
DRAFT_RESTORED: Final = "draft-restored"
DRAFT_BROUGHT: Final = "draft-brought-forward"
DRAFT_NAMED: Final = "draft-named"
DRAFT_SHARED: Final = "draft-shared"
DRAFT_PUT_AWAY: Final = "draft-put-away"
COMMENTED: Final = "draft-commented"
COMMENT_SETTLED: Final = "draft-comment-settled"
"""Acts, as the trail writes them."""

NOTICE_CHANGED: Final = "charter-changed"
NOTICE_SECOND: Final = "charter-needs-second"
NOTICE_NOT_PUBLISHED: Final = "charter-not-published"
NOTICE_TOOK_EFFECT: Final = "charter-took-effect"
NOTICE_TRIAL_ENDED: Final = "charter-trial-ended"
NOTICE_RULES_TURNED: Final = "charter-rules-turned"
NOTICE_DRAFT_SHARED: Final = "draft-shared"
NOTICE_COMMENTED: Final = "draft-commented"
NOTICE_LENT: Final = "authority-lent"
NOTICE_LENDING_ENDED: Final = "lending-ended"
"""What members are told."""

ORGANISATION: Final = "organisation"
"""What a team's charter writes after `extend`, to extend that of the organisation."""

FILE: Final = "charter.yaml"
"""What the text of a charter is called in findings."""

LEVEL_MEANS: Final = {
    "decide": "do it, now",
    "inform": "do it now; somebody is told",
    "propose": "it goes ahead unless somebody objects in time",
    "ask": "somebody has to say yes first",
    "never": "somebody else takes it over",
}
"""The levels, in words for a legend."""

LENDABLE: Final = ("decide", "inform", "propose")
"""Levels that somebody may lend, the highest first."""

LONGEST_LENDING_DAYS: Final = 366
"""Authority is lent for a time; whoever needs it longer needs a role."""

ACTS: Final = {
    "lending-ended": "ended a delegation",
    "authority-lent": "handed authority over for a time",
    "lending-moved": "moved authority that was lent to other days",
    "charter-published": "published the charter",
    "charter-handed-in": "handed in a charter for a second publisher",
    "charter-taken-back": "took a handed-in charter back",
    "charter-looked-at": "looked at what changed in the charter",
    "charter-withdrawn": "took out a charter before it came into force",
    "charter-took-effect": "a charter came into force, as it was published",
    "charter-trial-ended": "a trial ended, and what was in force before it holds again",
    "charter-rules-turned": "rules of a charter began or ended, as they say themselves",
    "charter-checks-bound": "said which checks a charter has to pass",
    "draft-edited": "edited a draft of the charter",
    "draft-restored": "went back to an earlier revision of a draft of the charter",
    "draft-brought-forward": "brought a draft of the charter onto the version in force",
    "draft-named": "changed what a draft of the charter is called or for",
    "draft-shared": "asked the team what it thinks of a draft of the charter",
    "draft-put-away": "put a draft of the charter away",
    "draft-commented": "said what they think of a draft of the charter",
    "draft-comment-settled": "settled a comment on a draft of the charter",
}
"""What was done to a charter, after the name of who did it."""

REVISION_ACTS: Final = {
    "begun": "began it",
    "edited": "edited it on the board",
    "text": "edited its text",
    "restored": "went back",
    "brought": "brought it onto the version in force",
}
"""What was done to a draft, after the name of who did it."""

CHECKS: Final = {
    "dead-ends": "Somebody may say yes to every request.",
    "never-matter": "Every rule matters, and none is over.",
    "people": "Every role, member and team that it names is there.",
    "left-out": "Nobody's role is left without a grant.",
    "growth": "No step takes anything away.",
    "comparable": "It can be said exactly who gains or loses what.",
}
"""Checks that an organisation may make binding: what holds where one is passed."""

CHECK_OF: Final = {
    "lost-by-growing": "growth",
    "ended": "never-matter",
    "role-of-nobody": "people",
    "no-such-member": "people",
    "no-such-team": "people",
    "role-left-out": "left-out",
}
"""The check that a finding fails, by its code; whatever an analysis calls idle fails `never-matter`."""
