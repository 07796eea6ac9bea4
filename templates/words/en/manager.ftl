# The agency manager's work.
manager-nav-work = My work
manager-nav-checklist = Checklist
manager-nav-review = Review and hand-in
manager-nav-scorecard = Scorecard
manager-state-answered = answered
manager-state-blank = we have no answer
manager-state-na = asked for "not applicable"
manager-state-missing = no answer yet
manager-state-returned = returned to complete
manager-by-agency = reported by the agency
manager-by-auditor = measured by the auditor
manager-by-survey = survey of the organization
manager-by-central = report of another body
manager-by-system = computed
manager-checklist-title = { $done } of { $all } indicators have an answer
manager-n-of-m = { $done } of { $all } indicators
manager-choice = The agency's answer
manager-choice-value = We answer
manager-choice-na = Not applicable; we ask for it
manager-choice-blank = We have no answer
manager-value = Value
manager-na-reason = Reason for "not applicable"
manager-note = Note for the auditor
manager-up-to-points = up to { $points } points
manager-returned = The auditor sent this indicator back:
manager-returned-until = answer by { $day }
manager-your-claim = Your claim
manager-query-answer = Answer to the auditor
manager-query-send = Send the answer
manager-query-answered = Your answer reached the auditor.
manager-evidence = Evidence
manager-evidence-none = No evidence yet.
manager-evidence-kind = Kind of evidence
manager-evidence-link = Or a web address
manager-evidence-add = Add evidence
manager-evidence-remove = Remove
manager-evidence-added = Evidence added.
manager-evidence-removed = Evidence removed.
manager-guidance = What counts
manager-how-verified = How it is verified:
manager-last-time = Last period
manager-saving = Saving…
manager-save-failed = Not saved; we try again
manager-previous = Previous
manager-next = Next indicator
manager-save-next = Save and next indicator
manager-keep-theirs = Keep theirs
manager-home-handed-in = The self-assessment of this period is handed in
manager-home-closed = The time of this period is over
manager-receipt = Receipt and answers
manager-returned-items = Returned to complete
manager-auditor-says = The auditor:
manager-nothing-returned = Nothing was returned.
manager-dimensions = Dimensions of this period
manager-complete = complete
manager-in-work = in work
manager-signed = signed
manager-may-be-signed = ready to sign
manager-not-yet = not possible yet
manager-unsigned-is-no-report = A checklist not signed by the last day is a no-report.
manager-calendar = Calendar of this period
manager-step-open = Self-assessment opens
manager-step-deadline = Deadline of the self-assessment
manager-step-last-edit = Last day to edit and hand in
manager-step-preliminary = Preliminary result, to the agency alone
manager-step-objections = Objections end
manager-step-final = Ranking
manager-last-result = Result of last period
manager-of-hundred = of 100
manager-rank = Rank { $rank } of { $of }
manager-review-title = Review the answers before signing
manager-review-lead = After the signature the claims change no more.
manager-answers = Indicators with an answer
manager-missing = These indicators have no answer. Answer each, ask for "not applicable", or choose "we have no answer".
manager-sign-title = Pledge and signature of the head
manager-pledge = I declare that these answers are true to the agency, and I know that unannounced visits take place.
manager-pledge-accept = I take responsibility for the answers and the evidence.
manager-letter-number = Letter number
manager-letter-date = Letter date
manager-sign = Sign and hand in
manager-only-head-signs = Every indicator has an answer. The head of the agency signs in and signs on this page.
manager-handed-in = Handed in. The tracking code is on this page.
manager-after-title = What happens after signing
manager-after-receipt = You get a receipt with a tracking code.
manager-after-review = The auditor sees the evidence and may visit unannounced.
manager-after-preliminary = The preliminary result reaches you alone on { $day }.
manager-after-objection = Until { $day } you may object once to each indicator.
manager-evidence-asked = Accepted for this indicator:
manager-evidence-file = File
manager-evidence-file-hint = PDF, JPG, PNG, WEBP, DOCX or XLSX, up to { $megabytes } MB.
manager-evidence-first-day = From
manager-evidence-last-day = Until
manager-evidence-valid = Valid:
manager-evidence-from = from { $day }
manager-evidence-to = until { $day }
manager-review-left = { $left ->
    [one] { $left } indicator has no answer yet
   *[other] { $left } indicators have no answer yet
}
manager-review-ready = The checklist is complete; the head's signature is left
manager-receipt-lead = This page is your receipt; print it or keep it.
manager-receipt-title = Receipt of the hand-in, with its tracking code
manager-signed-by = Signed by
manager-signed-at = Handed in
manager-late = after the deadline
manager-pledge-title = Pledge
manager-event = Number of the event and its fingerprint
manager-na-requests = Asked for "not applicable"
manager-unlike = { $count ->
    [one] { $count } answer is
   *[other] { $count } answers are
} very unlike last period. That is not wrong, but the auditor will look:
manager-n-evidence = { $count ->
    [one] { $count } piece of evidence
   *[other] { $count } pieces of evidence
}
manager-before = last period:
manager-look = Look
manager-password = Your password
manager-password-hint = To sign, write your password once more.
manager-sign-later = I sign later
manager-sign-after-answers = When every indicator has an answer, it is signed here.
manager-sign-until = It can be signed until the end of { $day }.
manager-after-query = If something is missing, the auditor sends that indicator back with a due date.
manager-home-title = { $days ->
    [one] { $days } working day to the deadline
   *[other] { $days } working days to the deadline
}; { $left ->
    [one] { $left } indicator left
   *[other] { $left } indicators left
}
manager-continue = Go on: { $code }
manager-conflict = { $name } changed this answer at { $at }. Which one stays?
manager-na-hint = The planning organization decides on this request.
manager-home-late = The deadline has passed; it can still be handed in for { $days ->
    [one] { $days } working day
   *[other] { $days } working days
} and { $left ->
    [one] { $left } indicator is
   *[other] { $left } indicators are
} left
manager-home-no-report = The time is over and this checklist was not signed
manager-home-returned = { $count ->
    [one] { $count } indicator was returned and waits
   *[other] { $count } indicators were returned and wait
} for an answer
manager-home-preliminary = The preliminary result of this period is ready
manager-home-objections = The preliminary result is ready; { $days ->
    [one] { $days } working day
   *[other] { $days } working days
} left to object
manager-home-re-review = The objections are in re-review and with the committee
manager-home-final = The result of this period is final
manager-answer-returned = Answer the auditor: { $code }
manager-see-result = See the scorecard
manager-overdue = was due on { $day }
manager-not-begun = not begun
manager-not-signed = not signed
manager-estimate = Estimate from your own claims
manager-estimate-hint = Only an estimate: from the indicators you report and have answered, before any verification, visit or gate.
manager-to-next = { $gap } to "{ $grade }"
manager-most = Most room to improve
manager-up-to = up to
manager-rank-interval = (between { $low } and { $high })
manager-claimed-verified = You claimed { $claimed }; verified { $verified }.
manager-what-raises = Scorecard and what raises it
manager-theirs = Their answer:
manager-keep-mine = Keep mine
manager-restored = Your unsaved answer was brought back
manager-choose-one = Not saved; say at the top which answer stays
manager-not-saved = Not saved:
manager-session-ended = Your session has ended. The answer is kept on this device; sign in and open this page again.
manager-saved-clock = Saved, { $clock }
manager-carry = Fill in last period's answer
manager-carried = Last period's answer is filled in and not saved yet. If it is still right, save it.
manager-unlike-this = Last period it was "{ $before }". If the new answer is right, write one sentence in the note: what changed.
manager-shortcuts = Keyboard shortcuts
manager-carried-times = { $count ->
    [one] carried over
   *[other] carried over, { $count } periods in a row
}
manager-carried-stale = This answer was carried over { $count ->
    [one] for { $count } period
   *[other] for { $count } periods in a row
}. Measure it anew, or write in the note why it is the same.
manager-copy-signature = Signature of the head
manager-copy-stamp = Stamp of the agency
manager-copy-note = Printed copy of the self-assessment with the tracking code and the fingerprint above; the answers follow. The fingerprint shows that nothing changed after the signature.
manager-evidence-days = Page and days of validity (optional)
manager-evidence-page = Where in the paper?
manager-evidence-page-hint = For example: page 3, item 2
manager-evidence-brought = uploaded { $at }
manager-evidence-ages = Valid from the date of the paper:
manager-evidence-months = { $kind } for { $months ->
    [one] { $months } month
   *[other] { $months } months
}
manager-evidence-age-undated = The date of the paper is not written; this kind of evidence is valid for { $months ->
    [one] { $months } month
   *[other] { $months } months
} from its date.
manager-evidence-age-ending = It ends on { $day }, before the end of this period.
manager-evidence-age-past = It ended on { $day }, before this period began.
manager-evidence-age-later = It begins on { $day }, after the end of this period.
manager-evidence-reused = The same as in { $period }
manager-evidence-earlier = Take from the evidence of earlier periods
manager-evidence-earlier-which = Which one?
manager-evidence-earlier-hint = The same file is used again, and the auditor sees which period it is from. If its days of validity have changed, write them.
manager-evidence-reuse = Use again
manager-odd = { $count ->
    [one] In { $count } place the answers do
   *[other] In { $count } places the answers do
} not go together. That may be right, but the auditor will ask:
manager-odd-this = { $what } If both answers are right, write one sentence in the note: why.
manager-odd-explained = explained
manager-upload-sending = Sending the file
manager-upload-again = The line was lost; we go on from where it was
manager-upload-whole = The file has come; looking through it…
manager-upload-waits = The file { $name } has come and need not be sent again; mend the rest of the form.
