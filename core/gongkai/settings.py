"""The office folder and its ``gongkai.toml``: whose papers, which folders, whom to call."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gongkai.errors import ConfigurationError
from gongkai.lifecycle.duties import clash
from gongkai.lifecycle.roles import Role
from gongkai.messages import has, say
from gongkai.model.attribute import Stage

SETTINGS_FILE = "gongkai.toml"


class Strict(BaseModel):
    """A table of a settings file: an unknown key is an error, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Organization(Strict):
    """Whose papers these are; direction rules compare against it and never guess (A5)."""

    name: str = ""
    aliases: tuple[str, ...] = ()
    doc_number_prefixes: tuple[str, ...] = ()
    party_prefixes: tuple[str, ...] = ()
    superiors: tuple[str, ...] = ()
    subordinates: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


class Contact(Strict):
    """A name and a telephone number to print under a message."""

    name: str = ""
    phone: str = ""


class Contacts(Strict):
    """Whom messages name. Who may act is said by ``[[person]]``, not here."""

    office: Contact = Contact()
    secrecy_officer: Contact = Contact()
    disclosure_office: Contact = Contact()


class Person(Strict):
    """Somebody who acts; ``accounts`` are operating system accounts (A9).

    What stands here holds from the first day and has no end: the administrators, and in an
    office of few people everybody. The database adds people and roles with dates.
    """

    name: str
    section: str = ""
    roles: tuple[Role, ...] = ()
    accounts: tuple[str, ...] = ()


class People(Strict):
    """How duties are spread; ``small_office``: too few people to keep them apart (B11, B27)."""

    small_office: bool = False


class Layout(StrEnum):
    """How a watched folder holds documents."""

    FLAT = "flat"
    ONE_FOLDER_PER_DOCUMENT = "one_folder_per_document"


class SlipMode(StrEnum):
    """When a slip is written beside a document."""

    OFF = "off"
    PROBLEMS = "problems"
    ALWAYS = "always"


class Visibility(StrEnum):
    """Who may learn what lies in a folder; ``named`` folders never get a slip."""

    SECTION = "section"
    OFFICE = "office"
    NAMED = "named"


class Backend(StrEnum):
    """How a folder is watched; ``auto`` polls network file systems."""

    AUTO = "auto"
    NATIVE = "native"
    POLLING = "polling"


class Folder(Strict):
    """One watched root. ``path`` is absolute or relative to the office folder."""

    path: Path
    stage: Stage = Stage.DRAFT
    section: str = ""
    slip: SlipMode | None = None
    visibility: Visibility = Visibility.SECTION
    layout: Layout = Layout.ONE_FOLDER_PER_DOCUMENT
    backend: Backend = Backend.AUTO

    @property
    def slip_mode(self) -> SlipMode:
        """The slip line, or its default: problems on submission, else off (A10)."""
        if self.visibility is Visibility.NAMED:
            return SlipMode.OFF
        if self.slip is not None:
            return self.slip
        return SlipMode.PROBLEMS if self.stage is Stage.SUBMITTED else SlipMode.OFF


class Watching(Strict):
    """Timing of the folder watch, in seconds."""

    quiet: float = Field(default=2.0, ge=0.05)
    quiet_polling: float = Field(default=10.0, ge=0.05)
    poll_interval: float = Field(default=5.0, ge=0.05)
    full_pass: float = Field(default=300.0, ge=0.5)
    workers: int = Field(default=2, ge=1, le=64)


class Plugins(Strict):
    """Plugins this office relies on, and one-file plugins it allowed, name -> sha256."""

    required: tuple[str, ...] = ("classifiers",)
    disabled: tuple[str, ...] = ()
    allowed: dict[str, str] = Field(default_factory=dict)


class Settings(Strict):
    """All of ``gongkai.toml``."""

    profile: str = "national_2019"
    database: str = ""
    language: Literal["zh", "en"] = "zh"
    organization: Organization = Organization()
    contacts: Contacts = Contacts()
    person: tuple[Person, ...] = ()
    people: People = People()
    folder: tuple[Folder, ...] = ()
    watching: Watching = Watching()
    plugins: Plugins = Plugins()


class Office:
    """An office folder: its settings and where its data lie."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root = root
        self.settings = settings

    @property
    def data(self) -> Path:
        """The folder of the database, the key and kept bytes; readable by the office alone."""
        return self.root / "data"

    @property
    def plugin_folder(self) -> Path:
        """Where one-file plugins lie."""
        return self.root / "plugins"

    @property
    def profile_folder(self) -> Path:
        """Where the office's own profiles lie."""
        return self.root / "profiles"

    @property
    def template_folder(self) -> Path:
        """Where the office's own templates of forms lie."""
        return self.root / "templates"

    @property
    def database_url(self) -> str:
        """The database: SQLite in the data folder unless the settings name another."""
        return self.settings.database or f"sqlite:///{self.data / 'gongkai.db'}"

    def folder_path(self, folder: Folder) -> Path:
        """A watched folder's absolute path."""
        return folder.path if folder.path.is_absolute() else (self.root / folder.path).resolve()


