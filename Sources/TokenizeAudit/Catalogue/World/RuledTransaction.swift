import Tokenize

/// A transaction under a rulebook as it is put together, with what the bookkeeper says of every operation.
struct RuledTransaction {
    /// What there is after the operations so far.
    private(set) var book: RuleBookkeeper
    private(set) var operations: [Operation] = []
    /// Who signs, by place in the cast, in the order of the body's principals.
    private(set) var principals: [Int] = []
    /// The rule that refuses, and which operation; nil if all is done.
    private(set) var refusal: (code: RejectionCode, operation: Int)?
    /// The movement of which an explanation is looked at.
    private(set) var examined: Examined?

    /// A movement, and what there is before it.
    struct Examined {
        let movement: RuleBookkeeper.Movement
        let operation: Int
        let book: RuleBookkeeper
    }

    var memo: String { book.hasMemo ? "m" : "" }

    init(_ book: RuleBookkeeper, hasMemo: Bool = false) {
        self.book = book
        self.book.begin(hasMemo: hasMemo)
    }

    /// The place of a member among the principals: from now on it signs.
    mutating func principal(_ member: Int) -> Int {
        if let place = principals.firstIndex(of: member) { return place }
        principals.append(member)
        return principals.count - 1
    }

    /// One more operation, and what the bookkeeper does then: nil, or why it is refused.
    mutating func add(_ act: Act, by member: Int, _ happen: (inout RuleBookkeeper) -> RejectionCode?) {
        if refusal == nil, let code = happen(&book) { refusal = (code, operations.count) }
        operations.append(Operation(act, principal: principal(member)))
    }

    /// As ``add(_:by:_:)``, of a movement that is looked at closely if a rulebook refuses it.
    mutating func add(
        _ act: Act,
        by member: Int,
        examining movement: RuleBookkeeper.Movement,
        _ happen: (inout RuleBookkeeper) -> RejectionCode?
    ) {
        if refusal == nil { examined = Examined(movement: movement, operation: operations.count, book: book) }
        add(act, by: member, happen)
    }
}
