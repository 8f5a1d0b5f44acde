"""Korean text: cleaning, initial consonants, particles, and amounts as they are read."""

import re
import unicodedata

from pos_app.domain.errors import DomainError

_BASE = 0xAC00
_LAST = 0xD7A3
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SINGLE = {
    "ㄲ": "ㄱㄱ", "ㄸ": "ㄷㄷ", "ㅃ": "ㅂㅂ", "ㅆ": "ㅅㅅ", "ㅉ": "ㅈㅈ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_SINGLE_TABLE = str.maketrans(_SINGLE)
# Lone conjoining initials, as some keyboards send them, to the letters that people see.
_CONJOINING = {0x1100 + index: letter for index, letter in enumerate(_INITIALS)}
_INVISIBLE = frozenset("\u00ad\u115f\u1160\u180e\u3164\ufeff\uffa0")
_CONSONANTS = frozenset(_INITIALS) | frozenset(_SINGLE)


def clean_name(text: str) -> str:
    """Return a name as it is kept: NFC, no control or zero-width characters, spaces folded, trimmed."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii() and composed.isprintable():
        return " ".join(composed.split())
    kept = []
    for char in composed:
        category = unicodedata.category(char)
        if char.isspace() or category in ("Zs", "Zl", "Zp"):
            kept.append(" ")
        elif category in ("Cc", "Cf", "Cs") or char in _INVISIBLE:
            continue
        else:
            kept.append(char)
    # Taking a joiner away may let letters meet that compose.
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def clean_text(text: str, limit: int = 200) -> str:
    """Return a text that people typed, cleaned as a name is; raises text.too_long above `limit` letters."""
    cleaned = clean_name(text)
    if len(cleaned) > limit:
        raise DomainError("text.too_long", max_length=limit)
    return cleaned


def search_key(text: str) -> str:
    """Return a text as it is compared in searches: cleaned and casefolded."""
    return unicodedata.normalize("NFC", clean_name(text).casefold())


def choseong(text: str) -> str:
    """Return the initial consonant of each syllable; other characters stay, in lower case."""
    letters = []
    for char in text:
        code = ord(char)
        if _BASE <= code <= _LAST:
            letters.append(_INITIALS[(code - _BASE) // 588])
        elif code in _CONJOINING:
            letters.append(_CONJOINING[code])
        else:
            letters.append(char.lower())
    return "".join(letters)


def single_consonants(text: str) -> str:
    """Return consonants taken apart (ㄲ to ㄱㄱ, ㄳ to ㄱㅅ), so that both ways of typing meet."""
    return text.translate(_CONJOINING).translate(_SINGLE_TABLE)


def is_choseong_query(text: str) -> bool:
    """Say whether a text is made of lone consonants (and spaces) only."""
    letters = [_CONJOINING.get(ord(char), char) for char in text if not char.isspace()]
    return bool(letters) and all(char in _CONSONANTS for char in letters)


def is_consonant(char: str) -> bool:
    """Say whether one character is a lone consonant."""
    return _CONJOINING.get(ord(char), char) in _CONSONANTS


_DOUBLES = {"ㄱ": "ㄲ", "ㄷ": "ㄸ", "ㅂ": "ㅃ", "ㅅ": "ㅆ", "ㅈ": "ㅉ"}


def consonant_class(char: str) -> str:
    """Return a regular expression for what a lone consonant may stand for, empty for other characters.

    A plain consonant stands for its double too, and a double for two syllables that begin plain.
    """
    if not is_consonant(char):
        return ""
    letter = _CONJOINING.get(ord(char), char)
    if letter in _INITIALS and letter not in _DOUBLES.values():
        return f"[{_syllables(letter)}{_syllables(_DOUBLES.get(letter, letter))}]"
    pair = "".join(consonant_class(part) for part in single_consonants(letter))
    return f"(?:[{_syllables(letter)}]|{pair})" if letter in _INITIALS else pair


def _syllables(initial: str) -> str:
    start = _BASE + _INITIALS.index(initial) * 588
    return f"{initial}{chr(start)}-{chr(start + 587)}"


def letters_of(char: str) -> str:
    """Return the letters (자모) of one syllable, or the character itself."""
    code = ord(char) - _BASE
    if not 0 <= code <= _LAST - _BASE:
        return char
    return (_INITIALS[code // 588] + _VOWELS[code % 588 // 28] + _FINALS[code % 28]).strip()


_UNIT = re.compile(r"[0-9]\s*(kg|g|mg|t|ml|l|cm|mm|km|m)$", re.IGNORECASE)
_UNIT_ENDS = {"kg": "ㅁ", "g": "ㅁ", "mg": "ㅁ", "t": "ㄴ"}  # the others end in 미터 or 리터
_DIGIT_ENDS = dict(zip("0123456789", ("ㅇ", "ㄹ", "", "ㅁ", "", "", "ㄱ", "ㄹ", "ㄹ", ""), strict=True))
_LETTER_ENDS = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}
_SIGN_ENDS = {"%": "", "㎏": "ㅁ", "ℓ": "", "㎖": "", "㎝": "", "℃": ""}


# A stop after one short vowel is written as a closing consonant (cup 컵, book 북), else not (cake 케이크).
_SHORT_END = re.compile(r"(?:^|[^aeiou])(?:[aeiou]|oo)[bckpt]$")


def _word_end(word: str) -> str:
    """Return the closing consonant of a foreign word as it is usually written in Korean, if any."""
    lowered = word.lower()
    if len(word) == 1 or word.isupper():
        return _LETTER_ENDS.get(lowered[-1], "")
    if lowered.endswith("ng"):
        return "ㅇ"
    if lowered[-1] in "lmn":
        return _LETTER_ENDS[lowered[-1]]
    return "ㄱ" if _SHORT_END.search(lowered) else ""


def _final_sound(word: str) -> str:
    """Return the consonant with which a word ends when read aloud, empty after a vowel."""
    composed = unicodedata.normalize("NFC", word)
    end = len(composed)
    while end and not (composed[end - 1].isalnum() or composed[end - 1] in _SIGN_ENDS):
        end -= 1
    text = composed[:end]
    if not text:
        return ""
    last = text[-1]
    if last in _SIGN_ENDS:
        return _SIGN_ENDS[last]
    if _BASE <= ord(last) <= _LAST:
        return _FINALS[(ord(last) - _BASE) % 28].strip()
    if last in _CONSONANTS:
        return "ㄹ" if last == "ㄹ" else "ㄱ"
    if last in _DIGIT_ENDS:
        return _DIGIT_ENDS[last]
    unit = _UNIT.search(text)
    if unit:
        return _UNIT_ENDS.get(unit.group(1).lower(), "")
    foreign = re.search(r"[A-Za-z]+$", text)
    return _word_end(foreign.group()) if foreign else ""


def josa(word: str, pair: str) -> str:
    """Return the particle that follows `word`, of a pair such as "을/를", "이/가", "으로/로".

    The first is for words that end in a consonant; ㄹ takes 로. Digits, units and Latin
    words are judged as they are read in Korean.
    """
    after_consonant, after_vowel = pair.split("/")
    sound = _final_sound(word)
    if not sound or (sound == "ㄹ" and after_consonant.startswith("으로")):
        return after_vowel
    return after_consonant


def with_josa(word: str, pair: str) -> str:
    """Return the word with its particle: 사과를, 참기름을."""
    return word + josa(word, pair)


_GROUPS = ("", "만", "억", "조", "경")
_DIGITS = ("", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구")
_PLACES = ("", "십", "백", "천")


def _groups(amount: int) -> list[tuple[int, str]]:
    """Return (value, name) of the groups of four digits that are not zero, highest first."""
    found: list[tuple[int, str]] = []
    for name in _GROUPS[:-1]:
        amount, value = divmod(amount, 10_000)
        if value:
            found.append((value, name))
    if amount:
        found.append((amount, _GROUPS[-1]))
    return found[::-1]


def read_won(amount_won: int) -> str:
    """Return an amount as it stands under a typed one: 10만 원, 1만 1,400원."""
    groups = _groups(abs(amount_won))
    if not groups:
        return "0원"
    text = " ".join(f"{value:,}{name}" for value, name in groups)
    sign = "-" if amount_won < 0 else ""
    return f"{sign}{text} 원" if groups[-1][1] else f"{sign}{text}원"


def _spoken_group(value: int, name: str, *, leading: bool) -> str:
    if name == "만" and value == 1 and leading:
        return name  # 만 원, not 일만 원
    if value > 9999:
        return f"{value:,}{name}"
    text = ""
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            text += _PLACES[place] if digit == 1 and place else _DIGITS[digit] + _PLACES[place]
    return text + name


def read_won_spoken(amount_won: int) -> str:
    """Return an amount in words, as it is said aloud: 삼만 팔천육백 원."""
    groups = _groups(abs(amount_won))
    if not groups:
        return "영 원"
    words = [_spoken_group(value, name, leading=index == 0) for index, (value, name) in enumerate(groups)]
    sign = "마이너스 " if amount_won < 0 else ""
    return f"{sign}{' '.join(words)} 원"


_KEYS = {
    **dict(zip("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "qwertyuiop", strict=True)),
    **dict(zip("ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "asdfghjkl", strict=True)),
    **dict(zip("ㅋㅌㅊㅍㅠㅜㅡ", "zxcvbnm", strict=True)),
    **dict(zip("ㅃㅉㄸㄲㅆㅒㅖ", "QWERTOP", strict=True)),
    "ㅘ": "hk", "ㅙ": "ho", "ㅚ": "hl", "ㅝ": "nj", "ㅞ": "np", "ㅟ": "nl", "ㅢ": "ml",
    "ㄳ": "rt", "ㄵ": "sw", "ㄶ": "sg", "ㄺ": "fr", "ㄻ": "fa", "ㄼ": "fq", "ㄽ": "ft",
    "ㄾ": "fx", "ㄿ": "fv", "ㅀ": "fg", "ㅄ": "qt",
}  # fmt: skip


def keys_from_jamo(text: str) -> str:
    """Return the keys pressed on a two-set (두벌식) keyboard for a Korean text: ㅁㅠ to ab."""
    pressed: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        pressed.extend(_KEYS.get(letter, letter) for letter in letters_of(char).translate(_CONJOINING))
    return "".join(pressed)
