#!/usr/bin/env python3
"""Writes ../bonds.json: vectors of Specs/12, by an implementation of its own.

Whole numbers and fractions only, no packages: python3 Specs/vectors/make/bonds.py
"""
import json
import os
import random
from fractions import Fraction as F

from conventions import (CONVENTIONS, DAY, EVERY_DAY, SAMPLE, Calendar, add_months, cbor_head, date, day_count, end_of_month,
                         month_length, schedule)

NAMES = {"LAK": bytes([1]) * 32, "Treasury": bytes([2]) * 32, "Statistics Bureau": bytes([3]) * 32}
DAY_COUNTS = {"Act/360": ("actual360", 1), "Act/365F": ("actual365Fixed", 2), "Act/Act ISDA": ("actualActualISDA", 3),
              "Act/Act ICMA": ("actualActualICMA", 4), "30/360 US": ("thirty360US", 5), "30/360": ("thirty360BondBasis", 6),
              "30E/360": ("thirtyE360", 7), "30E/360 ISDA": ("thirtyE360ISDA", 8), "28E/336": ("twentyEightE336", 9),
              "Bus/252": ("business252", 10)}
ROUNDINGS = ["towardZero", "awayFromZero", "floor", "ceiling", "halfEven", "halfUp", "halfDown"]
CLASSES = ["state", "citizen", "domesticEntity", "foreignPerson", "foreignEntity", "financialInstitution"]
INCOME = {"coupon": 1, "capitalised": 2, "indexation": 4, "premium": 8}


# --- Encoding (12.3) -------------------------------------------------------------------------------------------------

def cbor(value):
    if hasattr(value, "toordinal"):
        value = (value - date("1970-01-01")).days
    if isinstance(value, bool):
        return bytes([0xF5 if value else 0xF4])
    if isinstance(value, int):
        return cbor_head(0, value) if value >= 0 else cbor_head(1, -1 - value)
    if isinstance(value, bytes):
        return cbor_head(2, len(value)) + value
    if isinstance(value, str):
        data = value.encode()
        return cbor_head(3, len(data)) + data
    return cbor_head(4, len(value)) + b"".join(map(cbor, value))


def units(text):
    number = F(text) * 10 ** 12
    assert number.denominator == 1
    return int(number)


def some(value):
    return [] if value is None else [value]


def day(text):
    return None if text is None else date(text)


def offset(o):
    if "businessDays" in o:
        return [1, o["businessDays"]]
    return [2, o["calendarDays"], CONVENTIONS.index(o["convention"])]


def rounding(name):
    return ROUNDINGS.index(name) + 1


def interest_form(i):
    if i["kind"] == "none":
        return [0]
    if i["kind"] == "fixed":
        return [1, units(i["rate"])]
    if i["kind"] == "stepped":
        return [2, [[date(s["start"]), units(s["rate"])] for s in i["steps"]]]
    fallbacks = [[1, f["other"], units(f["spread"])] if "other" in f else [2, f["previousWithinDays"]]
                 if "previousWithinDays" in f else [3, units(f["rate"])] for f in i["fallbacks"]]
    return [3, [i["reference"], NAMES[i["observer"]], units(i["margin"]), units(i["floor"]),
                some(units(i["cap"]) if "cap" in i else None), 1 if i["timing"] == "advance" else 2,
                i["lagBusinessDays"], fallbacks]]


def periods_form(p):
    unit, count = {"M": 4, "Y": 5}[p["tenor"][-1]], int(p["tenor"][1:-1])
    return [date(p["start"]), [unit, count], 1 if p["direction"] == "forward" else 2, p["endOfMonth"],
            some(day(p.get("firstEnd"))), some(day(p.get("lastStart"))), 1 if p["stub"] == "short" else 2,
            CONVENTIONS.index(p["accrual"]), some(day(p.get("capitalisesThrough")))]


def repayment_form(r):
    code = ["bullet", "linear", "level", "instalments", "perpetual"].index(r["kind"]) + 1
    if "first" in r:
        return [code, date(r["first"])]
    if "parts" in r:
        return [code, [[date(p["date"]), units(p["part"])] for p in r["parts"]]]
    return [code]


def indexation_form(x):
    return [x["index"], NAMES[x["observer"]], units(x["base"]), x["lagMonths"],
            1 if x["interpolation"] == "monthly" else 2, x["decimals"], rounding(x["rounding"]),
            ["none", "principal", "all"].index(x["floor"]), 1 if x["fallback"] == "latest" else 2]


