"""Who may come in: the start-up token, the password, sessions, and the log-in's brake."""

from __future__ import annotations

import hmac
import secrets
import time
from dataclasses import dataclass, field

PASSWORD = "web.password"
"""Under this key the settings keep the argon2 hash of the password."""
LONGEST_S = 30 * 24 * 3600.0
"""So long a session lasts without a visit (chosen by us)."""
TRIES, WITHIN_S = 5, 60.0
"""So many wrong passwords are taken within so many seconds (chosen by us)."""
MOST_SESSIONS = 64


@dataclass
class Sessions:
    """The sessions of this run of the server; they end with it.

    `token` opens the first one, from the address that is printed; None where a password is asked.
    """

    token: str | None
    _seen: dict[str, float] = field(default_factory=dict)
    _wrong: list[float] = field(default_factory=list)
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def opens(self, token: str) -> bool:
        """Whether this is the start-up token."""
        return self.token is not None and hmac.compare_digest(self.token, token)

    def begin(self) -> str:
        """Begin a session and return its id."""
        while len(self._seen) >= MOST_SESSIONS:
            del self._seen[min(self._seen, key=lambda id: self._seen[id])]
        id = secrets.token_urlsafe(32)
        self._seen[id] = time.monotonic()
        return id

    def knows(self, id: str | None) -> bool:
        """Whether a session holds; it then holds on from now."""
        seen = self._seen.get(id or "")
        if id is None or seen is None or time.monotonic() - seen > LONGEST_S:
            return False
        self._seen[id] = time.monotonic()
        return True

    def end(self, id: str | None) -> None:
        """End a session."""
        self._seen.pop(id or "", None)

    def form_token(self, id: str) -> str:
        """Return what every form of a session must send along."""
        return hmac.new(self._secret, id.encode(), "sha256").hexdigest()

    def is_form_token(self, id: str, sent: str) -> bool:
        """Whether a form was made for this session."""
        return hmac.compare_digest(self.form_token(id), sent)

    def too_many_wrong(self) -> bool:
        """Whether so many wrong passwords came of late that none is taken now."""
        now = time.monotonic()
        self._wrong = [at for at in self._wrong if now - at < WITHIN_S]
        return len(self._wrong) >= TRIES

    def note_wrong(self) -> None:
        """Count a wrong password."""
        self._wrong.append(time.monotonic())


def hashed(password: str) -> str:
    """Return the argon2 hash of a password."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


def is_password(hash: str, password: str) -> bool:
    """Whether this is the password of the hash."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(hash, password)
    except (VerificationError, InvalidHashError):
        return False
