/// One case under way: where a property draws from, says what it sees, and demands what must hold.
public struct Trial: Sendable {
    var choices: ChoiceSource
    /// What the property said was present in this case, without repetition, in order.
    private(set) var labels: [String] = []
    /// What happened, line by line, for a person to read.
    public private(set) var notes: [String] = []

    init(_ choices: ChoiceSource) { self.choices = choices }

    /// Draws a value.
    public mutating func draw<Value>(_ generator: Generator<Value>) throws -> Value {
        try choices.draw(generator)
    }

    /// Says that the case shows something. A run counts the cases, and a property may ask for a share of them.
    public mutating func label(_ name: String, when isPresent: Bool = true) {
        if isPresent, !labels.contains(name) { labels.append(name) }
    }

    /// Writes down a step, a command for instance, for who reads a counterexample.
    public mutating func note(_ text: @autoclosure () -> String) { notes.append(text()) }

    /// Gives the case up if it is not of the kind that the property is about. Another is drawn in its place; a run in
    /// which too many are given up, gives up (``AuditLimits/discardsPerCaseMax``).
    public func assume(_ holds: Bool) throws {
        guard holds else { throw Discard.assumptionFailed }
    }

    /// Demands that something holds.
    ///
    /// - Throws: ``Falsified``, which names the place of the demand; a shrinker keeps to failures of one place.
    public func require(
        _ holds: Bool,
        _ message: @autoclosure () -> String,
        file: StaticString = #fileID,
        line: UInt = #line
    ) throws {
        guard holds else { throw Falsified(message: message(), place: "\(file):\(line)") }
    }
}

/// A demand of a property that did not hold.
public struct Falsified: Error, Hashable, Sendable {
    /// What was found.
    public let message: String
    /// Which demand it was.
    public let place: String

    /// A failure that a property finds by itself.
    public init(message: String, place: String) {
        self.message = message
        self.place = place
    }
}
