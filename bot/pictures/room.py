"""The bound on space: the oldest pictures that nobody keeps make room for new ones."""

from __future__ import annotations

from functools import partial

from bot.database import Database
from bot.errors import Unavailable
from bot.pictures.folder import WorksFolder
from bot.pictures.store import PictureStore


class Room:
    """Keeps the works folder within its bound.

    A file that makes room is gone from the folder, not from its message; its row says so. Never gone are pictures
    that stand in a story, and those that their makers let be shown: full of these, the folder takes no more.
    """

    def __init__(self, database: Database, works: PictureStore, folder: WorksFolder, bound_bytes: int) -> None:
        self._database = database
        self._works = works
        self._folder = folder
        self._bound_bytes = bound_bytes

    async def make(self, size_bytes: int = 0) -> None:
        """Make room for so many bytes more; raise `Unavailable` where those that stay leave none."""
        async with self._database.transaction():
            over = await self._works.size_bytes() + size_bytes - self._bound_bytes
            if over <= 0:
                return
            for work_id, file, freed in await self._works.giving_way():
                await self._works.drop_file(work_id)
                await self.let_go(file)
                over -= freed
                if over <= 0:
                    return
            raise Unavailable("pictures.no_room", limit=round(self._bound_bytes / 2**30, 1))

    async def let_go(self, *files: str) -> None:
        """Have files removed that no row needs any more, once that is committed."""
        for file in files:
            if not await self._works.is_needed(file):
                self._database.after_commit(partial(self._folder.remove, file))
