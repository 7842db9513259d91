import Tokenize

/// The calendars that a file of cases brings along.
enum CaseCalendars {
    /// The calendars in the file's `meta`, and `NONE` and `WEEKENDS`, which a file may leave out.
    static func all(in meta: JSONValue?) throws -> [String: BusinessCalendar] {
        var calendars = ["NONE": BusinessCalendar.everyDay, "WEEKENDS": BusinessCalendar.mondayToFriday]
        guard case .object(let members) = meta, case .object(let found) = members["calendars"] else { return calendars }
        for (name, value) in found { calendars[name] = try calendar(named: name, CaseReader(value, calendars: [:])) }
        return calendars
    }

    /// A calendar that says years is valid in these; one that does not is valid always.
    private static func calendar(named name: String, _ data: CaseReader) throws -> BusinessCalendar {
        let years = [
            data.has("firstYear") ? try data.integer("firstYear") : CalendarDate.yearMin,
            data.has("lastYear") ? try data.integer("lastYear") : CalendarDate.yearMax,
        ]
        guard let first = CalendarDate(year: years[0], month: 1, day: 1),
            let last = CalendarDate(year: years[1], month: 12, day: 31)
        else { throw DemoFailure("the calendar '\(name)' is of years that there are not") }
        do {
            return try BusinessCalendar(
                name: name,
                version: 1,
                firstDay: first,
                lastDay: last,
                weekend: Weekdays(try data.texts("weekend").map(weekday)),
                holidays: Set(try data.dates("holidays")).sorted()
            )
        } catch let defect as BusinessCalendar.Defect {
            throw DemoFailure("the calendar '\(name)' is malformed: \(defect)")
        }
    }

    private static func weekday(_ name: String) throws -> Weekdays {
        let names = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
        guard let index = names.firstIndex(of: name) else { throw DemoFailure("no weekday is called '\(name)'") }
        return Weekdays(rawValue: 1 << UInt8(index))
    }
}
