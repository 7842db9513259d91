#!/usr/bin/env python3
"""Writes ../conventions.json: vectors of Specs/09, by an implementation of its own.

Whole numbers and fractions only, no packages: python3 Specs/vectors/make/conventions.py
"""
import datetime
import hashlib
import json
import os
import random
from fractions import Fraction as F

RANDOM = random.Random(20260109)
DAY = datetime.timedelta(days=1)


# --- Dates (9.1) -----------------------------------------------------------------------------------------------------

def date(text):
    return datetime.date.fromisoformat(text)


def month_length(year, month):
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return (following - datetime.date(year, month, 1)).days


def end_of_month(d):
    return d.replace(day=month_length(d.year, d.month))


def is_end_of_month(d):
    return d == end_of_month(d)


def add_months(d, n):
    count = d.year * 12 + d.month - 1 + n
    year, month = count // 12, count % 12 + 1
    return datetime.date(year, month, min(d.day, month_length(year, month)))


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


# --- Calendars (9.2) -------------------------------------------------------------------------------------------------

def cbor_head(major, n):
    if n < 24:
        return bytes([major << 5 | n])
    for width, information in ((1, 24), (2, 25), (4, 26), (8, 27)):
        if n < 1 << 8 * width:
            return bytes([major << 5 | information]) + n.to_bytes(width, "big")
    raise ValueError(n)


def cbor(value):
    if isinstance(value, datetime.date):
        value = (value - datetime.date(1970, 1, 1)).days
    if isinstance(value, int):
        return cbor_head(0, value) if value >= 0 else cbor_head(1, -1 - value)
    if isinstance(value, str):
        return cbor_head(3, len(value.encode())) + value.encode()
    return cbor_head(4, len(value)) + b"".join(cbor(element) for element in value)


class Calendar:
    def __init__(self, name, version, first, last, weekend, holidays):
        self.name, self.version, self.first, self.last = name, version, first, last
        self.weekend, self.holidays = weekend, sorted(holidays)

    def encoding(self):
        return cbor([self.name, self.version, self.first, self.last, self.weekend, self.holidays])

    def digest(self):
        tag = hashlib.sha256(b"Tokenize/calendar").digest()
        return hashlib.sha256(tag + tag + self.encoding()).digest()

    def is_business_day(self, d):
        assert self.first <= d <= self.last
        return not self.weekend >> (d.isoweekday() - 1) & 1 and d not in self.holidays

    def adjust(self, d, convention):
        def search(step):
            day = d
            while not self.is_business_day(day):
                day += step * DAY
            return day

        if convention == "unadjusted":
            return d
        step = 1 if convention in ("following", "modifiedFollowing") else -1
        day = search(step)
        if convention.startswith("modified") and (day.year, day.month) != (d.year, d.month):
            day = search(-step)
        return day

    def advance(self, d, n):
        if n == 0:
            return self.adjust(d, "following")
        step = 1 if n > 0 else -1
        while n != 0:
            d += step * DAY
            if self.is_business_day(d):
                n -= step
        return d

    def advance_months(self, d, n, convention, eom):
        end = add_months(d, n)
        if n == 0 or not eom:
            return self.adjust(end, convention)
        if convention == "unadjusted":
            return end_of_month(end) if is_end_of_month(d) else end
        if d >= self.adjust(end_of_month(d), "preceding"):
            return self.adjust(end_of_month(end), "preceding")
        return self.adjust(end, convention)

    def count(self, start, end):
        days = (end - start).days
        return sum(self.is_business_day(start + k * DAY) for k in range(days))


