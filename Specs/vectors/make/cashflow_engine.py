"""The cash flows of a contract: an implementation of Specs/10 of its own, with fractions only."""
import datetime
import itertools
from fractions import Fraction as F

from conventions import add_months, day_count, end_of_month, is_end_of_month

DAY = datetime.timedelta(days=1)
ASSET = {"RPA", "LG", "BUY", "RFL", "RF", "COL", "CNO", "OBL", "UDL", "UDLP"}
AMORTISING = ("LAM", "NAM", "ANN")
EXCHANGED = ("PAM", "LAM", "NAM", "ANN", "LAX", "CLM", "UMP")
DAY_COUNTS = {"AA": "actualActualISDA", "A360": "actual360", "A365": "actual365Fixed", "30E360": "thirtyE360",
              "30E360ISDA": "thirtyE360ISDA", "28E336": "twentyEightE336", "B252": "business252"}
ORDER = {"IED": 1, "FP": 2, "PR": 3, "PI": 3.5, "PY": 6, "PP": 7, "IP": 8, "IPCI": 9, "CE": 10, "RRF": 11, "RR": 12,
         "PRF": 12.5, "DV": 13, "PRD": 14, "TD": 16, "SC": 17, "IPCB": 18, "MD": 19, "XD": 20, "STD": 21, "AD": 22}


# --- Terms (10.2) ----------------------------------------------------------------------------------------------------

def time(text):
    """A date and the seconds of its day."""
    day, _, clock = text.strip().partition("T")
    parts = [int(p) for p in clock.split(":")] if clock else []
    h, m, s = (parts + [0, 0, 0])[:3]
    return datetime.date.fromisoformat(day), h * 3600 + m * 60 + s


def written(t):
    s = t[1]
    return f"{t[0]}T{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}"


def whole_day(t):
    return t[0] + DAY if t[1] == 86399 else t[0]


def many(value):
    return value if isinstance(value, list) else [value]


class Cycle:
    def __init__(self, text):
        text = text.strip()
        period, _, stub = text.partition("L")
        self.count, self.unit, self.long = int(period[1:-1]), period[-1], stub == "0"

    def moved(self, t, k):
        n = k * self.count
        if self.unit in "DW":
            return t[0] + n * (7 if self.unit == "W" else 1) * DAY, t[1]
        return add_months(t[0], n * {"M": 1, "Q": 3, "H": 6, "Y": 12}[self.unit]), t[1]


class When:
    """A date of a schedule: raw, event and calculation date."""

    def __init__(self, raw, event=None, calculation=None):
        self.raw, self.event, self.calculation = raw, event or raw, calculation or raw


class Event:
    def __init__(self, kind, when, value=None):
        self.kind, self.when, self.value = kind, when, value


