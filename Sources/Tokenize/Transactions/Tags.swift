/// The domains of every hash that is not fixed by another standard (Specs/02).
enum Tags {
    static let ledger = TaggedHash(tag: "Tokenize/ledger")
    static let transaction = TaggedHash(tag: "Tokenize/transaction")
    static let account = TaggedHash(tag: "Tokenize/account")
    static let asset = TaggedHash(tag: "Tokenize/asset")
    static let encumbrance = TaggedHash(tag: "Tokenize/encumbrance")
    static let order = TaggedHash(tag: "Tokenize/order")
    static let proposal = TaggedHash(tag: "Tokenize/proposal")
    static let question = TaggedHash(tag: "Tokenize/question")
    static let explanation = TaggedHash(tag: "Tokenize/explanation")
    static let record = TaggedHash(tag: "Tokenize/record")
    static let precommitment = TaggedHash(tag: "Tokenize/precommitment")
}
