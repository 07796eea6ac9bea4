# Scores, ranks, scorecards.
