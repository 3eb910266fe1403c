/// The help of the root command, as its declarations say it. Written by `make record`; a test holds it to them.
enum RootHelp {
  static let text = ""
}
