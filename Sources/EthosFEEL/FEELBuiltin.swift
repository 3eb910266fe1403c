/// A built-in function, by the name that FEEL gives to it (DMN 1.5, 10.3.4).
package enum FEELBuiltin: String, Sendable, Hashable, CaseIterable {
  // 10.3.4.1, conversion
  case date
  case time
  case dateAndTime = "date and time"
  case number
  case string
  case duration
  case yearsAndMonthsDuration = "years and months duration"
  // 10.3.4.2, boolean
  case not
  // 10.3.4.3, string
  case substring
  case stringLength = "string length"
  case upperCase = "upper case"
  case lowerCase = "lower case"
  case substringBefore = "substring before"
  case substringAfter = "substring after"
  case replace
  case contains
  case startsWith = "starts with"
  case endsWith = "ends with"
  case matches
  case split
  case stringJoin = "string join"
  // 10.3.4.4, list
  case listContains = "list contains"
  case listReplace = "list replace"
  case count
  case min
  case max
  case sum
  case mean
  case all
  case any
  case sublist
  case append
  case concatenate
  case insertBefore = "insert before"
  case remove
  case reverse
  case indexOf = "index of"
  case union
  case distinctValues = "distinct values"
  case flatten
  case product
  case median
  case stddev
  case mode
  // 10.3.4.5, numeric
  case decimal
  case floor
  case ceiling
  case roundUp = "round up"
  case roundDown = "round down"
  case roundHalfUp = "round half up"
  case roundHalfDown = "round half down"
  case abs
  case modulo
  case sqrt
  case log
  case exp
  case odd
  case even
  // 10.3.4.6, date and time
  case `is`
  // 10.3.4.7, ranges
  case before
  case after
  case meets
  case metBy = "met by"
  case overlaps
  case overlapsBefore = "overlaps before"
  case overlapsAfter = "overlaps after"
  case finishes
  case finishedBy = "finished by"
  case includes
  case during
  case starts
  case startedBy = "started by"
  case coincides
  // 10.3.4.8, temporal
  case dayOfYear = "day of year"
  case dayOfWeek = "day of week"
  case monthOfYear = "month of year"
  case weekOfYear = "week of year"
  // 10.3.4.9, sort
  case sort
  // 10.3.4.10, context
  case getValue = "get value"
  case getEntries = "get entries"
  case context
  case contextPut = "context put"
  case contextMerge = "context merge"
  // 10.3.4.11, miscellaneous
  case now
  case today
  case range

  private static let byName = Dictionary(
    uniqueKeysWithValues: FEELBuiltin.allCases.map { (FEELText($0.rawValue), $0) })

  static func named(_ name: String) -> FEELBuiltin? { byName[FEELText(name)] }

  /// The parameters of each signature, in the order of positional arguments.
  ///
  /// A name that ends in `?` may be left out; one that ends in `*` takes all arguments that are left.
  package var signatures: [[String]] { FEELBuiltin.table[self] ?? [] }
}
