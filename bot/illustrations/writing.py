"""The text stage of an illustration: the language model writes what the picture shows, then the same job draws it."""

from __future__ import annotations

from dataclasses import replace

from bot.cast.service import CastService
from bot.errors import Unavailable
from bot.illustrations.scene import Scene, build_request, looks, scene_at, written_prompt
from bot.jobs.handler import GoesOn, Handler
from bot.jobs.job import Job
from bot.people import Member
from bot.pictures.ask import Ask, Asker, channel_of, told
from bot.pictures.picture import DRAW, Upload
from bot.pictures.rules import PROMPT_MAX
from bot.pictures.service import PictureService
from bot.stories.continuing import seed_of
from bot.stories.service import StoryService
from models.events import Finished, Result
from models.requests import TextRequest


class SceneWriting(Handler):
    """Handles the jobs that write a scene down; their `asked` is the drawing's, with the member's hint for a prompt."""

    def __init__(self, stories: StoryService, cast: CastService, pictures: PictureService) -> None:
        self._stories = stories
        self._cast = cast
        self._pictures = pictures

    async def prepare(self, job: Job) -> TextRequest:
        """Freeze what the model is asked; the rules are asked again, as they may have changed."""
        await self._pictures.pipeline_for(channel_of(job))
        return build_request(f"job-{job.id}", await self._scene(job), seed_of(job))

    async def digest(self, job: Job, result: Result) -> Ask:
        """Return what is to be drawn, with the pictures of those in it kept where the pipeline finds them."""
        assert isinstance(result, Finished)
        scene = await self._scene(job)
        prompt = written_prompt(result, scene, PROMPT_MAX)
        if not prompt:
            raise Unavailable("illustrations.saw_nothing")
        references = await self._references(scene, prompt, job.server_id)
        return replace(Ask.read(job.asked), prompt=prompt, references=references)

    async def finish(self, job: Job, product: Ask) -> GoesOn:
        """Have it drawn, unless what was written is what no picture is drawn from."""
        await self._pictures.within_limits(channel_of(job), product)
        return GoesOn(DRAW, told(product, Asker.of(job)))

    async def _scene(self, job: Job) -> Scene:
        ask = Ask.read(job.asked)
        assert ask.passage_id is not None, "a scene is that of a passage"
        path = await self._stories.path_to(job.server_id, ask.passage_id)
        return scene_at(path, await self._cast.of_story(path[-1].story_id), ask.prompt)

    async def _references(self, scene: Scene, prompt: str, server_id: int) -> tuple[str, ...]:
        """Return the files of those whose looks the prompt repeats, as many as the pipeline looks at.

        They stay the files of who added them: forgotten with her, not with who had the scene drawn.
        """
        card = self._pictures.engine.image_card
        seen = sorted(
            (entry for entry in scene.cast if entry.has_picture and looks(entry) in prompt),
            key=lambda entry: prompt.index(looks(entry)),
        )
        files = []
        for entry in seen[: card.references if card else 0]:
            content = await self._cast.picture(entry)
            if content:
                owner = Member(entry.added_by, "", server_id)
                files.append((await self._pictures.begun(owner, Upload(content, entry.name))).file)
        return tuple(files)
