"""The environment read once, strictly: an odd value is refused, not guessed."""

import os
import secrets
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

from zielwerk.config.mail_server import MailServer, read_mail_server
from zielwerk.config.mark import marked
from zielwerk.config.provider import Provider, read_provider
from zielwerk.core import roles, surroundings
from zielwerk.core.surroundings import Unusable
from zielwerk.language import sentence
from zielwerk.packs import easy, folders, land, loading
from zielwerk.packs.faults import Report
from zielwerk.packs.loading import DEFAULT
from zielwerk.packs.loading import programme as programme_of
from zielwerk.packs.operator import Operator, example, read_operator
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.signing import authorities

SWITCH = {"0": False, "off": False, "no": False, "1": True, "on": True, "yes": True}
SHORTEST_SECRET, MOST_SECRET = 32, 10_000
ANSWER_SECONDS = 5  # after which a database server counts as silent
# Of whom more than a password is asked: sides that decide, and who administers their people.
DECIDING = roles.ADMINISTRATORS | {roles.MINISTRY, roles.AUTHORITY, roles.BODY}
PORT = 8000  # on this machine, without TLS in front
DEFAULT_HOSTS = "localhost,127.0.0.1,[::1]"
SQLITE = "zielwerk.sqlite3"
NO_FOLDER = msg(
    "Den Ordner {place} gibt es nicht. Prüfen Sie ZIELWERK_DATA; einen neuen legt an: zielwerk "
    "prepare."
)