def parse_settings(text: str, source: str) -> Settings:
    """Settings from TOML text; ``source`` is named in errors.

    Raises ``ConfigurationError`` naming the file, the key and, for an unknown key, the
    nearest valid one.
    """
    try:
        settings = Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        problem = _where(str(error))
        raise ConfigurationError("settings_syntax", file=source, problem=problem) from error
    except ValidationError as error:
        raise configuration_error(error, Settings, source) from error
    _refuse_people(settings, source)
    return settings


def _refuse_people(settings: Settings, source: str) -> None:
    """Raise ``ConfigurationError`` for a name or account of two people, and clashing roles."""
    names = [person.name for person in settings.person]
    accounts = [account for person in settings.person for account in set(person.accounts)]
    for key, known in (("name", names), ("accounts", accounts)):
        if twice := next((each for each in known if known.count(each) > 1), None):
            raise ConfigurationError("person_twice", file=source, key=key, value=twice)
    for person in settings.person:
        pair = None if settings.people.small_office else clash(person.roles)
        if pair:
            first, second = (say(f"people.role_{role}") for role in pair)
            raise ConfigurationError(
                "settings_clash", file=source, name=person.name, first=first, second=second
            )


def configuration_error(
    error: ValidationError, model: type[BaseModel], source: str
) -> ConfigurationError:
    """The first problem pydantic found, as an error that names file, key and way out."""
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        known = _keys(model, first["loc"][:-1])
        near = difflib.get_close_matches(str(first["loc"][-1]), known, n=1, cutoff=0.0)
        return ConfigurationError(
            "unknown_key", file=source, key=key, nearest=near[0] if near else "-"
        )
    if first["type"] == "enum" and isinstance(first["input"], str):
        words = re.findall("'([^']*)'", first["ctx"]["expected"])
        (near,) = difflib.get_close_matches(first["input"], words, n=1, cutoff=0.0)
        return ConfigurationError(
            "unknown_word",
            file=source,
            key=key,
            value=first["input"],
            nearest=near,
            known=" ".join(words),
        )
    message = f"errors.value_{first['type']}"
    problem = say(message, **first.get("ctx", {})) if has(message) else first["msg"]
    return ConfigurationError("wrong_value", file=source, key=key, problem=problem)


def _where(problem: str) -> str:
    """Line and column of a TOML error in the user's language; the rest of it is English."""
    found = re.search(r"at line (\d+), column (\d+)", problem)
    return say("errors.toml_at", line=found[1], column=found[2]) if found else problem


def _keys(model: type[BaseModel], table: tuple[int | str, ...]) -> list[str]:
    """The keys a table of the settings may have; places in a list count as the list's table."""
    for step in table:
        found = model.model_fields.get(str(step))
        inner = _models(found.annotation) if found else []
        model = inner[0] if inner else model
    return list(model.model_fields)


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in getattr(annotation, "__args__", ()) for m in _models(part)]


def load_office(root: Path) -> Office:
    """The office at ``root``.

    Raises ``ConfigurationError`` when there is no ``gongkai.toml`` or it is wrong.
    """
    file = root / SETTINGS_FILE
    try:
        # Notepad begins UTF-8 files with a byte order mark, which TOML does not know.
        text = file.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigurationError("no_office", folder=str(root)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("settings_unreadable", file=str(file)) from error
    return Office(root.resolve(), parse_settings(text, str(file)))


def find_office(named: Path | None, start: Path) -> Office | None:
    """The office named, else by ``GONGKAI_OFFICE``, else the nearest one upwards, else None."""
    if named is not None:
        return load_office(named)
    if environment := os.environ.get("GONGKAI_OFFICE"):
        return load_office(Path(environment))
    for folder in (start.resolve(), *start.resolve().parents):
        if os.path.isfile(folder / SETTINGS_FILE):  # noqa: PTH113 (never raises)
            return load_office(folder)
    return None


def refuse_overlaps(office: Office) -> None:
    """Raise ``ConfigurationError`` when a watched folder and the office's own folders overlap.

    What the office writes would be judged as papers, and what drafters save could become
    code, policy or record (decision 10).
    """
    own = [office.data, office.plugin_folder, office.profile_folder, office.template_folder]
    watched = [office.folder_path(folder).resolve() for folder in office.settings.folder]
    for number, path in enumerate(watched):
        if path in watched[:number]:
            raise ConfigurationError("folder_twice", folder=str(path))
        for inner in own:
            place = inner.resolve()
            if path == place or path in place.parents or place in path.parents:
                raise ConfigurationError("folder_overlaps", folder=str(path), inner=inner.name)
