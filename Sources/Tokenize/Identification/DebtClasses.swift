/// The groups and attributes of debt instruments in ISO 10962 (2021 edition).
enum DebtClasses {
    /// What a letter at one place of a classification means.
    struct Attribute: Sendable {
        let name: String
        let values: [Character: String]
    }

    /// A group; at a place without an attribute only `X` may stand.
    struct Group: Sendable {
        let name: String
        let attributes: [Attribute?]
    }

    static let letter: Character = "D"
    static let name = "Debt instruments"

    static let groups: [Character: Group] = [
        "A": Group(name: "Asset-backed securities", attributes: [interest("FVZ"), ranking(), redemption, form]),
        "B": Group(
            name: "Bonds",
            attributes: [interest("CFKVZ", "Type of interest or cash payment"), ranking(), redemption, form]
        ),
        "C": Group(name: "Convertible bonds", attributes: [interest("FKVZ"), ranking(), redemption, form]),
        "D": Group(
            name: "Depositary receipts on debt instruments",
            attributes: [dependency, interest("CFVZ", "Type of interest/cash payment"), ranking(), redemption]
        ),
        "E": Group(
            name: "Structured instruments",
            attributes: [
                Attribute(name: "Type", values: certificates),
                distribution,
                Attribute(name: "Repayment", values: repayments),
                underlying,
            ]
        ),
        "G": Group(name: "Mortgage-backed securities", attributes: [interest("FVZ"), ranking(), redemption, form]),
        "M": Group(
            name: "Others",
            attributes: [
                Attribute(name: "Type", values: ["B": "Bank loan", "M": "Others", "P": "Promissory note"]), nil, nil,
                form,
            ]
        ),
        "N": Group(
            name: "Municipal bonds",
            attributes: [interest("FVZ"), ranking(guarantee: "State guarantee"), redemption, form]
        ),
        "S": Group(
            name: "Structured instruments",
            attributes: [
                Attribute(name: "Type", values: protectedCertificates),
                distribution,
                Attribute(name: "Repayment", values: protectedRepayments),
                underlying,
            ]
        ),
        "T": Group(name: "Medium-term notes", attributes: [interest("FKVZ"), ranking(), redemption, form]),
        "W": Group(name: "Bonds with warrants attached", attributes: [interest("FKVZ"), ranking(), redemption, form]),
        "Y": Group(name: "Money market instruments", attributes: [interest("FKVZ"), ranking(), nil, form]),
    ]

    /// The kinds of interest that a group has, by their letters.
    private static func interest(_ letters: String, _ name: String = "Type of interest") -> Attribute {
        let all: [Character: String] = [
            "C": "Cash payment", "F": "Fixed rate", "K": "Payment in kind", "V": "Variable",
            "Z": "Zero rate/discounted",
        ]
        return Attribute(name: name, values: all.filter { letters.contains($0.key) })
    }

    private static func ranking(guarantee: String = "Government guarantee") -> Attribute {
        Attribute(
            name: "Guarantee or ranking",
            values: [
                "C": "Supranational", "G": "Joint guarantee", "J": "Junior subordinated", "N": "Senior",
                "O": "Senior subordinated", "P": "Negative pledge", "Q": "Junior", "S": "Secured", "T": guarantee,
                "U": "Unsecured/unguaranteed",
            ]
        )
    }

    private static let redemption = Attribute(
        name: "Redemption/reimbursement",
        values: [
            "A": "Amortization plan", "B": "Amortization plan with call feature",
            "C": "Fixed maturity with put feature", "D": "Fixed maturity with put and call", "E": "Extendible",
            "F": "Fixed maturity", "G": "Fixed maturity with call feature",
            "L": "Amortization plan with put and call", "P": "Perpetual", "Q": "Perpetual with call feature",
            "R": "Perpetual with put feature", "T": "Amortization plan with put feature",
        ]
    )

    private static let form = Attribute(
        name: "Form",
        values: ["B": "Bearer", "M": "Others", "N": "Bearer/registered", "R": "Registered"]
    )

    private static let dependency = Attribute(
        name: "Instrument dependency",
        values: [
            "A": "Asset-backed securities", "B": "Bonds", "C": "Convertible bonds", "G": "Mortgage-backed securities",
            "M": "Others", "N": "Municipal bonds", "T": "Medium-term notes", "W": "Bonds with warrants attached",
            "Y": "Money market instruments",
        ]
    )

    private static let distribution = Attribute(
        name: "Distribution",
        values: [
            "D": "Dividend payments", "F": "Fixed interest payments", "M": "Others", "V": "Variable interest payments",
            "Y": "No payments",
        ]
    )

    private static let underlying = Attribute(
        name: "Underlying assets",
        values: [
            "B": "Baskets", "C": "Currencies", "D": "Debt instruments", "I": "Indices", "M": "Others",
            "N": "Interest rates", "S": "Equities", "T": "Commodities",
        ]
    )

    private static let certificates: [Character: String] = [
        "A": "Discount certificate", "B": "Barrier discount certificate", "C": "Reverse convertible",
        "D": "Barrier reverse convertible", "E": "Express certificate", "M": "Others",
    ]

    private static let repayments: [Character: String] = [
        "C": "Repayment in assets and cash", "M": "Others", "R": "Repayment in cash", "S": "Repayment in assets",
        "T": "Repayment in assets or cash",
    ]

    private static let protectedCertificates: [Character: String] = [
        "A": "Capital protection certificate with participation", "B": "Capital protection convertible certificate",
        "C": "Barrier capital protection certificate", "D": "Capital protection certificate with coupons",
        "M": "Others",
    ]

    private static let protectedRepayments: [Character: String] = [
        "F": "Fixed cash repayment", "M": "Others", "V": "Variable cash repayment",
    ]
}
