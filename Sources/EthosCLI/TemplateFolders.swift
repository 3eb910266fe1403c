import Glibc

/// Where the templates may be: named by `ETHOS_TEMPLATES`, installed beside the binary, or in the source tree that the
/// binary was built in.
enum TemplateFolders {
  static func candidates(_ process: ProcessContext) -> [String] {
    var folders: [String] = []
    if let named = process.variables["ETHOS_TEMPLATES"], !named.isEmpty { folders.append(named) }
    var folder = parent(process.executable)
    folders.append(parent(folder) + "/share/ethos/templates")
    // `.build/debug/ethos` and `.build/x86_64-…/debug/ethos` lie three or four folders below the source tree.
    for _ in 0..<4 {
      folder = parent(folder)
      guard folder.count > 1 else { break }
      if access(folder + "/Package.swift", R_OK) == 0 { folders.append(folder + "/Templates") }
    }
    return folders
  }

  private static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
