extension HelpTopic {
  /// What a receipt remembers and shows: a part of `ethos help verification`.
  static let receiptsText = """
    A receipt
      `ethos verify --receipt FILE` writes down what the repository shows today: the moment, the first commit, the
      branch in force and its head, the tags of records, and who had reviews or objections that are not in force yet.
      Keep the file where nobody who can push can write, and send a copy to the board.

      The next time it compares, and writes the receipt anew only where nothing contradicts it. It shows that the branch
      went back or begins otherwise, and that a tag or an objection is gone. It also shows false dates: what came onto
      the line, or was released, after the receipt may not be dated more than a day before it. So somebody who left
      office in January cannot decide in November with dates of January. What was honestly made elsewhere and pushed
      late is found too: push what you ratify, and let `ethos adopt COMMIT --receipt FILE` agree to it.

      A commit that was dated in time to come when somebody verified it stays in breach when its date has come: the
      receipt remembers it, and so does this clone. A receipt of the first format says no date, and shows less.
    """
}
