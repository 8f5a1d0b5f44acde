"""Finding the vendor that a product row means: by code, by name, by a slightly different spelling."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

from pos_app.domain.hangul import clean_name
from pos_app.i18n.texts import tr
from pos_app.importing.rows import VendorRow

_LEGAL_FORMS = re.compile(
    r"\((?:주|유|사|재|농|합|복)\)|주식회사|유한회사|유한책임회사|사단법인|재단법인|사회복지법인"
)
_NOT_LETTERS = re.compile(r"[^0-9a-z가-힣ㄱ-ㅎ一-龥]")


def loose(name: str) -> str:
    """A name without spaces, marks and legal forms, for comparing spellings."""
    folded = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    return _NOT_LETTERS.sub("", _LEGAL_FORMS.sub("", folded)) or folded


def _outside(name: str) -> str:
    """A name without what stands in parentheses behind it: "해남땅끝 공방(김서은)"."""
    return re.sub(r"(?<=.)[(（\[].*", "", name).strip() or name


class Missing(Exception):
    """No single vendor fits; `reason` is the sentence for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Directory:
    """The vendors of a workbook; `bad` are names and codes of rows that could not be taken, with cells."""

    def __init__(self, vendors: Iterable[VendorRow], bad: dict[str, str]) -> None:
        self._by_code: dict[str, VendorRow] = {}
        self._by_name: dict[str, list[VendorRow]] = {}
        self._by_loose: dict[str, list[VendorRow]] = {}
        self._bad = {clean_name(name): cell for name, cell in bad.items()}
        for vendor in vendors:
            if vendor.code:
                self._by_code.setdefault(vendor.code, vendor)
            self._by_name.setdefault(vendor.name, []).append(vendor)
            for spelling in {loose(vendor.name), loose(_outside(vendor.name))}:
                self._by_loose.setdefault(spelling, []).append(vendor)

    def find(self, name: str, code: str) -> VendorRow:
        """The vendor meant by a name and a code, either of them may be ""; raises Missing."""
        if not name and not code:
            raise Missing(tr("업체가 비어 있어요."))
        if code in self._by_code:
            vendor = self._by_code[code]
            if name and loose(name) != loose(vendor.name) and name != code:
                raise Missing(
                    tr(
                        "업체코드 {code}의 업체는 '{known}'인데 '{name}'로 적혀 있어요.",
                        code=code,
                        known=vendor.name,
                        name=name,
                    )
                )
            return vendor
        if not name:
            raise Missing(self._unknown(code))
        spellings = (loose(name), loose(_outside(name)))
        for index in (self._by_name.get(name, []), *(self._by_loose.get(each, []) for each in spellings)):
            if len(index) == 1:
                return index[0]
            if len(index) > 1:
                raise Missing(tr("이름이 '{name}'인 업체가 여럿이에요. 업체코드를 적어 주세요.", name=name))
        if name in self._by_code:
            return self._by_code[name]
        meant = self._code_and_name(name)
        if meant is not None:
            return meant
        raise Missing(self._unknown(name))

    def _code_and_name(self, text: str) -> VendorRow | None:
        """ "V01 해남땅끝 공방", "해남땅끝 공방(V01)": both must mean the same vendor."""
        for word in re.split(r"[\s()\[\].:/-]+", text):
            meant = self._by_code.get(word)
            if meant is not None and loose(text.replace(word, "", 1)) in ("", loose(meant.name)):
                return meant
        return None

    def knows(self, name: str) -> str:
        """The listed spelling of a vendor's name, "" for a stranger."""
        try:
            return self.find(clean_name(name), "").name
        except Missing:
            return ""

    def _unknown(self, name: str) -> str:
        if name in self._bad:
            return tr("업체 '{name}'의 줄({cell})을 먼저 고쳐 주세요.", name=name, cell=self._bad[name])
        near = (
            difflib.get_close_matches(name, list(self._by_name), n=1, cutoff=0.6) if len(name) <= 60 else []
        )
        if near:
            return tr("업체 명단에 '{name}'이 없어요. '{near}'을 뜻했나요?", name=name, near=near[0])
        return tr("업체 명단에 '{name}'이 없어요.", name=name)
