"""What is told about stories: one at its beginning, one in figures, all of a server, and what the AI would read."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.stories.answers import Context, Recap, Share, StoryInfo
from bot.stories.remembering import Summary
from bot.stories.story import Story
from bot.words import say
from cogs.choices import shortened
from cogs.shown import COLOUR, add_field, fitted, plain
from models.engine import PartCount, PromptLayout

SHORT_CHARACTERS = 3_600
"""So much leaves room for a page of the story in the 6,000 that the embeds of a message hold together."""

_MOST_SHARES = 15
_LABEL_CHARACTERS = 100


def story_card(story: Story, name: str, *, ai_speaks: bool, before: Story | None = None) -> discord.Embed:
    """Announce a story that begins, how it goes on, and how the channel comes back to the one it was on before."""
    started = say("story.started", name=plain(name), style=plain(story.style))
    how = say("story.started_how" if ai_speaks else "story.started_how_alone")
    lines = [started, how]
    if before and not before.finished_at:
        lines.append(say("story.started_instead", title=plain(before.title)))
    lines.append(say("story.started_safe"))
    embed = discord.Embed(title=plain(story.title), description="\n".join(lines), colour=COLOUR)
    return _with_limits(embed, story)


def info_card(info: StoryInfo) -> discord.Embed:
    """Show a story in figures: who wrote how much, the AI among them, and how it is set up."""
    story = info.story
    embed = discord.Embed(title=plain(story.title), colour=COLOUR)
    counts = say("story.info_counts", passages=info.passages, words=info.words, branches=info.branches)
    embed.description = "\n".join([*(_share(share) for share in info.shares[:_MOST_SHARES]), f"\n{counts}"])
    embed.add_field(name=say("story.info_style"), value=plain(story.style))
    embed.add_field(name=say("story.info_begun"), value=discord.utils.format_dt(story.created_at, "D"))
    if story.finished_at:
        embed.add_field(name=say("story.info_finished"), value=discord.utils.format_dt(story.finished_at, "D"))
    add_field(embed, say("story.info_memory"), story.memory)
    add_field(embed, say("story.info_note"), story.note)
    return _with_limits(embed, story)


def limits_card(story: Story) -> discord.Embed:
    """Show a story's limits, or how it gets any."""
    described = say("story.limits_told" if story.limits.themes else "story.limits_none")
    embed = discord.Embed(title=say("story.limits_of", title=plain(story.title)), description=described, colour=COLOUR)
    return _with_limits(embed, story)


def story_list(stories: Iterable[Story], current: Story | None) -> discord.Embed:
    """List stories with the channels where they live, and mark the one this channel is on."""
    lines = [f"{_line(story)}{say('story.list_current') if story == current else ''}" for story in stories]
    description = fitted(lines) if lines else say("story.list_none")
    return discord.Embed(title=say("story.list_title"), description=description, colour=COLOUR)


def context_card(context: Context) -> discord.Embed:
    """Show how the window is filled, part by part, and in one line what no longer fits into it."""
    layout = context.layout
    head = say("story.context_head", tokens=layout.tokens, window=layout.window_tokens)
    lines = [_part(part, context.reasons.get(part.part, "")) for part in layout.parts if not part.dropped]
    lines = [*_left_out(layout.parts), *lines, *_marks(layout)]
    embed = discord.Embed(title=head, description=fitted(lines), colour=COLOUR)
    return embed.set_footer(text=say("story.context_whole"))


def short_card(recap: Recap) -> discord.Embed:
    """Tell what is long ago in short, before what is read word for word; each summary has its share of the room."""
    room = SHORT_CHARACTERS // len(recap.summaries) - 2
    told = "\n\n".join(_in_short(summary, room) for summary in recap.summaries)
    return discord.Embed(title=say("story.recap_short"), description=told, colour=COLOUR)


def _in_short(summary: Summary, room: int) -> str:
    head = f"**{plain(shortened(summary.label, _LABEL_CHARACTERS))}**\n"
    return head + shortened(plain(summary.text), room - len(head))


def _with_limits(embed: discord.Embed, story: Story) -> discord.Embed:
    """Add what a story leaves out, and what it only hints at."""
    add_field(embed, say("story.info_lines"), plain(story.lines))
    add_field(embed, say("story.info_veils"), plain(story.veils))
    return embed


def _share(share: Share) -> str:
    name = say("story.info_ai", name=plain(share.name)) if share.by_ai else plain(share.name)
    return say("story.info_share", percent=share.percent, name=name, words=share.words)


def _line(story: Story) -> str:
    key = "story.list_finished" if story.finished_at else "story.list_open"
    return say(key, title=plain(story.title), channel=story.channel_id)


def _part(count: PartCount, reason: str) -> str:
    line = say("story.context_part", tokens=count.tokens, label=plain(count.part.label))
    return say("story.context_because", part=line, reason=plain(reason)) if reason else line


def _marks(layout: PromptLayout) -> list[str]:
    """Tell what the parts leave of the sum, so that it comes out: what the model's template puts around them."""
    rest = layout.tokens - sum(part.tokens for part in layout.parts if not part.dropped)
    return [say("story.context_part", tokens=rest, label=say("story.context_marks"))] if rest > 0 else []


def _left_out(parts: Iterable[PartCount]) -> list[str]:
    """Tell of dropped parts together: of a long story they are many, and would hide the ones that are read."""
    dropped = [part.tokens for part in parts if part.dropped]
    return [say("story.context_dropped", tokens=sum(dropped), count=len(dropped))] if dropped else []
