extension HelpTopic {
  /// How records are signed, whose keys count, and what a verdict rests on.
  static let signaturesText = """
    A name in a commit is typed by whoever writes it. A signature shows that the holder of a key made the record as it
    stands. ethos signs and checks as git does, so that `git verify-commit` and `git verify-tag` agree.

    Signing
      Every record is signed when git's configuration says so, with git's own settings:

        git config --global gpg.format ssh
        git config --global user.signingKey ~/.ssh/id_ed25519.pub
        git config --global commit.gpgSign true
        git config --global tag.gpgSign true

      `user.signingKey` is the file of a private key, that of a public key whose private half ssh-agent holds, or such
      a key itself (`key::ssh-ed25519 AAAA…`). A key without a file yet: `ssh-keygen -t ed25519`.
      With `gpg.format` left out, or `openpgp`, gpg signs; `x509` and `gpg.ssh.defaultKeyCommand` are not used.
      The programs are those of `gpg.ssh.program`, `gpg.program` and `gpg.openpgp.program`.

      Where the charter says `signatures: required`, every record is signed whatever `commit.gpgSign` says, and without
      a key nothing is recorded. The people of a template's story sign nothing.

    Whose key it is
      A key is a person's who has it in their file of people/, from its first to its last day, both included:

        keys:
          - {key: ssh-ed25519 AAAA…, from: 2026-01-10, until: 2027-01-09}
          - openpgp:0123456789ABCDEF0123456789ABCDEF01234567

      SSH keys are written as in a `.pub` file; the comment does not count. An OpenPGP key is written as the fingerprint
      of its primary key, 40 or 64 hexadecimal digits, with or without `openpgp:`. A key that is replaced is given its
      last day and kept: what it signed stays signed. The keys that count for a record are those of people/ as they
      stood then, so that nobody signs for the past with a key that was added since. A key changes by a proposal, which
      is critical. `ethos check` reports what is no key (`key-invalid`), and a key that several people have
      (`shared-key`), which signs for nobody.

      A record is signed by the person whom it names when the key is that person's on that day. What git calls a good
      signature of somebody else's key is no signature of this person. What a proposal brings is signed with keys that
      have not ended when it is ratified either: who has an old key can write any date. Where an author's key ended
      meanwhile, somebody else puts the change forward again, in their own name.

    Checking with plain git
        ethos export signers > signers
        git -c gpg.ssh.allowedSignersFile=signers verify-commit HEAD

      Git matches a key and its period, not the person whom the commit names; ethos asks for both. ethos also refuses
      what git looks past: a second signature in a commit, headers that no signature covers, text after its end.

    What it rests on
      ed25519 is checked by ethos itself, other SSH keys by ssh-keygen, OpenPGP by gpg with your keyring. Where a program
      or an OpenPGP key is missing, a signature is unchecked, which is neither good nor bad.
      Every verdict on a history says its assurance:

        signed          everything that it rests on is signed by the people who are named
        partly signed   some of it is
        unsigned        anybody could have typed these names

    \(HelpTopic.trustText)

    \(HelpTopic.keysText)

    """
}
