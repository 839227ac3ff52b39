"""All of Salon's face to Discord: its cogs, its buttons, and how its finished jobs look."""

from __future__ import annotations

from collections.abc import Mapping

from discord.ext import commands

from bot.cast.service import CastService
from bot.channels.service import ChannelService
from bot.delivery.draft import Presenter
from bot.forms.ask import POLISH, WRITE
from bot.forms.service import FormService
from bot.illustrations.picture import SCENE
from bot.illustrations.service import IllustrationService
from bot.jobs.queue import JobQueue
from bot.pictures.picture import DESCRIBE, DRAW, Work
from bot.pictures.service import PictureService
from bot.privacy import PrivacyService
from bot.provenance.verifying import Verifier
from bot.roles.service import RoleService
from bot.safety.words import WordService
from bot.stories.service import StoryService
from bot.stories.writing import CONTINUE, RETRY
from bot.styles.service import StyleService
from cogs.about import About
from cogs.buttons import StateButton, StateSelect
from cogs.cast import Cast
from cogs.channels import ChannelPanel
from cogs.line import Line
from cogs.pictures import Pictures
from cogs.pictures.presenter import DescriptionPresenter, PicturePresenter
from cogs.privacy import Privacy
from cogs.stories import Stories
from cogs.stories.presenter import PassagePresenter
from cogs.styles import Styles
from cogs.verify import Verify
from cogs.write import Write
from cogs.write.presenter import PiecePresenter, PolishPresenter
from models.engine import Engine


async def add_cogs(
    bot: commands.AutoShardedBot,
    *,
    engine: Engine,
    queue: JobQueue,
    styles: StyleService,
    channels: ChannelService,
    roles: RoleService,
    stories: StoryService,
    pictures: PictureService,
    cast: CastService,
    illustrations: IllustrationService,
    forms: FormService,
    words: WordService,
    verifier: Verifier[Work],
    privacy: PrivacyService,
) -> None:
    """Give the bot its commands, and its buttons, old ones too, their meaning."""
    bot.add_dynamic_items(StateButton, StateSelect)
    await bot.add_cog(Stories(stories=stories, illustrations=illustrations, styles=styles, channels=channels))
    await bot.add_cog(Cast(cast=cast, stories=stories, illustrations=illustrations, styles=styles, channels=channels))
    drawing = Pictures(pictures=pictures, illustrations=illustrations, queue=queue, engine=engine)
    for cog in (drawing, Verify(verifier=verifier)):
        await bot.add_cog(cog)
        for menu in cog.on_messages():
            bot.tree.add_command(menu)
    await bot.add_cog(Write(forms=forms, pictures=pictures))
    await bot.add_cog(Styles(styles=styles))
    await bot.add_cog(ChannelPanel(channels=channels, styles=styles, roles=roles, words=words))
    await bot.add_cog(Line(queue=queue))
    await bot.add_cog(Privacy(privacy=privacy))
    await bot.add_cog(About(engine=engine))


def presenters(
    stories: StoryService, pictures: PictureService, forms: FormService, engine: Engine
) -> Mapping[str, Presenter]:
    """Say who presents the finished jobs of each kind."""
    passages, drawings = PassagePresenter(stories), PicturePresenter(pictures, engine)
    return {
        CONTINUE: passages,
        RETRY: passages,
        SCENE: drawings,
        DRAW: drawings,
        DESCRIBE: DescriptionPresenter(engine),
        WRITE: PiecePresenter(forms),
        POLISH: PolishPresenter(forms),
    }
