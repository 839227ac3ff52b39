"""What `/story chapter` shows: a story's chapters with what they tell in short, and one summary with its versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.chapters.chapter import KeptSummary
from bot.chapters.outline import Part, Stretch
from bot.chapters.service import Contents, Opened
from bot.delivery.views import SalonView
from bot.words import say
from cogs.buttons import Button, Select, StateButton, StateSelect
from cogs.choices import MOST_CHOICES, shortened
from cogs.shown import COLOUR, plain

PAGE_CHARACTERS = 3_500
_GAP = "\n\n"
_OPTION_CHARACTERS = 90

Block = tuple[str, tuple[Stretch, ...]]


def contents_page(contents: Contents, page: int) -> dict[str, Any]:
    """Answer with a page (counted from 0) of a story's chapters, and a menu of the summaries on it."""
    pages = _pages(list(_blocks(contents)))
    page = min(page, len(pages) - 1)
    text, stretches = pages[page]
    title = say("chapters.title", title=plain(contents.story.title))
    embed = discord.Embed(title=title, description=text, colour=COLOUR)
    if len(pages) > 1:
        embed.set_footer(text=say("chapters.page", page=page + 1, pages=len(pages)))
    return {"embed": embed, "view": _below(contents, stretches, page, len(pages))}


def opened_answer(opened: Opened, version_id: int) -> dict[str, Any]:
    """Answer with a version of a summary, menus of the others and of what it was made of, and what can be done."""
    version = next((each for each in opened.versions if each.id == version_id), opened.versions[0])
    embed = discord.Embed(title=_name(opened.stretch, opened.contents), colour=COLOUR)
    embed.description = f"{plain(version.text)}\n\n-# {_origin(version)}"
    is_newest = version == opened.versions[0]
    if not is_newest:
        embed.set_footer(text=say("chapters.is_earlier"))
    elif opened.stretch.is_outdated:
        embed.set_footer(text=say("chapters.is_outdated"))
    view = SalonView()
    if len(opened.versions) > 1:
        view.add_item(_versions_menu(opened.versions, version))
    if inside := [each for each in opened.stretch.inside if each.kept]:
        view.add_item(_menu("chapters.choose_inside", inside, opened.contents))
    action = "chapter_edit" if is_newest else "chapter_restore"
    view.add_item(StateButton(Button(label=say(f"chapters.button_{action}")), action, version.id))
    return {"embed": embed, "view": view}


def _blocks(contents: Contents) -> Iterator[Block]:
    """Yield what tells several chapters together before the first of them, and then each chapter."""
    outline = contents.outline
    together = [each for each in outline.stretches if not any(part.holds(each) for part in outline.parts)]
    opening = {each.first_id: _block(each, contents) for each in together if each.told}
    for part in outline.parts:
        if part.stretches and part.stretches[0].first_id in opening:
            yield opening[part.stretches[0].first_id]
        yield from _part_blocks(part, contents)


def _part_blocks(part: Part, contents: Contents) -> Iterator[Block]:
    """Yield a chapter's title, then what tells it in the fewest summaries, and what is not told yet."""
    heading = f"**{plain(part.chapter.title)}**\n" if part.chapter else ""
    if not part.stretches:
        yield heading + say("chapters.begins_next"), ()
    for stretch in _shown(part.stretches):
        text, kept = _block(stretch, contents)
        yield heading + text, kept
        heading = ""


def _shown(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    for stretch in stretches:
        yield from (stretch,) if stretch.told or not stretch.inside else _shown(stretch.inside)


def _block(stretch: Stretch, contents: Contents) -> Block:
    place = _place(stretch, contents)
    kept = (stretch,) if stretch.kept else ()
    if stretch.told:
        marks = [place, _origin(stretch.told), *([say("chapters.is_outdated")] if stretch.is_outdated else [])]
        return f"{plain(stretch.told.text)}\n-# {' · '.join(marks)}", kept
    return f"-# {place} · {say('chapters.is_due' if stretch.is_due else 'chapters.goes_on')}", kept


def _place(stretch: Stretch, contents: Contents) -> str:
    first, last = contents.numbers[stretch.first_id], contents.numbers[stretch.last_id]
    return say("chapters.place" if first < last else "chapters.place_of_one", first=first, last=last)


def _origin(version: KeptSummary) -> str:
    """Say who or what wrote a version."""
    if version.written_by is not None:
        return say("chapters.by_member", member=version.written_by)
    return say("chapters.by_ai", model=version.model) if version.model else say("chapters.by_extract")


def _pages(blocks: Sequence[Block]) -> list[Block]:
    pages: list[Block] = []
    for text, stretches in blocks:
        if pages and _has_room(pages[-1], text):
            pages[-1] = (pages[-1][0] + _GAP + text, pages[-1][1] + stretches)
        else:
            pages.append((text, stretches))
    return pages or [(say("chapters.none"), ())]


def _has_room(page: Block, text: str) -> bool:
    """Say whether a page holds another block: in its text, and in the menu below."""
    return len(page[0]) + len(_GAP) + len(text) <= PAGE_CHARACTERS and len(page[1]) < MOST_CHOICES


def _below(contents: Contents, stretches: Sequence[Stretch], page: int, count: int) -> SalonView:
    view, story_id = SalonView(), contents.story.id
    if stretches:
        view.add_item(_menu("chapters.choose", stretches, contents))
    for name, goal in (("earlier", page - 1), ("later", page + 1)) if count > 1 else ():
        button = Button(label=say(f"chapters.button_{name}"), disabled=not 0 <= goal < count)
        view.add_item(StateButton(button, "chapter_page", story_id, max(goal, 0), int(name == "later")))
    view.add_item(StateButton(Button(label=say("chapters.button_begin")), "chapter_begin", story_id))
    if contents.outline.due:
        view.add_item(StateButton(Button(label=say("chapters.button_sum_up")), "chapter_sum_up", story_id))
    return view


def _menu(key: str, stretches: Sequence[Stretch], contents: Contents) -> StateSelect:
    """Offer summaries to be opened."""
    options = [
        discord.SelectOption(
            label=_place(stretch, contents),
            value=str(stretch.kept.id),
            description=shortened(stretch.kept.text, _OPTION_CHARACTERS),
        )
        for stretch in stretches[:MOST_CHOICES]
        if stretch.kept
    ]
    return StateSelect(Select(placeholder=say(key), options=options), "chapter_open")


def _name(stretch: Stretch, contents: Contents) -> str:
    place, title = _place(stretch, contents), contents.outline.title_of(stretch)
    return f"{plain(title)} · {place}" if title else place


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
