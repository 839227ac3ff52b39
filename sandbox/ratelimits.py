"""Rate limits as Discord keeps them: one bucket a route and channel, and one for everything."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from sandbox.wire import Json

GLOBAL = "global"


@dataclass(frozen=True, slots=True)
class Rule:
    """So many requests in so many seconds."""

    limit: int
    per_s: float


@dataclass(slots=True)
class _Bucket:
    remaining: int
    resets_at: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a request meets: headers for its answer, and how long to wait if it was one too many."""

    headers: dict[str, str]
    retry_after_s: float | None = None
    is_global: bool = False

    @property
    def body(self) -> Json:
        """Write the 429's JSON."""
        text = "You are being rate limited."
        return {"message": text, "code": 0, "retry_after": self.retry_after_s, "global": self.is_global}


# Discord publishes no numbers: these are what its headers have been seen to say. Interaction callbacks carry none.
REALISTIC = {
    "POST /channels/{channel_id}/messages": Rule(5, 5.0),
    "PATCH /channels/{channel_id}/messages/{message_id}": Rule(5, 5.0),
    "DELETE /channels/{channel_id}/messages/{message_id}": Rule(5, 1.0),
    "POST /channels/{channel_id}/typing": Rule(5, 5.0),
    "POST /channels/{channel_id}/threads": Rule(50, 300.0),
    "POST /channels/{channel_id}/messages/{message_id}/threads": Rule(50, 300.0),
    "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me": Rule(1, 0.3),
    "POST /users/@me/channels": Rule(10, 10.0),
}
WEBHOOK = Rule(5, 2.0)
ELSEWHERE = Rule(50, 1.0)
EVERYTHING = Rule(50, 1.0)


@dataclass(slots=True)
class RateLimits:
    """Count requests by bucket; `provoked` tells how often each rule was broken."""

    enabled: bool
    provoked: Counter[str] = field(default_factory=Counter)
    _buckets: dict[tuple[str, str], _Bucket] = field(default_factory=dict)

    @classmethod
    def realistic(cls) -> RateLimits:
        """Limit as Discord does."""
        return cls(enabled=True)

    @classmethod
    def off(cls) -> RateLimits:
        """Limit nothing and send no headers."""
        return cls(enabled=False)

    def meet(self, method: str, route: str, major: str, now: float) -> Verdict:
        """Count one request; `route` is its template and `major` its channel, server or webhook token."""
        if not self.enabled or route.startswith("/interactions/"):
            return Verdict({})
        if not route.startswith("/webhooks/"):
            bucket = self._take(GLOBAL, "", EVERYTHING, now)
            if bucket.remaining < 0:
                return self._refuse(GLOBAL, {"X-RateLimit-Global": "true"}, bucket, now, is_global=True)
        name, rule = self._rule(method, route)
        bucket = self._take(name, major, rule, now)
        headers = self._headers(name, rule, bucket, now)
        if bucket.remaining < 0:
            return self._refuse(name, headers, bucket, now)
        return Verdict(headers)

    @staticmethod
    def _rule(method: str, route: str) -> tuple[str, Rule]:
        if route.startswith("/webhooks/"):
            return "webhooks", WEBHOOK
        name = f"{method} {route}"
        return name, REALISTIC.get(name, ELSEWHERE)

    def _take(self, name: str, major: str, rule: Rule, now: float) -> _Bucket:
        bucket = self._buckets.get((name, major))
        if bucket is None or now >= bucket.resets_at:
            bucket = self._buckets[name, major] = _Bucket(rule.limit, now + rule.per_s)
        bucket.remaining -= 1
        return bucket

    @staticmethod
    def _headers(name: str, rule: Rule, bucket: _Bucket, now: float) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(rule.limit),
            "X-RateLimit-Remaining": str(max(0, bucket.remaining)),
            "X-RateLimit-Reset": f"{bucket.resets_at:.3f}",
            "X-RateLimit-Reset-After": f"{bucket.resets_at - now:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(name.encode()).hexdigest()[:32],
        }

    def _refuse(
        self, name: str, headers: dict[str, str], bucket: _Bucket, now: float, *, is_global: bool = False
    ) -> Verdict:
        self.provoked[name] += 1
        wait_s = round(bucket.resets_at - now, 3)
        scope = "global" if is_global else "user"
        extra = {"X-RateLimit-Scope": scope, "Retry-After": str(int(wait_s) + 1)}
        return Verdict(headers | extra, wait_s, is_global)
