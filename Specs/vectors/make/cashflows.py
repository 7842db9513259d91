#!/usr/bin/env python3
"""Writes ../cashflows.json: contracts of the ten types in the form of Specs/10.11, with their cash flows.

Whole numbers and fractions only, no packages: python3 Specs/vectors/make/cashflows.py
With --check FILE... it compares the results in files of that form with its own instead, at 1e-9 * max(1, |x|).
"""
import datetime
import json
import os
import random
import sys
from fractions import Fraction as F

from cashflow_engine import AMORTISING, DAY, DAY_COUNTS, Contract, time, written
from conventions import add_months, end_of_month

RANDOM = random.Random(20261010)
EVENT_COUNT_MAX = 24
COUNTS = {"PAM": 34, "LAM": 34, "NAM": 26, "ANN": 34, "LAX": 24, "CLM": 18, "UMP": 12, "CSH": 3, "STK": 10, "COM": 5}


# --- Random terms ----------------------------------------------------------------------------------------------------

def chance(p):
    return RANDOM.random() < p


def some_day(low, high):
    """A day between two, the traps among them more often than chance would have it."""
    d = low + RANDOM.randrange((high - low).days) * DAY
    if chance(0.3):
        d = end_of_month(d)
    elif chance(0.15):
        d = d.replace(month=RANDOM.choice((1, 12)), day=RANDOM.choice((1, 30, 31)))
    elif chance(0.15):
        d = d.replace(day=RANDOM.choice((1, 28)))
    return min(max(d, low), high)


def clock(d, odd=0.1):
    if chance(odd):
        return f"{d}T{RANDOM.choice(('23:59:59', '12:00:00', '09:30:15'))}"
    return f"{d}T{RANDOM.choice(('00:00:00', '00:00'))}" if chance(0.8) else str(d)


def decimal(low, high, places):
    text = f"{RANDOM.randint(low, high):0{places + 2}d}" if low >= 0 else str(RANDOM.randint(low, high))
    sign, digits = ("-", text[1:]) if text[0] == "-" else ("", text)
    digits = digits.zfill(places + 1)
    return f"{sign}{digits[:-places].lstrip('0') or '0'}.{digits[-places:]}" if places else sign + digits.lstrip("0")


def rate():
    return decimal(-50, 1500, 4) if chance(0.9) else decimal(1, 10 ** 12, 12)


def cycle(months=True):
    if months or chance(0.7):
        text = RANDOM.choice(("P1M", "P2M", "P3M", "P1Q", "P4M", "P5M", "P6M", "P1H", "P1Y"))
    else:
        text = RANDOM.choice(("P30D", "P45D", "P91D", "P2W", "P5W", "P13W"))
    return f"{text}L{RANDOM.choice('01')}"


def series(first, value):
    points, d = [], first
    while d.year < 2036:
        points.append({"timestamp": f"{d}T00:00:00", "value": value()})
        d += RANDOM.choice((17, 31, 90, 181)) * DAY
    return points


