"""Styles, as the rest of the house sees them."""

from __future__ import annotations

from bot.database import Database
from bot.styles.book import StyleBook
from bot.styles.builtin import builtin_picture_styles, builtin_styles
from bot.styles.picture_style import PictureStyle
from bot.styles.rules import checked, checked_picture
from bot.styles.store import StyleStore
from bot.styles.style import Style


class StyleService(StyleBook[Style]):
    """The writing styles; `pictures` are those of pictures, with the same verbs."""

    def __init__(self, database: Database, store: StyleStore) -> None:
        super().__init__(database, store.writing, builtin_styles(), checked, edited_by="/style edit")
        self.pictures = StyleBook[PictureStyle](
            database, store.pictures, builtin_picture_styles(), checked_picture, edited_by="/style picture edit"
        )
