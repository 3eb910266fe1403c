package import EthosModel

/// One difference between two records before anybody asks what it means.
///
/// Exchanging the records exchanges `before` and `after` and leaves the rest; classification and application lean on it.
package struct Edit {
  package enum Form {
    /// The values at the path.
    case value
    /// Two versions of one item that has no key; the path is the list's.
    case pair
    /// The keys of the items that stand in another order; the path is the list's.
    case order
  }

  package var path: FieldPath
  package var before: Node?
  package var after: Node?
  package var form = Form.value
  package var place: ItemPlace?
}
