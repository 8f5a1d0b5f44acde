"""A receipt printer without its line: bytes in, answers out, paper in its hand."""

from dataclasses import dataclass, field
from typing import Literal

from tests.hardware.paper import Code, Cut, Kick, Letter, Line, Paper, Picture

Roll = Literal["enough", "near_end", "out"]
_MORE = -1  # the command is not whole yet
# Commands of a fixed length, with the length of all of it.
_LENGTHS = {
    b"\x1b@": 2, b"\x1bE": 3, b"\x1ba": 3, b"\x1bd": 3, b"\x1bt": 3, b"\x1bR": 3, b"\x1bp": 5,
    b"\x1c&": 2, b"\x1c.": 2, b"\x1cS": 4,
    b"\x1d!": 3, b"\x1dh": 3, b"\x1dw": 3, b"\x1dH": 3, b"\x1dr": 3,
    b"\x10\x04": 3, b"\x10\x14": 5,
}  # fmt: skip


@dataclass
class _Setting:
    """What ESC @ puts back."""

    two_byte: bool = False  # as on models that want to be told
    korea: bool = False
    page: int = 0
    width: int = 1
    height: int = 1
    bold: bool = False
    align: int = 0
    bar_height: int = 162
    bar_width: int = 3
    digits: bool = False

    def change(self, name: bytes, given: bytes) -> None:
        """One of the commands that only change how what follows will look."""
        match name:
            case b"\x1bE":
                self.bold = bool(given[0] & 1)
            case b"\x1ba":
                self.align = given[0] % 48
            case b"\x1bt":
                self.page = given[0]
            case b"\x1bR":
                self.korea = given[0] == 13
            case b"\x1c&" | b"\x1c.":
                self.two_byte = name == b"\x1c&"
            case b"\x1d!":
                self.width, self.height = (given[0] >> 4) + 1, (given[0] & 15) + 1
            case b"\x1dh":
                self.bar_height = given[0]
            case b"\x1dw":
                self.bar_width = given[0]
            case b"\x1dH":
                self.digits = bool(given[0] & 2)