LOW, HIGH = datetime.date(1600, 1, 1), datetime.date(9999, 12, 31)
EVERY_DAY = Calendar("EVERY-DAY", 1, LOW, HIGH, 0, [])
MON_FRI = Calendar("MON-FRI", 1, LOW, HIGH, 0b1100000, [])
SAMPLE = Calendar(
    "SAMPLE", 3, date("2010-01-01"), date("2049-12-31"), 0b1100000,
    sorted({datetime.date(y, m, d) for y in range(2010, 2050) for m, d in
            ((1, 1), (3, 8), (4, 14), (4, 15), (4, 16), (5, 1), (10, 7), (12, 2), (12, 31))}),
)
FRIDAY = Calendar("FRI-SAT", 1, date("2000-01-01"), date("2060-12-31"), 0b0110000, [date("2020-02-29")])
CALENDARS = {c.name: c for c in (EVERY_DAY, MON_FRI, SAMPLE, FRIDAY)}
CONVENTIONS = ["unadjusted", "following", "modifiedFollowing", "preceding", "modifiedPreceding"]


# --- Day counts (9.4) ------------------------------------------------------------------------------------------------

def months_between(s, t):
    return (t.year - s.year) * 12 + t.month - s.month


def quasi_sum(s, t, start, end, frequency, eom):
    """Act/Act ICMA: parts of quasi-coupon periods around the reference period from start to end."""
    def regular(d, n):
        moved = add_months(d, n * 12 // frequency)
        return end_of_month(moved) if eom and is_end_of_month(d) else moved

    def bound(k):
        return start if k == 0 else end if k == 1 else regular(end, k - 1) if k < 0 else regular(start, k)

    low, high = 0, 1
    while bound(low) > s:
        low -= 1
    while bound(high) < t:
        high += 1
    total = F(0)
    for k in range(low, high):
        a, b = bound(k), bound(k + 1)
        days = (min(t, b) - max(s, a)).days
        if days > 0:
            total += F(days, frequency * (b - a).days)
    return total


def day_count(name, s, t, context):
    """The days and the year fraction from s to t."""
    if t < s:
        days, fraction = day_count(name, t, s, context)
        return -days, -fraction
    actual = (t - s).days
    if actual == 0:
        return 0, F(0)
    d1, d2 = s.day, t.day
    feb = lambda d: d.month == 2 and is_end_of_month(d)
    if name == "actual360":
        return actual, F(actual, 360)
    if name == "actual365Fixed":
        return actual, F(actual, 365)
    if name == "actualActualISDA":
        total, d = F(0), s
        while d < t:
            stop = min(t, datetime.date(d.year + 1, 1, 1))
            total += F((stop - d).days, 366 if is_leap(d.year) else 365)
            d = stop
        return actual, total
    if name == "actualActualICMA":
        return actual, quasi_sum(s, t, *context["reference"])
    if name == "business252":
        days = context["calendar"].count(s, t)
        return days, F(days, 252)
    if name == "twentyEightE336":
        days = 28 * months_between(s, t) + min(d2, 28) - min(d1, 28)
        return days, F(days, 336)
    if name == "thirty360US":
        if feb(s):
            if feb(t):
                d2 = 30
            d1 = 30
        if d2 == 31 and d1 >= 30:
            d2 = 30
        if d1 == 31:
            d1 = 30
    elif name == "thirty360BondBasis":
        d1 = min(d1, 30)
        if d2 == 31 and d1 == 30:
            d2 = 30
    elif name == "thirtyE360":
        d1, d2 = min(d1, 30), min(d2, 30)
    elif name == "thirtyE360ISDA":
        if is_end_of_month(s):
            d1 = 30
        if is_end_of_month(t) and not (t.month == 2 and t == context.get("termination")):
            d2 = 30
    else:
        raise ValueError(name)
    days = 30 * months_between(s, t) + d2 - d1
    return days, F(days, 360)


# --- Schedules (9.5) -------------------------------------------------------------------------------------------------

def schedule(effective, termination, months, direction, eom, calendar, convention, last_convention, first, next_last,
             stub):
    first = None if first == effective else first
    next_last = None if next_last == termination else next_last

    def counted(seed, n):
        d = add_months(seed, n * months)
        return end_of_month(d) if eom and is_end_of_month(seed) else d

    if direction == "forward":
        step, near, far, near_stated, far_stated, far_convention = (
            1, effective, termination, first, next_last, last_convention)
    else:
        step, near, far, near_stated, far_stated, far_convention = (
            -1, termination, effective, next_last, first, convention)
    dates, regular, seed = [near], [], near
    if near_stated:
        regular.append(counted(near, step) == near_stated)
        dates.append(near_stated)
        seed = near_stated
    stop = far_stated or far

    def add(d, flag):
        if calendar.adjust(dates[-1], convention) != calendar.adjust(d, convention):
            dates.append(d)
            regular.append(flag)

    k = 1
    while True:
        d = counted(seed, k * step)
        if d > stop if step > 0 else d < stop:
            break
        add(d, True)
        k += 1
    if far_stated:
        add(far_stated, counted(dates[-1], step) == far_stated)
    if calendar.adjust(dates[-1], far_convention) != calendar.adjust(far, far_convention):
        if stub == "long" and not far_stated and len(dates) > (2 if near_stated else 1):
            dates.pop()
            regular.pop()
        regular.append(direction == "backward" and counted(dates[-1], step) == far)
        dates.append(far)
    if step < 0:
        dates.reverse()
        regular.reverse()
    to_end = eom and seed >= calendar.adjust(end_of_month(seed), "preceding")
    adjusted = [calendar.adjust(dates[0], convention)]
    adjusted += [calendar.adjust(end_of_month(d) if to_end else d, convention) for d in dates[1:-1]]
    adjusted.append(calendar.adjust(dates[-1], last_convention))
    dates = adjusted
    while len(dates) > 2 and dates[-2] >= dates[-1]:
        same = dates[-2] == dates[-1]
        del dates[-2]
        regular.pop()
        regular[-1] = same
    while len(dates) > 2 and dates[1] <= dates[0]:
        same = dates[1] == dates[0]
        del dates[1]
        regular.pop(0)
        regular[0] = same
    k = 1
    while k + 2 < len(dates):
        if dates[k] < dates[k + 1]:
            k += 1
            continue
        del dates[k + 1]
        whole = regular.pop(k)
        regular[k - 1] = regular[k - 1] and whole
    return dates, regular


# --- Bonds and prices (9.6 to 9.8) -----------------------------------------------------------------------------------

S = 10 ** 40


def power(x, w):
    """x^w as a count of 10^-40, for x from 1/2 to 2 and w between 0 and 1."""
    below = x < 1
    if below:
        x = 1 / x
    z = S * (x.numerator - x.denominator) // (x.numerator + x.denominator)
    square = z * z // S
    term, total, n = z, z, 1
    while term:
        term = term * square // S
        n += 2
        total += term // n
    u = 2 * total * w.numerator // w.denominator
    term, total, n = S, S, 0
    while term:
        n += 1
        term = term * u // (S * n)
        total += term
    return S * S // total if below else total


def discount(x, exponent):
    """x^-exponent: exact for a whole exponent, else 40 decimals."""
    whole = exponent.numerator // exponent.denominator
    w = exponent - whole
    exact = 1 / x ** whole
    if w == 0:
        return exact
    value = exact * S / power(x, w)
    return F(value.numerator * S // value.denominator, S)


def price(bond, settlement, y, compounding, frequency, counting):
    """Accrued interest, clean price, both for each 100 outstanding."""
    dates, regular = schedule(
        bond["issue"], bond["maturity"], bond["months"], "backward", bond["eom"], EVERY_DAY, "unadjusted", "unadjusted",
        None, None, "short")
    per_year = 12 // bond["months"]
    last = len(dates) - 2
    rates, notionals = bond["rates"], bond["notionals"]
    pick = lambda values, i: values[min(i, len(values) - 1)]
    flows, accrued, outstanding = [], None, None
    for i in range(last + 1):
        s, e = dates[i], dates[i + 1]
        if e <= settlement:
            continue
        nominal = pick(notionals, i)
        left = pick(notionals, i + 1) if i < last else 0
        if regular[i]:
            reference = (s, e, per_year, bond["eom"])
        else:
            start = add_months(e, -bond["months"])
            start = end_of_month(start) if bond["eom"] and is_end_of_month(e) else start
            reference = (start, e, per_year, bond["eom"])
        context = {"reference": reference, "termination": bond["maturity"], "calendar": bond["calendar"]}
        fraction = lambda name, a, b: day_count(name, a, b, context)[1]
        rate = pick(rates, i)
        is_ex = bond["ex"] is not None and e - bond["ex"] * DAY <= settlement
        if accrued is None:
            outstanding = nominal
            accrued = F(0)
            if settlement > s:
                accrued = 100 * rate * (-fraction(bond["dayCount"], settlement, e) if is_ex
                                        else fraction(bond["dayCount"], s, settlement))
        step = fraction(counting, s, e) - (fraction(counting, s, settlement) if settlement > s else 0)
        interest = 0 if is_ex else nominal * rate * fraction(bond["dayCount"], s, e)
        flows.append((step, (interest + nominal - left) * 100 / outstanding))
    x = 1 + y / frequency
    total, time, simple, compounded = F(0), F(0), F(1), F(0)
    for i, (step, amount) in enumerate(flows):
        time += step
        if compounding == "simple":
            factor = 1 / (1 + y * time)
        elif compounding == "simpleThenCompounded" and i == 0:
            factor = simple = 1 / (1 + y * step)
        else:
            compounded += step
            factor = simple * discount(x, compounded * frequency)
        total += amount * factor
    return accrued, total - accrued


def half_up(value):
    """The nearest whole number, of two equally near ones the one farther from zero."""
    sign = -1 if value < 0 else 1
    value = abs(value)
    return sign * ((2 * value.numerator + value.denominator) // (2 * value.denominator))


# --- Cases -----------------------------------------------------------------------------------------------------------

def ratio(f):
    f = F(f)
    return f"{f.numerator}/{f.denominator}"


def random_date(first=2011, last=2045):
    d = datetime.date(first, 1, 1) + RANDOM.randrange((last - first) * 365) * DAY
    return end_of_month(d) if RANDOM.random() < 0.3 else d


def calendar_cases():
    cases = []
    for c in CALENDARS.values():
        questions = []
        for _ in range(25):
            d, n, name = random_date(), RANDOM.randrange(-15, 16), RANDOM.choice(CONVENTIONS)
            months, eom = RANDOM.randrange(-24, 25), RANDOM.random() < 0.5
            later = d + RANDOM.randrange(0, 300) * DAY
            questions.append({
                "date": d.isoformat(), "isBusinessDay": c.is_business_day(d), "convention": name,
                "adjusted": c.adjust(d, name).isoformat(), "businessDays": n, "advanced": c.advance(d, n).isoformat(),
                "months": months, "endOfMonth": eom,
                "advancedMonths": c.advance_months(d, months, name, eom).isoformat(),
                "later": later.isoformat(), "count": c.count(d, later),
            })
        cases.append({
            "name": c.name, "version": c.version, "firstDay": c.first.isoformat(), "lastDay": c.last.isoformat(),
            "weekend": c.weekend, "holidays": [h.isoformat() for h in c.holidays], "encoding": c.encoding().hex(),
            "digest": c.digest().hex(), "questions": questions,
        })
    return cases


DAY_COUNTS = ["actual360", "actual365Fixed", "actualActualISDA", "actualActualICMA", "thirty360US", "thirty360BondBasis",
              "thirtyE360", "thirtyE360ISDA", "twentyEightE336", "business252"]


def day_count_cases():
    cases = []
    for name in DAY_COUNTS:
        for index in range(30):
            s = random_date()
            t = s + RANDOM.choice([0, 1, 30, 31, RANDOM.randrange(1, 120), RANDOM.randrange(1, 2500)]) * DAY
            if index < 6:
                s, t = [date(d) for d in (
                    ("2024-02-29", "2025-02-28"), ("2023-02-28", "2024-02-29"), ("2024-01-31", "2024-03-31"),
                    ("2024-01-30", "2024-01-31"), ("2023-12-31", "2024-12-31"), ("2025-03-01", "2024-02-28"))[index]]
            case, context = {"dayCount": name, "start": s.isoformat(), "end": t.isoformat()}, {}
            if name == "thirtyE360ISDA" and RANDOM.random() < 0.5:
                context["termination"] = t
                case["termination"] = t.isoformat()
            if name == "business252":
                context["calendar"] = SAMPLE
                case["calendar"] = "SAMPLE"
            if name == "actualActualICMA":
                frequency, eom = RANDOM.choice([1, 2, 4, 12]), RANDOM.random() < 0.5
                start = s + RANDOM.randrange(-200, 200) * DAY
                if RANDOM.random() < 0.4:
                    start = end_of_month(start)
                end = add_months(start, 12 // frequency)
                end = end_of_month(end) if eom and is_end_of_month(start) else end
                context["reference"] = (start, end, frequency, eom)
                case["reference"] = {"start": start.isoformat(), "end": end.isoformat(), "frequency": frequency,
                                     "endOfMonth": eom}
            days, fraction = day_count(name, s, t, context)
            cases.append(case | {"days": days, "fraction": ratio(fraction)})
    last = date("2027-02-28")
    for start in (last, last - DAY):
        case = {"dayCount": "thirtyE360ISDA", "start": start.isoformat(), "end": last.isoformat(),
                "termination": last.isoformat()}
        days, fraction = day_count("thirtyE360ISDA", start, last, {"termination": last})
        cases.append(case | {"days": days, "fraction": ratio(fraction)})
    return cases


def schedule_cases():
    cases = []
    while len(cases) < 150:
        months = RANDOM.choice([1, 3, 6, 12])
        termination = random_date(2016, 2040)
        effective = add_months(termination, -months * RANDOM.randrange(1, 12))
        if RANDOM.random() < 0.6:
            effective += RANDOM.randrange(-45, 45) * DAY
        if effective < date("2010-03-01"):
            continue
        first = effective + RANDOM.randrange(5, 300) * DAY if RANDOM.random() < 0.3 else None
        next_last = termination - RANDOM.randrange(5, 300) * DAY if RANDOM.random() < 0.3 else None
        stated = [d for d in (effective, first, next_last, termination) if d]
        if any(a >= b for a, b in zip(stated, stated[1:])):
            continue
        name = RANDOM.choice(list(CALENDARS))
        rule = {
            "effective": effective, "termination": termination, "months": months,
            "direction": RANDOM.choice(["forward", "backward"]), "endOfMonth": RANDOM.random() < 0.4,
            "calendar": name, "convention": RANDOM.choice(CONVENTIONS),
            "terminationConvention": RANDOM.choice(CONVENTIONS), "firstDate": first, "nextToLastDate": next_last,
            "stub": RANDOM.choice(["short", "long"]),
        }
        dates, regular = schedule(
            effective, termination, months, rule["direction"], rule["endOfMonth"], CALENDARS[name], rule["convention"],
            rule["terminationConvention"], first, next_last, rule["stub"])
        assert all(a < b for a, b in zip(dates, dates[1:]))
        case = {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in rule.items() if v is not None}
        cases.append(case | {"dates": [d.isoformat() for d in dates], "regular": regular})
    return cases


def power_cases():
    pairs = [(F(1, 2), F(1, 2)), (F(2), F(1, 2)), (F(1), F(1, 3)), (F(2), F(364, 365)), (F(10**12 + 1, 10**12), F(1, 7))]
    while len(pairs) < 40:
        base = 1 + F(RANDOM.randrange(-5000, 10001), 10000) / RANDOM.choice([1, 2, 4, 12])
        bottom = RANDOM.choice([181, 182, 183, 184, 360, 365, 366])
        pairs.append((base, F(RANDOM.randrange(1, bottom), bottom)))
    return [{"base": ratio(x), "exponent": ratio(w), "power": str(power(x, w))} for x, w in pairs]


def price_cases():
    cases = []
    while len(cases) < 120:
        months = RANDOM.choice([3, 6, 12])
        maturity = random_date(2022, 2045)
        issue = add_months(maturity, -months * RANDOM.randrange(1, 30))
        if RANDOM.random() < 0.4:
            issue += RANDOM.randrange(0, 60) * DAY
        if issue < date("2010-02-01") or issue >= maturity:
            continue
        name = RANDOM.choice(["actualActualICMA", "actualActualICMA", "thirtyE360", "actual365Fixed", "actual360"])
        eom = RANDOM.random() < 0.3
        count = len(schedule(issue, maturity, months, "backward", eom, EVERY_DAY, "unadjusted", "unadjusted", None, None,
                             "short")[0]) - 1
        rate = F(RANDOM.randrange(0, 80), 400)
        rates = [rate] if RANDOM.random() < 0.7 else [rate + F(i, 1000) for i in range(min(count, 4))]
        notionals = [F(100)]
        if RANDOM.random() < 0.25 and count > 1:
            parts = min(count, 5)
            notionals = [F(100) * (parts - i) / parts for i in range(parts)]
        bond = {"issue": issue, "maturity": maturity, "months": months, "eom": eom, "rates": rates,
                "notionals": notionals, "dayCount": name, "ex": RANDOM.choice([None, None, 7, 14]),
                "calendar": EVERY_DAY}
        settlement = issue + RANDOM.randrange((maturity - issue).days) * DAY
        if RANDOM.random() < 0.25:
            settlement = add_months(maturity, -months * RANDOM.randrange(1, count + 1))
            settlement = max(settlement, issue)
        y = F(RANDOM.randrange(-200, 2500), 10000) if RANDOM.random() < 0.8 else F(RANDOM.randrange(10**9), 10**10)
        compounding = RANDOM.choice(["compounded", "compounded", "simpleThenCompounded", "simple"])
        if compounding == "simple" and y < 0:
            continue
        frequency = 12 // months if RANDOM.random() < 0.8 else RANDOM.choice([1, 2])
        counting = name if RANDOM.random() < 0.7 else "thirtyE360"
        accrued, clean = price(bond, settlement, y, compounding, frequency, counting)
        if clean < 0:
            continue
        text = decimal(y)
        case = {
            "issue": issue.isoformat(), "maturity": maturity.isoformat(), "months": months, "endOfMonth": eom,
            "couponRates": [ratio(r) for r in rates], "notionals": [ratio(n) for n in notionals], "dayCount": name,
            "settlement": settlement.isoformat(), "yield": text, "compounding": compounding, "frequency": frequency,
            "yieldDayCount": counting, "accrued": ratio(accrued), "cleanUnits6": str(half_up(clean * 10**6)),
            "cleanUnits12": str(half_up(clean * 10**12)),
        }
        if bond["ex"] is not None:
            case["exCouponDays"] = bond["ex"]
        cases.append(case)
    return cases


def decimal(y):
    digits = str(abs(y.numerator) * 10**10 // y.denominator).rjust(11, "0")
    text = (digits[:-10] + "." + digits[-10:]).rstrip("0").rstrip(".")
    return "-" + text if y < 0 else text


def main():
    vectors = {
        "calendars": calendar_cases(), "dayCounts": day_count_cases(), "schedules": schedule_cases(),
        "powers": power_cases(), "prices": price_cases(),
    }
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "conventions.json")
    with open(path, "w", encoding="utf-8") as file:
        file.write("{\n")
        for i, (name, cases) in enumerate(vectors.items()):
            lines = ",\n".join("    " + json.dumps(case) for case in cases)
            file.write(f'  "{name}": [\n{lines}\n  ]{"," if i < len(vectors) - 1 else ""}\n')
        file.write("}\n")


if __name__ == "__main__":
    main()
