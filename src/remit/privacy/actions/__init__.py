"""What is done about personal data; `remit restore` calls `anonymise_again`."""

from __future__ import annotations

from remit.privacy.actions.erasing import anonymise_again

__all__ = ["anonymise_again"]
