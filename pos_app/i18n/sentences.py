"""What went wrong, in one plain sentence."""

from datetime import datetime

from pos_app.domain.errors import DomainError
from pos_app.domain.market_day import KOREA
from pos_app.domain.operators import LOCK_AFTER
from pos_app.i18n.formats import quantity_plain, won
from pos_app.i18n.refusals import ACTIONS, REFUSALS, ROLES
from pos_app.i18n.texts import tr


def sentence(refusal: DomainError) -> str:
    """The sentence for a rule that said no; a code without one still says that nothing was done."""
    words = REFUSALS.get(refusal.code)
    if words is None:
        return tr("할 수 없는 일이에요 ({code}). 바뀐 것은 없어요.", code=refusal.code)
    shown = {name: _shown(name, value) for name, value in refusal.params.items()}
    if "failures" in refusal.params:
        shown["left"] = str(max(1, LOCK_AFTER - int(str(refusal.params["failures"]))))
    try:
        words.format(**shown)
    except (KeyError, IndexError):  # a place that the rule did not fill: better a bare sentence than none
        return tr("할 수 없는 일이에요 ({code}). 바뀐 것은 없어요.", code=refusal.code)
    return tr(words, **shown)


def _shown(name: str, value: object) -> str:
    if isinstance(value, int) and name.endswith("_won"):
        return won(value)
    if isinstance(value, int) and name.endswith("_milli"):
        return quantity_plain(value)
    if isinstance(value, int) and name.endswith("_permille"):
        whole, tenth = divmod(value, 10)
        return f"{whole}.{tenth}%" if tenth else f"{whole}%"
    if name == "action":
        return tr(ACTIONS.get(str(value), str(value)))
    if name == "role":
        return tr(ROLES.get(str(value), str(value)))
    if name == "until":
        return datetime.fromisoformat(str(value)).astimezone(KOREA).strftime("%H:%M:%S")
    return str(value)
