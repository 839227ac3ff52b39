"""Everything that members can do, apart from Discord's face: each service with what it works with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cast.service import CastService
from bot.cast.store import CastStore
from bot.channels.service import ChannelService
from bot.channels.store import ChannelStore
from bot.chapters.service import ChapterService
from bot.chapters.store import ChapterStore
from bot.chapters.telling import Telling
from bot.choosing.service import ChoosingService
from bot.choosing.store import BallotStore
from bot.clock import Clock
from bot.continuity.service import ContinuityService
from bot.credits.service import CreditService
from bot.credits.store import CreditStore
from bot.critique.service import CritiqueService
from bot.critique.store import CritiqueStore
from bot.database import Database
from bot.forms.service import FormService
from bot.illustrations.service import IllustrationService
from bot.illustrations.store import StoryPictureStore
from bot.inspiration.service import InspirationService
from bot.inspiration.store import InspirationStore
from bot.jobs.bounds import Bounds
from bot.jobs.queue import JobQueue
from bot.jobs.store import JobStore
from bot.lore.nearness import Nearness
from bot.lore.recall import Recall
from bot.lore.service import LoreService
from bot.lore.store import LoreStore
from bot.picture_critique.service import PictureCritiqueService
from bot.pictures.folder import WorksFolder
from bot.pictures.picture import Work
from bot.pictures.room import Room
from bot.pictures.service import PictureService
from bot.pictures.store import PictureStore
from bot.privacy import PrivacyService, PrivateStore
from bot.provenance.credentials import Credentials
from bot.provenance.verifying import Verifier
from bot.readers.service import ReaderService
from bot.readers.store import ReaderStore
from bot.roles.service import RoleService
from bot.roles.store import RoleStore
from bot.safety.phrases import Phrases
from bot.safety.pictures import PictureGuard
from bot.safety.store import PHRASES, WordStore
from bot.safety.words import WordService
from bot.settings import Settings
from bot.stories.remembering import Memory
from bot.stories.service import StoryService
from bot.stories.store import StoryStore
from bot.styles.service import StyleService
from bot.styles.store import StyleStore
from models.engine import Engine
from models.judge import PictureJudge
from models.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Services:
    """What members can do."""

    queue: JobQueue
    styles: StyleService
    channels: ChannelService
    roles: RoleService
    stories: StoryService
    choosing: ChoosingService
    chapters: ChapterService
    pictures: PictureService
    cast: CastService
    lore: LoreService
    continuity: ContinuityService
    illustrations: IllustrationService
    forms: FormService
    critiques: CritiqueService
    inspirations: InspirationService
    readers: ReaderService
    studies: PictureCritiqueService
    words: WordService
    phrases: Phrases
    verifier: Verifier[Work]
    privacy: PrivacyService


class _Stores:
    """Where each service keeps what it knows."""

    def __init__(self, database: Database) -> None:
        self.jobs = JobStore(database)
        self.styles = StyleStore(database)
        self.channels = ChannelStore(database)
        self.roles = RoleStore(database)
        self.words = WordStore(database)
        self.phrases = WordStore(database, PHRASES)
        self.stories = StoryStore(database)
        self.ballots = BallotStore(database)
        self.chapters = ChapterStore(database)
        self.works = PictureStore(database)
        self.cast = CastStore(database)
        self.lore = LoreStore(database)
        self.ties = StoryPictureStore(database)
        self.credits = CreditStore(database)
        self.offers = InspirationStore(database)
        self.readers = ReaderStore(database)
        self.critiques = CritiqueStore(database)


def build_services(
    settings: Settings,
    database: Database,
    engine: Engine,
    judge: PictureJudge,
    meaning: Meaning | None,
    clock: Clock,
) -> Services:
    """Give every service what it works with, each after those it asks."""
    stores = _Stores(database)
    queue = JobQueue(stores.jobs, engine, bounds=_bounds(settings), clock=clock)
    styles = StyleService(database, stores.styles)
    channels = ChannelService(database, stores.channels, styles)
    roles, words, phrases = RoleService(database, stores.roles), WordService(stores.words), Phrases(stores.phrases)
    guard, credentials = PictureGuard(judge), Credentials.open(settings.data_dir)
    nearness = Nearness(stores.lore, meaning)
    recall = Recall(stores.lore, nearness, engine)
    telling = Telling(stores.chapters)
    memory = Memory(recall, telling, telling)
    stories = StoryService(database, queue, engine, stores.stories, styles, channels, roles, phrases, clock, memory)
    choosing = ChoosingService(database, queue, stories, stores.ballots, clock)
    chapters = ChapterService(database, queue, engine, stores.chapters, telling, stories, channels, clock)
    folder = WorksFolder(settings.works_dir)
    room = Room(database, stores.works, folder, settings.works_bytes)
    pictures = PictureService(
        database, queue, engine, stores.works, folder, room, styles, channels, roles, words, guard, credentials, clock,
        stories.limits_at,
    )  # fmt: skip
    cast = CastService(database=database, cast=stores.cast, stories=stories, words=words, guard=guard, clock=clock)
    lore = LoreService(database, queue, engine, stores.lore, nearness, recall, stories, channels, roles, clock)
    continuity = ContinuityService(queue, engine, stories, memory, channels, roles)
    illustrations = IllustrationService(database, stores.ties, stories, cast, pictures, clock)
    forms = FormService(database, queue, engine, stories, styles, channels, roles, phrases)
    inspirations = InspirationService(
        database, queue, engine, stores.offers, stories, pictures, channels, roles, phrases, meaning, clock
    )
    ledger = CreditService(database, stores.credits, clock)
    readers = ReaderService(database, stores.readers, ledger, clock)
    critiques = CritiqueService(database, queue, engine, stores.critiques, stories, channels, roles, readers, clock)
    studies = PictureCritiqueService(pictures, readers, critiques.rubric)
    privacy = PrivacyService(database, _private(stores, pictures, queue), clock, files=pictures)
    verifier = Verifier(credentials, stores.works)
    return Services(
        queue, styles, channels, roles, stories, choosing, chapters, pictures, cast, lore, continuity,
        illustrations, forms, critiques, inspirations, readers, studies, words, phrases, verifier, privacy,
    )  # fmt: skip


def _bounds(settings: Settings) -> Bounds:
    """Say how long the line may grow."""
    return Bounds(
        per_member=settings.waiting_per_member, per_server=settings.waiting_per_server, total=settings.waiting_in_all
    )


def _private(stores: _Stores, pictures: PictureService, queue: JobQueue) -> dict[str, PrivateStore]:
    """Name all that keeps anything about members, in the order in which it is forgotten."""
    return {
        "chapters": stores.chapters,
        "stories": stores.stories,
        "choosing": stores.ballots,
        "styles": stores.styles,
        "channels": stores.channels,
        "roles": stores.roles,
        "words": stores.words,
        "phrases": stores.phrases,
        "pictures": pictures,
        "cast": stores.cast,
        "lore": stores.lore,
        "illustrations": stores.ties,
        "critiques": stores.critiques,
        "readers": stores.readers,
        "credits": stores.credits,
        "inspirations": stores.offers,
        "jobs": queue,
    }