def plan_form(p):
    return [[[date(d["date"]), units(d["price"])] for d in p["days"]], p["continues"], p["noticeBusinessDays"],
            p["allowsPart"]]


def form(s):
    ids, n, tax, fault = s.get("identifiers", {}), s["denomination"], s["tax"], s["defaults"]
    unit = s["rounding"]["unit"]
    acceleration = fault["acceleration"]
    return [
        1, NAMES[s["cash"]], [n["faceUnit"], n["minimumSubscription"], n["increment"], n["lot"]],
        [some(ids.get(k)) for k in ("isin", "cfi", "fisn")],
        date(s["issueDate"]), some(day(s.get("maturityDate"))), interest_form(s["interest"]),
        some(periods_form(s["periods"]) if "periods" in s else None), DAY_COUNTS[s["dayCount"]][1],
        repayment_form(s["repayment"]), some(units(s["redemptionPrice"]) if "redemptionPrice" in s else None),
        some(indexation_form(s["indexation"]) if "indexation" in s else None),
        some(plan_form(s["calls"]) if "calls" in s else None), some(plan_form(s["puts"]) if "puts" in s else None),
        [[s["calendar"]["name"], s["calendar"]["version"], bytes.fromhex(s["calendar"]["digest"])],
         CONVENTIONS.index(s["businessDays"]), offset(s["recordDate"]),
         [] if s["exDate"] == "none" else [offset(s["exDate"])],
         [[] if unit == "exact" else [unit["decimals"], rounding(unit["rounding"])], rounding(s["rounding"]["total"])],
         1 if s["pledgedIncome"] == "pledgor" else 2],
        [[units(tax["rates"][c]) for c in CLASSES], sum(INCOME[i] for i in tax["income"]),
         1 if tax["classDate"] == "recordDate" else 2, rounding(tax["rounding"]),
         some(NAMES[tax["treasury"]] if "treasury" in tax else None)],
        [offset(fault["interestGrace"]), offset(fault["principalGrace"]),
         [2, units(acceleration["holders"])] if isinstance(acceleration, dict)
         else [["none", "automatic", "", "representative"].index(acceleration)],
         units(fault["penaltyRate"]), DAY_COUNTS[fault["penaltyDayCount"]][1]],
    ]


# --- Numbers ---------------------------------------------------------------------------------------------------------

def round_to(x, decimals, name):
    scaled = x * 10 ** decimals
    low = scaled.numerator // scaled.denominator
    rest = scaled - low
    if rest == 0:
        return F(low, 10 ** decimals)
    up = {"floor": False, "ceiling": True, "towardZero": x < 0, "awayFromZero": x > 0}.get(name)
    if up is None:
        half = F(1, 2)
        tie = {"halfEven": low % 2 == 1, "halfUp": x > 0, "halfDown": x < 0}[name]
        up = rest > half or (rest == half and tie)
    return F(low + up, 10 ** decimals)


# --- Life (12.4 to 12.6) ---------------------------------------------------------------------------------------------

