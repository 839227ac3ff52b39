"""A story night: the real services over a real database and line, and an engine that says what it is told to."""

from __future__ import annotations

from bot.channels.service import ChannelService
from bot.channels.store import ChannelStore
from bot.database import Database
from bot.jobs.bounds import Bounds
from bot.jobs.job import Job, ReplyPlace
from bot.jobs.queue import JobQueue
from bot.jobs.store import JobStore
from bot.people import Channel, Member
from bot.policy import AiPolicy
from bot.roles.service import RoleService
from bot.roles.store import RoleStore
from bot.safety.phrases import Phrases
from bot.safety.store import PHRASES, WordStore
from bot.stories.service import StoryService
from bot.stories.store import StoryStore
from bot.stories.story import Passage, Story
from bot.styles.service import StyleService
from bot.styles.store import StyleStore
from tests.bot.stories.making import ADMIN, ANA, CHANNEL, NOON
from tests.scripted import ScriptedEngine

HERE = ReplyPlace(CHANNEL.id)


class Evening:
    """`stories` is the service under test; its clock stands still at noon."""

    def __init__(self, database: Database, engine: ScriptedEngine) -> None:
        self.database = database
        self.engine = engine
        self.store = StoryStore(database)
        self.style_store = StyleStore(database)
        self.channel_store = ChannelStore(database)
        self.styles = StyleService(database, self.style_store)
        self.channels = ChannelService(database, self.channel_store, self.styles)
        self.role_store = RoleStore(database)
        self.roles = RoleService(database, self.role_store)
        self.phrases = Phrases(WordStore(database, PHRASES))
        self.queue = JobQueue(JobStore(database), engine, bounds=Bounds(), clock=lambda: NOON)
        self.stories = StoryService(
            database=database,
            queue=self.queue,
            engine=engine,
            stories=self.store,
            styles=self.styles,
            channels=self.channels,
            roles=self.roles,
            phrases=self.phrases,
            clock=lambda: NOON,
        )

    async def started(self, *texts: str, by: Member = ANA) -> Story:
        """Start a story with these passages of its host."""
        story = await self.stories.start(by, CHANNEL, "The Lighthouse")
        for text in texts:
            story = (await self.stories.add(by, CHANNEL, text)).story
        return story

    async def wants(self, policy: AiPolicy) -> None:
        await self.channels.change(ADMIN, CHANNEL, ai_policy=policy)

    async def spaces_turns(self, spacing: int) -> None:
        await self.channels.change(ADMIN, CHANNEL, turn_spacing=spacing)

    async def ended(self, job: Job) -> Job:
        """Wait until a job has ended."""
        async for view in self.queue.watch(job.id):
            job = view.job
        assert job.state.has_ended
        return job

    async def continued(self, by: Member = ANA, says: str = "And so it went.") -> Passage:
        """Have the AI go on and return its passage."""
        self.engine.enqueue([says])
        return await self.written(await self.stories.continue_story(by, CHANNEL, HERE))

    async def retried(self, passage: Passage, by: Member = ANA, says: str = "Or else so.") -> Passage:
        """Have the AI try again and return its passage."""
        self.engine.enqueue([says])
        return await self.written(await self.stories.retry(by, CHANNEL, HERE, passage.id))

    async def written(self, job: Job) -> Passage:
        """Return the passage that a job came to."""
        ended = await self.ended(job)
        assert ended.result is not None, ended.error
        return await self.stories.passage(ANA, ended.result["passage_id"])

    async def page(self, channel: Channel = CHANNEL) -> list[str]:
        """Return the texts of the current branch."""
        return [passage.text for passage in await self.stories.passages(ANA, channel)]