class OddValue(SystemExit):
    """An environment variable with an unusable value: ends the start with a sentence."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name}={value!r} is not usable: {expected}.")


@dataclass(frozen=True)
class Environment:
    """The settings from the environment; every field has a working default for one machine."""

    data: Path  # ZIELWERK_DATA: where the database and its key live
    database_url: str  # ZIELWERK_DATABASE_URL: postgresql://… or empty for SQLite
    hosts: tuple[str, ...]  # ZIELWERK_HOSTS: names under which the site is reached
    https: bool  # ZIELWERK_HTTPS: the site is behind TLS; cookies are then secure
    demo: bool  # ZIELWERK_DEMO: demo persons may sign in; by default where the data are a demo's
    no_demo: bool  # whether the environment says that this is a real installation
    develop: bool  # ZIELWERK_DEVELOP: errors with their source, and a query log; loopback only
    secret_key: str  # ZIELWERK_SECRET_KEY or the key kept in the data folder
    log_format: str  # ZIELWERK_LOG: text or json
    operator: Operator  # ZIELWERK_OPERATOR: file of the public body; the demo has its own
    packs: Path | None  # ZIELWERK_PACKS: folder of packs beside those that ship
    programme: str  # ZIELWERK_PROGRAMME: code of the programme that this installation serves
    session_minutes: int  # ZIELWERK_SESSION_MINUTES: signed out after so long without work
    provider: Provider | None  # ZIELWERK_OIDC_…: the organisation's own sign-in service
    second_factor: frozenset[str]  # ZIELWERK_SECOND_FACTOR: roles of which more is asked
    session_hours: int  # ZIELWERK_SESSION_HOURS: signed out so long after the sign-in, always
    look_days: int  # ZIELWERK_LOOK_DAYS: so many days it is known who looked at data of persons
    link_days: int  # ZIELWERK_LINK_DAYS: so many days a one-time link is good
    mail: MailServer | None  # ZIELWERK_SMTP_URL, ZIELWERK_MAIL_FROM; a demo writes files
    site_line: str  # ZIELWERK_SITE_LINE: what the strip above every page says besides
    authorities: Path  # ZIELWERK_AUTHORITIES: whose word about signers is taken
    url: str  # ZIELWERK_URL: the whole address of the site; by default made of the first host

    @property
    def address(self) -> str:
        """Where the site is reached, as links sent to people begin."""
        made = f"https://{self.hosts[0]}" if self.https else f"http://{self.hosts[0]}:{PORT}"
        return self.url or made

    @property
    def kind(self) -> str:
        """What is served: ``develop``, ``demo`` or ``real``; no two share a cookie or a look."""
        return "develop" if self.develop else "demo" if self.demo else "real"

    @property
    def cookie_suffix(self) -> str:
        """What the cookies of this kind are called by: one host may serve several."""
        return "" if self.kind == "real" else f"-{self.kind}"


def read_environment() -> Environment:
    https, develop = switch("ZIELWERK_HTTPS"), switch("ZIELWERK_DEVELOP")
    if https and develop:
        raise OddValue("ZIELWERK_DEVELOP", "1", "a site behind TLS is not for developing")
    hosts = DEFAULT_HOSTS if develop else os.environ.get("ZIELWERK_HOSTS", DEFAULT_HOSTS)
    data = Path(os.environ.get("ZIELWERK_DATA") or "var").resolve()
    database_url = os.environ.get("ZIELWERK_DATABASE_URL", "")
    names = tuple(host.strip() for host in hosts.split(","))
    packs = use_packs()
    programme, demo = sound_programme(), is_demo(data, database_url, https)
    return Environment(
        data=data,
        database_url=database_url,
        hosts=names,
        https=https,
        demo=demo,
        no_demo=not switch("ZIELWERK_DEMO", default=not https),
        develop=develop,
        secret_key=secret_of(data),
        log_format=one_of("ZIELWERK_LOG", "text", "json"),
        operator=operator_of(programme, https),
        packs=packs,
        programme=programme,
        session_minutes=whole("ZIELWERK_SESSION_MINUTES", 60, "minutes", (15, 1440)),
        provider=provider(),
        second_factor=second_factor(),
        session_hours=whole("ZIELWERK_SESSION_HOURS", 12, "hours", (1, 24)),
        look_days=whole("ZIELWERK_LOOK_DAYS", 180, "days", (30, 730)),
        link_days=whole("ZIELWERK_LINK_DAYS", 7, "days", (1, 30)),
        mail=mail_server(data, names[0], demo=demo),
        site_line=os.environ.get("ZIELWERK_SITE_LINE", "").strip(),
        authorities=authorities_folder(),
        url=site_url(names, https),
    )


def is_demo(data: Path, database_url: str, https: bool) -> bool:
    """Whether a demo is served: as the environment says, else as the data say; never behind TLS
    unless somebody says so.
    """
    if os.environ.get("ZIELWERK_DEMO"):
        return switch("ZIELWERK_DEMO")
    return not https and marked(data / SQLITE, database_url) == "demo"


def site_url(hosts: tuple[str, ...], https: bool) -> str:
    """The whole address under which people reach the site; empty where nobody says it."""
    name = "ZIELWERK_URL"
    value = os.environ.get(name, "").strip().rstrip("/")
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        raise OddValue(name, value, "write an address such as https://name.example") from None
    if parts.scheme not in ("http", "https") or not host or parts.path or parts.query:
        raise OddValue(name, value, "write an address such as https://name.example")
    if https and parts.scheme != "https":
        raise OddValue(name, value, "a site behind TLS has an address that begins with https://")
    if not any(host == known or known == "*" for known in hosts):
        raise OddValue(name, value, f"{host} is none of ZIELWERK_HOSTS ({','.join(hosts)})")
    return value


def provider() -> Provider | None:
    """The sign-in service, as its own part of the environment says it."""
    try:
        return read_provider(is_strong=switch("ZIELWERK_OIDC_STRONG"))
    except ValueError as error:
        issuer = os.environ.get("ZIELWERK_OIDC_ISSUER", "")
        raise OddValue("ZIELWERK_OIDC_ISSUER", issuer, str(error)) from None


def mail_server(data: Path, host: str, *, demo: bool) -> MailServer | None:
    """Where mail goes, as its own part of the environment says it."""
    try:
        return read_mail_server(data / "post", demo=demo, host=host)
    except ValueError as error:  # the address may hold a password, so it is not said again
        raise OddValue("ZIELWERK_SMTP_URL", "…", str(error)) from None


def second_factor() -> frozenset[str]:
    """The roles of which more than a password is asked: those named, else all that decide."""
    name = "ZIELWERK_SECOND_FACTOR"
    value = os.environ.get(name, "")
    named = frozenset(role.strip() for role in value.split(",") if role.strip())
    if (
        not named <= roles.LABELS.keys()
    ):  # a slip of the pen would let somebody in with a password alone
        raise OddValue(name, value, f"write some of these: {','.join(sorted(roles.LABELS))}")
    return named or DECIDING


def use_packs() -> Path | None:
    """The folder of packs of this installation, which is used from now on; None without one."""
    name = "ZIELWERK_PACKS"
    path = os.environ.get(name, "").strip()
    folder = Path(path).resolve() if path else None
    if folder and not folder.is_dir():
        raise OddValue(name, path, "write the path of a folder that is there")
    if folder and (folder / "programme.toml").exists():
        raise OddValue(name, path, "this is a programme; write the folder that it lies in")
    folders.use(folder)
    return folder


def authorities_folder() -> Path:
    """The folder of certificates of authorities; where nobody names one, it may be missing."""
    name = "ZIELWERK_AUTHORITIES"
    place = authorities.folder()
    if os.environ.get(name, "").strip() and not place.is_dir():
        raise OddValue(name, os.environ[name], "write the path of a folder that is there")
    return place


def sound_programme() -> str:
    """The programme that is served, without a fault in any of its years."""
    name = "ZIELWERK_PROGRAMME"
    code = one_of(name, DEFAULT, *loading.codes())
    report = Report()
    report.gather(partial(easy.load, code))
    for year in loading.years(code):
        report.gather(partial(loading.load, code, year))
    if report.refusals:
        told = "\n".join(map(in_english, report.refusals))
        raise OddValue(name, code, f"its pack has faults:\n{told}")
    return code


def operator_of(programme: str, https: bool) -> Operator:
    """What the operator's file says, complete or refused; behind TLS there must be one."""
    name = "ZIELWERK_OPERATOR"
    path = os.environ.get(name, "").strip()
    if not path:
        if https:
            raise OddValue(name, "", "a site behind TLS names the file of its public body")
        return example()
    try:
        operator = read_operator(Path(path).resolve())
    except Refused as refused:
        raise OddValue(name, path, "\n".join(map(in_english, refused.refusals))) from refused
    named = {authority.code: authority for authority in land.named(jurisdictions(programme))[0]}
    named |= {authority.code: authority for authority in operator.authorities}
    for task in ("accessibility", "data_protection"):
        if task not in named:
            raise OddValue(name, path, f"neither it nor the law names [[authority]] {task}")
    weeks, promised = named["accessibility"].after_weeks, operator.sections.feedback.answer_weeks
    if weeks and promised > weeks:
        odd = f"feedback.answer_weeks is {promised}, but the law gives no more than {weeks}"
        raise OddValue(name, path, odd)
    return operator


