"""Commands of bundles (꾸러미): list, add, remove, and what to make ready."""

from dataclasses import asdict
from decimal import Decimal, InvalidOperation

from pos_app.cli.context import Context
from pos_app.cli.orders import paper
from pos_app.cli.output import DONE, give, give_json, say
from pos_app.domain.errors import DomainError
from pos_app.i18n.formats import quantity_plain, won
from pos_app.i18n.texts import tr
from pos_app.services.bundles import BundleView, PartWish
from pos_app.services.house import House


def bundles(context: Context) -> int:
    """One of the steps with bundles."""
    with context.house(acting=context.args.step != "list") as house:
        return _STEPS[context.args.step](context, house)


def _list(context: Context, house: House) -> int:
    found = house.bundles.all()
    if context.json:
        give_json({"bundles": [asdict(each) for each in found]})
        return DONE
    if not found:
        say(tr("아직 꾸러미가 없어요."))
    for each in found:
        _tell(each)
    return DONE


def _tell(each: BundleView) -> None:
    if not each.active:
        made = tr("그만 팔아요")
    elif each.can_make is None:
        made = tr("재고를 세지 않았어요")
    else:
        made = tr("{count}개 만들 수 있어요", count=each.can_make)
    give(f"{each.name}  {won(each.price_won)}  {made}  {each.barcode}".rstrip())
    for part in each.parts:
        amount = f"{quantity_plain(part.quantity_milli)}{part.unit}"
        give(f"  {part.vendor}  {part.name}  {amount}  {won(part.share_won)}")


def _add(context: Context, house: House) -> int:
    args = context.args
    parts = [_part(house, text) for text in args.part]
    known = next((each.id for each in house.bundles.all() if each.name == args.name), "")
    code = None if args.barcode in (None, "new") else args.barcode
    bundle_id = house.bundles.save(
        args.name, args.price_won, parts, bundle_id=known, category=args.category, barcode=code
    )
    if args.barcode == "new":
        house.bundles.give_barcode(bundle_id)
    view = house.bundles.find(bundle_id)
    if context.json:
        give_json(asdict(view))
    else:
        _tell(view)
    return DONE


def _part(house: House, text: str) -> PartWish:
    code, _, rest = text.partition(":")
    amount, _, weight = rest.partition(":")
    product_id = house.labels.find_product(code)
    if weight and not (weight.isascii() and weight.isdecimal()):
        raise DomainError("bundle.weight", name=code)
    return PartWish(product_id, _milli(code, amount or "1"), int(weight) if weight else None)


def _milli(name: str, text: str) -> int:
    try:
        milli = Decimal(text) * 1000
        if milli != milli.to_integral_value() or not 0 < milli < 100_000_000:
            raise InvalidOperation
    except InvalidOperation:
        raise DomainError("bundle.quantity", name=name) from None
    return int(milli)


def _remove(context: Context, house: House) -> int:
    view = house.bundles.find(context.args.name)
    house.bundles.set_active(view.id, False)
    if context.json:
        give_json({"id": view.id, "active": False})
    else:
        say(tr("{name}: 이제 팔지 않아요. 판 것은 그대로 있어요.", name=view.name))
    return DONE


def _pick_list(context: Context, house: House) -> int:
    wanted = []
    for text in context.args.wanted:
        name, _, count = text.rpartition(":")
        if not name:
            name, count = text, "1"
        if not (count.isascii() and count.isdecimal()):
            raise DomainError("bundle.count", max_count=9_999)
        wanted.append((house.bundles.find(name).id, int(count[:9])))
    if context.json:
        give_json({"lines": [asdict(line) for line in house.bundles.pick_list(wanted)]})
        return DONE
    return paper(context, house, house.bundles.pick_list_paper(wanted))


_STEPS = {"list": _list, "add": _add, "remove": _remove, "pick-list": _pick_list}