class Bond:
    def __init__(self, sheet, calendar, values, through, exercises, horizon):
        self.s, self.calendar, self.values = sheet, calendar, values
        self.through, self.exercises = through, exercises
        self.face = F(sheet["denomination"]["faceUnit"])
        self.maturity = day(sheet.get("maturityDate"))
        self.horizon = horizon
        self.counting = DAY_COUNTS[sheet["dayCount"]][0]

    def unit(self, x):
        unit = self.s["rounding"]["unit"]
        return x if unit == "exact" else round_to(x, unit["decimals"], unit["rounding"])

    def shift(self, d, o, sign):
        if "businessDays" in o:
            return d if o["businessDays"] == 0 else self.calendar.advance(d, sign * o["businessDays"])
        return self.calendar.adjust(d + sign * o["calendarDays"] * DAY, o["convention"])

    def periods(self):
        p = self.s.get("periods")
        if p is None:
            return [(date(self.s["issueDate"]), self.maturity, True)]
        months = int(p["tenor"][1:-1]) * (12 if p["tenor"][-1] == "Y" else 1)
        end = self.maturity
        if end is None:
            k = 1
            while add_months(date(p["start"]), k * months) < self.horizon:
                k += 1
            end = add_months(date(p["start"]), k * months)
        dates, regular = schedule(date(p["start"]), end, months, p["direction"], p["endOfMonth"], EVERY_DAY,
                                  "unadjusted", "unadjusted", day(p.get("firstEnd")), day(p.get("lastStart")), p["stub"])
        self.months = months
        return list(zip(dates, dates[1:], regular))

    def fraction(self, k, s=None, t=None):
        """Year fraction of period k, or of a stretch of it."""
        p = self.s.get("periods")
        start, end, regular = self.all[k]
        start, end = (self.calendar.adjust(x, p["accrual"]) for x in (start, end))
        s, t = s or start, t or end
        if s >= t:
            return F(0)
        context = {"calendar": self.calendar, "termination": self.maturity}
        if 12 % self.months == 0:
            f, eom = 12 // self.months, p["endOfMonth"]

            def regular_date(d, n):
                moved = add_months(d, n * self.months)
                at_end = eom and d.day == month_length(d.year, d.month)
                return moved.replace(day=month_length(moved.year, moved.month)) if at_end else moved

            reference = (start, end) if regular else (regular_date(end, -1), end) if k == 0 else (
                start, regular_date(start, 1))
            context["reference"] = (*reference, f, eom)
        return day_count(self.counting, s, t, context)[1]

    def observed(self, name, d):
        return next((F(v) for n, when, v in self.values if n == name and date(when) == d), None)

    def latest(self, name, d):
        return max(((date(when), F(v)) for n, when, v in self.values if n == name and date(when) < d), default=None)

    def rate(self, k):
        i = self.s["interest"]
        start, end, _ = self.all[k]
        if i["kind"] == "none":
            return F(0)
        if i["kind"] == "fixed":
            return F(i["rate"])
        if i["kind"] == "stepped":
            return [F(x["rate"]) for x in i["steps"] if date(x["start"]) <= start][-1]
        accrual = self.s["periods"]["accrual"]
        base = self.calendar.adjust(start if i["timing"] == "advance" else end, accrual)
        lag = i["lagBusinessDays"]
        d = self.calendar.advance(base, -lag) if lag else self.calendar.adjust(base, "preceding")
        fixed = self.observed(i["reference"], d)
        margin, plain = F(i["margin"]), None
        if fixed is None:
            if self.through is None or d > self.through:
                return None
            for f in i["fallbacks"]:
                if "other" in f:
                    other = self.observed(f["other"], d)
                    fixed = None if other is None else other + F(f["spread"])
                elif "previousWithinDays" in f:
                    last = self.latest(i["reference"], d)
                    fixed = last[1] if last and (d - last[0]).days <= f["previousWithinDays"] else None
                else:
                    plain = F(f["rate"])
                if fixed is not None or plain is not None:
                    break
        total = plain if plain is not None else fixed + margin
        return max(F(i["floor"]), min(total, F(i["cap"])) if "cap" in i else total)

    def index(self, d, principal):
        x = self.s.get("indexation")
        if x is None:
            return F(1)

        def month_value(m):
            value = self.observed(x["index"], m)
            if value is None:
                if self.through is None or d > self.through:
                    return None
                if x["fallback"] == "yearBefore":
                    value = self.observed(x["index"], add_months(m, -12))
                if value is None:
                    last = self.latest(x["index"], m)
                    value = last[1] if last else F(x["base"])
            return value

        m = add_months(d.replace(day=1), -x["lagMonths"])
        value = month_value(m)
        if value is not None and x["interpolation"] == "daily" and d.day > 1:
            following = month_value(add_months(m, 1))
            value = None if following is None else value + (following - value) * F(d.day - 1, month_length(d.year, d.month))
        if value is None:
            return None
        result = round_to(value / F(x["base"]), x["decimals"], x["rounding"])
        floor = x["floor"] == "all" or (x["floor"] == "principal" and principal)
        return max(F(1), result) if floor else result

    def dues(self):
        s, out = self.s, []
        self.all = self.periods()
        taxed_kinds = s["tax"]["income"]
        left, original, level = self.face, self.face, None
        self.outstanding = []
        for k, (start, end, _) in enumerate(self.all):
            if left == 0:
                break
            self.outstanding.append(left)
            last = end == self.maturity
            rate, paid_interest = self.rate(k), F(0)
            if s["interest"]["kind"] != "none":
                whole = None if rate is None or left is None else left * rate * self.fraction(k)
                through = day(s["periods"].get("capitalisesThrough"))
                if through and end <= through and not last:
                    left = None if whole is None else left + self.unit(whole)
                    out.append((end, "capitalisation", None if left is None else (self.unit(whole), F(0), left)))
                else:
                    ratio = self.index(end, False)
                    amount = None
                    if whole is not None and ratio is not None:
                        pay = self.unit(whole * ratio)
                        amount = (pay, F(1) if "coupon" in taxed_kinds and pay else F(0), left)
                    out.append((end, "coupon", amount))
                    paid_interest = whole if "indexation" in s or whole is None else self.unit(whole)

            def principal(part, price, d, kept):
                nonlocal left, original
                ratio, before = self.index(d, True), left
                share = original * part / before
                if not kept:
                    left, original = left - part, original - share
                if ratio is None:
                    return None
                exact = part * price / 100 * ratio
                income = F(0)
                if "capitalised" in taxed_kinds:
                    income += part - share
                if "indexation" in taxed_kinds:
                    income += max(F(0), part * (ratio - 1))
                if "premium" in taxed_kinds:
                    income += max(F(0), part * (price / 100 - 1) * ratio)
                return self.unit(exact), min(F(1), income / exact) if exact else F(0), left

            r, part = s["repayment"], None
            if last:
                part = left
            elif r["kind"] in ("linear", "level") and end >= date(r["first"]):
                if r["kind"] == "linear":
                    part = left / (len(self.all) - k)
                else:
                    if level is None:
                        total, product = F(0), F(1)
                        for j in range(k, len(self.all)):
                            product /= 1 + self.rate(j) * self.fraction(j)
                            total += product
                        level = self.unit(left / total)
                    part = max(F(0), level - paid_interest)
            elif r["kind"] == "instalments":
                parts = [(date(x["date"]), F(x["part"])) for x in r["parts"] if date(x["date"]) >= end]
                if parts and parts[0][0] == end:
                    part = left * parts[0][1] / sum(x for _, x in parts)
            if part is not None:
                if not last:
                    part = min(left, part if "indexation" in s else self.unit(part))
                amount = principal(part, F(s["redemptionPrice"]), end, False)
                out.append((end, "redemption" if last else "amortisation", amount))
            for x in sorted((x for x in self.exercises if date(x["date"]) == end), key=lambda x: x["kind"]):
                plan = s[x["kind"] + "s"]["days"]
                exact = [p["price"] for p in plan if date(p["date"]) == end]
                price = F(exact[0] if exact else plan[-1]["price"])
                out.append((end, x["kind"], principal(left * F(x["part"]), price, end, x["kind"] == "put")))
                if x["kind"] == "call":
                    level = None
        result = []
        for due, kind, amount in out:
            if self.horizon and due > self.horizon:
                continue
            payment = self.calendar.adjust(due, s["businessDays"])
            record, ex = self.record_and_ex(payment)
            entry = {"date": str(due), "kind": kind, "payment": str(payment), "record": str(record),
                     "ex": ex and str(ex)}
            if amount:
                entry |= {"perUnit": str(amount[0]), "taxedPart": str(amount[1]),
                          "factorAfter": str(amount[2] / self.face),
                          "total": str(round_to(amount[0] * 1234567, 0, s["rounding"]["total"]))}
            result.append(entry)
        return result


    def record_and_ex(self, payment):
        """Nobody holds units before the issue: the record day is not before it, nor is an ex day then on or before it."""
        issue = date(self.s["issueDate"])
        record = self.shift(payment, self.s["recordDate"], -1)
        ex = None if self.s["exDate"] == "none" else self.shift(payment, self.s["exDate"], -1)
        if record < issue:
            return issue, ex and max(ex, issue + DAY)
        return record, ex

    def first_day_without(self, payment):
        """The ex day, or the day after the record day where the terms know none."""
        record, ex = self.record_and_ex(payment)
        return ex or record + DAY

    def accrued(self, d):
        """12.6, of one unit without an index and without capitalisation."""
        for k, left in enumerate(self.outstanding):
            start, end, _ = self.all[k]
            payment = self.calendar.adjust(end, self.s["businessDays"])
            if payment <= d:
                continue
            start, end = (self.calendar.adjust(x, self.s["periods"]["accrual"]) for x in (start, end))
            if d <= start:
                return F(0)
            if self.first_day_without(payment) <= d:
                return -left * self.rate(k) * (self.fraction(k, d, end) if d < end else 0)
            return left * self.rate(k) * self.fraction(k, start, min(d, end))

    def is_sound(self):
        """BND-022: no ex day after the first business day that follows the record day."""
        s = self.s
        for _, end, _ in self.periods():
            payment = self.calendar.adjust(end, s["businessDays"])
            record = self.shift(payment, s["recordDate"], -1)
            if s["exDate"] != "none" and self.shift(payment, s["exDate"], -1) > self.calendar.advance(record, 1):
                return False
        return True