def in_english(refusal: Refusal) -> str:
    """A fault of a file in the language of these sentences, which end by themselves."""
    return sentence(refusal, "en").rstrip(".")


def jurisdictions(programme: str) -> tuple[str, ...]:
    """Those whose law applies to the programme."""
    return programme_of(programme).jurisdictions


def switch(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").lower()
    if not value:
        return default
    if value not in SWITCH:
        raise OddValue(name, value, "write 1 or 0")
    return SWITCH[value]


def whole(name: str, default: int, unit: str, reach: tuple[int, int]) -> int:
    """A whole number of a unit within its reach, both ends included."""
    least, most = reach
    value = os.environ.get(name) or str(default)
    is_whole = value.isascii() and value.isdecimal()
    if not (is_whole and least <= int(value) <= most):
        raise OddValue(name, value, f"write a number of {unit} from {least} to {most}")
    return int(value)


def one_of(name: str, default: str, *further: str) -> str:
    value = os.environ.get(name) or default
    choices = dict.fromkeys((default, *further))
    if value not in choices:
        raise OddValue(name, value, "one of " + ", ".join(choices))
    return value


def secret_of(data: Path) -> str:
    """The key that signs sessions and forms: given, or the installation's own."""
    name, given = "ZIELWERK_SECRET_KEY", os.environ.get("ZIELWERK_SECRET_KEY", "")
    if given and len(given) < SHORTEST_SECRET:  # a secret is not said again
        raise OddValue(name, "…", f"write at least {SHORTEST_SECRET} characters")
    return given or kept_secret(data / "secret_key")


def kept_secret(path: Path) -> str:
    """The installation's own key, made at the first start and readable by its owner only."""
    if MUST_BE_THERE and not path.exists():
        refuse_nothing_there(path.parent)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read_secret(path)
    try:
        with os.fdopen(descriptor, "w") as file:
            key = secrets.token_urlsafe(50)
            file.write(key)
    except OSError:  # half a key on a full disk would be refused for ever
        path.unlink(missing_ok=True)
        raise
    return key


# Whatever does not begin an installation looks at one that is there; a typo begins none.
MUST_BE_THERE: list[bool] = []


def begin_nothing() -> None:
    """From now on a missing folder, key or database is refused and not made."""
    MUST_BE_THERE.append(True)


def refuse_nothing_there(data: Path) -> NoReturn:
    if not data.exists():
        raise Unusable(Refusal("environment.no_folder", NO_FOLDER, {"place": str(data)}))
    raise Unusable(surroundings.not_prepared(str(data / SQLITE)))


def read_secret(path: Path) -> str:
    """A key that is kept; what is empty, short or no file is none."""
    if not path.is_file():
        raise OddValue("ZIELWERK_DATA", str(path.parent), f"{path.name} in it is no file")
    key = path.read_bytes()[:MOST_SECRET].decode("ascii", errors="replace").strip()
    if len(key) < SHORTEST_SECRET or not key.isascii():
        odd = (
            f"{path.name} in it is no key; without it a new one is made at the next start,"
            " and whoever is signed in signs in again"
        )
        raise OddValue("ZIELWERK_DATA", str(path.parent), odd)
    return key


def database(environment: Environment) -> dict[str, object]:
    """Django's settings of the one database: a SQLite file or PostgreSQL."""
    url = environment.database_url
    if not url:
        if MUST_BE_THERE and not (environment.data / SQLITE).exists():
            refuse_nothing_there(environment.data)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(environment.data / SQLITE),
            # Opening the file anew for each request would cost most of the time.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # A writer takes its lock at BEGIN and waits its turn; every commit is on disk.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                    "PRAGMA cache_size=-16000;PRAGMA mmap_size=134217728"
                ),
            },
        }
    return postgresql(url)


def postgresql(url: str) -> dict[str, object]:
    """Django's settings of a PostgreSQL, by its address."""
    expected = "postgresql://user:password@host/name"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        # The address may hold a password, so it is not said again.
        raise OddValue("ZIELWERK_DATABASE_URL", "…", expected) from None
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise OddValue("ZIELWERK_DATABASE_URL", "…", expected)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    options.setdefault("connect_timeout", str(ANSWER_SECONDS))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(port or options.pop("port", "")),
        # A connection that a restart of the server ended is noticed before it is used.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, **POOL},
    }


# Web processes keep connections; a command has one, and says at once why it gets none.
POOL: dict[str, object] = {}


def use_pool() -> None:
    """From now on this process keeps connections to PostgreSQL."""
    POOL["pool"] = {"min_size": 1, "max_size": 8, "timeout": ANSWER_SECONDS}
