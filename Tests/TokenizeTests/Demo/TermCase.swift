import Testing

/// A change to the term sheet of the bond story, and what the program says of it.
struct TermCase: CustomTestStringConvertible, Sendable {
    let text: String
    let other: String
    let sentence: String

    init(_ text: String, _ other: String, _ sentence: String) {
        self.text = text
        self.other = other
        self.sentence = sentence
    }

    var testDescription: String { other }

    /// Other bonds that the story tells.
    static let good = [
        TermCase(
            #""repayment": { "kind": "bullet" }"#,
            #""repayment": { "kind": "linear", "first": "2026-10-15" }"#,
            "amortisation 2026-10-15"
        ),
        TermCase(
            #""interest": { "kind": "fixed", "rate": 0.069 }"#,
            #""interest": { "kind": "stepped", "steps": [{ "start": "2026-07-15", "rate": 0.05 }] }"#,
            "stepped, from 5% every 3 months"
        ),
        TermCase(
            #""exDate": { "businessDays": 4 }"#,
            #""exDate": "none""#,
            "holders of 2026-10-08, paid on 2026-10-15"
        ),
        TermCase(#""redemptionPrice": 100"#, #""redemptionPrice": 101.5"#, "at 101.5 for each 100"),
        TermCase(#""rate": 0.069"#, #""rate": 0.0000001"#, "the log holds no event of default"),
    ]

    static let bad = [
        TermCase(#""rate": 0.069"#, #""rate": "much""#, "interest.rate must be a decimal number"),
        TermCase(#""cash": "LAK""#, #""cash": "THB""#, "cash must be a known cash asset"),
        TermCase(#""treasury": "Treasury""#, #""treasury": "Purse""#, "tax.treasury must be a known account"),
        TermCase(#""dayCount": "Act/365F","#, "", "dayCount is missing"),
        TermCase(#""lot": 10"#, #""lot": 10, "colour": 1"#, "denomination.colour is no field of a term sheet"),
        TermCase(#""lot": 10"#, #""lot": 10, "lot": 20"#, "denomination.lot: stands twice in one object"),
        TermCase(#""isin": "LA0MOF31A017", "#, "", "identifiers.isin is missing"),
        TermCase("93fd0724", "93fd0725", "calendar.digest is of no known calendar: LA-MODEL is 93fd0724"),
        TermCase(#""tenor": "P6M""#, #""tenor": "P60M""#, "must have payments on two days at least"),
        TermCase(#""recordDate": { "businessDays": 5 }"#, #""recordDate": { "businessDays": 0 }"#, "record date"),
        TermCase(#""minimumSubscription": 100"#, #""minimumSubscription": 105"#, "no subscription of 18000000 units"),
        TermCase(#""faceUnit": 1000"#, #""faceUnit": 100000000000000000000000"#, "more than the story can count"),
        TermCase(#""cash": "LAK","#, #""cash": "LAK""#, "not JSON from line 3 on"),
    ]
}

/// A name that is written a second time.
struct RepeatedCase: CustomTestStringConvertible, Sendable {
    let text: String
    let other: String
    let sentence: String

    var testDescription: String { sentence }

    static let all = [
        RepeatedCase(
            text: #""story": "land","#,
            other: #""story": "land", "story": "land","#,
            sentence: "story: stands twice in one object, the second time in line 2"
        ),
        RepeatedCase(
            text: #""minorUnitDigits": 0"#,
            other: #""minorUnitDigits": 0, "c\u006Fde": "LAK""#,
            sentence: "currency.code: stands twice"
        ),
        RepeatedCase(
            text: #""shares": 137"#,
            other: #""shares": 137, "buyer": "\"{[""#,
            sentence: "sales[2].buyer: stands twice"
        ),
    ]
}
