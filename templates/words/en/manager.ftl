# The agency manager's work.
manager-nav-work = My work
manager-nav-checklist = Checklist
manager-nav-review = Review and hand-in
manager-nav-scorecard = Scorecard
manager-home-title = { $days ->
    [one] { $days } day to the deadline
   *[other] { $days } days to the deadline
}; { $left ->
    [one] { $left } indicator left
   *[other] { $left } indicators left
}
