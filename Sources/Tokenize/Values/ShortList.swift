/// A list that keeps its first element in place.
///
/// Nearly every transaction has one principal, one operation and one signature. As arrays these would be three
/// allocations on one core and three releases on another, which cost as much as deciding the transaction.
public struct ShortList<Element> {
    /// The first element, or nil if there is none. Read on hot paths: unlike the subscript it copies nothing else.
    let head: Element?
    private let tail: [Element]

    /// An empty list.
    public init() {
        head = nil
        tail = []
    }

    /// The list of one element.
    @inline(__always)
    init(_ element: Element) {
        head = element
        tail = []
    }

    /// The list with the elements of `elements`, in their order.
    public init(_ elements: some Sequence<Element>) {
        var iterator = elements.makeIterator()
        head = iterator.next()
        var rest: [Element] = []
        while let element = iterator.next() { rest.append(element) }
        tail = rest
    }

    init(_ head: Element, _ tail: [Element]) {
        self.head = head
        self.tail = tail
    }
}

extension ShortList: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { head == nil ? 0 : tail.count + 1 }

    public subscript(position: Int) -> Element {
        @inline(__always) get {
            guard position == 0 else { return tail[position - 1] }
            guard let head else { preconditionFailure("the list is empty") }
            return head
        }
    }
}

extension ShortList: Equatable where Element: Equatable {}
extension ShortList: Hashable where Element: Hashable {}
extension ShortList: Sendable where Element: Sendable {}

extension ShortList: ExpressibleByArrayLiteral {
    public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension ShortList: CustomStringConvertible {
    /// As an array's.
    public var description: String { Array(self).description }
}