@dataclass
class PrinterModel:
    """Parses what it gets; holds it while it may not print, and prints it when it may again.

    `printed` are the bytes it worked through without the questions; `strange` what no printer of this
    kind knows. `ksx1001`: its letters end where KS X 1001 ends. `lines_left` of paper, None for a roll.
    """

    columns: int = 48
    ksx1001: bool = False
    roll: Roll = "enough"
    cover_open: bool = False
    lines_left: int | None = None
    answers_barrier: bool = True
    stops_at_barrier: bool = False
    asked: list[int] = field(default_factory=list)
    barriers: int = 0
    printed: bytearray = field(default_factory=bytearray)
    strange: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.paper = Paper(self.columns)
        self._set = _Setting()
        self._line: list[Letter] = []
        self._buffer = bytearray()
        self._fresh = bytearray()  # received, not yet looked at for commands in real time
        self._pulses_allowed = True
        self._qr: dict[int, bytes] = {}

    @property
    def holding(self) -> int:
        """Bytes received and not worked through."""
        return len(self._buffer) + len(self._fresh)

    @property
    def stopped(self) -> bool:
        """Whether it may not print now."""
        return self.cover_open or self.roll == "out"

    def receive(self, data: bytes, work: int | None = None) -> bytes:
        """Takes bytes and works through `work` of what it holds (all of it); what it answers."""
        self._fresh += data
        answers = bytearray()
        while self._fresh:
            at = self._fresh.find(b"\x10")
            if at < 0:
                at = len(self._fresh)
            self._buffer += self._fresh[:at]
            del self._fresh[:at]
            if not self._fresh:
                break
            if work is None:
                answers += self.work()  # what came before may switch off what comes now
            taken = self._real_time(answers)
            if taken == _MORE:
                break
            self._buffer += self._fresh[:taken]
            del self._fresh[:taken]
        return bytes(answers + self.work(work))

    def work(self, most: int | None = None) -> bytes:
        """Works through `most` bytes, or all; what it answers."""
        answers, done = bytearray(), 0
        while self._buffer and not self.stopped and (most is None or done < most):
            length = self._command(answers)
            if length == _MORE:
                break
            piece = self._buffer[:length]
            if piece[:1] != b"\x10" and piece[:2] != b"\x1dr":
                self.printed += piece
            del self._buffer[:length]
            done += length
        return bytes(answers)

    def _real_time(self, answers: bytearray) -> int:
        """Does what must be done at once, also in the middle of a picture; how many bytes it was."""
        head = bytes(self._fresh[:5])
        if head[:2] == b"\x10\x04"[: len(head)] and len(head) < 3:
            return _MORE
        if head[:3] == b"\x10\x14\x01"[: len(head)] and len(head) < 5:
            return _MORE
        if head[:2] == b"\x10\x04" and 1 <= head[2] <= 4:
            self.asked.append(head[2])
            answers.append(self.status(head[2]))
            return 3
        if head[:3] == b"\x10\x14\x01":
            if self._pulses_allowed:
                self.paper.items.append(Kick(2 if head[3] == 0 else 5, stream=False))
            return 5
        return 1

    def status(self, which: int) -> int:
        """The answer to DLE EOT; the drawer's switch of this one is always on."""
        if which == 1:
            return 0x16 | (0x08 if self.stopped else 0)
        if which == 2:
            return 0x12 | (0x04 if self.cover_open else 0) | (0x20 if self.roll == "out" else 0)
        if which == 4:
            return 0x12 | {"enough": 0, "near_end": 0x0C, "out": 0x6C}[self.roll]
        return 0x12

    def _command(self, answers: bytearray) -> int:
        """Does the first command of the buffer; its length, or _MORE."""
        data = self._buffer
        first = data[0]
        if first == 0x0A:
            self._end_line()
            return 1
        if first >= 0x20:
            return self._letter()
        if first not in (0x10, 0x1B, 0x1C, 0x1D):
            self.strange.append(first)
            return 1
        if len(data) < 2:
            return _MORE
        name = bytes(data[:2])
        if name in (b"\x1dV", b"\x1dk", b"\x1d(", b"\x1dv"):
            return self._long(name)
        length = _LENGTHS.get(name)
        if length is None:
            self.strange += name
            return 2
        if len(data) < length:
            return _MORE
        self._short(name, bytes(data[2:length]), answers)
        return length

    def _short(self, name: bytes, given: bytes, answers: bytearray) -> None:
        match name:
            case b"\x1b@":
                self._set, self._line, self._qr = _Setting(), [], {}
            case b"\x1bd":
                self._end_line()
                for _ in range(given[0] - 1):
                    self._end_line()
            case b"\x1bp":
                self._out(Kick(2 if given[0] % 48 == 0 else 5))
            case b"\x1dr":
                self._barrier(answers)
            case _:
                self._set.change(name, given)

    def _barrier(self, answers: bytearray) -> None:
        self.barriers += 1
        if self.stops_at_barrier:
            self.roll = "out"
        elif self.answers_barrier:
            answers.append({"enough": 0, "near_end": 3, "out": 0x0F}[self.roll])

    def _long(self, name: bytes) -> int:
        """Commands whose length stands in them."""
        data = self._buffer
        if len(data) < 3:
            return _MORE
        if name == b"\x1dV":
            length = 4 if data[2] in (65, 66) else 3
            if len(data) >= length:
                self._out(Cut())
            return length if len(data) >= length else _MORE
        if name == b"\x1dk":
            return self._barcode()
        if name == b"\x1d(":
            length = 5 + int.from_bytes(data[3:5], "little")
            if len(data) < 5 or len(data) < length:
                return _MORE
            self._extended(data[2], bytes(data[5:length]))
            return length
        if len(data) < 8:
            return _MORE
        row, rows = (int.from_bytes(data[at : at + 2], "little") for at in (4, 6))
        if data[2:4] != b"0\x00":
            self.strange += data[:4]
            return 4
        if len(data) < 8 + row * rows:
            return _MORE
        self._out(Picture(row, rows, bytes(data[8 : 8 + row * rows]), self._set.align))
        return 8 + row * rows

    def _barcode(self) -> int:
        data = self._buffer
        if data[2] < 65:  # ends with a zero byte
            end = data.find(b"\x00", 3)
            start, length = 3, end + 1
            if end < 0:
                return _MORE
        else:
            if len(data) < 4 or len(data) < 4 + data[3]:
                return _MORE
            start, end = 4, 4 + data[3]
            length = end
        kind = "ean13" if data[2] in (2, 67) else str(data[2])
        text = bytes(data[start:end]).decode("ascii", "replace")
        self._out(
            Code(kind, text, self._set.bar_width, self._set.bar_height, self._set.align, self._set.digits)
        )
        return length

    def _extended(self, which: int, given: bytes) -> None:
        if which == ord("D") and given[:1] == b"\x14":
            pairs = dict(zip(given[1::2], given[2::2], strict=False))
            self._pulses_allowed = pairs.get(1, 1) not in (0, 48)
        elif which == ord("k") and given[:1] == b"1":
            self._qr[given[1]] = given[2:]
            if given[1] == 81:
                data = self._qr.get(80, b"0")[1:].decode("utf-8", "replace")
                self._out(Code("qr", data, self._qr.get(67, b"\x03")[0], align=self._set.align))
        else:
            self.strange += b"\x1d(" + bytes((which,))

    def _letter(self) -> int:
        data, pair = self._buffer, b""
        if data[0] >= 0x81 and self._set.two_byte:
            if len(data) < 2:
                return _MORE
            pair = bytes(data[:2])
            char = pair.decode("cp949", "replace")
            known = len(char) == 1 and char != "�"
            if not known or (self.ksx1001 and min(pair) < 0xA1):
                self.strange += pair
                char = "□"
        else:
            char = bytes(data[:1]).decode("cp437")
            if char == "\\" and self._set.korea:
                char = "₩"
        letter = Letter(char, 2 if pair else 1, self._set.width, self._set.height, self._set.bold)
        room = self.columns - sum(each.columns * each.width for each in self._line)
        if letter.columns * letter.width > room:
            self._end_line()
        self._line.append(letter)
        return 2 if pair else 1

    def _end_line(self) -> None:
        line, self._line = Line(tuple(self._line), self._set.align), []
        self._out(line)

    def _out(self, item: Line | Picture | Code | Cut | Kick) -> None:
        if self._line and not isinstance(item, Line | Kick):
            self._end_line()
        self.paper.items.append(item)
        if isinstance(item, Line) and self.lines_left is not None:
            self.lines_left -= 1
            if self.lines_left <= 0:
                self.roll, self.lines_left = "out", None
