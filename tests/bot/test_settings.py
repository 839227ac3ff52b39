"""Settings: what is read, what is refused and how that is said, and that .env.example tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.setting_sentences import WrongSettings
from bot.settings import PREFIX, Settings, load_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
FREE = (
    {"token", "data_dir", "model", "model_cache_dir"}
    | {f"{name}_model" for name in ("image", "image_preview", "sight")}
    | {"image_scheduler"}
)
SETTING = re.compile(r"# (?P<comment>.+)\n#?(?P<name>SALON_\w+)=(?P<value>.*)\n")


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def refusal(env_file: Path, *lines: str) -> str:
    env_file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(WrongSettings) as refused:
        load_settings(env_file)
    return str(refused.value)


def test_without_any_setting_the_defaults_hold(env_file: Path) -> None:
    settings = load_settings(env_file)
    assert (settings.token, settings.model, settings.precision) == (None, "embedded", "nf4")
    assert settings.database_path == Path("data/salon.sqlite3")


def test_the_environment_goes_before_the_file(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text("SALON_SLOTS=3\nSALON_WARM_ROWS=4\n", encoding="utf-8")
    monkeypatch.setenv("SALON_SLOTS", "5")
    settings = load_settings(env_file)
    assert (settings.slots, settings.warm_rows) == (5, 4)


def test_an_empty_value_is_the_default(env_file: Path) -> None:
    env_file.write_text("SALON_SLOTS=\nSALON_TOKEN=\n", encoding="utf-8")
    assert load_settings(env_file) == load_settings(env_file.with_name("none"))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("SALON_SLOTS=0", 'SALON_SLOTS is "0", but must be a whole number from 1 to 256.'),
        ("SALON_SLOTS=many", 'SALON_SLOTS is "many", but must be a whole number from 1 to 256.'),
        ("SALON_KV_MEMORY_MIB=1", 'SALON_KV_MEMORY_MIB is "1", but must be a whole number from 16 to 1048576.'),
        ("SALON_PICTURE_SHARE=1", 'SALON_PICTURE_SHARE is "1", but must be a number from 0.05 to 0.95.'),
        ("SALON_IMAGE_COMPILE=perhaps", 'SALON_IMAGE_COMPILE is "perhaps", but must be one of: true, false.'),
        ("SALON_PRECISION=int3", 'SALON_PRECISION is "int3", but must be one of: nf4, bf16, fp32.'),
        (
            "SALON_DISCORD_API_URL=discord",
            'SALON_DISCORD_API_URL is "discord", but must be written like https://discord.com/api/v10.',
        ),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(env_file: Path, line: str, sentence: str) -> None:
    assert refusal(env_file, line) == sentence


@pytest.mark.parametrize("name", ["SALON_DATA_DIR", "SALON_MODEL_CACHE_DIR"])
def test_a_folder_in_the_home_of_nobody_is_named(env_file: Path, name: str) -> None:
    said = refusal(env_file, f"{name}=~no-such-user/salon")
    assert said == f'{name} is "~no-such-user/salon", but must be a folder that Salon can make and write to.'


@pytest.mark.parametrize("address", ["http://[", "http://localhost:99999", "http://:80"])
def test_an_address_that_cannot_be_one_is_named(env_file: Path, address: str) -> None:
    assert refusal(env_file, f"SALON_DISCORD_API_URL={address}").startswith(f'SALON_DISCORD_API_URL is "{address}"')


def test_a_file_in_another_encoding_is_named_with_what_to_do(env_file: Path) -> None:
    env_file.write_bytes("# für Salon\nSALON_SLOTS=3\n".encode("latin-1"))
    with pytest.raises(WrongSettings, match=r"\.env cannot be read: save it as text in UTF-8\.$"):
        load_settings(env_file)


def test_the_mark_that_some_editors_put_before_the_first_line_is_no_part_of_its_name(env_file: Path) -> None:
    env_file.write_text("SALON_SLOTS=3\n", encoding="utf-8-sig")
    assert load_settings(env_file).slots == 3
    assert refusal(env_file, "\ufeffSALON_SLOT=3").endswith("Was SALON_SLOTS meant?")


def test_every_wrong_value_gets_its_own_sentence(env_file: Path) -> None:
    assert len(refusal(env_file, "SALON_SLOTS=0", "SALON_DEVICE=tpu").splitlines()) == 2


def test_a_setting_that_does_not_exist_is_named_with_the_nearest_that_does(env_file: Path) -> None:
    assert refusal(env_file, "SALON_SLOT=3").endswith("is no setting of Salon. Was SALON_SLOTS meant?")
    assert ".env.example lists them all" in refusal(env_file, "SALON_XYZZY=3")


def test_a_folder_may_begin_with_the_home_folder(env_file: Path) -> None:
    env_file.write_text("SALON_DATA_DIR=~/salon\nSALON_MODEL_CACHE_DIR=~/models\n", encoding="utf-8")
    settings = load_settings(env_file)
    assert (settings.data_dir, settings.model_cache_dir) == (Path.home() / "salon", Path.home() / "models")


def test_what_others_keep_in_the_same_file_is_left_alone(env_file: Path) -> None:
    env_file.write_text("COMPOSE_PROJECT_NAME=salon\n", encoding="utf-8")
    assert load_settings(env_file) == load_settings(env_file.with_name("none"))


def test_the_token_is_never_shown(env_file: Path) -> None:
    env_file.write_text("SALON_TOKEN=very.secret\n", encoding="utf-8")
    settings = load_settings(env_file)
    assert "very.secret" not in f"{settings!r} {settings}"


def test_every_setting_can_say_what_is_allowed(env_file: Path) -> None:
    for name in Settings.model_fields:
        spoilt = "" if name in FREE else "not allowed"
        if spoilt:
            assert refusal(env_file, f"{PREFIX}{name.upper()}={spoilt}").startswith(f"{PREFIX}{name.upper()} is")


def test_the_example_lists_every_setting_once_with_its_default_and_its_comment() -> None:
    found = [match.groupdict() for match in SETTING.finditer(EXAMPLE.read_text(encoding="utf-8"))]
    assert found == [
        {
            "comment": field.description,
            "name": PREFIX + name.upper(),
            "value": "" if field.default is None else str(field.default),
        }
        for name, field in Settings.model_fields.items()
    ]


def test_the_example_is_read_as_the_defaults_with_and_without_its_comment_signs(env_file: Path) -> None:
    defaults = load_settings(env_file)
    env_file.write_text(EXAMPLE.read_text(encoding="utf-8").replace("#SALON", "SALON"), encoding="utf-8")
    assert load_settings(EXAMPLE) == load_settings(env_file) == defaults


def test_a_copied_example_overrides_nothing_that_the_dockerfile_sets() -> None:
    assert [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line.startswith(PREFIX)] == [
        "SALON_TOKEN="
    ]


def test_the_example_holds_nothing_but_settings() -> None:
    assigned = re.findall(r"^#?\w+=", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(assigned) == len(Settings.model_fields)