# --- Cases -----------------------------------------------------------------------------------------------------------

BASE = {
    "cash": "LAK",
    "denomination": {"faceUnit": 1000, "minimumSubscription": 100, "increment": 10, "lot": 5},
    "identifiers": {"fisn": "LAO PDR/5.25 BD 20310731"},
    "issueDate": "2026-03-14",
    "maturityDate": "2031-07-31",
    "interest": {"kind": "fixed", "rate": "0.0525"},
    "periods": {"start": "2026-03-14", "tenor": "P6M", "direction": "backward", "endOfMonth": True, "stub": "short",
                "accrual": "unadjusted"},
    "dayCount": "Act/Act ICMA",
    "repayment": {"kind": "bullet"},
    "redemptionPrice": "100",
    "calendar": {"name": SAMPLE.name, "version": SAMPLE.version, "digest": SAMPLE.digest().hex()},
    "businessDays": "modifiedFollowing",
    "recordDate": {"calendarDays": 15, "convention": "preceding"},
    "exDate": "none",
    "rounding": {"unit": "exact", "total": "halfEven"},
    "tax": {"rates": dict.fromkeys(CLASSES, "0.1") | {"state": "0"}, "income": ["coupon", "capitalised", "premium"],
            "classDate": "recordDate", "rounding": "halfUp", "treasury": "Treasury"},
    "defaults": {"interestGrace": {"businessDays": 10}, "principalGrace": {"calendarDays": 7, "convention": "following"},
                 "acceleration": {"holders": "0.25"}, "penaltyRate": "0.02", "penaltyDayCount": "Act/365F"},
    "pledgedIncome": "pledgor",
}


