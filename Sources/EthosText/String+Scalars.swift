extension String {
  /// The text with every occurrence of one scalar replaced, also where marks that combine with it follow.
  ///
  /// Swift's own `replacing` sees whole characters, and would pass over a bar or a quote that carries an accent.
  package func replacingScalar(_ scalar: Unicode.Scalar, with replacement: String) -> String {
    guard unicodeScalars.contains(scalar) else { return self }
    var result = String.UnicodeScalarView()
    for found in unicodeScalars {
      if found == scalar { result.append(contentsOf: replacement.unicodeScalars) } else { result.append(found) }
    }
    return String(result)
  }
}