class Contract:
    """One case in the form of 10.11."""

    def __init__(self, case, quirks=False):
        self.t, self.quirks = {}, quirks
        for name, value in case["terms"].items():
            if not (isinstance(value, str) and not value.strip()):
                self.t[name] = value
        self.type = self.t["contractType"]
        self.r = 1 if self.t["contractRole"] in ASSET else -1
        self.status = self.at("statusDate")
        self.ied = self.at("initialExchangeDate") if self.type in EXCHANGED else None
        to = (case.get("to") or "").strip()
        self.to = time(to) if to else None
        self.series = {name: sorted((time(p["timestamp"]), F(str(p["value"]).strip())) for p in s["data"])
                       for name, s in (case.get("dataObserved") or {}).items()}
        self.seen = [(time(e["time"]), e["type"], F(str(e.get("value") or 0).strip()))
                     for e in case.get("eventsObserved") or []]
        self.weekdays = self.text("calendar", "NC") == "MF"
        self.convention = self.text("businessDayConvention", "NOS")
        self.eom = self.text("endOfMonthConvention", "SD") == "EOM"
        self.counting = DAY_COUNTS.get(self.text("dayCountConvention", ""))
        self.base = self.text("interestCalculationBase", "NT")
        self.scaling = self.text("scalingEffect", "OOO")
        self.maturity = None
        if self.type in ("PAM", "LAM", "NAM", "ANN", "LAX", "CLM"):
            self.maturity = self.find_maturity()
        self.call = min((t for t, kind, _ in self.seen if kind == "XD"), default=None) \
            if self.type == "CLM" and not self.maturity else None
        self.end = self.maturity.raw if self.maturity else self.call or self.to
        if self.end is None and "terminationDate" in self.t:
            self.end = self.at("terminationDate")[0] + DAY, self.at("terminationDate")[1]

    def text(self, name, default):
        return str(self.t.get(name, default)).strip()

    def number(self, name, default=None):
        return F(self.text(name, "")) if name in self.t else None if default is None else F(default)

    def at(self, name):
        return time(self.t[name]) if name in self.t else None

    # --- Dates (10.3)

    def is_business_day(self, d):
        return not self.weekdays or d.isoweekday() < 6

    def count(self, s, t):
        return sum(self.is_business_day(s + k * DAY) for k in range((t - s).days))

    def shifted(self, t):
        """A date of a schedule from its raw date."""
        if self.convention in ("NOS", "NULL"):
            return When(t)
        rule = self.convention[2:]

        def search(step):
            d = t[0]
            while not self.is_business_day(d):
                d += step * DAY
            return d

        step = 1 if rule.endswith("F") else -1
        d = search(step)
        if rule.startswith("M") and (d.year, d.month) != (t[0].year, t[0].month):
            d = search(-step)
        event = (d, t[1])
        return When(t, event, event if self.convention.startswith("SC") else t)

    def dates(self, anchor, cycle):
        """anchor + k * cycle without end, by the end-of-month rule."""
        to_end = self.eom and cycle.unit not in "DW" and is_end_of_month(anchor[0]) and anchor[0].day < 31
        for k in itertools.count():
            d = cycle.moved(anchor, k)
            yield (end_of_month(d[0]), d[1]) if to_end else d

    def schedule(self, anchor, cycle, end):
        """S(anchor, cycle, end): raw dates before the end."""
        if anchor is None or anchor > end:
            return []
        if cycle is None:
            return [anchor] if anchor < end else []
        result = []
        for d in self.dates(anchor, cycle):
            if d >= end:
                if d > end and cycle.long and len(result) > 1:
                    result.pop()
                return result
            result.append(d)

    def cycle(self, name):
        return Cycle(self.t[name]) if name in self.t else None

    def anchor(self, name):
        suffix = name + "Payment" if name == "Dividend" else name
        stated, cycle = self.at("cycleAnchorDateOf" + suffix), self.cycle("cycleOf" + suffix)
        if stated is None and cycle is not None and self.ied is not None:
            return cycle.moved(self.ied, 1)
        return stated

    def recurring(self, name, end):
        return self.schedule(self.anchor(name), self.cycle("cycleOf" + name), end)

    def steps(self, name, end, *values):
        """Dates of a list of steps (LAX), each with the step's values; without end they go on."""
        if "arrayCycleAnchorDateOf" + name not in self.t:
            return
        anchors = [time(a) for a in many(self.t["arrayCycleAnchorDateOf" + name])]
        lists = [many(self.t.get(v)) for v in ("arrayCycleOf" + name, *values)]
        lists = [v * len(anchors) if len(v) == 1 else v for v in lists]
        for k, anchor in enumerate(anchors):
            cycle = Cycle(lists[0][k]) if lists[0][k] else None
            stop = anchors[k + 1] if k + 1 < len(anchors) else end
            found = self.schedule(anchor, cycle, stop) if stop else self.dates(anchor, cycle) if cycle else [anchor]
            for d in found:
                if end is None or d < end:
                    yield (d, *(v[k] for v in lists[1:]))

    def redemption_steps(self, end):
        for d, amount, way in self.steps("PrincipalRedemption", end, "arrayNextPrincipalRedemptionPayment",
                                         "arrayIncreaseDecrease"):
            yield d, F(str(amount).strip()), way.strip()

    # --- Maturity (10.4)

    def find_maturity(self):
        stated = self.at("maturityDate")
        if stated is None and self.type in AMORTISING:
            stated = self.at("amortizationDate")
        if stated is not None or self.type in ("CLM", "PAM"):
            return When(stated) if stated else None
        notional = self.number("notionalPrincipal")
        if self.type == "LAX":
            for d, amount, way in self.redemption_steps(None):
                if d <= self.status:
                    continue
                notional += amount if way == "INC" else -amount
                if notional <= 0:
                    return self.shifted(d)
            raise ValueError("never paid off")
        all_dates = self.dates(self.anchor("PrincipalRedemption"), self.cycle("cycleOfPrincipalRedemption"))
        rest = itertools.dropwhile(lambda d: d <= self.status, all_dates)
        first = next(rest)
        rest = itertools.chain([first], rest)
        x = self.number("nextPrincipalRedemptionPayment")
        if self.type != "LAM":
            first, second = next(rest), next(rest)
            rest = itertools.chain([first, second], rest)
            x -= notional * self.number("nominalInterestRate", 0) * self.fraction(first, second)
        if x <= 0:
            raise ValueError("never paid off")
        n = max(1, -(-notional // x))
        return self.shifted(next(itertools.islice(rest, n - 1, None)))

    # --- Year fractions

    def fraction(self, s, t):
        s, t = whole_day(s), whole_day(t)
        if s == t:
            return F(0)
        end = self.maturity.calculation if self.maturity else None
        return day_count(self.counting, s, t, {"calendar": self, "termination": end and whole_day(end)})[1]

    # --- Events (10.5)

    def interest(self):
        """The dates of interest, in order, and the way that each goes."""
        if self.type in ("CLM", "UMP"):
            if "cycleAnchorDateOfInterestPayment" not in self.t and "cycleOfInterestPayment" not in self.t:
                return []
            anchor = self.at("cycleAnchorDateOfInterestPayment") or self.ied
            raw = self.schedule(anchor, self.cycle("cycleOfInterestPayment"), self.end)
            return [("IPCI", self.shifted(d)) for d in raw]
        if self.type not in EXCHANGED or ("nominalInterestRate" not in self.t and "arrayRate" not in self.t):
            return []
        if self.type == "LAX":
            raw = {d for d, in self.steps("InterestPayment", self.end)}
        else:
            raw = set(self.recurring("InterestPayment", self.end))
        if self.type in ("NAM", "ANN"):
            raw |= set(self.recurring("PrincipalRedemption", self.end))
        whens = [self.shifted(d) for d in sorted(raw)] + [self.maturity]
        stop = self.at("capitalizationEndDate")
        if stop is None:
            return [("IP", w) for w in whens]
        result = [("IPCI", w) for w in whens if w.raw < stop] + [("IPCI", When(stop))]
        return result + [("IP", w) for w in whens if w.raw > stop]

    def resets(self):
        if self.type == "LAX":
            for d, rate, way in self.steps("RateReset", self.end, "arrayRate", "arrayFixedVariable"):
                kind = "RRF" if way.strip() in ("FIX", "F") else "RR"
                yield Event(kind, self.shifted(d), F(str(rate).strip()))
            return
        known = self.number("nextResetRate")
        for d in self.recurring("RateReset", self.end):
            when = self.shifted(d)
            if known is not None and when.event > self.status:
                yield Event("RRF", when, known)
                known = None
            else:
                yield Event("RR", when, self.number("rateSpread", 0))

    def events(self):
        result = []

        def add(kind, whens, value=None):
            result.extend(Event(kind, w, value) for w in whens)

        def recurring(name):
            return [self.shifted(d) for d in self.recurring(name, self.end)]

        def stated(name):
            return [When(self.at(name))] if name in self.t else []

        if self.ied:
            add("IED", [When(self.ied)])
            for kind, when in self.interest():
                add(kind, [when])
            resets = list(self.resets())
            result += resets
            if any(c in self.scaling for c in "IN"):
                add("SC", recurring("ScalingIndex"))
            if self.number("feeRate", 0) != 0:
                add("FP", recurring("Fee") + ([self.maturity] if self.maturity else []))
            for t, kind, value in self.seen:
                if kind == "PP":
                    if self.text("penaltyType", "O") != "O":
                        add("PY", [When(t)])
                    add("PP", [When(t)], value)
        if self.type in AMORTISING:
            add("PR", recurring("PrincipalRedemption"))
            if self.base == "NTL":
                add("IPCB", recurring("InterestCalculationBase"))
        if self.type == "ANN" and "nextPrincipalRedemptionPayment" not in self.t:
            anchor = self.anchor("PrincipalRedemption")
            if anchor > self.ied:
                add("PRF", [When((anchor[0] - DAY, anchor[1]))])
            add("PRF", [e.when for e in resets])
        if self.type == "LAX":
            for d, amount, way in self.redemption_steps(self.end):
                add("PI" if way == "INC" else "PR", [self.shifted(d)], amount)
        if self.type == "CLM":
            if self.maturity:
                last = self.shifted(self.maturity.raw).calculation if self.quirks else self.maturity.calculation
                add("IP", [When(self.maturity.raw, self.maturity.event, last)])
                add("MD", [When(self.maturity.raw, self.maturity.event, last)])
            elif self.call:
                settled = Cycle(self.t["xDayNotice"]).moved(self.call, 1)
                add("XD", [When(self.call)])
                add("IP", [When(settled)])
                add("STD", [When(settled)])
        elif self.maturity:
            add("MD", [self.maturity])
        if self.type == "STK" and "cycleAnchorDateOfDividendPayment" in self.t:
            anchor, cycle = self.at("cycleAnchorDateOfDividendPayment"), self.cycle("cycleOfDividendPayment")
            stop = (self.to or self.end)[0] + 40 * DAY
            dates = self.dates(anchor, cycle) if cycle else [anchor]
            add("DV", [self.shifted(d) for d in itertools.takewhile(lambda d: d[0] < stop, dates)])
        add("PRD", stated("purchaseDate"))
        add("TD", stated("terminationDate"))
        for t, kind, _ in self.seen:
            if kind in ("CE", "AD"):
                add(kind, [When(t)])

        def key(e):
            return e.when.event, 7.5 if self.type == "CLM" and e.kind == "XD" else ORDER[e.kind]

        result.sort(key=key)
        result = result[:next((k + 1 for k, e in enumerate(result) if e.kind == "TD"), len(result))]
        result = [e for e in result if e.when.event > self.status]
        self.hidden = next((k for k, e in enumerate(result) if e.kind == "PRD"), 0)
        return result

    # --- State (10.6)

    def start(self, events):
        self.nt = self.ipnr = self.ipac = self.ipcb = F(0)
        self.prnxt = self.number("nextPrincipalRedemptionPayment")
        self.feac, self.nsc, self.isc = self.number("feeAccrued", 0), F(1), F(1)
        self.sd, self.called, self.kept = self.status, False, None
        if self.type in ("STK", "COM"):
            return
        past = self.ied is None or self.ied <= self.status
        if past:
            self.nt = self.r * self.number("notionalPrincipal")
            self.ipnr = self.number("nominalInterestRate", 0)
            self.ipcb = self.based(self.nt)
            before = [w.calculation for _, w in self.interest() if w.event <= self.status] \
                if self.type not in ("CLM", "UMP") else []
            if "nominalInterestRate" in self.t:
                if "accruedInterest" in self.t:
                    self.ipac = self.r * self.number("accruedInterest")
                elif before:
                    self.sd = max(before)
                    self.ipac = self.accrued(self.status)
                    self.sd = self.status
        if self.prnxt is None and self.type == "LAM":
            self.prnxt = self.number("notionalPrincipal") / (sum(e.kind == "PR" for e in events) + 1)
        if self.prnxt is None and self.type == "ANN" and past:
            self.prnxt = self.level(self.status, False)

    def based(self, nt):
        amount = self.number("interestCalculationBaseAmount")
        return nt if self.base == "NT" or amount is None else self.r * amount

    def follow(self):
        if self.base == "NT" or (self.quirks and self.type == "LAM" and self.base == "NTIED"):
            self.ipcb = self.nt

    def accrued(self, t):
        if self.type in ("CSH", "STK", "COM") or self.called:
            return F(0)
        amount = self.ipcb if self.type in AMORTISING + ("LAX",) else self.nt
        return self.ipnr * amount and self.fraction(self.sd, t) * self.ipnr * amount

    def fee(self, t):
        rate = self.number("feeRate", 0)
        if rate == 0 or self.text("feeBasis", "") != "N" or self.nt == 0:
            return F(0)
        return self.fraction(self.sd, t) * self.nt * rate

    def level(self, t, inclusive):
        horizon = self.at("amortizationDate") or self.maturity.calculation
        dates = [self.shifted(d).calculation for d in self.recurring("PrincipalRedemption", horizon)]
        p = [d for d in dates if (d >= t if inclusive else d > t) and d < horizon] + [horizon]
        p = sorted(d for d in set(p) if d > t or (inclusive and d == t))
        if not p:
            return abs(self.nt + self.ipac)
        product, total = F(1), F(1)
        for a, b in reversed(list(zip(p, p[1:]))):
            product *= 1 + self.ipnr * self.fraction(a, b)
            total += product
        return abs(self.nt + self.ipac + self.fraction(t, p[0]) * self.ipnr * self.nt) * product / total

    # --- Observations (10.9)

    def observed(self, name, t):
        values = [v for at, v in self.series[str(self.t[name])] if at <= t]
        return values[-1]

    def reset_rate(self, event):
        o = self.observed("marketObjectCodeOfRateReset", event.when.raw)
        change = o * self.number("rateMultiplier", 1) + event.value - self.ipnr

        def bounded(x, cap, floor):
            cap, floor = self.number(cap), self.number(floor)
            x = x if cap is None else min(x, cap)
            return x if floor is None else max(x, floor)

        change = bounded(change, "periodCap", "periodFloor")
        return bounded(self.ipnr + change, "lifeCap", "lifeFloor")

    # --- Payoffs and transitions (10.7, 10.8)

    def redeemed(self, event):
        t = event.when.calculation
        if event.kind == "PP" or self.type == "LAX":
            x = event.value
        elif self.type == "LAM":
            x = self.prnxt
        else:
            x = self.prnxt - self.r * (self.ipac + self.accrued(t))
        return min(x, abs(self.nt))

    def payoff(self, event):
        kind, t, r = event.kind, event.when.calculation, self.r
        if kind == "IED":
            return -r * (self.number("notionalPrincipal") + self.number("premiumDiscountAtIED", 0))
        if kind in ("PR", "PP"):
            return r * self.nsc * self.redeemed(event)
        if kind == "PI":
            return -r * self.nsc * event.value
        if kind == "IP":
            return self.isc * ((self.ipac if self.kept is None else self.kept) + self.accrued(t))
        if kind in ("MD", "STD"):
            return self.nsc * self.nt + self.isc * self.ipac + self.feac
        if kind == "FP":
            return r * self.number("feeRate") if self.text("feeBasis", "") == "A" else self.feac + self.fee(t)
        if kind == "PY":
            rate, way = self.number("penaltyRate", 0), self.text("penaltyType", "")
            if way == "A":
                return r * rate
            if way == "I":
                o = self.observed("marketObjectCodeOfRateReset", event.when.raw)
                rate = max(F(0), self.ipnr - o)
            return self.fraction(self.sd, t) * self.nt * rate if way in ("N", "I") else F(0)
        if kind in ("PRD", "TD"):
            price = self.number("priceAtPurchaseDate" if kind == "PRD" else "priceAtTerminationDate")
            sign = -1 if kind == "PRD" else 1
            if self.type in ("STK", "COM"):
                return sign * r * price * (self.number("quantity", 1) if self.type == "COM" else 1)
            interest = self.ipac + self.accrued(t)
            return sign * r * (price + interest) if self.quirks else sign * (r * price + interest)
        if kind == "DV":
            return r * self.observed("marketObjectCodeOfDividends", event.when.raw)
        return F(0)

    def transit(self, event):
        kind, t, r = event.kind, event.when.calculation, self.r
        accrued, fee = self.accrued(t), self.fee(t)
        redeemed = self.redeemed(event) if kind in ("PR", "PP") else None
        self.feac += fee
        if kind == "IED":
            self.nt = r * self.number("notionalPrincipal")
            self.ipnr = self.number("nominalInterestRate", 0)
            self.ipcb = self.based(self.nt)
            stated, anchor = self.number("accruedInterest"), self.anchor("InterestPayment")
            if self.type == "LAX" and "arrayCycleAnchorDateOfInterestPayment" in self.t:
                anchor = time(many(self.t["arrayCycleAnchorDateOfInterestPayment"])[0])
            if stated is not None:
                self.ipac = r * stated
            elif anchor is not None and anchor < t and self.ipnr:
                self.ipac = self.fraction(anchor, t) * self.nt * self.ipnr
            else:
                self.ipac = F(0)
            if self.type == "ANN" and "nextPrincipalRedemptionPayment" not in self.t:
                self.prnxt = self.level(t, True)
        elif kind == "IP":
            self.ipac, self.kept = F(0), None
        elif kind == "IPCI":
            self.nt += self.ipac + accrued
            self.ipac = F(0)
            self.follow()
        elif kind in ("MD", "STD", "TD"):
            self.nt = self.ipac = self.feac = self.ipcb = F(0)
        else:
            self.ipac += accrued
            if redeemed is not None:
                self.nt -= r * redeemed
                self.follow()
            elif kind == "PI":
                self.nt += r * event.value
                self.follow()
            elif kind == "RR":
                self.ipnr = self.reset_rate(event)
            elif kind == "RRF":
                self.ipnr = event.value
            elif kind == "PRF":
                self.prnxt = self.level(t, False)
            elif kind == "IPCB":
                self.ipcb = self.nt
            elif kind == "SC":
                m = self.observed("marketObjectCodeOfScalingIndex", event.when.raw) \
                    / self.number("scalingIndexAtContractDealDate")
                self.isc = m if "I" in self.scaling else self.isc
                self.nsc = m if "N" in self.scaling else self.nsc
            elif kind == "FP":
                self.feac = F(0)
            elif kind == "XD" and self.type == "CLM":
                self.called = True
                if self.quirks and Cycle(self.t["xDayNotice"]).count > 0:
                    self.kept, self.ipac = self.ipac, F(0)
        self.sd = t

    def flows(self):
        """The events that are reported: time, kind, payoff, notional, rate and accrued interest, exactly."""
        events = self.events()
        self.start(events)
        result = []
        for k, event in enumerate(events):
            after = self.to is not None and event.when.event > self.to and not self.call
            if after:
                break
            pay = self.payoff(event) if k >= self.hidden else None
            self.transit(event)
            if k >= self.hidden:
                result.append((event.when.event, event.kind, pay, self.nt, self.ipnr, self.ipac))
        return result
