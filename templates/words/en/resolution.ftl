# Resolutions and follow-up meetings.
resolution-title = Resolutions of the follow-up meeting
resolution-all = Resolutions of all agencies
resolution-heading-overdue = { $count ->
    [one] One resolution is overdue
   *[other] { $count } resolutions are overdue
}
resolution-heading-in-time = No resolution is overdue
resolution-lead = Of { $all } resolutions, { $verified } are closed with an auditor's confirmation and { $reported } await one.
resolution-new = New resolution
resolution-number = Resolution
resolution-days-late = { $days ->
    [one] one day late
   *[other] { $days } days late
}
resolution-until = until
resolution-reported-on = reported done:
resolution-lane-overdue = Overdue
resolution-lane-in-hand = In hand
resolution-lane-reported = Reported done
resolution-lane-verified = Verified, closed
resolution-more = { $count ->
    [one] one more
   *[other] { $count } more
}
resolution-none-here = None
resolution-who-closes = An auditor closes a resolution, never its agency.
resolution-empty = There is no resolution yet
resolution-empty-text = Resolutions of the follow-up meeting stand here and come back to the agency with its next checklist.
resolution-state-open = in hand
resolution-state-reported = reported done
resolution-state-verified = verified, closed
resolution-kind = Kind
resolution-kind-deed = a deed
resolution-kind-document = a document
resolution-kind-revisit = 60 days, then another visit
resolution-indicator = Indicator it is about
resolution-made-on = Resolved on
resolution-in-meeting = the meeting
resolution-due = Due
resolution-letter-number = Letter number
resolution-report-of-owner = The agency's report
resolution-answer-of-auditor = What the auditor found
resolution-report = What was done, and where is it written?
resolution-report-hint = The auditor closes the resolution by this text and its document, or gives it back.
resolution-report-done = Report done
resolution-answer = What did you find?
resolution-answer-hint = If it is not done, write what is left.
resolution-verify = Confirm and close
resolution-give-back = Give back to the agency
resolution-owner = Responsible agency
resolution-text = Text of the resolution
resolution-text-hint = Who, what, and by which sign it is seen to be done.
resolution-days = Working days allowed
resolution-days-hint = Counted from today; holidays do not count.
resolution-meeting = Meeting
resolution-make = Make the resolution
resolution-made = The resolution is made and the agency is told.
resolution-noted = It is noted.
resolution-of-agency = Resolutions of the follow-up meeting for this agency
meeting-title = Follow-up meetings
meeting-of = Follow-up meeting of
meeting-held-on = Day of the meeting
meeting-held-on-hint = such as 1405/11/19
meeting-call = Add the meeting
meeting-called = The meeting is there.
meeting-state = State
meeting-open = open
meeting-closed = minutes closed
meeting-closed-at = The minutes were closed:
meeting-none = There is no meeting yet
meeting-lead = From earlier meetings { $overdue } are overdue, { $reported } await confirmation and { $open } are in hand.
meeting-made = Resolved in this meeting
meeting-carried-forward = In hand, from earlier meetings
meeting-attendance = Attendance
meeting-attendance-hint = One person a line
meeting-minutes = Minutes
meeting-close = Close the minutes
meeting-close-hint = Closed minutes never change.
meeting-written = The minutes are saved.
