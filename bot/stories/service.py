"""Stories, as the rest of the house sees them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property

from bot.stories.bringing import Bringing
from bot.stories.continuing import Continuing
from bot.stories.hosting import Hosting
from bot.stories.reading import Reading
from bot.stories.story import Story
from bot.stories.writing import CONTINUE, RETRY, Writing


@dataclass(frozen=True)
class StoryService(Reading, Hosting, Bringing, Writing):
    """All that can be done with stories; made once, it takes the AI's turns in the line too.

    `story_id=None` means the channel's current story. Everything is checked here: server, channel, rights, policy;
    what may not be raises one of bot/errors.py with the sentence for the member.
    """

    def __post_init__(self) -> None:
        self.queue.register(CONTINUE, self.hand)
        self.queue.register(RETRY, self.hand)

    def on_changed(self, follow: Callable[[Story], Awaitable[None]]) -> None:
        """Call `follow` with every story that has moved or was reworded, in the transaction in which it was."""
        self.stories.followers.append(follow)

    @cached_property
    def hand(self) -> Continuing:
        """Return what writes for the AI, whatever kind of job lets it."""
        return Continuing(
            self.database,
            self.engine,
            self.stories,
            self.styles,
            self.channels,
            self.phrases,
            self.prompter,
            self.clock,
        )
