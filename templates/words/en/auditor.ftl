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
auditor-query-closed = Closed
auditor-points = points
auditor-place = Indicator { $place } of { $count }
auditor-previous = Previous
auditor-following = Next
auditor-conflict = Another auditor gave this verdict before you: { $theirs }. What you wrote is still here; if you save, your verdict follows theirs and both stay on record.
auditor-keep-theirs = Keep theirs
auditor-claim-points = { $points } of { $most } points
auditor-claim-not-handed-in = The agency has not handed in yet.
auditor-claim-none = The agency claimed no value here; there is nothing to judge.
auditor-claim-not-asked = The agency does not report this indicator.
auditor-evidence-count = Evidence ({ $count })
auditor-seen = Seen at visits
auditor-seen-none = No visit is recorded in this quarter.
auditor-visit-answered = Somebody answered
auditor-visit-empty = Nobody answered
auditor-visit-excused = Nobody answered, excused
auditor-visit-obstructed = Visit obstructed
auditor-your-verdict = Your verdict
auditor-kind = Verdict
auditor-kind-confirmed = Confirm the claim
auditor-kind-adjusted = Confirm with correction
auditor-kind-adjusted-hint = Write the right value below.
auditor-kind-sample = Sample
auditor-kind-sample-hint = So many cases were seen, so many were right.
auditor-kind-rejected = Reject
auditor-kind-rejected-hint = No points
auditor-kind-measured = Measure
auditor-found-value = Verified value
auditor-points-beside = The points of each choice stand beside it.
auditor-only-adjusted = The right value, only to confirm with correction
auditor-only-sample = The sample, only for a sample
auditor-sample-n = Cases in the sample
auditor-sample-k = Cases that were right
auditor-reason-code = Cause
auditor-reason-hint = A verdict below the claim needs its cause and its reason.
auditor-reason = Reason for the verdict
auditor-reason-read = The agency reads this after the preliminary result; name the document or the visit.
auditor-late-verdict = The preliminary result is out. If you give a verdict today, the agency can object to it until the end of { $day }, and gets a letter that says so.
auditor-reason-no-evidence = No evidence came
auditor-reason-incomplete = The evidence is incomplete
auditor-reason-out-of-period = The evidence is of another period
auditor-reason-counted-otherwise = The count differs from the evidence
auditor-reason-seen-otherwise = What was seen differs from the claim
auditor-reason-not-counted = The guidance does not count it
auditor-recommendation = Recommendation to the agency
auditor-internal-note = Internal note
auditor-internal-hint = Only auditors and the committee see it; the agency never does.
auditor-save-next = Save the verdict and go on
auditor-saved = The verdict is saved; this is the next indicator.
auditor-saved-last = The verdict is saved; no other indicator waits.
auditor-verdicts = Verdicts given
auditor-round-first = First review
auditor-round-objection = After an objection
auditor-round-office = Planning organization
auditor-round-imported = Imported
auditor-due = Due { $day }
auditor-agency-answer = Answer of the agency
auditor-close-query = Close
auditor-query-is-closed = The returned item is closed.
auditor-send-back = Return to the agency
auditor-send-back-hint = Note and evidence of this indicator open again for the agency; the claimed value does not change.
auditor-question = Your question to the agency
auditor-question-days = Working days to answer
auditor-question-days-hint = From 1 to 10 working days
auditor-sent-back = The item went back to the agency, with a letter.
auditor-na = "Not applicable"
auditor-na-ask = Ask for "not applicable"
auditor-na-hint = The planning organization decides; if granted, the indicator leaves the score.
auditor-na-sent = The request reached the planning organization.
auditor-na-waits = Waits for a decision
auditor-na-granted = Granted
auditor-na-refused = Refused
auditor-visits = Field visits
auditor-visits-title = { $agency }: { $count ->
    [one] { $count } unannounced visit counts
   *[other] { $count } unannounced visits count
  }
auditor-visits-waiting = { $count ->
    [one] { $count } visit waits for a second person and does not count yet.
   *[other] { $count } visits wait for a second person and do not count yet.
  }