class Draft:
    """A case that is being drawn."""

    def __init__(self, kind):
        self.kind = kind
        self.ied = some_day(datetime.date(2019, 1, 1), datetime.date(2026, 12, 31))
        self.end = some_day(self.ied + 200 * DAY, self.ied + 900 * DAY)
        self.status = self.ied - RANDOM.choice((1, 2, 30)) * DAY
        self.data, self.seen, self.to = {}, [], ""
        self.t = {"contractType": kind, "contractRole": RANDOM.choice(("RPA", "RPL")),
                  "currency": RANDOM.choice(("LAK", "THB", "USD"))}

    def within(self, low=1):
        return some_day(self.ied + low * DAY, self.end - DAY)

    def put(self, name, value, p=1.0):
        if chance(p):
            self.t[name] = value

    def dates(self):
        self.put("calendar", RANDOM.choice(("MF", "MF", "NC")), 0.8)
        self.put("businessDayConvention", RANDOM.choice(
            ("SCF", "SCMF", "CSF", "CSMF", "SCP", "SCMP", "CSP", "CSMP", "NOS", "NULL")), 0.8)
        self.put("endOfMonthConvention", RANDOM.choice(("EOM", "EOM", "SD")), 0.8)

    def recurring(self, name, months=True, anchored=0.7):
        """An anchor, a cycle or both."""
        if chance(anchored):
            late = self.ied + RANDOM.choice((20, 100, 200)) * DAY
            self.t["cycleAnchorDateOf" + name] = clock(some_day(self.ied, late), 0.03)
            if chance(0.08):
                return
        self.t["cycleOf" + name] = cycle(months)

    def principal(self):
        t = self.t
        t["notionalPrincipal"] = RANDOM.choice((
            decimal(1000, 9999999, 0), decimal(100000, 99999999, 2), decimal(10 ** 14, 10 ** 16, 0), "  5000"))
        t["initialExchangeDate"] = clock(self.ied, 0.03)
        self.put("premiumDiscountAtIED", decimal(-5000, 5000, 2), 0.3)
        t["dayCountConvention"] = RANDOM.choice(list(DAY_COUNTS))
        self.put("nominalInterestRate", rate(), 0.95)

    def seasoned(self):
        """The status date in the life of the contract."""
        if chance(0.25):
            self.status = some_day(self.ied + DAY, self.ied + (self.end - self.ied) // 2)
            self.put("accruedInterest", decimal(0, 99999, 2), 0.5)
            if RANDOM.random() < 0.5:
                self.put("feeAccrued", decimal(0, 9999, 2))
        else:
            self.put("accruedInterest", decimal(0, 9999, 2), 0.08)

    def resets(self):
        if chance(0.55):
            return
        self.recurring("RateReset")
        self.t["marketObjectCodeOfRateReset"] = "LAK.REF"
        self.data["LAK.REF"] = series(datetime.date(2018, 1, 1), rate)
        self.put("rateSpread", decimal(-300, 300, 4), 0.6)
        self.put("rateMultiplier", decimal(5, 20, 1), 0.4)
        self.put("nextResetRate", decimal(0, 1000, 4), 0.3)
        if chance(0.3):
            self.t |= {"lifeCap": decimal(800, 1400, 4), "lifeFloor": decimal(0, 300, 4)}
        if chance(0.3):
            self.t |= {"periodCap": decimal(10, 300, 4), "periodFloor": decimal(-300, -10, 4)}

    def scaling(self):
        if chance(0.8):
            return
        self.recurring("ScalingIndex")
        self.t |= {"scalingEffect": RANDOM.choice(("IOO", "ONO", "INO", "I00", "0N0")),
                   "marketObjectCodeOfScalingIndex": "CPI", "scalingIndexAtContractDealDate": decimal(9000, 13000, 2)}
        self.data["CPI"] = series(datetime.date(2018, 1, 1), lambda: decimal(9000, 15000, 2))

    def fees(self):
        if chance(0.75):
            return
        self.recurring("Fee")
        basis = RANDOM.choice("AN")
        self.t |= {"feeBasis": basis, "feeRate": decimal(1, 200, 4) if basis == "N" else decimal(100, 99999, 2)}

    def prepayments(self):
        if chance(0.75):
            return
        low = max(self.ied, self.status)
        for d in sorted({some_day(low + DAY, self.end) for _ in range(RANDOM.choice((1, 2)))}):
            self.seen.append({"time": clock(d), "type": "PP", "value": decimal(100, 99999, 2)})
        way = RANDOM.choice(("A", "N", "I", None, "O"))
        if way == "I" and "LAK.REF" not in self.data:
            way = "N"
        if way:
            self.t["penaltyType"] = way
            if way in "AN":
                self.t["penaltyRate"] = decimal(1, 300, 4) if way == "N" else decimal(100, 9999, 2)

    def deals(self, p=0.2):
        bought = None
        if chance(p):
            bought = self.within()
            self.t |= {"purchaseDate": clock(bought), "priceAtPurchaseDate": decimal(1000, 999999, 2)}
        if chance(p):
            sold = some_day((bought or self.ied) + 2 * DAY, max(self.end, (bought or self.ied) + 5 * DAY))
            self.t |= {"terminationDate": clock(sold), "priceAtTerminationDate": decimal(1000, 999999, 2)}
        if chance(0.1):
            self.seen += [{"time": clock(self.within()), "type": RANDOM.choice(("CE", "AD", "AD")), "value": 0}]

    def capitalised(self):
        self.put("capitalizationEndDate", clock(self.within(20), 0.05), 0.2)

    def horizon(self, p=0.15):
        if chance(p):
            self.to = clock(self.within(60))

    def case(self, name):
        self.t["statusDate"] = clock(self.status, 0.03)
        observed = {k: {"identifier": k, "data": v} for k, v in self.data.items()}
        return {"identifier": name, "terms": self.t, "to": self.to, "dataObserved": observed,
                "eventsObserved": self.seen}


# --- The ten types ---------------------------------------------------------------------------------------------------

def bullet(d):
    d.principal()
    if chance(0.9):
        d.recurring("InterestPayment", months=False)
    d.t["maturityDate"] = clock(d.end)


def redemption(d):
    """Redemptions that pay off in time, or a maturity that ends them, or both."""
    d.principal()
    d.recurring("InterestPayment", months=False)
    d.t["cycleOfPrincipalRedemption"] = cycle(months=chance(0.85))
    d.put("cycleAnchorDateOfPrincipalRedemption", clock(some_day(d.ied, d.ied + 150 * DAY), 0.03), 0.7)
    part = F(d.t["notionalPrincipal"].strip()) / RANDOM.randint(4, 16)
    amount = str(int(part) + RANDOM.choice((0, 1, 7)))
    if d.kind == "NAM" or chance(0.5):
        d.t["nextPrincipalRedemptionPayment"] = amount
    if d.kind != "LAM":
        d.t["nominalInterestRate"] = decimal(10, 1200, 4)
    derived = "nextPrincipalRedemptionPayment" in d.t and chance(0.45)
    if not derived:
        d.t["maturityDate"] = clock(d.end)
    if d.kind == "ANN" and not derived and chance(0.4):
        last = d.end if chance(0.5) else d.end + RANDOM.randint(20, 300) * DAY
        d.t["amortizationDate"] = clock(last, 0.03)
        if chance(0.5):
            del d.t["maturityDate"]
            d.end = last
    if chance(0.3):
        d.t["interestCalculationBase"] = RANDOM.choice(("NT", "NTIED", "NTL"))
        d.put("interestCalculationBaseAmount", decimal(1000, 999999, 0), 0.7)
        if d.t["interestCalculationBase"] == "NTL":
            d.recurring("InterestCalculationBase", anchored=1)
            d.t.setdefault("cycleOfInterestCalculationBase", cycle())


def steps(d):
    d.principal()
    d.t["nominalInterestRate"] = decimal(10, 1200, 4)

    def anchors(n):
        found = sorted({some_day(d.ied + DAY, d.end - 30 * DAY) for _ in range(n)})
        return [clock(a, 0) for a in found]

    a = anchors(RANDOM.choice((1, 2, 3)))
    notional = F(d.t["notionalPrincipal"].strip())
    d.t["arrayCycleAnchorDateOfPrincipalRedemption"] = a if len(a) > 1 or chance(0.5) else a[0]
    ways = [RANDOM.choice(("DEC", "DEC", "INC")) for _ in a]
    endless = chance(0.35)
    if endless:
        ways[-1] = "DEC"
    if endless or chance(0.9):
        cycles = [cycle() for _ in a]
        d.t["arrayCycleOfPrincipalRedemption"] = cycles[0] if chance(0.4) else cycles
    d.t["arrayNextPrincipalRedemptionPayment"] = [str(int(notional / RANDOM.randint(4, 12)) + 1) for _ in a]
    d.t["arrayIncreaseDecrease"] = ways
    if not endless:
        d.t["maturityDate"] = clock(d.end)
    if chance(0.2):
        d.t |= {"interestCalculationBase": "NTIED", "interestCalculationBaseAmount": decimal(1000, 999999, 0)}
    i = anchors(RANDOM.choice((1, 2)))
    d.t["arrayCycleAnchorDateOfInterestPayment"] = i
    d.t["arrayCycleOfInterestPayment"] = cycle() if chance(0.5) else [cycle() for _ in i]
    if chance(0.5):
        r = anchors(RANDOM.choice((1, 2, 3)))
        d.t["arrayCycleAnchorDateOfRateReset"] = r
        if chance(0.5):
            d.t["arrayCycleOfRateReset"] = [cycle() for _ in r]
        d.t["arrayFixedVariable"] = [RANDOM.choice(("FIX", "VAR", "F", "V")) for _ in r]
        d.t["arrayRate"] = [decimal(10, 900, 4) for _ in r]
        d.t["marketObjectCodeOfRateReset"] = "LAK.REF"
        d.data["LAK.REF"] = series(datetime.date(2018, 1, 1), rate)
        if chance(0.4):
            d.t |= {"lifeCap": decimal(800, 1400, 4), "periodFloor": decimal(-300, -10, 4)}


def call(d):
    d.principal()
    d.recurring("InterestPayment", months=False)
    d.to = clock(d.end + 200 * DAY)
    if chance(0.3):
        d.t["maturityDate"] = clock(d.end)
    else:
        d.t["xDayNotice"] = RANDOM.choice(("P0D", "P10D", "P2W", "P1M", "P31D"))
        if chance(0.85):
            d.seen.append({"time": clock(some_day(max(d.ied, d.status) + 40 * DAY, d.end)), "type": "XD", "value": 0})


def draw(kind, name):
    d = Draft(kind)
    d.dates()
    if kind == "PAM":
        bullet(d)
    elif kind in AMORTISING:
        redemption(d)
    elif kind == "LAX":
        steps(d)
    elif kind == "CLM":
        call(d)
    elif kind == "UMP":
        d.principal()
        d.recurring("InterestPayment", months=False)
        d.to = clock(d.end)
    elif kind == "CSH":
        d.t["notionalPrincipal"] = decimal(1000, 9999999, 2)
        d.seen = [{"time": clock(d.within()), "type": "AD", "value": 0} for _ in range(3)]
        d.to = clock(d.end)
    else:
        d.to = clock(d.end)
        if kind == "COM":
            d.put("quantity", decimal(1, 900, 1), 0.8)
        elif chance(0.9):
            d.t["cycleAnchorDateOfDividendPayment"] = clock(d.within(), 0)
            d.t["cycleOfDividendPayment"] = cycle()
            d.t["marketObjectCodeOfDividends"] = "RENT"
            d.data["RENT"] = series(datetime.date(2018, 1, 1), lambda: decimal(100, 99999, 2))
    if kind in ("PAM", "LAM", "NAM", "ANN", "LAX", "CLM", "UMP"):
        d.seasoned()
        if kind != "LAX":
            d.resets()
        d.scaling()
        d.fees()
        d.prepayments()
        if kind not in ("CLM", "UMP"):
            d.capitalised()
            d.horizon()
    if kind != "CSH":
        d.deals(0.2 if kind not in ("STK", "COM") else 0.8)
    return d.case(name)


# --- Traps that chance rarely finds ----------------------------------------------------------------------------------

QUARTERLY = {
    "contractType": "PAM", "contractRole": "RPL", "currency": "LAK", "statusDate": "2025-12-31",
    "initialExchangeDate": "2026-01-01", "maturityDate": "2027-01-01", "notionalPrincipal": "1200",
    "nominalInterestRate": "0.1", "dayCountConvention": "30E360", "cycleAnchorDateOfInterestPayment": "2026-04-01",
    "cycleOfInterestPayment": "P3ML1",
}
MONTHLY = QUARTERLY | {
    "contractType": "ANN", "cycleAnchorDateOfPrincipalRedemption": "2026-01-28", "cycleOfPrincipalRedemption": "P1ML1",
    "maturityDate": "2027-03-01", "dayCountConvention": "A365", "calendar": "MF", "businessDayConvention": "SCF",
}


def traps():
    yield "status on a date of interest", QUARTERLY | {"statusDate": "2026-07-01"}
    yield "status between a Sunday of interest and its payment", QUARTERLY | {
        "cycleAnchorDateOfInterestPayment": "2026-02-01", "statusDate": "2026-02-01", "calendar": "MF",
        "businessDayConvention": "CSF", "accruedInterest": "10"}
    yield "status after a payment before its Sunday", QUARTERLY | {
        "cycleAnchorDateOfInterestPayment": "2026-02-01", "statusDate": "2026-01-31", "calendar": "MF",
        "businessDayConvention": "CSP"}
    yield "status after the end of capitalisation", QUARTERLY | {
        "capitalizationEndDate": "2026-05-18", "statusDate": "2026-06-08"}
    yield "terminated before the status", QUARTERLY | {
        "terminationDate": "2026-05-18", "priceAtTerminationDate": "1", "statusDate": "2026-06-08"}
    yield "bought before the status", QUARTERLY | {
        "purchaseDate": "2026-05-18", "priceAtPurchaseDate": "1", "statusDate": "2026-06-08"}
    yield "maturity at the end of February with a fee before interest", QUARTERLY | {
        "maturityDate": "2027-02-28", "dayCountConvention": "30E360ISDA", "feeBasis": "N", "feeRate": "0.01"}
    yield "maturity at the end of a day", QUARTERLY | {"maturityDate": "2026-12-31T23:59:59"}
    yield "level payment, last redemption shifted to the maturity", MONTHLY
    yield "level payment, last redemption shifted beyond a Sunday of maturity", MONTHLY | {"maturityDate": "2026-03-01"}
    yield "level payment, first redemption at the exchange", MONTHLY | {
        "cycleAnchorDateOfPrincipalRedemption": "2026-01-01", "businessDayConvention": "CSMP"}
    yield "level payment, month ends, long stub", MONTHLY | {
        "cycleAnchorDateOfPrincipalRedemption": "2026-02-28", "cycleOfPrincipalRedemption": "P1ML0",
        "endOfMonthConvention": "EOM", "maturityDate": "2027-01-15"}
    yield "redemptions of the same amount, last one of the rest", MONTHLY | {
        "contractType": "LAM", "nextPrincipalRedemptionPayment": "100.01", "maturityDate": ""}


def trap_cases():
    for number, (name, terms) in enumerate(traps()):
        yield {"identifier": f"trap-{number + 1:02} {name}", "terms": terms, "to": "", "dataObserved": {},
               "eventsObserved": []}
    call = QUARTERLY | {"contractType": "CLM", "maturityDate": "", "xDayNotice": "P1M", "purchaseDate": "2026-03-20",
                        "priceAtPurchaseDate": "1190", "cycleOfInterestPayment": "",
                        "cycleAnchorDateOfInterestPayment": ""}
    yield {"identifier": "trap-14 call loan bought after the notice", "terms": call, "to": "", "dataObserved": {},
           "eventsObserved": [{"time": "2026-03-01", "type": "XD", "value": 0}]}


# --- Results ---------------------------------------------------------------------------------------------------------

def decimal_text(x):
    """Half even at twelve decimals."""
    n = round(x * 10 ** 12)
    sign, digits = "-" if n < 0 else "", str(abs(n)).zfill(13)
    return f"{sign}{digits[:-12]}.{digits[-12:]}".rstrip("0").rstrip(".")


def results(case, quirks):
    rows = []
    for when, kind, *numbers in Contract(case, quirks).flows():
        pay, notional, nominal, accrued = map(decimal_text, numbers)
        rows.append({"eventDate": written(when), "eventType": kind, "payoff": pay,
                     "currency": case["terms"]["currency"].strip(), "notionalPrincipal": notional,
                     "nominalInterestRate": nominal, "accruedInterest": accrued})
    return rows


def is_sound(case):
    """Whether the terms hold together as 10.2 asks, as far as these drafts can break it."""
    t, contract = case["terms"], Contract(case)
    if contract.maturity and contract.maturity.raw <= (contract.ied or contract.status):
        return False
    if "capitalizationEndDate" in t and contract.maturity and time(t["capitalizationEndDate"]) > contract.maturity.raw:
        return False
    ends = [time(t[k]) for k in ("maturityDate", "amortizationDate", "capitalizationEndDate") if k in t]
    return not contract.ied or all(e > contract.ied for e in ends)


def without_idle(points, first, last):
    """The points that a date from the first to the last, or a month before, can ask for."""
    low = str(time(first)[0] - 40 * DAY)
    start = max([k for k, p in enumerate(points) if p["timestamp"] <= low], default=0)
    return [p for p in points[start:] if p["timestamp"] <= last]


def calculate(case):
    case["results"] = results(case, True)
    product = results(case, False)
    if product != case["results"]:
        case["productResults"] = product


def cases():
    for kind, count in COUNTS.items():
        k = 0
        while k < count:
            case = draw(kind, f"{kind.lower()}-{k + 1:02}")
            try:
                if not is_sound(case):
                    continue
                calculate(case)
            except (ValueError, OverflowError):
                continue
            if not 1 <= len(case["results"]) <= EVENT_COUNT_MAX:
                continue
            last = max(r["eventDate"] for r in case["results"])
            for observed in case["dataObserved"].values():
                observed["data"] = without_idle(observed["data"], case["terms"]["statusDate"], last)
            k += 1
            yield case
    for case in trap_cases():
        calculate(case)
        yield case


# --- Comparison ------------------------------------------------------------------------------------------------------

def difference(case):
    flows, expected = Contract(case, True).flows(), case["results"]
    if len(flows) != len(expected):
        return f"{len(expected)} events are expected, there are {len(flows)}"
    for row, (when, kind, *numbers) in zip(expected, flows):
        if time(row["eventDate"]) != when or row["eventType"] != kind:
            return f"{row['eventDate']} {row['eventType']} is expected, there is {written(when)} {kind}"
        names = ("payoff", "notionalPrincipal", "nominalInterestRate", "accruedInterest")
        for name, number in zip(names, numbers):
            wanted = F(str(row[name]).strip())
            if abs(wanted - number) > F(1, 10 ** 9) * max(1, abs(wanted)):
                return f"{written(when)} {kind}: {name} is {decimal_text(number)}, {row[name]} is expected"
    return None


def check(paths):
    count = failed = 0
    for path in paths:
        with open(path) as file:
            content = json.load(file, parse_float=str, parse_int=str)
        for name, case in content.items():
            count += 1
            found = difference(case)
            if found:
                failed += 1
                print(f"{name}: {found}")
    print(f"{count - failed} of {count} cases are as expected")
    return failed == 0


def main():
    if sys.argv[1:2] == ["--check"]:
        folder = os.path.join(os.environ.get("TOKENIZE_CONFORMANCE", ""), "actus")
        paths = sys.argv[2:] or sorted(os.path.join(folder, n) for n in os.listdir(folder) if n.endswith(".json"))
        sys.exit(0 if check(paths) else 1)
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cashflows.json")
    lines = [f" {json.dumps(c['identifier'])}: {json.dumps(c, separators=(',', ':'))}" for c in cases()]
    with open(path, "w") as file:
        file.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
