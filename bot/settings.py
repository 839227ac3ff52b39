"""Everything one sets from outside: environment variables that begin with SALON_, or the same lines in `.env`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import yarl
from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.setting_sentences import WrongSettings, sentence_for_unknown, sentence_for_unreadable, sentence_for_wrong

PREFIX = "SALON_"
ENV_FILE = Path(".env")
ENCODING = "utf-8-sig"  # some editors put a mark before the first line, which would belong to its name


def _from_home(folder: Path) -> Path:
    try:
        return folder.expanduser()
    except RuntimeError as error:
        raise ValueError("there is no such user's home folder") from error


def _address(text: str) -> str:
    yarl.URL(text)  # raises ValueError where a host or a port cannot be one
    return text


Folder = Annotated[Path, AfterValidator(_from_home)]
Address = Annotated[str, AfterValidator(_address)]
HttpAddress = Annotated[Address, StringConstraints(pattern=r"^https?://[^\s/]\S*$")]
SocketAddress = Annotated[Address, StringConstraints(pattern=r"^wss?://[^\s/]\S*$")]


class Settings(BaseSettings):
    """The settings of one Salon; a field's description is its comment in `.env.example`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding=ENCODING,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    token: SecretStr | None = Field(
        None, description="The bot's token, from Discord's developer portal; keep it secret"
    )
    data_dir: Folder = Field(Path("data"), description="Folder of the database: what must be kept and backed up")

    model: str = Field("embedded", min_length=1, description='"embedded", the id of a model of the hub, or its folder')
    precision: Literal["nf4", "bf16", "fp32"] = Field(
        "nf4", description="How weights are kept: nf4 (4 bits), bf16 or fp32"
    )
    device: Literal["auto", "cpu", "cuda"] = Field(
        "auto", description="What computes: cpu, cuda, or auto, which takes a GPU where there is one"
    )
    window_tokens: int = Field(
        4096,
        ge=256,
        le=1_048_576,
        description="Tokens of the longest prompt with its answer; the model's own bound holds too",
    )
    slots: int = Field(8, ge=1, le=256, description="Texts that are written at the same time")
    warm_rows: int = Field(
        32, ge=0, le=4096, description="Stories that are kept warm, so that their next turn starts at once"
    )
    kv_memory_mib: int | None = Field(
        None,
        ge=16,
        le=1_048_576,
        description="Memory for running and warm stories; empty takes a share of what is free at the start",
    )
    cpu_threads: int | None = Field(None, ge=1, le=1024, description="Threads of the CPU; empty takes one a core")
    model_cache_dir: Folder | None = Field(
        None, description="Folder of converted models; empty is the user's cache folder"
    )

    image_model: str = Field(
        "embedded",
        min_length=1,
        description='What draws: "embedded", "none", the name of a preset (docs/pictures-engine.md lists them), '
        "a hub id, or a folder",
    )
    image_precision: Literal["auto", "nf4", "fp16", "bf16", "fp32"] = Field(
        "auto",
        description="How its weights are kept: nf4 (4 bits, on a GPU only), fp16, bf16, fp32, or auto, which leaves it "
        "to the preset",
    )
    image_scheduler: str | None = Field(
        None, description="Another scheduler by its name in diffusers; empty is the pipeline's own"
    )
    image_preview_model: str | None = Field(
        None,
        examples=["madebyollin/taesdxl"],
        description="A small decoder for previews, by its hub id or folder; empty previews by colours alone",
    )
    image_batch: int = Field(2, ge=1, le=16, description="Pictures of one size that are drawn together")
    image_compile: bool = Field(
        False, description="Whether the pipeline's blocks are compiled: a slower start, and faster pictures on a GPU"
    )
    picture_share: float = Field(
        0.5, ge=0.05, le=0.95, description="The pictures' share of the device while texts and pictures are both at work"
    )
    sight_model: str | None = Field(
        None, description="A model that looks at pictures, by its hub id or folder; empty leaves pictures undescribed"
    )
    meaning_model: Literal["embedded", "none"] = Field(
        "embedded",
        description='What finds texts that are alike in meaning: "embedded", on the CPU, or "none", where words decide',
    )
    works_gib: float = Field(20.0, ge=0.1, le=1_000_000, description="Space that kept pictures may take, in GiB")

    waiting_per_member: int = Field(5, ge=1, le=1000, description="Requests that one member may have waiting")
    waiting_per_server: int = Field(50, ge=1, le=10_000, description="Requests that one server may have waiting")
    waiting_in_all: int = Field(200, ge=1, le=100_000, description="Requests that may be waiting in all")

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least that is logged: debug, info, warning or error"
    )
    log_format: Literal["auto", "console", "json"] = Field(
        "auto", description="How it is logged: console, json, or auto, which is console on a terminal"
    )

    discord_api_url: HttpAddress | None = Field(
        None, examples=["https://discord.com/api/v10"], description="Another Discord's API; empty is the real one"
    )
    discord_gateway_url: SocketAddress | None = Field(
        None, examples=["wss://gateway.discord.gg/"], description="Another Discord's gateway; empty is the real one"
    )

    @property
    def database_path(self) -> Path:
        """Say where the database is."""
        return self.data_dir / "salon.sqlite3"

    @property
    def works_dir(self) -> Path:
        """Say where the files of pictures are."""
        return self.data_dir / "works"

    @property
    def works_bytes(self) -> int:
        """Say how many bytes the files of pictures may take."""
        return int(self.works_gib * 2**30)


def load_settings(env_file: Path = ENV_FILE) -> Settings:
    """Read the environment and `env_file`; raise `WrongSettings` with one sentence for each that is wrong."""
    try:
        return _load(env_file)
    except (OSError, UnicodeDecodeError) as error:
        raise WrongSettings([sentence_for_unreadable(env_file, error)]) from None


def _load(env_file: Path) -> Settings:
    if unknown := _unknown_names(env_file):
        known = sorted(PREFIX + name.upper() for name in Settings.model_fields)
        raise WrongSettings([sentence_for_unknown(name, env_file, known) for name in unknown])
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        raise WrongSettings([_sentence(wrong["loc"], wrong["input"]) for wrong in error.errors()]) from None


def _sentence(location: tuple[int | str, ...], value: object) -> str:
    name = str(location[0])
    return sentence_for_wrong(PREFIX + name.upper(), Settings.model_fields[name], value)


def _unknown_names(env_file: Path) -> list[str]:
    """List the names in `env_file` that Salon does not know; the environment may hold others with its prefix."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    return [
        name for name in dotenv_values(env_file, encoding=ENCODING) if name.startswith(PREFIX) and name not in known
    ]