def sheet(drop=(), periods=None, **changes):
    result = {k: v for k, v in (BASE | changes).items() if k not in drop}
    if periods is not None:
        result["periods"] = BASE["periods"] | periods
    return result


def case(name, s, values=(), through=None, exercises=(), horizon=None, calendar=SAMPLE):
    bond = Bond(s, calendar, list(values), day(through), list(exercises), day(horizon))
    return {"name": name, "sheet": s, "calendar": calendar.name, "through": through, "horizon": horizon,
            "observations": [{"name": n, "date": d, "value": v} for n, d, v in values], "exercises": list(exercises),
            "encoding": cbor(form(s)).hex(), "dues": bond.dues()}


def cases():
    level = {"kind": "level", "first": "2027-01-31"}
    whole = {"rounding": {"unit": {"decimals": 0, "rounding": "halfUp"}, "total": "floor"}}
    yield case("bill", sheet(drop=("periods", "identifiers"), interest={"kind": "none"}, maturityDate="2026-09-14",
                             dayCount="Act/365F", pledgedIncome="pledgee"))
    yield case("bullet, short first period, ends of months", sheet())
    yield case("bullet, long first period, accrual adjusted", sheet(
        periods={"stub": "long", "accrual": "following", "endOfMonth": False}, dayCount="Act/365F",
        recordDate={"businessDays": 3}, exDate={"businessDays": 2}, businessDays="following"))
    yield case("stated stubs at both ends", sheet(
        periods={"firstEnd": "2026-05-31", "lastStart": "2031-05-31", "direction": "forward"}))
    yield case("step-up at a discount", sheet(redemptionPrice="101.5", interest={"kind": "stepped", "steps": [
        {"start": "2026-03-14", "rate": "0.04"}, {"start": "2028-01-31", "rate": "0.055"}]}))
    yield case("floating with every fallback", sheet(
        dayCount="Act/360", interest={
            "kind": "floating", "reference": "R6M", "observer": "Statistics Bureau", "margin": "0.01", "floor": "0.005",
            "cap": "0.07", "timing": "arrears", "lagBusinessDays": 5, "fallbacks": [
                {"other": "R3M", "spread": "-0.002"}, {"previousWithinDays": 200}, {"rate": "0.03"}]}),
        [("R6M", "2026-07-24", "0.035"), ("R6M", "2027-01-22", "0.08"), ("R6M", "2027-07-23", "-0.01"),
         ("R3M", "2028-01-24", "0.02")], "2030-02-01")
    yield case("linear", sheet(repayment={"kind": "linear", "first": "2028-01-31"}, dayCount="30E/360"))
    yield case("linear in whole kip", sheet(repayment={"kind": "linear", "first": "2028-01-31"}, **whole))
    yield case("level, exact", sheet(repayment=level, dayCount="30E/360"))
    yield case("level in whole kip, called in part", sheet(
        repayment=level, dayCount="Act/365F", **whole,
        calls={"days": [{"date": "2028-07-31", "price": "101"}], "continues": True, "noticeBusinessDays": 15,
               "allowsPart": True}),
        exercises=[{"kind": "call", "date": "2029-01-31", "notice": "2028-12-29", "part": "1/3"}])
    yield case("sinking fund", sheet(repayment={"kind": "instalments", "parts": [
        {"date": "2028-07-31", "part": "0.333333333333"}, {"date": "2029-07-31", "part": "0.333333333333"},
        {"date": "2031-07-31", "part": "0.333333333334"}]}))
    yield case("savings bond", sheet(periods={"capitalisesThrough": "2031-07-31"}))
    yield case("interest added for two years, then paid", sheet(periods={"capitalisesThrough": "2028-01-31"}, **whole))
    cpi = [("CPI", str(add_months(date("2025-10-01"), k)), str(F(100) + F(k * k - 30 * k, 7))) for k in range(0, 60, 1)
           if k not in (8, 9, 33)]
    index = {"index": "CPI", "observer": "Statistics Bureau", "base": "100", "lagMonths": 3, "decimals": 5,
             "rounding": "halfUp"}
    yield case("indexed by days, principal floored", sheet(indexation=index | {
        "interpolation": "daily", "floor": "principal", "fallback": "yearBefore"}), cpi, "2031-07-31")
    yield case("indexed by months, sinking, taxed on the index", sheet(
        indexation=index | {"interpolation": "monthly", "floor": "all", "fallback": "latest"},
        tax=BASE["tax"] | {"income": ["coupon", "indexation", "premium"]}, redemptionPrice="102",
        repayment={"kind": "linear", "first": "2030-01-31"}), cpi, "2030-08-31")
    yield case("put", sheet(puts={"days": [{"date": "2029-01-31", "price": "99"}], "continues": False,
                                  "noticeBusinessDays": 10, "allowsPart": False}),
               exercises=[{"kind": "put", "date": "2029-01-31", "notice": "2029-01-02", "part": "1"}])
    perpetual = sheet(drop=("maturityDate", "redemptionPrice"), repayment={"kind": "perpetual"},
                      issueDate="2026-03-31", periods={"direction": "forward", "start": "2026-03-31", "tenor": "P1Y"},
                      calls={"days": [{"date": "2031-03-31", "price": "100"}], "continues": True,
                             "noticeBusinessDays": 20, "allowsPart": False})
    yield case("perpetual", perpetual, horizon="2040-01-01")
    yield case("perpetual, called", perpetual, horizon="2040-01-01",
               exercises=[{"kind": "call", "date": "2033-03-31", "notice": "2033-01-31", "part": "1"}])


