"""The tables of stories: append-only trees of passages, the moves of their tips, and which story is current."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from bot.clock import to_ms
from bot.database import Database
from bot.stories.limits import Limits
from bot.stories.rows import PASSAGE_FIELDS, passage_of, story_of, told
from bot.stories.story import Move, MoveKind, NewPassage, Passage, Story

_STORY_COLUMNS = ", ".join(field.name for field in fields(Story))
_NEW_PASSAGE_COLUMNS = [field.name for field in fields(NewPassage)]
_REWORDER = """
    SELECT w.author_name FROM passages w JOIN stories s ON s.id = w.story_id
    WHERE w.author_id = v.replaced_by AND s.server_id = (SELECT server_id FROM stories WHERE id = p.story_id)
    ORDER BY w.id DESC LIMIT 1"""
_FOUND_OUT = {
    "alternatives": """CASE WHEN p.by_ai THEN (
        SELECT group_concat(id) FROM (
            SELECT id FROM passages WHERE story_id = p.story_id AND parent_id IS p.parent_id AND by_ai ORDER BY id
        )
    ) END""",
    # Who is forgotten, or never wrote here, has no name.
    "reworded_by": f"""CASE WHEN p.edited_at IS NOT NULL THEN (
        SELECT json_group_array(DISTINCT coalesce(({_REWORDER}), '')) FROM passage_versions v
        WHERE v.passage_id = p.id AND (v.replaced_by IS NULL OR v.replaced_by IS NOT p.author_id)
    ) END""",
}
_PASSAGE_COLUMNS = ", ".join(_FOUND_OUT.get(name, f"p.{name}") for name in PASSAGE_FIELDS)
_PATH = (
    "WITH RECURSIVE path (id) AS (VALUES (?) UNION ALL"
    " SELECT parent_id FROM passages JOIN path USING (id) WHERE parent_id IS NOT NULL) SELECT id FROM path"
)


class StoryStore:
    """Reads and writes stories. Everything that changes more than one row is called inside a transaction.

    `followers` are called in it with a story that stands elsewhere, or reads differently, than before.
    """

    def __init__(self, database: Database) -> None:
        self.followers: list[Callable[[Story], Awaitable[None]]] = []
        self._database = database

    async def create(
        self, server_id: int, channel_id: int, host_id: int, title: str, style: str, at: datetime
    ) -> Story:
        """Begin an empty story."""
        story_id = await self._database.execute(
            "INSERT INTO stories (server_id, channel_id, host_id, title, style, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            (server_id, channel_id, host_id, title, style, to_ms(at)),
        )
        return await self._known_story(story_id)

    async def story(self, story_id: int) -> Story | None:
        """Return a story, or None."""
        row = await self._database.fetch_one(f"SELECT {_STORY_COLUMNS} FROM stories WHERE id = ?", (story_id,))
        return story_of(row) if row else None

    async def in_server(self, server_id: int) -> list[Story]:
        """List a server's stories: those still being written first, the newest of each first."""
        rows = await self._database.fetch_all(
            f"SELECT {_STORY_COLUMNS} FROM stories WHERE server_id = ? ORDER BY finished_at IS NOT NULL, id DESC",
            (server_id,),
        )
        return [story_of(row) for row in rows]

    async def on_the_table(self) -> list[Story]:
        """List the unfinished stories that channels are on."""
        rows = await self._database.fetch_all(
            f"SELECT {_STORY_COLUMNS} FROM stories WHERE finished_at IS NULL"
            " AND id IN (SELECT story_id FROM current_stories) ORDER BY id"
        )
        return [story_of(row) for row in rows]

    async def current(self, channel_id: int) -> Story | None:
        """Return the story a channel is on, or None."""
        row = await self._database.fetch_one("SELECT story_id FROM current_stories WHERE channel_id = ?", (channel_id,))
        return await self.story(row["story_id"]) if row else None

    async def make_current(self, story: Story) -> None:
        """Put the story's channel on it."""
        await self._database.execute(
            "INSERT INTO current_stories (channel_id, story_id) VALUES (?, ?)"
            " ON CONFLICT (channel_id) DO UPDATE SET story_id = excluded.story_id",
            (story.channel_id, story.id),
        )

    async def write_memory(self, story_id: int, text: str, by: int) -> Story:
        """Replace what the AI always remembers of a story."""
        await self._database.execute("UPDATE stories SET memory = ?, memory_by = ? WHERE id = ?", (text, by, story_id))
        return await self._known_story(story_id)

    async def write_note(self, story_id: int, text: str, by: int) -> Story:
        """Replace a story's author's note."""
        await self._database.execute("UPDATE stories SET note = ?, note_by = ? WHERE id = ?", (text, by, story_id))
        return await self._known_story(story_id)

    async def write_limits(self, story_id: int, limits: Limits) -> Story:
        """Replace what a story leaves out and what it only hints at."""
        lines, veils = "\n".join(limits.lines), "\n".join(limits.veils)
        await self._database.execute("UPDATE stories SET lines = ?, veils = ? WHERE id = ?", (lines, veils, story_id))
        return await self._known_story(story_id)

    async def set_finished(self, story_id: int, at: datetime | None) -> Story:
        """Finish a story, or with None open it again."""
        await self._database.execute(
            "UPDATE stories SET finished_at = ? WHERE id = ?", (to_ms(at) if at else None, story_id)
        )
        return await self._known_story(story_id)

    async def append(self, new: NewPassage, at: datetime) -> Passage:
        """Add a passage to the tree; the tip stays where it is."""
        values = [getattr(new, column) for column in _NEW_PASSAGE_COLUMNS]
        marks = ", ".join("?" * (len(values) + 1))
        passage_id = await self._database.execute(
            f"INSERT INTO passages ({', '.join(_NEW_PASSAGE_COLUMNS)}, written_at) VALUES ({marks})",
            (*values, to_ms(at)),
        )
        return await self._known_passage(passage_id)

    async def move(
        self,
        story: Story,
        kind: MoveKind,
        to_id: int | None,
        member_id: int | None,
        at: datetime,
        *,
        steps_back: bool = False,
    ) -> Story:
        """Move a story's tip and write down who did, if anyone is to be."""
        await self._database.execute("UPDATE stories SET tip_id = ? WHERE id = ?", (to_id, story.id))
        await self._database.execute(
            "INSERT INTO moves (story_id, member_id, kind, from_id, to_id, moved_at, steps_back)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (story.id, member_id, kind, story.tip_id, to_id, to_ms(at), steps_back),
        )
        return await self._followed(story.id)

    async def moves(self, story_id: int) -> list[Move]:
        """List a story's moves, oldest first."""
        rows = await self._database.fetch_all(
            "SELECT kind, from_id, to_id, steps_back FROM moves WHERE story_id = ? ORDER BY id", (story_id,)
        )
        return [Move(MoveKind(row["kind"]), row["from_id"], row["to_id"], bool(row["steps_back"])) for row in rows]

    async def rewrite(self, passage: Passage, text: str, by: int, at: datetime) -> Passage:
        """Replace a passage's text and keep what it said before."""
        await self._database.execute(
            "INSERT INTO passage_versions (passage_id, text, replaced_by, replaced_at) VALUES (?, ?, ?, ?)",
            (passage.id, passage.text, by, to_ms(at)),
        )
        await self._database.execute(
            "UPDATE passages SET text = ?, edited_at = ? WHERE id = ?", (text, to_ms(at), passage.id)
        )
        await self._followed(passage.story_id)
        return await self._known_passage(passage.id)

    async def passage(self, passage_id: int) -> Passage | None:
        """Return a passage, or None."""
        passages = await self._passages("WHERE p.id = ?", (passage_id,))
        return passages[0] if passages else None

    async def passage_of_job(self, job_id: int) -> Passage | None:
        """Return the passage that a job wrote, or None."""
        passages = await self._passages("WHERE p.job_id = ?", (job_id,))
        return passages[0] if passages else None

    async def path(self, tip_id: int | None) -> list[Passage]:
        """List the passages from the first one to `tip_id`."""
        return await self._passages(f"WHERE p.id IN ({_PATH}) ORDER BY p.id", (tip_id,))

    async def path_ids(self, tip_id: int | None) -> list[int]:
        """List the ids of the passages from the first one to `tip_id`."""
        if tip_id is None:
            return []
        return [row["id"] for row in await self._database.fetch_all(f"{_PATH} ORDER BY id", (tip_id,))]

    async def all_passages(self, story_id: int) -> list[Passage]:
        """List all passages of a story's tree, parents before children."""
        return await self._passages("WHERE p.story_id = ? ORDER BY p.id", (story_id,))

    async def newest_id(self, story_id: int) -> int:
        """Return the id of the passage written last in any branch; 0 while there is none."""
        row = await self._database.fetch_one("SELECT max(id) AS id FROM passages WHERE story_id = ?", (story_id,))
        return (row["id"] or 0) if row else 0

    async def takes_part(self, member_id: int, story_id: int) -> bool:
        """Say whether a member wrote in a story or had the AI write in it."""
        row = await self._database.fetch_one(
            "SELECT 1 FROM passages WHERE story_id = ? AND (author_id = ? OR asked_by_id = ?) LIMIT 1",
            (story_id, member_id, member_id),
        )
        return row is not None

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Take a member out of one server's stories, or of all: no words, no names, no ids of theirs stay."""
        for statement in _FORGET:
            await self._database.execute(statement, (member_id, server_id))

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell everything kept about a member, in one server or in all."""
        whose = (member_id, server_id)
        return {
            name: [told(row) for row in await self._database.fetch_all(sql, whose)] for name, sql in _EXPORT.items()
        }

    async def _passages(self, where: str, values: Sequence[Any]) -> list[Passage]:
        rows = await self._database.fetch_all(f"SELECT {_PASSAGE_COLUMNS} FROM passages p {where}", values)
        return [passage_of(row) for row in rows]

    async def _followed(self, story_id: int) -> Story:
        story = await self._known_story(story_id)
        for follow in self.followers:
            await follow(story)
        return story

    async def _known_story(self, story_id: int) -> Story:
        story = await self.story(story_id)
        assert story is not None
        return story

    async def _known_passage(self, passage_id: int) -> Passage:
        passage = await self.passage(passage_id)
        assert passage is not None
        return passage


# ?1 is the member, ?2 the server or NULL for all of them.
_IN_SERVER = "story_id IN (SELECT id FROM stories WHERE ?2 IS NULL OR server_id = ?2)"
_THEIR_PASSAGES = f"SELECT id FROM passages WHERE author_id = ?1 AND {_IN_SERVER}"
_OF_SERVER = "(?2 IS NULL OR server_id = ?2)"

_FORGET = (
    f"DELETE FROM passage_versions WHERE passage_id IN ({_THEIR_PASSAGES})",
    "UPDATE passage_versions SET replaced_by = NULL WHERE replaced_by = ?1"
    f" AND passage_id IN (SELECT id FROM passages WHERE {_IN_SERVER})",
    "UPDATE passages SET text = '', author_name = '', author_id = NULL, removed = 1, edited_at = NULL"
    f" WHERE author_id = ?1 AND {_IN_SERVER}",
    f"UPDATE passages SET asked_by_id = NULL, steer = NULL WHERE asked_by_id = ?1 AND {_IN_SERVER}",
    f"UPDATE moves SET member_id = NULL WHERE member_id = ?1 AND {_IN_SERVER}",
    f"UPDATE stories SET memory = '', memory_by = NULL WHERE memory_by = ?1 AND {_OF_SERVER}",
    f"UPDATE stories SET note = '', note_by = NULL WHERE note_by = ?1 AND {_OF_SERVER}",
    f"UPDATE stories SET host_id = NULL WHERE host_id = ?1 AND {_OF_SERVER}",
)

_EXPORT = {
    "passages": "SELECT p.id, p.story_id, s.server_id, s.title, p.author_name, p.text, p.written_at, p.edited_at"
    f" FROM passages p JOIN stories s ON s.id = p.story_id WHERE p.author_id = ?1 AND {_OF_SERVER} ORDER BY p.id",
    "earlier_versions": "SELECT v.passage_id, v.text, v.replaced_at FROM passage_versions v"
    f" WHERE v.passage_id IN ({_THEIR_PASSAGES}) ORDER BY v.id",
    "edits_of_others": "SELECT v.passage_id, v.replaced_at FROM passage_versions v JOIN passages p"
    " ON p.id = v.passage_id WHERE v.replaced_by = ?1 AND p.author_id IS NOT ?1"
    f" AND p.{_IN_SERVER} ORDER BY v.id",
    "asked_of_the_ai": "SELECT id, story_id, steer, length, style, model, seed, written_at FROM passages"
    f" WHERE asked_by_id = ?1 AND {_IN_SERVER} ORDER BY id",
    "moves": "SELECT story_id, kind, from_id, to_id, moved_at FROM moves"
    f" WHERE member_id = ?1 AND {_IN_SERVER} ORDER BY id",
    "stories_hosted": "SELECT id, server_id, channel_id, title, created_at FROM stories"
    f" WHERE host_id = ?1 AND {_OF_SERVER} ORDER BY id",
    "memories": f"SELECT id AS story_id, memory FROM stories WHERE memory_by = ?1 AND {_OF_SERVER} ORDER BY id",
    "notes": f"SELECT id AS story_id, note FROM stories WHERE note_by = ?1 AND {_OF_SERVER} ORDER BY id",
}
