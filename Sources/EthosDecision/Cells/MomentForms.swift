import EthosFEEL

/// Says whether the moments that a fact is compared with are all written in one form, so that they put its values in one
/// order.
///
/// FEEL compares a moment with a zone and one without by lending the other's zone to it. Where all constants are local,
/// every value counts by its local time; where all of them have one offset, every value counts as if it had that where it
/// has none, and one in a named zone cannot be compared. Constants of two forms make two orders of one set of values.
enum MomentForms {
  static func areOne(_ constants: [FEELValue]) -> Bool {
    var forms: Set<FEELZone?> = []
    for constant in constants {
      switch constant {
      case .time(let time):
        // A time of day in another zone may be one of the day before.
        guard time.zone == nil || time.zone == .utc else { return false }
        forms.insert(time.zone)
      case .dateTime(let moment):
        if case .named? = moment.time.zone { return false }
        forms.insert(moment.time.zone)
      default: continue
      }
    }
    return forms.count <= 1
  }
}