# --- Stubs and holidays ----------------------------------------------------------------------------------------------

def long_holidays():
    """Closing days such as those of banks in the Lao PDR: New Year in April with days in lieu, the end of the year."""
    plain = Calendar("PLAIN", 1, date("2020-01-01"), date("2041-12-31"), 0b1100000, [])
    days = set()
    for year in range(2020, 2041):
        for m, d in ((1, 1), (3, 8), (4, 14), (4, 15), (4, 16), (5, 1), (10, 7), (12, 2)):
            days.add(date(f"{year}-{m:02}-{d:02}"))
        for m, d in ((1, 1), (4, 14), (4, 15), (4, 16)):
            holiday = date(f"{year}-{m:02}-{d:02}")
            if not plain.is_business_day(holiday):
                while not plain.is_business_day(holiday) or holiday in days:
                    holiday += DAY
                days.add(holiday)
        last = date(f"{year}-12-31")
        for _ in range(3):
            last = plain.adjust(last, "preceding")
            days.add(last)
            last -= DAY
    return Calendar("LONG-HOLIDAYS", 2, date("2020-01-01"), date("2040-12-31"), 0b1100000, days)


LONG = long_holidays()


def trap(name, start, maturity, tenor="P6M", direction="backward", stub="short", eom=False, accrual="unadjusted",
         first_end=None, last_start=None, **changes):
    periods = {"start": start, "tenor": tenor, "direction": direction, "endOfMonth": eom, "stub": stub,
               "accrual": accrual}
    periods |= {k: v for k, v in (("firstEnd", first_end), ("lastStart", last_start)) if v}
    changes = {"calendar": {"name": LONG.name, "version": LONG.version, "digest": LONG.digest().hex()},
               "issueDate": start, "maturityDate": maturity} | changes
    result = case(name, {k: v for k, v in sheet(**changes).items() if k != "identifiers"} | {"periods": periods},
                  calendar=LONG)
    bond = Bond(result["sheet"], LONG, [], None, [], None)
    assert bond.is_sound(), name
    bond.dues()
    days = set()
    for due in result["dues"]:
        if due["kind"] == "coupon":
            near = [due["date"], due["payment"], due["record"], due["ex"] or due["record"]]
            days |= {date(d) + n * DAY for d in near for n in (-1, 0, 1)}
    days = sorted(d for d in days if date(start) <= d and d < date(result["dues"][-1]["payment"]))
    kept = days if len(days) < 24 else days[:10] + days[len(days) // 2:len(days) // 2 + 4] + days[-10:]
    result["accrued"] = [{"date": str(d), "perUnit": str(bond.accrued(d))} for d in kept]
    return result


def traps():
    ex = {"recordDate": {"businessDays": 3}, "exDate": {"businessDays": 2}}
    no_adjustment = {"businessDays": "unadjusted", "recordDate": {"calendarDays": 10, "convention": "unadjusted"}}
    yield trap("short stubs at both ends, stated", "2024-02-29", "2027-01-15", first_end="2024-04-15",
               last_start="2026-10-15", businessDays="following", **ex)
    yield trap("long stubs at both ends, stated", "2024-02-29", "2027-02-28", first_end="2024-12-31",
               last_start="2026-06-30", eom=True, businessDays="modifiedFollowing", **ex)
    yield trap("forward, short stub at the end", "2024-08-31", "2026-12-31", tenor="P3M", direction="forward", eom=True,
               businessDays="modifiedFollowing", **ex)
    yield trap("forward, long stub at the end", "2024-08-31", "2027-01-01", tenor="P6M", direction="forward",
               stub="long", businessDays="modifiedPreceding", **ex)
    yield trap("backward, long stub at the beginning", "2024-01-30", "2026-12-31", tenor="P1Y", stub="long",
               businessDays="preceding", **ex)
    yield trap("a stub of one day", "2024-12-30", "2026-12-31", eom=True, businessDays="modifiedFollowing", **ex)
    yield trap("a stub one day short of a period", "2024-07-01", "2026-12-31", eom=True, businessDays="following", **ex)
    yield trap("maturity on the last business day of its month is not an end of month", "2024-10-29", "2027-10-29",
               eom=True, businessDays="modifiedFollowing", **ex)
    yield trap("thirtieths of months, February among them", "2024-11-30", "2026-11-30", tenor="P3M", **no_adjustment)
    yield trap("ends of months, February among them", "2024-11-30", "2026-11-30", tenor="P3M", eom=True,
               **no_adjustment)
    yield trap("monthly from the 31st over a leap February", "2028-01-31", "2028-12-31", tenor="P1M",
               direction="forward", businessDays="modifiedFollowing", dayCount="30E/360 ISDA", **ex)
    yield trap("coupons on the days around the new year", "2024-01-01", "2027-01-01", businessDays="modifiedFollowing",
               recordDate={"calendarDays": 15, "convention": "preceding"},
               exDate={"calendarDays": 14, "convention": "preceding"})
    yield trap("coupons that would be paid in the year before", "2024-06-30", "2026-12-31", eom=True,
               businessDays="preceding", accrual="preceding", dayCount="Act/365F", **ex)
    yield trap("coupons within the April holidays, ex days before them", "2023-10-15", "2027-04-15",
               businessDays="following", recordDate={"businessDays": 1}, exDate={"businessDays": 1})
    yield trap("record day at the payment day", "2023-10-16", "2025-04-16", businessDays="following",
               recordDate={"businessDays": 0}, exDate={"businessDays": 0})
    yield trap("ex day in the April holidays, moved back", "2024-04-24", "2027-04-24", tenor="P1Y",
               businessDays="modifiedFollowing", recordDate={"calendarDays": 9, "convention": "preceding"},
               exDate={"calendarDays": 8, "convention": "preceding"})
    yield trap("ex day in the April holidays, moved on", "2024-04-24", "2027-04-24", tenor="P1Y",
               businessDays="modifiedFollowing", recordDate={"businessDays": 4},
               exDate={"calendarDays": 10, "convention": "unadjusted"})
    yield trap("periods that move with the holidays, ICMA", "2024-03-31", "2026-12-31", tenor="P3M", eom=True,
               accrual="modifiedFollowing", businessDays="modifiedFollowing", **ex)
    yield trap("periods that move, business days over 252", "2024-05-01", "2026-04-14", accrual="following",
               businessDays="following", dayCount="Bus/252", **ex)
    yield trap("last period ends in February, 30E/360 ISDA, paid in March", "2024-02-29", "2027-02-28", eom=True,
               dayCount="30E/360 ISDA", businessDays="following", **ex)
    yield trap("level payments over stubs and leap years", "2023-12-15", "2027-12-31", stub="long", eom=True,
               businessDays="modifiedFollowing", dayCount="Act/Act ISDA",
               repayment={"kind": "level", "first": "2024-12-31"},
               rounding={"unit": {"decimals": 2, "rounding": "halfEven"}, "total": "halfEven"}, **ex)
    yield trap("linear, five months", "2024-01-31", "2027-01-31", tenor="P5M", direction="forward", stub="long",
               dayCount="30/360 US", businessDays="modifiedPreceding", repayment={"kind": "linear", "first": "2024-11-30"},
               **ex)
    chosen, number = random.Random(20271029), 0
    while number < 24:
        found = random_trap(chosen, number)
        if found:
            number += 1
            yield found


def random_trap(chosen, number):
    """One sheet of random dates and conventions; nothing where they do not fit together."""
    def some(low, high):
        d = date("2022-01-01") + chosen.randint(low, high) * DAY
        way = chosen.random()
        return end_of_month(d) if way < 0.4 else d.replace(month=chosen.choice((1, 12)), day=chosen.choice(
            (1, 30, 31))) if way < 0.6 else d

    start = some(0, 1500)
    maturity = max(some(1900, 2600), start + 300 * DAY)
    tenor = chosen.choice(("P3M", "P6M", "P6M", "P4M", "P5M", "P1Y"))
    first = start + chosen.randint(5, 250) * DAY if chosen.random() < 0.35 else None
    last = maturity - chosen.randint(5, 250) * DAY if chosen.random() < 0.35 else None
    if first and last and first > last:
        return None
    counts = [c for c in DAY_COUNTS if c != "Act/Act ICMA" or tenor != "P5M"]
    near = chosen.randint(0, 5)
    record, gone = chosen.choice((
        ({"businessDays": near + 1}, {"businessDays": near}),
        ({"businessDays": near}, {"businessDays": near}),
        ({"calendarDays": 15, "convention": "preceding"}, {"calendarDays": 15, "convention": "preceding"}),
        ({"calendarDays": 15, "convention": "preceding"}, "none"),
        ({"businessDays": 10}, {"calendarDays": 20, "convention": "unadjusted"})))
    try:
        return trap(
            f"random {number + 1}", str(start), str(maturity), tenor, chosen.choice(("backward", "forward")),
            chosen.choice(("short", "long")), chosen.random() < 0.6,
            chosen.choice(("unadjusted", "unadjusted", "unadjusted", "following", "modifiedFollowing", "preceding")),
            first and str(first), last and str(last), dayCount=chosen.choice(counts),
            businessDays=chosen.choice(CONVENTIONS), recordDate=record, exDate=gone)
    except AssertionError:
        return None


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "bonds.json")
    names = {k: v.hex() for k, v in NAMES.items()}
    long = {"name": LONG.name, "version": LONG.version, "firstDay": str(LONG.first), "lastDay": str(LONG.last),
            "weekend": LONG.weekend, "holidays": [str(d) for d in LONG.holidays]}
    content = {"description": "Vectors of Specs/12, written by make/bonds.py", "names": names, "units": "1234567",
               "calendars": [long], "cases": [*cases(), *traps()]}
    with open(path, "w") as file:
        json.dump(content, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