auditor-unannounced = Unannounced
auditor-announced = Announced
auditor-desk-missing = No desk
auditor-counts = Counts
auditor-waits-for-second = Waits for a second person
auditor-excuse = Excuse
auditor-excuse-hint = Only if nobody answered and a document excuses it; put its number and date into the minutes.
auditor-excuse-closure = Official closure or early closing announced by the province
auditor-excuse-emergency = Evacuation or emergency
auditor-excuse-power-cut = Power cut over 30 minutes confirmed by the distribution company
auditor-excuse-moved = Desk moved, with the new place shown at the entrance
auditor-recorded-by = Recorded by
auditor-with = with
auditor-signed-by = signed off by
auditor-sign-off = Sign off as the second person
auditor-no-visits = No visit has been recorded yet
auditor-no-visits-text = At least two unannounced visits a quarter, on different days and hours.
auditor-visit-record = Record a visit
auditor-visited-on = Day of the visit
auditor-visited-on-hint = Such as 1405/06/25, within this quarter
auditor-was-announced = The visit had been announced
auditor-was-announced-hint = Only unannounced visits count.
auditor-county = County
auditor-county-hint = If the desk of a county office was seen
auditor-first-time = Time of the first look
auditor-second-time = Time of the second look
auditor-time-hint = Such as 9:20
auditor-second-hint = If nobody was there, look again at least ten minutes later.
auditor-look = Did anybody answer?
auditor-look-yes = Yes
auditor-look-no = No
auditor-desk-is-missing = The agency has no service desk
auditor-was-obstructed = The visit was obstructed
auditor-was-obstructed-hint = Entry was refused in office hours; two auditors minute it.
auditor-second-auditor = Second auditor
auditor-minutes = Minutes
auditor-minutes-hint = What was seen; no names of clients.
auditor-visit-save = Record the visit
auditor-visit-recorded = The visit is recorded; it counts once a second person signs it off.
auditor-visit-signed = The visit is signed off and counts.
auditor-counted = What counts
auditor-counted-hint = The program counts; nobody types these numbers.
auditor-count-visits = Unannounced visits
auditor-count-empty = Desk without anybody
auditor-count-obstructed = Obstructed
auditor-count-calls = Calls answered
auditor-count-requests = Test requests answered
auditor-probes = Test calls and test requests
auditor-no-probes = No call or request has been recorded yet.
auditor-probe-kind = Kind
auditor-probe-call = Telephone call
auditor-probe-request = Test request
auditor-probe-answered = Answered
auditor-probe-unanswered = Not answered
auditor-probe-note = Note
auditor-probe-save = Record
auditor-probe-recorded = It is recorded and counts.
auditor-coverage-title = { $enough } of { $all } agencies have at least { $wanted } unannounced visits
auditor-coverage-order = Order: those seen least come first.
auditor-last-visit = Last visit
auditor-re = Re-review
auditor-re-title = { $count ->
    [one] { $count } objection waits for your re-review
   *[other] { $count } objections wait for your re-review
  }
auditor-re-until = The re-review ends on { $day }.
auditor-re-rule = Every objection is re-reviewed by an auditor other than the first; the committee decides.
auditor-re-filed = Filed
auditor-re-empty = No objection has been filed
auditor-re-empty-text = Objections of your agencies come here after the preliminary result.
auditor-re-waits = Waits for you
auditor-re-not-yours = Waits for another auditor, or for its time
auditor-re-reviewed = Waits for the committee
auditor-re-decided = Decided
auditor-re-of = Re-review: { $title }
auditor-re-objection = Text of the objection
auditor-re-yours = Your proposal
auditor-re-hint = Your proposal goes to the committee; the verdict changes only by its decision.
auditor-re-reason = Reason for the proposal
auditor-re-reason-hint = The committee reads it, and the agency after the decision.
auditor-re-send = Send the proposal to the committee
auditor-re-done = The proposal reached the committee.
auditor-twin-agency = "{ $agency }" handed in the same file too, for { $indicator } in { $period }.
auditor-twin-quarter = The same file was handed in for { $indicator } in { $period } already.
auditor-twin-indicator = The same file is handed in for { $indicator } too.
auditor-quiet = Confirm { $count ->
    [one] { $count } indicator that gives
   *[other] { $count } indicators that give
} no cause for doubt
auditor-quiet-text = These agree with what was verified last quarter, have evidence that is nowhere else, and nothing of them was returned. Tick what you have looked at.
auditor-quiet-kept = { $count ->
    [one] { $count } indicator
   *[other] { $count } indicators
} of the kind, taken by chance, are kept for a full review.
auditor-quiet-list = Indicators that give no cause for doubt
auditor-quiet-tick = Confirm
auditor-quiet-one = Confirm { $code }
auditor-quiet-claim = Claim
auditor-quiet-confirm = Confirm what is ticked
auditor-quiet-done = Confirmed.
auditor-second = Second look
auditor-second-title = { $count ->
    [one] { $count } indicator waits
   *[other] { $count } indicators wait
} for your second look
auditor-second-lead = One indicator in ten is judged by another auditor as well, who does not know the first verdict. Yours changes no score; it tells how alike auditors judge.
auditor-second-blind = You see what the first auditor saw, without their verdict.
auditor-second-asked = Asked
auditor-second-given = judged
auditor-second-waits = waits for you
auditor-second-none = Nothing to look at a second time
auditor-second-none-text = When chance chooses an indicator for your second look, it stands here and in your queue.
auditor-second-kept = Your verdict is kept and changes no more.
auditor-outcome-confirmed = confirmed
auditor-outcome-changed = adjusted or sampled
auditor-outcome-rejected = rejected
