"""Finds what is wrong with this till and says what to do."""

from dataclasses import asdict
from pathlib import Path

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, REFUSED, WORLD, give, give_json, say
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.services import support_bundle
from pos_app.services.doctor import BAD, Check, Doctor, bare_checks, worst


def run(context: Context) -> int:
    """Look at everything; exit 0 when all is well, 1 when something must be mended, 3 when it can't open."""
    wanted = getattr(context.args, "bundle", None)
    try:
        with context.house(acting=False) as house:
            checks = Doctor(house).checks()
            made = support_bundle.write(house, Path(wanted)) if wanted else None
        code = REFUSED if worst(checks) == BAD else DONE
    except EnvironmentFault as fault:
        checks = [
            *bare_checks(Home(context.home)),
            Check("store", tr("장부"), BAD, fault.title, fault.advice),
        ]
        code, made = WORLD, None
    if context.json:
        found = {"home": str(context.home), "checks": [asdict(check) for check in checks]}
        give_json(found | ({"bundle": str(made)} if made else {}))
        return code
    give(support_bundle.in_words(checks))
    if made:
        say(tr("점검 묶음을 만들었어요: {file}", file=made))
    return code
