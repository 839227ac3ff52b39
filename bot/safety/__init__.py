"""What comes from people and models is made fit to keep and to show here: their text, prompts, uploads and pictures."""

from bot.safety.text import (
    MAX_FILE_BYTES,
    check_file_size,
    clean_line,
    clean_optional,
    clean_text,
    decode_text_file,
    tidy,
)

__all__ = [
    "MAX_FILE_BYTES",
    "check_file_size",
    "clean_line",
    "clean_optional",
    "clean_text",
    "decode_text_file",
    "tidy",
]
