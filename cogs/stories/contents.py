"""What `/story chapter` shows: a story's chapters with what they tell in short, and one summary with its versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.chapters.chapter import KeptSummary
from bot.chapters.outline import Part, Scene
from bot.chapters.service import Contents, Opened
from bot.delivery.views import SalonView
from bot.words import say
from cogs.buttons import Button, Select, StateButton, StateSelect
from cogs.choices import MOST_CHOICES, shortened
from cogs.shown import COLOUR, plain

PAGE_CHARACTERS = 3_500
_GAP = "\n\n"
_OPTION_CHARACTERS = 90

Block = tuple[str, tuple[Scene, ...]]


def contents_page(contents: Contents, page: int) -> dict[str, Any]:
    """Answer with a page (counted from 0) of a story's chapters, and a menu of the summaries on it."""
    pages = _pages([block for part in contents.parts for block in _blocks(part, contents)])
    page = min(page, len(pages) - 1)
    text, scenes = pages[page]
    title = say("chapters.title", title=plain(contents.story.title))
    embed = discord.Embed(title=title, description=text, colour=COLOUR)
    if len(pages) > 1:
        embed.set_footer(text=say("chapters.page", page=page + 1, pages=len(pages)))
    return {"embed": embed, "view": _below(contents, scenes, page, len(pages))}


def opened_answer(opened: Opened, version_id: int) -> dict[str, Any]:
    """Answer with a version of a summary, a menu of the others, and what can be done with it."""
    version = next((each for each in opened.versions if each.id == version_id), opened.versions[0])
    embed = discord.Embed(title=_name(opened.scene, opened.part, opened.contents), colour=COLOUR)
    embed.description = f"{plain(version.text)}\n\n-# {_origin(version)}"
    is_newest = version == opened.versions[0]
    if not is_newest:
        embed.set_footer(text=say("chapters.is_earlier"))
    elif opened.scene.is_outdated:
        embed.set_footer(text=say("chapters.is_outdated"))
    view = SalonView()
    if len(opened.versions) > 1:
        view.add_item(_versions_menu(opened.versions, version))
    action = "chapter_edit" if is_newest else "chapter_restore"
    view.add_item(StateButton(Button(label=say(f"chapters.button_{action}")), action, version.id))
    return {"embed": embed, "view": view}


def _blocks(part: Part, contents: Contents) -> Iterator[Block]:
    """Yield a chapter's title, then what tells it: its own summary, else its scenes'."""
    heading = f"**{plain(part.chapter.title)}**\n" if part.chapter else ""
    told = (part.whole,) if part.whole and part.whole.told else part.scenes
    if not told:
        yield heading + say("chapters.begins_next"), ()
    for scene in told:
        yield f"{heading}{_shown(scene, contents)}", (scene,) if scene.kept else ()
        heading = ""


def _shown(scene: Scene, contents: Contents) -> str:
    place = say("chapters.place", first=contents.numbers[scene.first_id], last=contents.numbers[scene.last_id])
    if scene.told:
        marks = [place, _origin(scene.told), *([say("chapters.is_outdated")] if scene.is_outdated else [])]
        return f"{plain(scene.told.text)}\n-# {' · '.join(marks)}"
    return f"-# {place} · {say('chapters.is_due' if scene.is_due else 'chapters.goes_on')}"


def _origin(version: KeptSummary) -> str:
    """Say who or what wrote a version."""
    if version.written_by is not None:
        return say("chapters.by_member", member=version.written_by)
    return say("chapters.by_ai", model=version.model) if version.model else say("chapters.by_extract")


def _pages(blocks: Sequence[Block]) -> list[Block]:
    pages: list[Block] = []
    for text, scenes in blocks:
        if pages and len(pages[-1][0]) + len(_GAP) + len(text) <= PAGE_CHARACTERS:
            pages[-1] = (pages[-1][0] + _GAP + text, pages[-1][1] + scenes)
        else:
            pages.append((text, scenes))
    return pages or [(say("chapters.none"), ())]


def _below(contents: Contents, scenes: Sequence[Scene], page: int, count: int) -> SalonView:
    view, story_id = SalonView(), contents.story.id
    if scenes:
        options = [_option(scene, contents) for scene in scenes[:MOST_CHOICES]]
        view.add_item(StateSelect(Select(placeholder=say("chapters.choose"), options=options), "chapter_open"))
    for name, goal in (("earlier", page - 1), ("later", page + 1)) if count > 1 else ():
        button = Button(label=say(f"chapters.button_{name}"), disabled=not 0 <= goal < count)
        view.add_item(StateButton(button, "chapter_page", story_id, max(goal, 0), int(name == "later")))
    view.add_item(StateButton(Button(label=say("chapters.button_begin")), "chapter_begin", story_id))
    if any(part.due for part in contents.parts):
        view.add_item(StateButton(Button(label=say("chapters.button_sum_up")), "chapter_sum_up", story_id))
    return view


def _option(scene: Scene, contents: Contents) -> discord.SelectOption:
    assert scene.kept is not None
    place = say("chapters.place", first=contents.numbers[scene.first_id], last=contents.numbers[scene.last_id])
    return discord.SelectOption(
        label=place, value=str(scene.kept.id), description=shortened(scene.kept.text, _OPTION_CHARACTERS)
    )


def _name(scene: Scene, part: Part, contents: Contents) -> str:
    first, last = contents.numbers[scene.first_id], contents.numbers[scene.last_id]
    place = say("chapters.place", first=first, last=last)
    return f"{plain(part.chapter.title)} · {place}" if part.chapter else place


def _versions_menu(versions: Sequence[KeptSummary], shown: KeptSummary) -> StateSelect:
    options = [
        discord.SelectOption(
            label=say("chapters.version", number=number, when=f"{version.written_at:%Y-%m-%d %H:%M}"),
            value=str(version.id),
            description=shortened(version.text, _OPTION_CHARACTERS),
            default=version == shown,
        )
        for number, version in zip(range(len(versions), 0, -1), versions[:MOST_CHOICES], strict=False)
    ]
    return StateSelect(Select(placeholder=say("chapters.choose_version"), options=options), "chapter_version")
