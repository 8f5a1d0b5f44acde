"""Korean complete, English complete: every text that the program says stands in the catalogue."""

import ast
import gettext
import re

import polib

from tests.i18n.catalogue import LOCALE, ROOT, calls, places, sources, texts


def english() -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(LOCALE / "en.po"))}


def test_every_text_has_its_english() -> None:
    known = english()
    missing = [f"{said_by[0]}: {text}" for text, said_by in texts().items() if not known.get(text)]
    assert not missing, f"{len(missing)} texts, run python -m tests.i18n.compile_catalogue\n" + "\n".join(
        missing
    )


def test_nothing_is_translated_that_nobody_says() -> None:
    assert sorted(set(english()) - set(texts())) == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with (LOCALE / "en.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    wrong = [text for text, shown in english().items() if shown and compiled.gettext(text) != shown]
    assert wrong == []


def test_both_languages_fill_the_same_places() -> None:
    wrong = [text for text, shown in english().items() if shown and places(text) != places(shown)]
    assert wrong == []


def test_english_holds_no_korean_but_words_to_type() -> None:
    wrong = []
    for text, shown in english().items():
        words = re.findall("[\uac00-\ud7a3]+", shown)
        if any(word not in text for word in words) or (words and shown == text):
            wrong.append(shown)
    assert wrong == []


def variable_texts(module: ast.Module) -> list[int]:
    """Lines where tr or mark gets something else than a plain text or a marked name."""
    wrong = []
    for call in calls(module):
        first = call.args[0] if call.args else None
        plain = isinstance(first, ast.Constant) and isinstance(first.value, str)
        built = isinstance(first, ast.JoinedStr | ast.BinOp) or len(call.args) != 1
        if built or (getattr(call.func, "id", "") == "mark" and not plain):
            wrong.append(call.lineno)
    return wrong


def test_texts_are_never_glued_together() -> None:
    found = {path: variable_texts(ast.parse(path.read_text(encoding="utf-8"))) for path in sources()}
    wrong = [f"{path.relative_to(ROOT)}:{line}" for path, lines in found.items() for line in lines]
    assert wrong == []


def test_places_are_filled_by_name() -> None:
    wrong = []
    for path in sources():
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            first = call.args[0] if call.args else None
            if not isinstance(first, ast.Constant) or getattr(call.func, "id", "") != "tr":
                continue
            given = {keyword.arg for keyword in call.keywords}
            if None not in given and places(str(first.value)) != given:
                wrong.append(f"{path.relative_to(ROOT)}:{call.lineno} {first.value}")
    assert wrong == []


def test_a_glued_text_is_noticed() -> None:
    assert variable_texts(ast.parse("tr(f'{x}개')\ntr('가' + x)\nmark(x)\ntr('가')")) == [1, 2, 3]
