"""An evening with the real small model: it writes badly, and it writes."""

from __future__ import annotations

from pathlib import Path

from models.local import LocalEngine
from models.text.config import TextModelConfig
from sandbox import Sandbox
from tests.models.conftest import embedded  # noqa: F401 - the fixture with the model's cache
from tests.scenarios.conftest import Evening, credit, is_finished, salon_at


async def test_the_real_model_writes_on_with_two_people(
    discord: Sandbox,
    tmp_path: Path,
    embedded: TextModelConfig,  # noqa: F811
) -> None:
    async with LocalEngine.open(embedded) as engine, salon_at(discord, tmp_path, engine) as salon:
        evening = Evening(discord, salon, discord.channel("lounge"))
        ada, ben = evening.person("Ada"), evening.person("Ben")
        await evening.story(ada, opening="Mara climbed the stairs of the lighthouse. The lamp was warm.")
        first = await evening.ai_passage(ben, length="line")
        assert first.content
        assert "SmolLM2-135M-Instruct" in credit(first)
        second = await (await ada.press(first, "Continue")).until(is_finished, timeout_s=60)
        context = await ada.slash(evening.lounge, "story context")
        whole = context.files[0].content.decode()
        assert first.content[:40] in whole
        assert second.content[:40] in whole
        about = await ada.slash(evening.lounge, "about")
        assert "Apache-2.0" in about.embeds[0]["fields"][0]["value"]
