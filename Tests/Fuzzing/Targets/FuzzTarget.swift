/// What is fuzzed: a way from bytes that anybody may have written to all that the program makes of them.
///
/// A run answers nothing: it returns, or it stops the process. It stops it where the code under test traps, and where
/// one of the laws that hold for every input is broken. Costs are bounded by the limits of the code under test; those
/// that a run sets itself are tighter than the standard, so that what costs more is a hang and no patience.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// FEEL: a text is parsed, printed and evaluated.
  case feel
  /// The file of a decision is read, printed, decides a case, and is compared with itself and with another revision.
  case table
  /// A DMN model is read, evaluated and carried over to files, which are read again.
  case dmn
  /// A file of recorded cases is read and decided under two revisions, in blocks of two sizes.
  case cases

  package func run(_ bytes: [UInt8]) {
    switch self {
    case .feel: FEELFuzzing.run(bytes)
    case .table: TableFuzzing.run(bytes)
    case .dmn: DMNFuzzing.run(bytes)
    case .cases: CaseFuzzing.run(bytes)
    }
  }
}

/// Stops the process as a trap does, so that the fuzzer keeps the input.
func require(_ holds: Bool, _ law: @autoclosure () -> String) {
  guard holds else { fatalError("broken law: \(law())") }
}
