# The assessor's work.
auditor-no-period = No quarter is running
auditor-no-period-text = Your agencies will be listed here when the next quarter opens.
auditor-queue-begin = Audit queue: begin with { $agency }
auditor-queue-done = Everything that came in has been verified
auditor-queue-lead = { $all ->
    [one] { $all } agency is yours
   *[other] { $all } agencies are yours
  }; { $in } handed in and { $open ->
    [one] { $open } indicator waits
   *[other] { $open } indicators wait
  } for a verdict.
auditor-days = { $days ->
    [one] { $days } working day is
   *[other] { $days } working days are
  } left until the preliminary result.
auditor-days-over = The day of the preliminary result has passed.
auditor-start-with = Begin: { $agency }
auditor-answers-came = { $count ->
    [one] { $count } answer to an item you returned has come
   *[other] { $count } answers to items you returned have come
  }; those agencies are on top of the list.
auditor-filter = Whose queue
auditor-filter-all = All
auditor-filter-nobody = Without an auditor
auditor-queue-order = Order: answers that came, work begun, new work, then what has not come in yet.
auditor-queue-empty = No agency is assigned to you
auditor-queue-empty-text = The planning organization shares the agencies out among the auditors.
auditor-handed-in = Handed in
auditor-late = Late
auditor-not-yet = Not yet
auditor-judged = Verified
auditor-n-of-m = { $done } of { $all }
auditor-judged-of = { $done } of { $all } indicators verified
auditor-queries = Returned items
auditor-answered-count = { $count } answered
auditor-asked-count = { $count } with the agency
auditor-none = None
auditor-next = Next step
auditor-begin = Begin
auditor-go-on = Go on
auditor-all-judged = Verified
auditor-wait = Waits for hand-in
auditor-case = Verification
auditor-case-title = { $agency }: { $done } of { $all } indicators have a verdict
auditor-case-waits = This agency has not handed in yet; it has time until { $day }, and nobody else sees its draft.
auditor-next-open = Next indicator without a verdict
auditor-read-answer = Read the agency's answer
auditor-state-judged = Verdict given
auditor-state-open = Waits for a verdict
auditor-state-measure = Waits to be measured
auditor-state-not-handed-in = Not handed in yet
auditor-state-unclaimed = The agency claimed nothing
auditor-state-na = "Not applicable" asked
auditor-query-open = With the agency
auditor-query-answered = The agency answered
