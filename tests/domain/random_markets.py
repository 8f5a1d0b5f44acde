"""Random markets for the settlement: vendors, days, classes, tenders, refunds, rules and fees."""

from random import Random

from pos_app.domain.commission import Applies, Band, Rule, Scope
from pos_app.domain.settlement import COOPERATIVE, VENDOR, Account, Goods, Taken, Terms

CLASSES = ("농산물", "가공품", "")
VENDOR_CLASSES = ("농가", "가공", "기업", "단체")
TENDERS = ("cash", "card", "transfer", "voucher:onnuri", "voucher", "credit")
FROM_ON, UNTIL_ON = "2026-11-01", "2026-11-28"


def random_terms(random: Random) -> Terms:
    """Rules by vendor class (one class often without any), with or without bands."""
    rules = []
    for vendor_class in VENDOR_CLASSES[: random.randint(1, 4)]:
        bands = [Band(0, random.choice((0, 50, 100, 130, 160)))]
        if random.random() < 0.5:
            bands.append(Band(random.randint(1, 3_000_000), random.choice((100, 120, 333))))
        applies = random.choice(list(Applies))
        rules.append(
            Rule(vendor_class, "2026-01-01", tuple(bands), vendor_class=vendor_class, applies=applies)
        )
    if random.random() < 0.5:
        rules.append(Rule("jam", "2026-01-01", (Band(0, 120),), vendor_class="농가", product_class="가공품"))
    fees = {tender: random.randint(0, 30) for tender in random.sample(TENDERS, 3)}
    return Terms(
        tuple(rules), fees, frozenset(random.sample(("voucher", "voucher:onnuri"), random.randint(0, 2)))
    )


def random_account(random: Random, number: int) -> Account:
    """A vendor with one to three days, in which refunds may outweigh sales."""
    goods: list[Goods] = []
    taken: list[Taken] = []
    for day in sorted(random.sample(range(1, 29), random.randint(1, 3))):
        on = f"2026-11-{day:02}"
        of_day = []
        for product_class in random.sample(CLASSES, random.randint(1, 3)):
            gross = random.choice((0, random.randint(0, 5_000), random.randint(0, 2_000_000)))
            refunds = random.choice((0, 0, random.randint(0, 300_000)))
            of_day.append(
                Goods(on, product_class, gross, gross // random.randint(2, 50), gross % 10, refunds)
            )
        goods += of_day
        left = sum(each.net_won for each in of_day)
        for tender in random.sample(TENDERS, random.randint(0, 4)):
            won = random.randint(-50_000, 500_000)
            taken.append(Taken(on, tender, random.choice((COOPERATIVE, COOPERATIVE, VENDOR)), won))
            left -= won
        if left:
            taken.append(Taken(on, "cash", COOPERATIVE, left))
    history = tuple((f"2026-10-{day:02}", random.randint(-100_000, 2_000_000)) for day in range(1, 4))
    scope = Scope("m1", "가치키움", random.choice(VENDOR_CLASSES))
    carried = random.choice((0, 0, -random.randint(1, 500_000)))
    return Account(
        f"v{number}", scope, tuple(goods), tuple(taken), history, carried, random.choice((0, 12_345))
    )


def random_market(seed: int) -> tuple[Terms, list[Account]]:
    """One market of one to eight vendors."""
    random = Random(seed)
    return random_terms(random), [random_account(random, n) for n in range(random.randint(1, 8))]
