"""A request's headers, query and address -> whether it is answered: the keys and quotas of the old service.

Rule 1: off unless somebody gives a gate; without one no request is counted and no key is read.
Rule 2: where keys are kept is another's matter: ``Keys`` is all that is known of it here.
Rule 3: a key that nobody knows is as none, a known one with a wrong signature is refused; so it was.

SOURCE: contract, sections 0.5 and 0.6: the scheme, the bodies of the refusals and ``X-Auth-Type``.
"""

import hmac
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha1
from typing import Protocol
from urllib.parse import parse_qs

from lmiforall.serve.answer import Answer, encode

INVALID = "Access denied. Found a key of type 'HMAC', but it is invalid."
KEYLESS = "Access denied. You or your app must supply valid credentials to access this API."
SPENT = "Request quota per {who} exceeded ({most} reqs / {minutes} mins). Please wait before making new requests."

_SIGNED = re.compile(rb'Signature keyId="([^"]*)",\s*algorithm="([^"]*)",\s*signature="([^"]*)"')
_SECONDS_A_MINUTE = 60


class Keys(Protocol):
    """Where keys are kept."""

    def secret(self, key_id: str) -> str | None:
        """Give the secret of a key, as the text that it is; None for one that nobody knows."""

    def behind(self, phrase: str) -> str | None:
        """Give the key that an ``accessKey`` stands for; None for one that nobody knows."""


@dataclass(frozen=True)
class Limits:
    """How many requests are answered in so many minutes; 0 is no limit. ``keyless`` says whether a key is optional."""

    keyless: bool = True
    minutes: int = 5
    keyless_per_ip: int = 0
    keyed_per_ip: int = 0
    per_key: int = 0


@dataclass(frozen=True)
class KeysInMemory:
    """Keys that are read once: secret by id, and id by phrase."""

    secrets: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)

    def secret(self, key_id: str) -> str | None:
        return self.secrets.get(key_id)

    def behind(self, phrase: str) -> str | None:
        return self.phrases.get(phrase)


@dataclass(frozen=True)
class Admitted:
    """By what a request was recognised, as ``X-Auth-Type`` says it; or the refusal."""

    kind: str
    refusal: Answer | None = None


class Gate:
    """Admits requests, and counts them. ``clock`` gives seconds; each process of a server counts for itself."""

    def __init__(self, keys: Keys, limits: Limits, clock: Callable[[], float]) -> None:
        self._keys, self._limits, self._clock = keys, limits, clock
        self._window = -1
        self._counts: Counter[tuple[str, str]] = Counter()

    def admit(self, headers: Iterable[tuple[bytes, bytes]], query: bytes, ip: str) -> Admitted:
        """Recognise the key, if there is one, and count the request."""
        kind, key = self._recognised(dict(headers), query)
        if key is None:
            return Admitted(kind, _refused(INVALID))
        if not key:
            if not self._limits.keyless:
                return Admitted(kind, _refused(KEYLESS))
            return Admitted(kind, self._spent(("IP", ip, self._limits.keyless_per_ip)))
        of_key = ("key", key, self._limits.per_key)
        return Admitted(kind, self._spent(("IP", f"{key} {ip}", self._limits.keyed_per_ip), of_key))

    def _recognised(self, headers: Mapping[bytes, bytes], query: bytes) -> tuple[str, str | None]:
        """Give the kind of key and the key: empty for none, None for a known one that is signed wrongly."""
        if signed := _SIGNED.match(headers.get(b"authorization", b"")):
            key_id = signed[1].decode("latin-1")
            if (secret := self._keys.secret(key_id)) is not None:
                right = signed[2] == b"hmac-sha1" and hmac.compare_digest(
                    signature(secret, headers.get(b"date", b"")), signed[3]
                )
                return "HMAC", key_id if right else None
        if b"accessKey=" in query:
            phrase = parse_qs(query.decode("latin-1")).get("accessKey", [""])[0]
            if key := self._keys.behind(phrase):
                return "accessKey", key
        return "No Key", ""

    def _spent(self, *quotas: tuple[str, str, int]) -> Answer | None:
        """Count the request under each quota; refuse it where one is spent."""
        window = int(self._clock() // (self._limits.minutes * _SECONDS_A_MINUTE))
        if window != self._window:
            self._window, self._counts = window, Counter()
        for who, name, most in quotas:
            self._counts[who, name] += 1
            if most and self._counts[who, name] > most:
                return _refused(SPENT.format(who=who, most=most, minutes=self._limits.minutes))
        return None


def signature(secret: str, date: bytes) -> bytes:
    """Sign the Date of a request: the secret is used as the text that it is, not decoded."""
    return b64encode(hmac.new(secret.encode(), date, sha1).digest())


def _refused(error: str) -> Answer:
    return Answer(encode({"error": error}), 403, lasting=False)
