extension HelpTopic {
  /// Who vouches for the first commit, and how that is handed over: a part of `ethos help signatures`.
  static let trustText = """
    Who vouches for the first commit
      Everything rests on the first commit: it says who may do what. Whoever makes another repository makes another first
      commit, so ask for it by keys that you got in another way:

        ethos verify --trust 'ssh-ed25519 AAAA…' --trust 'ssh-ed25519 BBBB…' --threshold 2

      Two different keys of those given must vouch; without `--threshold` all of them. A key vouches by its signature of
      the first commit, or by a signed tag trust/NAME at that commit. NAME is free, and each key needs a tag of its own:

        git tag -s trust/ada FIRST-COMMIT -m 'Vouch for the first commit'
        git push origin trust/ada

      `--trust jane` stands for the keys that the first commit itself gives to jane in people/. Then two keys of one person
      count once. But whoever made the first commit wrote them: compare the keys with what jane tells you.

      Hand the trust over to other keys, as when one is lost or its holder leaves, by a record in such tags. It is the last
      paragraph of the message, with one line `Trusts:` per key, sorted by its letters. Write
      it to a file, say handover.txt, from the first letter of each line on:

        Hand over to Ada and Ruth, as Jane leaves

        Rotation: 1
        Threshold: 2
        Trusts: ssh-ed25519 CCCC…
        Trusts: ssh-ed25519 DDDD…

      Then everybody signs it: `git tag -s trust/jane-2 FIRST-COMMIT -F handover.txt`, and pushes the tag.

      The record counts when as many of the keys trusted so far signed it as must vouch, and as many of the new keys as its
      `Threshold:` says, each in a tag of its own, letter for letter. The old keys alone could name anybody, the new ones
      themselves. The next record is `Rotation: 2`. `verify` then asks for the new keys, and says so (`trust-rotated`);
      `--trust` with a new key needs no more than that key's tag. A server that asks ethos keeps these tags where they are, and
      a receipt knows them: without either, tags that are deleted bring the old keys back.
      A stolen key of few others can hand over too: let several people vouch, and ask for more than one.
    """
}
