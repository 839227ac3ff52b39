"""Files that members send or point at, fetched from Discord within a bound."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.errors import BadInput, NotFound
from bot.safety.addresses import check_discord_address, file_origins
from bot.safety.uploads import check_upload_size

_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif")


async def read_picture(attachment: discord.Attachment) -> bytes:
    """Fetch an attachment as it was sent, to be opened by `open_upload`; raise `BadInput` for what is not fetched."""
    check_upload_size(attachment.size)
    return await fetched(attachment)


async def fetched(attachment: discord.Attachment) -> bytes:
    """Fetch an attachment whose size is bounded; raise `BadInput` where Discord gives it out no more."""
    check_discord_address(attachment.url, file_origins(discord.http.Route.BASE))
    try:
        return await attachment.read()
    except (discord.NotFound, discord.Forbidden) as error:
        raise BadInput("safety.upload_gone") from error


def pictures_of(message: discord.Message) -> Sequence[discord.Attachment]:
    """Return a message's pictures, a forwarded one's included; raise `NotFound` where there are none."""
    forwarded = [attachment for snapshot in message.message_snapshots for attachment in snapshot.attachments]
    pictures = [attachment for attachment in (*message.attachments, *forwarded) if is_picture(attachment)]
    if not pictures:
        raise NotFound("safety.no_picture_there")
    return pictures


def is_picture(attachment: discord.Attachment) -> bool:
    """Say whether an attachment calls itself a picture."""
    kind = attachment.content_type or ""
    return kind.startswith("image/") or attachment.filename.lower().endswith(_ENDINGS)
