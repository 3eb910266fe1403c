/// A client of the bank with what its releases say, written down once more beside its tables.
protocol BankClient {
  var score: Int { get }
  var country: String { get }
  var isExposed: Bool { get }
  var wealth: String { get }
}

extension BankClient {
  /// The rules of 2019.
  var growth: String {
    if country == "high", score > 75 { return "decline" }
    return isExposed || score > 75 ? "refer" : "approve"
  }

  /// The rules of 2026.
  var renewal: String {
    if wealth == "unexplained" || (country == "high" && score > 60) { return "decline" }
    return isExposed || (country == "high" && wealth == "plausible") || score > 60 ? "refer" : "approve"
  }
}
