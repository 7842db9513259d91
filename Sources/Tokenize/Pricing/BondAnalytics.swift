#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Price, yield and risk of a bond in binary numbers: for people and screens, never for state.
///
/// A price that decides something comes from ``BondPrice``, which is exact.
public struct BondAnalytics: Sendable {
    private struct Flow {
        let step: Double
        let amount: Double
    }

    private let flows: [Flow]
    private let accrued: Double
    private let convention: YieldConvention

    /// The analytics of what a bond still pays.
    public init(_ flows: StreetFlows) {
        self.flows = flows.flows.map { Flow(step: $0.step.doubleValue, amount: $0.amount.doubleValue) }
        accrued = flows.accrued.doubleValue
        convention = flows.convention
    }

    /// The present value at a yield, for each 100 outstanding; accrued interest included.
    public func dirtyPrice(yield: Double) -> Double {
        var (time, factor, value) = (0.0, 1.0, 0.0)
        for (index, flow) in flows.enumerated() {
            time += flow.step
            switch convention.compounding {
            case .simple: factor = 1 / (1 + yield * time)
            case .simpleThenCompounded where index == 0: factor = 1 / (1 + yield * flow.step)
            case .compounded, .simpleThenCompounded: factor *= discount(yield, flow.step)
            }
            value += flow.amount * factor
        }
        return value
    }

    /// The price at a yield, for each 100 outstanding, without accrued interest.
    public func cleanPrice(yield: Double) -> Double { dirtyPrice(yield: yield) - accrued }

    /// The average time to a payment in years, weighted with present values (Macaulay). Compounded yields only.
    public func macaulayDuration(yield: Double) -> Double {
        weighted(yield) { time, _ in time }
    }

    /// How much the price falls, relative to the dirty price, for a rise of the yield. Compounded yields only.
    public func modifiedDuration(yield: Double) -> Double {
        macaulayDuration(yield: yield) / (1 + yield / frequency)
    }

    /// The second derivative of the dirty price by the yield, relative to the price. Compounded yields only.
    public func convexity(yield: Double) -> Double {
        let growth = 1 + yield / frequency
        return weighted(yield) { time, frequency in time * (frequency * time + 1) / frequency } / (growth * growth)
    }

    /// The yield at which the clean price is `clean`, to about the precision of a binary number.
    ///
    /// Throws ``PricingFailure/noYield`` if no yield between -99 % of a compounding period, or of the time to a
    /// single payment with simple interest, and 1,000,000 times the principal a year has it.
    public func yield(clean: Double) throws(PricingFailure) -> Double {
        let dirty = clean + accrued
        var low = lowestYield
        // A price of 94 two days before maturity is a yield of some 80,000 a year.
        var high = 1e6
        guard dirty.isFinite, dirtyPrice(yield: low) >= dirty, dirtyPrice(yield: high) <= dirty else { throw .noYield }
        // The price falls as the yield rises, so halving always converges; 200 halvings are more than the numbers have.
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            guard low < middle, middle < high else { break }
            if dirtyPrice(yield: middle) > dirty { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }

    private var frequency: Double { Double(convention.frequency) }

    /// Just above where a discount factor has no value.
    private var lowestYield: Double {
        let time: Double
        switch convention.compounding {
        case .compounded: return -0.99 * frequency
        case .simple: time = flows.reduce(0) { $0 + $1.step }
        case .simpleThenCompounded where flows.count == 1: time = flows.first?.step ?? 0
        case .simpleThenCompounded: time = max(flows.first?.step ?? 0, 1 / frequency)
        }
        return time > 0 ? -0.99 / time : -0.99 * frequency
    }

    private func discount(_ yield: Double, _ step: Double) -> Double {
        pow(1 + yield / frequency, -frequency * step)
    }

    /// The mean of `value(time, frequency)`, weighted with present values.
    private func weighted(_ yield: Double, _ value: (Double, Double) -> Double) -> Double {
        var (time, sum, total) = (0.0, 0.0, 0.0)
        for flow in flows {
            time += flow.step
            let present = flow.amount * discount(yield, time)
            sum += present * value(time, frequency)
            total += present
        }
        return sum / total
    }
}
