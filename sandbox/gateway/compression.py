"""Transport compression: one running stream a connection, flushed after every frame."""

from __future__ import annotations

import importlib
import importlib.util
import zlib
from collections.abc import Callable
from typing import Any

Compressor = Callable[[bytes], bytes]


def compressor_for(name: str | None) -> Compressor | None:
    """Return what compresses a connection's frames; nothing for plain text."""
    if name == "zlib-stream":
        stream = zlib.compressobj()
        return lambda frame: stream.compress(frame) + stream.flush(zlib.Z_SYNC_FLUSH)
    if name == "zstd-stream" and importlib.util.find_spec("zstandard"):
        return _zstd_stream()
    return None


def _zstd_stream() -> Compressor:
    zstandard: Any = importlib.import_module("zstandard")
    stream = zstandard.ZstdCompressor().compressobj()
    return lambda frame: bytes(stream.compress(frame) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK))
