"""The bars of an EAN-13, for papers that draw them themselves."""

_ODD = "0001101001100100100110111101010001101100010101111011101101101110001011"
_LEFT_ODD = tuple(_ODD[at : at + 7] for at in range(0, 70, 7))
_PARITY = ("OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE", "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO")


def is_valid(code: str) -> bool:
    """Thirteen ASCII digits of which the last is the right check digit."""
    if len(code) != 13 or not (code.isascii() and code.isdigit()):
        return False
    weighed = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(code))
    return weighed % 10 == 0


def modules(code: str) -> str:
    """95 modules as `1` (bar) and `0` (space), without quiet zones; the code must be valid."""
    left = []
    for digit, parity in zip(code[1:7], _PARITY[int(code[0])], strict=True):
        odd = _LEFT_ODD[int(digit)]
        # The even set is the right set read backwards.
        left.append(odd if parity == "O" else _inverted(odd)[::-1])
    right = [_inverted(_LEFT_ODD[int(digit)]) for digit in code[7:]]
    return "101" + "".join(left) + "01010" + "".join(right) + "101"


def _inverted(bits: str) -> str:
    return bits.translate({48: "1", 49: "0"})
