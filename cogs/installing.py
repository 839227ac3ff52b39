"""All of Salon's face to Discord: its cogs, its buttons, and how its finished jobs look."""

from __future__ import annotations

from collections.abc import Mapping

import discord
from discord.ext import commands

from bot.choosing.ballot import PROPOSE
from bot.continuity.checking import CHECK
from bot.critique.ask import CORRECT, READ, WEIGH
from bot.delivery.delivery import Afterwards
from bot.delivery.draft import Presenter
from bot.forms.ask import POLISH, WRITE
from bot.illustrations.picture import SCENE
from bot.inspiration.ask import DIRECT, FIND, LOOK
from bot.lore.proposing import PROPOSE_CARDS
from bot.picture_critique.ask import NOTE, STUDY
from bot.pictures.picture import DESCRIBE, DRAW
from bot.services import Services
from bot.stories.writing import CONTINUE, RETRY
from cogs.about import About
from cogs.buttons import StateButton, StateSelect
from cogs.cast import Cast
from cogs.channels import ChannelPanel
from cogs.crit import Crit
from cogs.critique import Critiques
from cogs.critique.presenter import CritiquePresenter
from cogs.critique.sheets import PictureNotesPresenter
from cogs.inspire import Inspire
from cogs.inspire.presenter import InspirationPresenter
from cogs.line import Line
from cogs.lore import Lore
from cogs.lore.presenter import OfferPresenter
from cogs.pictures import Pictures
from cogs.pictures.posted import Described
from cogs.pictures.presenter import DescriptionPresenter, PicturePresenter
from cogs.privacy import Privacy
from cogs.stories import Stories
from cogs.stories.ballots import BallotPresenter
from cogs.stories.checking import CheckPresenter
from cogs.stories.presenter import PassagePresenter
from cogs.styles import Styles
from cogs.verify import Verify
from cogs.write import Write
from cogs.write.presenter import PiecePresenter, PolishPresenter
from models.engine import Engine


async def add_cogs(bot: commands.AutoShardedBot, services: Services, engine: Engine) -> None:
    """Give the bot its commands, and its buttons, old ones too, their meaning."""
    bot.add_dynamic_items(StateButton, StateSelect)
    for cog in _cogs(bot, services, engine):
        await bot.add_cog(cog)
        if isinstance(cog, Critiques | Inspire | Pictures | Verify):
            for menu in cog.on_messages():
                bot.tree.add_command(menu)


def presenters(services: Services, engine: Engine) -> Mapping[str, Presenter]:
    """Say who presents the finished jobs of each kind."""
    passages, drawings = PassagePresenter(services.stories), PicturePresenter(services.pictures, engine)
    inspirations = InspirationPresenter(services.inspirations)
    critiques = CritiquePresenter(services.critiques)
    return {
        CONTINUE: passages,
        RETRY: passages,
        PROPOSE: BallotPresenter(services.choosing, services.stories),
        SCENE: drawings,
        DRAW: drawings,
        DESCRIBE: DescriptionPresenter(engine),
        WRITE: PiecePresenter(services.forms),
        POLISH: PolishPresenter(services.forms),
        READ: critiques,
        WEIGH: critiques,
        CORRECT: critiques,
        STUDY: PictureNotesPresenter(),
        NOTE: PictureNotesPresenter(),
        PROPOSE_CARDS: OfferPresenter(services.lore),
        CHECK: CheckPresenter(services.continuity),
        LOOK: inspirations,
        FIND: inspirations,
        DIRECT: inspirations,
    }


def afterwards(bot: commands.AutoShardedBot, services: Services) -> Mapping[str, Afterwards]:
    """Say what else in Discord follows from the finished jobs of a kind."""
    return {DESCRIBE: Described(bot, services.pictures, services.queue).follow}


def _cogs(client: discord.Client, services: Services, engine: Engine) -> list[commands.Cog]:
    """Make every cog with the services that it hands over to."""
    stories, pictures, styles, channels = services.stories, services.pictures, services.styles, services.channels
    illustrations, queue = services.illustrations, services.queue
    return [
        Stories(
            stories=stories,
            choosing=services.choosing,
            chapters=services.chapters,
            continuity=services.continuity,
            illustrations=illustrations,
            styles=styles,
            channels=channels,
        ),
        Cast(cast=services.cast, stories=stories, illustrations=illustrations, styles=styles, channels=channels),
        Lore(lore=services.lore, stories=stories, illustrations=illustrations, styles=styles, channels=channels),
        Pictures(pictures=pictures, illustrations=illustrations, queue=queue, engine=engine),
        Verify(verifier=services.verifier),
        Write(forms=services.forms, pictures=pictures),
        Critiques(critiques=services.critiques, forms=services.forms, studies=services.studies),
        Inspire(inspirations=services.inspirations, stories=stories, pictures=pictures),
        Crit(readers=services.readers, client=client),
        Styles(styles=styles),
        ChannelPanel(
            channels=channels, styles=styles, roles=services.roles, words=services.words, phrases=services.phrases
        ),
        Line(queue=queue),
        Privacy(privacy=services.privacy),
        About(engine=engine),
    ]
