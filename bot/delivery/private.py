"""An answer that only its asker may see: told by the interaction's token alone, and later by a button of hers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.delivery.draft import Draft, Page, ViewFactory, address_of
from bot.delivery.living import LivingMessage, Moved
from bot.delivery.mailbox import Mailbox, nonce_of
from bot.jobs.job import Job, ReplyPlace
from bot.words import say


class PrivateMessage(LivingMessage):
    """Keep a job's ephemeral messages equal to their pages; once the token is dead, call the asker to a button.

    The call stands in the channel and says nothing of the answer, so it is never edited to hold one: of a reply whose
    place is known and which has no token the asker has been called.
    """

    def __init__(self, job: Job, mailbox: Mailbox, moved: Moved, show: ViewFactory) -> None:
        super().__init__(job, mailbox, moved)
        self._show_button = show
        self._has_called = bool(self._ids) and job.reply.interaction_token is None

    async def take_up(self) -> None:
        """Go on with the first message alone: the channel's history holds no ephemeral ones."""

    async def show(self, pages: Sequence[Page]) -> None:
        """Show how far the job is as long as the token lives."""
        if self._mailbox.has_token:
            await super().show(pages)

    async def finish(self, draft: Draft) -> None:
        """Say the answer in place, or call the asker to it, once."""
        if not self._has_called:
            await super().finish(draft)

    async def _finish_anew(self, draft: Draft) -> None:
        job = self._job
        text = f"{address_of(job.member_id)}{say('delivery.for_you_alone')}"
        call = Page(text, view=self._show_button)
        called = await self._mailbox.send(call, nonce_of(job.id, "call"), mention=job.member_id)
        self._has_called = True
        await self._moved(ReplyPlace(job.reply.channel_id, called, is_private=True))

    async def _go_on(self, page: Page, number: int) -> int:
        return await self._mailbox.follow_up_privately(page)
