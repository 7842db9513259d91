#!/usr/bin/env python3
"""Writes ../distribution.json: vectors of Specs/05, section 5.10.1 (shares), and of Specs/12, section 12.8 (tax).

Whole numbers and fractions only, no packages: python3 Specs/vectors/make/distribution.py
"""
import json
import os
import random
from fractions import Fraction as F

from bonds import CLASSES, ROUNDINGS, round_to

RANDOM = random.Random(20261125)
TOP = 2 ** 128 - 1


# --- Shares (5.10.1) -------------------------------------------------------------------------------------------------

def shares(total, weights):
    """By the definition: fractions, and one sorting of the holders by what the whole parts leave."""
    exact = [F(total * w, sum(weights)) for w in weights]
    result = [x.numerator // x.denominator for x in exact]
    order = sorted(range(len(weights)), key=lambda k: (result[k] - exact[k], k))
    for k in order[:total - sum(result)]:
        result[k] += 1
    assert sum(result) == total and all(abs(s - x) < 1 for s, x in zip(result, exact))
    return result


def holders(weights, per_account=1):
    """Holders in an order that is not theirs: they are paid by account index, then partition."""
    found = [{"account": k // per_account, "partition": (k % per_account) * 7, "units": str(w)}
             for k, w in enumerate(weights)]
    return found


def share_case(name, total, weights, per_account=1, shuffled=False):
    assert sum(weights) <= TOP and total <= TOP
    ordered = holders(weights, per_account)
    for h, share in zip(ordered, shares(total, [w for w in weights])):
        h["share"] = str(share)
    if shuffled:
        RANDOM.shuffle(ordered)
    return {"name": name, "total": str(total), "holders": ordered}


def parts(total, n):
    """n numbers above 0 that add up to the total."""
    cuts = sorted(RANDOM.sample(range(1, total), n - 1)) if total < 10 ** 6 else \
        sorted({RANDOM.randrange(1, total) for _ in range(n - 1)})
    return [b - a for a, b in zip([0, *cuts], [*cuts, total])]


def share_cases():
    yield share_case("ten over three equal holders", 10, [1, 1, 1])
    yield share_case("a hundred over 3, 3, 1", 100, [3, 3, 1])
    yield share_case("one holder takes all", TOP, [1])
    yield share_case("one holder of everything takes all", TOP, [TOP])
    yield share_case("one unit, everyone the same", 1, [5] * 9)
    yield share_case("one unit, the largest is last", 1, [1, 2, 3, 4])
    yield share_case("nothing", 0, [3, 3, 1])
    yield share_case("total smaller than the holders, equal remainders", 5, [1] * 12, 3, True)
    yield share_case("total smaller than the holders, unequal", 7, list(range(1, 20)))
    yield share_case("exact, no remainder anywhere", 600, [1, 2, 3])
    yield share_case("one less than the units", 99, [1] * 100, 4, True)
    yield share_case("one more than the units", 101, [1] * 100, 4, True)
    yield share_case("remainders equal in pairs", 11, [1, 3, 1, 3, 1, 3])
    yield share_case("a giant among dwarfs", 1000, [TOP - 9, *[1] * 9])
    yield share_case("a giant among dwarfs, all of it", TOP, [TOP - 9, *[1] * 9])
    yield share_case("the largest total over three equal holders", TOP, [1, 1, 1])
    yield share_case("the largest total over holders of all units", TOP, [TOP // 3] * 3)
    yield share_case("the largest total less one over 2, 3, 5", TOP - 1, [2, 3, 5])
    yield share_case("one unit over holders of all units", 1, [2 ** 127, 2 ** 127 - 1])
    yield share_case("two halves and an odd unit", TOP, [2 ** 127 - 1, 2 ** 127 - 1])
    yield share_case("products that need 256 bits", 2 ** 127 + 1, [2 ** 126 + 1, 2 ** 126 - 1, 2 ** 125, 3])
    yield share_case("partitions of one account", 5, [2, 2, 2, 2], 4, True)
    yield share_case("sixty-four bits and a little more", 2 ** 64, [2 ** 64 - 1, 2 ** 64, 2 ** 64 + 1])
    for number in range(40):
        bits = RANDOM.choice((3, 8, 20, 40, 64, 65, 100, 128))
        n = RANDOM.randint(2, 30)
        units = parts(RANDOM.randrange(n + 1, max(n + 2, 2 ** bits)), n)
        if chance := RANDOM.random() < 0.3:
            units = [RANDOM.choice(units[:3]) for _ in units]
        while sum(units) > TOP:
            units = [max(1, u // 2) for u in units]
        total = RANDOM.randrange(1, 2 ** RANDOM.choice((4, 16, 40, 64, 90, 128)))
        yield share_case(f"random {number + 1}" + (", few sizes" if chance else ""), total, units,
                         RANDOM.choice((1, 1, 2, 5)), RANDOM.random() < 0.5)


# --- Withholding (12.8) ----------------------------------------------------------------------------------------------

def text(x):
    return f"{x.numerator}/{x.denominator}"


def decimal(units):
    whole, part = divmod(units, 10 ** 12)
    return f"{whole}.{part:012d}".rstrip("0").rstrip(".")


def tax(gross, part, rate, rounding):
    return int(round_to(gross * part * rate, 0, rounding))


def tax_case(name, rates, rounding, payments):
    rows = []
    for gross, part, holder in payments:
        withheld = tax(gross, part, F(rates[CLASSES[holder]]), rounding)
        assert 0 <= withheld <= gross
        rows.append({"gross": str(gross), "taxedPart": text(part), "class": CLASSES[holder], "tax": str(withheld),
                     "net": str(gross - withheld)})
    sums = [str(sum(int(r[k]) for r in rows)) for k in ("gross", "tax", "net")]
    return {"name": name, "rates": rates, "rounding": rounding, "payments": rows, "sums": sums}


def tax_cases():
    ten = dict.fromkeys(CLASSES, "0.1") | {"state": "0"}
    for rounding in ROUNDINGS:
        edge = [(g, p, k) for g in (0, 1, 4, 5, 6, 14, 15, 16, 25, 35) for p in (F(1),) for k in (0, 1)]
        edge += [(g, p, 2) for g in (1, 2, 3, 9, 10, 11, 99) for p in (F(1, 3), F(1, 2), F(2, 3), F(0))]
        yield tax_case(f"ten percent, {rounding}", ten, rounding, edge)
    for rounding in ROUNDINGS:
        rates = {c: decimal(RANDOM.randint(0, 10 ** 12)) for c in CLASSES} | {"foreignEntity": "1", "state": "0"}
        found = []
        for _ in range(18):
            d = RANDOM.choice((1, 2, 7, 1000, RANDOM.randint(1, 10 ** 30)))
            part = F(RANDOM.randint(0, d), d)
            found.append((RANDOM.randrange(2 ** RANDOM.choice((4, 20, 40, 64, 100))), part, RANDOM.randrange(6)))
        yield tax_case(f"random rates, {rounding}", rates, rounding, found)
        yield tax_case(f"the largest amount, {rounding}", rates, rounding, [(TOP, F(TOP - 1, TOP), 4), (0, F(1), 4)])
    yield tax_case("the largest amount, all of it", ten | {"citizen": "1"}, "floor", [(TOP, F(1), 1)])
    yield tax_case("the largest amount, exempt", ten, "awayFromZero", [(TOP, F(1), 0)])
    shared = shares(1_234_567, [3, 3, 3, 1, 1, 7, 11, 13, 17])
    yield tax_case("a coupon, shared and taxed", ten | {"foreignPerson": "0.15"}, "halfUp",
                   [(s, F(1), k % 6) for k, s in enumerate(shared)])


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "distribution.json")
    content = {"description": "Vectors of Specs/05.10.1 and 12.8, written by make/distribution.py",
               "shares": list(share_cases()), "withholding": list(tax_cases())}
    lines = []
    for name, value in content.items():
        if isinstance(value, list):
            body = ",\n".join("  " + json.dumps(c, separators=(", ", ": ")) for c in value)
            lines.append(f' "{name}": [\n{body}\n ]')
        else:
            lines.append(f' "{name}": {json.dumps(value)}')
    with open(path, "w") as file:
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
