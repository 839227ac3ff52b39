"""One job's answer as one living message, which goes on in further messages where the text is long."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import discord

from bot.delivery.draft import Draft, Page, address_of, all_pages, final_pages, pages_below
from bot.delivery.faults import Fault, fault_of
from bot.delivery.mailbox import Mailbox, nonce_of
from bot.jobs.job import Job, ReplyPlace
from bot.words import say

Moved = Callable[[ReplyPlace], Awaitable[None]]


class LivingMessage:
    """Keep a job's messages equal to the pages they are given; edits that change nothing are not made.

    The first message is the one that the reply's place names. The others are replies to it, so that after a
    restart they are found again. What the member wrote with the request stands above the answer from the start.
    """

    def __init__(self, job: Job, mailbox: Mailbox, moved: Moved) -> None:
        self._job = job
        self._mailbox = mailbox
        self._moved = moved
        self._opening: Sequence[Draft] = ()
        self._ids = [job.reply.message_id] if job.reply.message_id is not None else []
        self._shown: list[Page | None] = [None] * len(self._ids)
        self._is_lost = not self._ids

    def open_with(self, opening: Sequence[Draft]) -> None:
        """Let these stand above the answer."""
        self._opening = opening

    async def take_up(self) -> None:
        """Find the messages after the first: those of an earlier life, and those whose sending only seemed to fail."""
        if not self._ids:
            return
        try:
            parts = await self._mailbox.replies_to(self._ids[0])
        except discord.HTTPException as error:
            if fault_of(error) is Fault.TEMPORARY:
                raise
            return
        self._ids[1:] = parts
        self._shown[1:] = [None] * len(parts)

    async def show(self, pages: Sequence[Page]) -> None:
        """Show how far the job is; once its message is lost, nothing more is shown until the end."""
        if self._is_lost:
            return
        try:
            await self._become(pages_below(self._opening, pages))
        except discord.HTTPException as error:
            self._is_lost = self._notice(error) in (Fault.MESSAGE_GONE, Fault.CHANNEL_CLOSED)
            raise

    async def finish(self, draft: Draft) -> None:
        """Say the answer in place, or anew where the place is lost or the member should be called to it."""
        if self._ids and not self._mailbox.is_late:
            try:
                await self._become(all_pages([*self._opening, draft]))
                return
            except discord.HTTPException as error:
                if self._notice(error) not in (Fault.MESSAGE_GONE, Fault.TOKEN_DEAD):
                    raise
        await self._finish_anew(draft)

    async def finish_privately(self, draft: Draft) -> None:
        """Say the answer in a direct message; its buttons stay away, for they work in servers only."""
        member, channel = self._job.member_id, self._job.reply.channel_id
        notice = Page(notice=say("delivery.in_private", channel=channel))
        pages = final_pages(draft.in_private())
        for number, page in enumerate([notice, *pages]):
            await self._mailbox.send_privately(member, page, nonce_of(self._job.id, "private", number))

    async def _finish_anew(self, draft: Draft) -> None:
        """Put a new message that calls the member in the place of the old ones."""
        job = self._job
        for old in self._ids:
            await self._take_back(old)
        self._ids, self._shown = [], []
        pages = all_pages([*self._opening, draft], address_of(job.member_id))
        head = await self._mailbox.send(pages[0], nonce_of(job.id, job.reply.message_id), mention=job.member_id)
        self._mailbox.become_ordinary()
        self._ids, self._shown = [head], [pages[0]]
        await self._moved(ReplyPlace(job.reply.channel_id, head))
        await self._become(pages)

    async def _become(self, pages: Sequence[Page]) -> None:
        for number, page in enumerate(pages):
            if number == len(self._ids):
                self._ids.append(await self._go_on(page, number))
                self._shown.append(page)
            elif self._shown[number] != page:
                await self._mailbox.edit(self._ids[number], page)
                self._shown[number] = page
        while len(self._ids) > len(pages):
            await self._take_back(self._ids.pop())
            self._shown.pop()

    async def _go_on(self, page: Page, number: int) -> int:
        head = self._ids[0]
        try:
            return await self._mailbox.send(page, nonce_of(self._job.id, head, number), reply_to=head)
        except discord.Forbidden:
            sent = await self._mailbox.follow_up(page)
            if sent is None:
                raise
            return sent

    def _notice(self, error: discord.HTTPException) -> Fault:
        fault = fault_of(error)
        if fault is Fault.TOKEN_DEAD:
            self._mailbox.forget_token()
        return fault

    async def _take_back(self, message_id: int) -> None:
        try:
            await self._mailbox.delete(message_id)
        except discord.HTTPException as error:
            if fault_of(error) is Fault.TEMPORARY:
                raise
