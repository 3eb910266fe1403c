extension HelpTopic {
  /// How a forge or a server of one's own is set up, and how people work through it.
  static let forgesText = """
    A forge, such as GitHub or GitLab, keeps the repository and merges pull requests. It is not trusted: what it lets
    through is judged by `ethos verify` like anything else. Set up well, it lets nothing through that is in breach.

    Working through a pull request
      A proposal is the branch proposals/NAME; the pull request asks for its merge into the branch in force.

        ethos propose NAME --because "why" && git push origin proposals/NAME
        ethos approve NAME && git push origin reviews/NAME/PERSON      everybody who reviews, under their own name
        git fetch origin && ethos collect NAME && git push origin proposals/NAME
        then merge in the forge, by a merge commit

      A forge merges one branch. `collect` joins the reviews to it by a merge commit that changes no file; without it the
      merge carries no reviews, and is found as `quorum-missing`. Collect again when more was said.

      The approvals of the forge itself count for nothing here: they are not in the repository, and a forge can show what
      it likes. They may serve as a lock of its own. A merge by the forge gives no answers: where an objection stands,
      merge with `ethos ratify NAME --answer 'PERSON=why'` and push the branch in force.

      Where the charter says `signatures: required`, the merge is a record too: it is signed by a person of people/. A merge
      that the forge signs itself, or does not sign, is `signature-missing` or `signature-unknown-key`. Ratify with `ethos
      ratify NAME` and push, or add the forge as a person with its key, if you trust it to merge. A merge of the branch in
      force into a proposal ("Update branch") needs no signature where it adds nothing.

    Settings of the forge
      - protect the branch in force: no direct pushes but by those who ratify, no force pushes, no deletion
      - merge commits alone: squash and rebase off. GitHub: Settings, General, Pull Requests: allow merge commits only.
        GitLab: Settings, Merge requests: merge method "Merge commit", squash commits "Do not allow"
      - require the check below, on a branch that is up to date with the branch in force
      - protect tags `release/*` and `closed/*`: no updates, no deletion
      - keep proposals/NAME after a merge or delete it, as you like: what was merged holds it

      A squash or a rebase is found as `squash-merge` or `direct-change`, and mended with `ethos adopt`.

    The check
      Copy from Templates/ci, which lies in `share/ethos/templates/ci` when installed:

        report.sh                   to .ethos/report.sh
        github/ethos.yml            to .github/workflows/ethos.yml
        gitlab/ethos.gitlab-ci.yml  to .gitlab-ci.yml, or include it there

      On a pull request it writes one comment, and keeps it up to date: what changes in meaning, who is missing, and the
      verdict on the very merge that the forge would make. It fails until that merge would be in order. On the branch in
      force it verifies the whole line, and that the line still holds what it held before the push.

      The comment is of the very commit of the pull request: a fork's branch that bears the name of another proposal is
      refused, and the other proposal is not shown. `ethos review NAME --at COMMIT` does the same by hand.

      Nothing of a pull request is run: its branch is read as data, and the script is that of the branch in force. Who may
      push branches to the repository can still change the workflow in their own branch. So the check is a help for the
      honest; what holds is the server's refusal, or `ethos verify --receipt FILE` on a machine that the forge does not
      run. The checks read no recorded cases, and none come into comments.

    A server of your own
      In the bare repository, as the user that receives pushes:

        ethos hook install -C /srv/git/identity.git

      Its `pre-receive` refuses, and leaves the repository as it was: what `ethos verify` would call a breach afterwards,
      with all that the server knows, objections included; a branch in force that would go back or go; tags of records
      that would move; a withdrawal that is no record, leaves a review out, or is by nobody who may; reviews on somebody
      else's branch; reviews that a force push or a deletion would lose; names that hide a record or could be taken for
      one; objects that nobody can read; and whatever is no branch, tag or note. What it cannot read, it refuses.

      A proposal may be rewritten by force as long as every review of it is kept: on its branch `reviews/NAME/PERSON`, in
      what is in force, or by the tag `closed/NAME`. A withdrawal is by somebody who wrote the proposal, or who holds an
      office. A tag `closed/NAME` that is no record may be deleted.

      It judges what is pushed; a forge that merges on its own side asks it only where it runs the hooks of the repository
      for its own merges, as GitLab does. `ethos help verification` lists what is found.

    The log of the server
      With a key of its own the server writes down what it accepted, so that nobody can take anything back unseen:

        ssh-keygen -t ed25519 -N '' -f /srv/git/log-key
        git -C /srv/git/identity.git config gpg.format ssh
        git -C /srv/git/identity.git config user.signingKey /srv/git/log-key
        git -C /srv/git/identity.git config ethos.log true
        ethos hook install -C /srv/git/identity.git

      Each entry under `refs/ethos/log` is a signed commit on top of the one before: the date, and each branch and tag with
      what it was and what it became. `post-receive` writes it; what moved past it, by hand or where a process was killed,
      is written down as `found` before the next push is taken. A server that cannot write its log takes no push.

      In a clone, fetch the log with everything that it speaks of, and say once whose key it is:

        git config --add remote.origin.fetch 'refs/ethos/log:refs/remotes/origin/ethos/log'
        git config --add remote.origin.fetch 'refs/tags/*:refs/tags/*'
        git config ethos.logKey 'ssh-ed25519 AAAA…'

      Without a plus sign git refuses a log that was cut short or written anew, and keeps the one that it has. `ethos verify`
      then checks each entry, and reports what the log had and the repository has not: a branch in force that went back, a
      tag that was moved or removed, a review that is gone. Commits in force are held to the server's clock: to within a day of
      when they came, and of what had been accepted before them. When the key changes, name both, with a comma. What no
      log can show: what its server never had, and what somebody with its key writes anew for a clone that never had it.

    """
}
