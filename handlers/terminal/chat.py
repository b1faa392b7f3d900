"""The chat: a line is typed, the bot answers. A line that begins with / is a command of the terminal's own."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from bot.interview.questionnaire import Kind
from bot.messages import Message, Option, OptionKind, pack
from bot.rehearsals.stage import Shown, Stage
from handlers.terminal.phone import Phone, Webhook
from handlers.terminal.showing import Screen

# Questions whose answer may itself be a bare number: there it is typed, and /N taps.
TYPED = (Kind.NUMBER, Kind.RATING, Kind.TEXT, Kind.PHONE, Kind.DATE)
HELP = """\
Type what a citizen would type. To do what a phone does otherwise:
  N or /N            tap option N (where the answer may be a number, N alone is typed)
  /N 2026-11-21      tap option N, a date picker, and pick this day
  /photo FILE        send a photo
  /location LAT LON  send a location
  /sticker WORD      send a sticker that LINE describes with this word
  /unsend            take back the newest message
  /json              show the last answer as it goes to LINE
  /help  /quit"""


class Wrong(Exception):
    """A command of the terminal that cannot be carried out, for the reason given."""


class Chat:
    """One conversation between the person at the terminal and the bot on the stage. `echo` repeats what is typed."""

    def __init__(self, stage: Stage, phone: Phone, screen: Screen, echo: bool) -> None:
        self._stage, self._phone, self._screen, self._echo = stage, phone, screen, echo
        self._options: Sequence[Option] = ()
        self._said: Sequence[Message] = ()
        self._filed: dict[str, Shown] = {}
        self._commands: dict[str, Callable[[str], None]] = {
            "photo": self._photo,
            "location": self._location,
            "sticker": self._sticker,
            "unsend": self._unsend,
            "json": lambda _rest: self._screen.json(self._said),
            "help": lambda _rest: self._screen.note(HELP),
        }

    def begin(self, survey: str = "") -> None:
        """Follow the bot; with a survey, agree to all that comes before it unseen and start it."""
        if not survey:
            self._tell(self._phone.follows())
            return
        for webhook in (self._phone.follows(), self._phone.taps(pack("agree"))):
            self._stage.hear(webhook)
        self._tell(self._phone.taps(pack("survey", s=survey)))

    def take(self, line: str) -> bool:
        """Carry out one line. False where the person wants to leave."""
        line = line.strip()
        if line in ("/quit", "/exit"):
            return False
        try:
            self._carry_out(line)
        except Wrong as wrong:
            self._screen.note(f"{wrong}; /help tells what works")
        return True

    def _carry_out(self, line: str) -> None:
        command, _, rest = line.removeprefix("/").partition(" ")
        if line.startswith("/") and command in self._commands:
            self._commands[command](rest.strip())
        elif line.startswith("/") and not command.isdecimal():
            raise Wrong(f"there is no command /{command}")
        elif command.isdecimal() and (line.startswith("/") or self._taps(line)):
            self._tap(int(command), rest.strip())
        elif line:
            self._says(line)
            self._tell(self._phone.says(line))

    def _taps(self, line: str) -> bool:
        """Whether a bare number is an option's."""
        return line.isdecimal() and 0 < int(line) <= len(self._options) and self._stage.asks_for() not in TYPED

    def _tap(self, number: int, picked: str) -> None:
        if not 0 < number <= len(self._options):
            raise Wrong(f"there is no option {number}")
        option = self._options[number - 1]
        match option.kind:
            case OptionKind.LINK:
                raise Wrong(f"a phone would open {option.data}")
            case OptionKind.LOCATION:
                raise Wrong("a phone would ask where you are: /location LAT LON")
            case OptionKind.CAMERA | OptionKind.ALBUM:
                raise Wrong("a phone would ask for a photo: /photo FILE")
            case OptionKind.DATE:
                self._says(picked)
                self._tell(self._phone.taps(option.data, date=_day(picked, option)))
            case _:
                self._says(option.says or option.label)
                self._tell(self._phone.taps(option.data))

    def _photo(self, rest: str) -> None:
        try:
            photo = Path(rest).expanduser().read_bytes()
        except OSError as error:
            raise Wrong(f"the photo cannot be read: {error.strerror}") from None
        self._says(f"(photo {rest})")
        self._tell(self._phone.sends(type="image"), photo)

    def _location(self, rest: str) -> None:
        try:
            latitude, longitude = map(float, rest.replace(",", " ").split())
        except ValueError:
            raise Wrong("a location is two numbers: /location 13.7563 100.5018") from None
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise Wrong("a latitude is -90 to 90, a longitude -180 to 180")
        self._says(f"(location {latitude}, {longitude})")
        self._tell(self._phone.sends(type="location", latitude=latitude, longitude=longitude))

    def _sticker(self, rest: str) -> None:
        self._says(f"(sticker {rest})")
        self._tell(self._phone.sends(type="sticker", packageId="1", stickerId="1", keywords=[rest] if rest else []))

    def _unsend(self, _rest: str) -> None:
        webhook = self._phone.unsends()
        if webhook is None:
            raise Wrong("there is nothing to take back")
        self._says("(takes back the newest message)")
        self._tell(webhook)

    def _says(self, text: str) -> None:
        if self._echo:
            self._screen.citizen_says(text)

    def _tell(self, webhook: Webhook, photo: bytes | None = None) -> None:
        """Let the bot hear of it; show what it answers, and what it would file."""
        said = self._stage.hear(webhook, photo)
        if said:
            self._said, self._options = said, self._screen.bot_says(said)
        elif webhook["type"] == "unsend":
            self._screen.note("The bot forgets it, and says nothing.")
        before, self._filed = self._filed, self._stage.filed()
        for number, entry in self._filed.items():
            if before.get(number) != entry:
                self._screen.filed(entry)
        if gone := before.keys() - self._filed.keys():
            self._screen.note(f"erased: {', '.join(sorted(gone))}")


def _day(picked: str, option: Option) -> str:
    """The day picked, within what the picker allows."""
    try:
        day = date.fromisoformat(picked).isoformat()
    except ValueError:
        raise Wrong("a phone would open a calendar: give the day after the number, such as /1 2026-11-21") from None
    if (option.least and day < option.least) or (option.most and day > option.most):
        raise Wrong(f"the calendar goes from {option.least or '…'} to {option.most or '…'}")
    return day
