extension HelpTopic {
  /// What a bundle holds, how to read its FEEL, and how to check that it is what was exported.
  static let bundleText = """
    `ethos export bundle` writes all that is in force as one JSON document for programs, `ethos.bundle.v1`. It is
    canonical JSON (RFC 8785): no white space and no line end, keys in order, UTF-8.

    What it holds
      organisation, commit
      release, effective   the release of the commit, and its first day; null where it has none
      cycle                the leadership cycle of the release; without one that of the day of the commit
      schemas              for each kind the JSON Schema (draft 2020-12) of its `fields`
      entries[]            kind, id, fingerprint, retired, fields
      digest               the SHA-256 of all other members

      `fields` are what counts of a file, in canonical form (`ethos help fingerprints`). Numbers and days are texts, so
      that no digit is lost. Of a retired entry there are only id, title, status, since and because. The same commit and
      release give the same bytes, whenever they are asked for: an exception that has ended is in it with its last day.
      `ethos schema bundle` prints the schema of the whole document.

    FEEL
      A FEEL text is never a JSON value. It stands in an object with the one member `feel`, and is FEEL as the standard
      has it: where the table says `approve`, short for an allowed text, the bundle says

        {"feel": "\\"approve\\""}

      So the text null is {"feel": "\\"null\\""}, and null itself is {"feel": "null"}. These are FEEL:

        unary tests   `allowed`, `when`, `never`, `always`, an exception's `outcome`, and cells of a rule
                      under a fact or a name of `uses`
        expressions   `default`, and cells of a rule under an output
        values        `given` and `expect` of examples

      A fact that a rule leaves out may be anything. An output that it leaves out is null.

    Who is not in it
      No person, no name, address or key; no office and no holder: not who owns, decides, stands in, gains or may
      object; nobody who wrote, approved or commented anything. Fields of your own (`x-…`) and comments in files are left
      out, since nobody can say whom they name. Where people were left out of an entry its `fingerprint` is null: who
      guesses their names could check the guess. Texts stand as they were written. Where one of them has a name, an
      address, an id or a key of a person of the identity, a warning on standard error names the place.

    What cannot be read
      An identity with errors is not exported, nor one with an exception whose FEEL cannot be read: the command names
      them, exits with 2 and writes nothing. They are the errors of `ethos check` on the day of the commit.

    The digest
      Take `digest` out of the document, write the rest as canonical JSON, and take the SHA-256 of its bytes. In Python:

        import hashlib, json
        bundle = json.load(open("bundle.json", encoding="utf-8"))
        digest = bundle.pop("digest")
        def canonical(v):
          if isinstance(v, dict):
            keys = sorted(v, key=lambda k: k.encode("utf-16-be"))
            return "{" + ",".join(json.dumps(k, ensure_ascii=False) + ":" + canonical(v[k]) for k in keys) + "}"
          if isinstance(v, list): return "[" + ",".join(map(canonical, v)) + "]"
          return json.dumps(v, ensure_ascii=False)
        assert digest == "sha256:" + hashlib.sha256(canonical(bundle).encode()).hexdigest()

      It is another digest than `bundle` in the manifest of a release, which is over the fingerprints of all entries.
      The digest shows that a document is whole. Who wrote it a signature shows.

    The signature
      `ethos export bundle --output bundle.json --sign` signs the bytes of the file with git's own settings, as records
      are signed (`ethos help signatures`), and writes bundle.json.sig, or bundle.json.asc with an OpenPGP key. The file
      of signers comes from whom you trust, not with the bundle:

        ethos export signers > signers
        ssh-keygen -Y verify -f signers -I ada@example.org -n git -s bundle.json.sig < bundle.json
        gpg --verify bundle.json.asc bundle.json

      `-I` is the address of whoever signed: `ssh-keygen -Y find-principals -f signers -s bundle.json.sig` tells it.

    """
}
