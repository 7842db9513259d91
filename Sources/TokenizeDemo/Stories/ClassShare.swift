import Tokenize

/// What classes of holders have of an asset together, and what a share of it is.
enum ClassShare {
    /// Units of `classes` together.
    static func held(by classes: HolderClassSet, in record: AssetRecord) -> Quantity {
        Quantity(
            HolderClass.allCases.filter { classes.contains(HolderClassSet($0)) }
                .reduce(UInt128(0)) { $0 + record.unitsByClass[Int($1.rawValue)] }
        )
    }

    /// The largest whole number of units within a share of what is outstanding.
    static func limit(_ numerator: UInt64, _ denominator: UInt64, of outstanding: Quantity) -> Quantity {
        let product = outstanding.units.multipliedFullWidth(by: UInt128(numerator))
        return Quantity(UInt128(denominator).dividingFullWidth(product).quotient)
    }
}
