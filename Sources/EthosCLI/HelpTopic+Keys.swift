extension HelpTopic {
  /// What no key can prove, and what to do when one is lost or stolen: a part of `ethos help signatures`.
  static let keysText = """
    What no key can prove
      - what was on the screen: a key signs the commit that a program gave it. Read what you sign with `ethos review`,
        on a machine that you trust
      - that the person read it, or meant it
      - when it happened: whoever signs writes the date. A date is held to what it builds on, to a receipt
        (`ethos verify --receipt FILE`) and to what a server logged; with neither, a year can be made up
      - that the key was the person's own that day: it may have been lent or stolen
      - that two names are two people: the charter's authority decides who gets a file in people/

    Before a key is lost
      Name a deputy for each office that one person holds, or let the charter's `recorders` record at the critical
      level what was decided elsewhere. Otherwise the loss of that person's key stops every change that needs them, and
      the change of the key itself is one. Whoever proposes a change cannot approve it: let somebody propose who is not
      needed for the quorum.

    A key was lost, and nobody else has it
      1. The holder makes a new key: `ssh-keygen -t ed25519`, and sends its `.pub` in a way that others can check.
      2. Somebody gives the old key its last day in people/NAME.yaml, the day on which it was lost, and adds the new one:

           keys:
             - {key: ssh-ed25519 AAAA…, until: 2026-03-01}
             - {key: ssh-ed25519 BBBB…, from: 2026-03-02}

           ethos propose new-key-jane --because "Jane lost her key on 1 March."
           git switch main

      3. Those who must agree to a change of a person do: `ethos approve new-key-jane`. The holder cannot sign yet; a
         deputy fills their seat, or a recorder: `ethos approve new-key-jane --for jane --source minutes.txt`.
      4. `ethos ratify new-key-jane`, and push. From then on the new key counts and the old one does not.
      Nothing has to be approved again: what the old key signed, its owner signed.

    A key was stolen
      1. At once: take away the right to push, wherever the forge or the server gives it to that key or account.
      2. Find the last day on which the key was certainly the holder's alone. Propose that day as `until`, with a new key,
         as above: `ethos propose revoke-jane --because "Stolen on 20 February." --source report.pdf`
      3. Those who must agree do, the holder through a deputy or a recorder. Ask each by another way than git.
      4. `ethos ratify revoke-jane`, push, and write a new receipt. From that commit on nothing that the old key signs
         counts, whatever date it bears: an approval counts only where its key is valid at the merge, too. Approvals
         by the old key of proposals that are still open fill no seat: let the holder approve again with the new key.
      5. `ethos verify` names the reviews and merges that the key signed after its last day and that counted
         (`signed-after-revocation`, a note). Look for what else it signed, in all branches:

           ethos export signers > ../signers
           git -c gpg.ssh.allowedSignersFile=../signers log --all --since=2026-02-20 --format='%h %cs %G? %an: %s'

         A line with U was signed by a key that was not its author's on that day. Releases are tags: `git for-each-ref
         --format='%(refname) %(taggerdate:short) %(taggername)' refs/tags/release`.
      6. Judge the whole line again: `ethos verify --again --receipt FILE`.

    When the theft is discovered late
      `verify` decides by the people as they stood, so what was ratified between the theft and the revocation stays in
      order: nobody can put an earlier decision in breach by changing people/ later, the leadership of tomorrow neither.
      It is for people to say what of it holds. Go through the list of step 5, commit by commit:
      - an approval without which the quorum was met all the same: nothing to do
      - a change that everybody wants: let its owner look at it and say so on the record,
        `ethos reaffirm limit/risk --because "Looked at again after the theft of Jane's key."`
      - a change that nobody wants: reverse it, `ethos set limit/risk.atMost 50` and `ethos propose undo-raise --because …`
      - a release by the old key: release what is in force anew, `ethos release`
      - a proposal of the thief that is open: `ethos withdraw NAME --because …`
      `ethos adopt` is for breaches alone, and these are none. A day of `until` that lies in the past is on record with its
      reason; whoever asks `ethos why person/jane` finds both.
    """
}
