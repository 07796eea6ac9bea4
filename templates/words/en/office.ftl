#  دوره، چارچوب، کاربران.:The planning organization's work: periods, framework, users.
office-state-planned = planned
office-state-open = open for self-assessment
office-state-self-assessment-closed = self-assessment closed
office-state-under-review = under review
office-state-preliminary = preliminary result
office-state-objection-open = open for objections
office-state-re-review = re-review
office-state-committee = committee
office-state-final = final
office-state-archived = archived
office-periods-title = { $count ->
    [one] One period
   *[other] { $count } periods
}
office-create = Create { $title }
office-created = The period is there; its dates come from the calendar.
office-period = Period
office-state = State
office-imported = imported
office-no-periods = No period yet
office-date-frozen = Profiles frozen
office-date-opens = Self-assessment opens
office-date-deadline = Deadline
office-date-last-new = Last new answer
office-date-last-edit = Last edit and hand-in
office-date-preliminary = Preliminary result
office-date-objections = Objections end
office-date-re-review = Re-review ends
office-date-committee = Committee ends
office-date-final = Ranking
office-handed-in = { $handed } of { $all } agencies have handed in
office-move-to = Move to
office-waits-for-second = { $name } proposed to make it final; a second person carries it out.
office-agencies = Agencies
office-agency = Agency
office-hand-in = Hand-in
office-answers = Answers
office-auditor = Auditor
office-handed = handed in
office-late = after the deadline
office-not-handed = not handed in
office-no-auditor = no auditor
office-states = Stages
office-dates = Dates
office-today = Today
office-move-question = Move the period to this stage?
office-two-people = This takes two people: one proposes, the other carries it out.
office-sure = I know that this cannot be taken back.
office-move = Move
office-moved = The period moved to its next stage.
office-proposed = Proposed; a second person carries it out.
office-assigned = The auditor is assigned.
office-objections = Objections
office-no-objections = No objections.
office-first-verdict = First verdict
office-proposal = Proposal of the re-review
office-proposal-keep = keep the first verdict
office-effect = Effect on points
office-effect-points = from { $before } to { $after } points
office-no-effect = none
office-answer = Published answer to the agency
office-uphold = Uphold the objection
office-dismiss = Dismiss the objection
office-requests = Requests for "not applicable"
office-no-requests = No requests.
office-request-effect = Granting it takes { $points } points out of numerator and denominator.
office-request-granted = granted
office-request-refused = refused
office-grant = Grant
office-refuse = Refuse
office-findings = Findings of false evidence
office-findings-hint = A difference of view or weak evidence is not falsehood. One proposes, another member decides.
office-finding-upheld = upheld
office-finding-dropped = dropped
office-finding-uphold = The evidence is false
office-finding-drop = Drop
office-finding-propose = Propose a finding
office-finding-send = Propose
office-finding-proposed = Proposed; another member decides.
office-decided = The decision is recorded.
office-objection-slip = Slip of the pen
office-objection-wrong-fact = Wrong fact
office-objection-evidence-existed = The evidence existed in the period
office-objection-wrong-rule = Wrong rule
office-objection-state-filed = waits for re-review
office-objection-state-reviewed = waits for the committee
office-objection-state-upheld = upheld
office-objection-state-dismissed = dismissed
office-object = Objection
office-object-may = You may object to the verdict on { $code }
office-object-none = No objection was filed to the verdict on { $code }
office-object-filed = The objection to { $code } waits for its re-review
office-object-reviewed = The objection to { $code } waits for the review committee
office-object-upheld = The objection to { $code } was upheld
office-object-dismissed = The objection to { $code } was dismissed
office-object-once = An objection is filed once and never edited. After filing you may attach new evidence.
office-object-kind = What is it about?
office-object-text = Objection
office-object-text-hint = Say which number or fact is wrong and where the right one is seen.
office-object-sure = I have read it and know that it cannot be edited once filed.
office-object-file = File the objection
office-object-done = The objection is filed. You may attach new evidence now.
office-object-closed = The last day of objections is { $day }; no new objection is taken now.
office-object-proof = with the objection
office-object-rule = An assessor other than the first reviews it; the review committee decides, without the first assessor. Its answer is sent to the agency.
office-objection-slip-hint = A number was written or read wrongly in the form.
office-objection-wrong-fact-hint = The assessor saw or counted something that is not so.
office-objection-evidence-existed-hint = The evidence existed in the period but was not seen or attached.
office-objection-wrong-rule-hint = The indicator or its guidance was not applied as it stands.
office-stage-filed = Filed
office-stage-reviewed = Re-review
office-stage-decided = Decision
office-until = until { $day }
office-by-agency = agency
office-by-reviewer = second assessor
office-by-committee = review committee
office-glance = At a glance
office-indicator = Indicator
office-window = Objections end
office-rule = The rule
office-effect-best = If upheld, the points of the indicator go at best from { $before } to { $after }.
office-effect-proposed = By the second assessor's proposal the points of the indicator go from { $before } to { $after }.
office-effect-done = The points of the indicator went from { $before } to { $after }.
office-effect-score = The agency's score: { $before } to { $after }.
office-effect-rank = Its rank: { $before } to { $after }.
office-effect-rank-stays = Its rank stays { $rank }.
office-nav-measurements = Central measurements
office-measured-of = { $done } of { $all } values have been entered
office-measured-hint = Agencies do not report these values: a central body, an independent survey or the system itself gives them.
office-measured-table = Measurements of the agencies
office-measured = The value was entered.
office-measured-closed = This value was entered before the preliminary result; after it only an objection changes it.
office-indicators = Indicators
office-by-auditor = Auditor
office-by-central = Central body
office-by-survey = Survey
office-by-system = System
office-complete = Complete
office-lacks = { $count ->
    [one] { $count } agency without a value
   *[other] { $count } agencies without a value
}
office-counted = Counted by the system
office-of = { $done } of { $all }
office-show = Show
office-show-all = All agencies
office-show-missing = Only agencies without a value
office-enter = Enter
office-enter-of = Enter { $code } for { $agency }
office-not-yet = Not yet
office-nothing-missing = Every value has been entered
office-value = Value
office-survey-answers = People who answered
office-survey-hint = With fewer than { $count } answers the indicator counts as “not enough data”.
office-survey-of = { $count ->
    [one] from { $count } answer
   *[other] from { $count } answers
}
office-document = Document
office-document-hint = Number and date of the letter or report that the value comes from. The agency sees it beside the value.
office-history = What was entered before
office-history-none = No value has been entered yet.
office-stands = Stands
office-what-counts = What counts
office-facts = Facts
office-facts-of = Facts of { $agency }
office-facts-hint = Gates depend on these facts. What can be counted is counted from visits, calls and test requests; only what cannot is entered, with its document.
office-fact = Fact
office-fact-source = Where from
office-fact-default = Default of the framework
office-list-title = List of { $code }
office-list = List
office-list-ratio = On each line: code of the agency, { $numerator }, { $denominator }.
office-list-survey = On each line: code of the agency, percent, people who answered.
office-list-value = On each line: code of the agency and the value.
office-list-example = For example
office-list-hint = Copy the columns from a spreadsheet; a comma, semicolon or tab parts them.
office-list-file = Or a CSV file
office-list-file-hint = The file takes the place of the text above. It has to be UTF-8.
office-list-document-hint = One document for all lines.
office-list-check = Look before entering
office-list-enter = { $count ->
    [one] Enter { $count } value
   *[other] Enter { $count } values
}
office-list-entered = Every line of the list was entered.
office-list-bad = { $bad ->
    [one] { $bad } line of { $all } has a fault. Nothing is entered until all are right.
   *[other] { $bad } lines of { $all } have faults. Nothing is entered until all are right.
}
office-list-good = { $count ->
    [one] { $count } line was read without a fault. Nothing has been entered yet.
   *[other] { $count } lines were read without a fault. Nothing has been entered yet.
}
office-list-lines = Lines of the list
office-list-line = Line
office-list-result = Result
office-list-ok = Right
office-committee-waits = Waiting for a decision: objections { $objections }, requests for “not applicable” { $requests }, findings { $findings }
office-minutes = Minutes of the committee
office-minutes-empty = Nothing has been decided yet
office-party = You took part in this verdict or proposal; another member decides.
office-own-finding = You proposed this finding; another member decides.
office-no-findings = No finding has been proposed.
office-proposed-by = Proposed:
office-decided-by = Decided:
office-if-granted = If granted
office-gates = Gates
office-gates-hint = Agencies whose result a gate has lowered, from the largest loss.
office-no-gates = No gate has lowered a result, or there is no result yet.
office-without-gates = Without gates
office-score = Score
office-decision = Decision
office-asked = Asked
office-signatures = Signatures of the members
office-nav-progress = Progress
office-progress-hint = Percent of answers given; there are neither answers nor scores on this page.
office-stand = Agencies in this state
office-ready = Ready to sign
office-begun = In work
office-untouched = Not begun
office-filled = Filled in
office-verified = Verified
office-open-queries = Open returned items
office-percent = { $percent }%
office-planned-for = Planned: { $day }
office-go-on = Go on
office-export = Download the RETURNS file
office-warn-not-handed = { $count ->
    [one] { $count } agency has not handed in yet.
   *[other] { $count } agencies have not handed in yet.
}
office-warn-no-auditor = { $count ->
    [one] { $count } agency has no auditor.
   *[other] { $count } agencies have no auditor.
}
office-warn-unverified = { $count ->
    [one] The review of { $count } agency is not complete.
   *[other] The review of { $count } agencies is not complete.
}
office-warn-queries = { $count ->
    [one] { $count } returned item has no answer.
   *[other] { $count } returned items have no answer.
}
office-next-hint = The next period is made from the calendar; its dates would be:
office-year-unknown = The official holidays of { $year } have not been entered; dates may fall on a day off.
office-nav-holidays = Holidays
office-holidays-title = { $count ->
    [one] { $count } official holiday in { $year }
   *[other] { $count } official holidays in { $year }
}
office-holidays-unverified = { $count ->
    [one] { $count } day has not been checked against the official calendar.
   *[other] { $count } days have not been checked against the official calendar.
}
office-holidays-hint = Every day has been checked against the official calendar.
office-holidays-none = The holidays of this year have not been entered
office-holidays-none-why = Without them the dates of a period may fall on a day off.
office-holiday-add = Add a holiday
office-holiday-touches = Saved. The day falls into the dates of the running period, but these were told to the agencies and stay as they are.
office-years = Years
office-day = Day
office-day-hint = For example 1405/10/15
office-occasion = Occasion
office-occasion-fa = Occasion in Persian
office-occasion-en = Occasion in English
office-weekend = day of the weekend
office-checked = Checked against the official calendar
office-checked-yes = Checked
office-checked-no = Not checked
office-checked-label = I have checked it against the official calendar
office-check = Checked
office-remove = Take away
office-nav-agencies = Agencies
office-agencies-title = { $count ->
    [one] One agency
   *[other] { $count } agencies
}
office-agencies-hint = The profile of an agency says which indicators it is asked. A profile may change until it is frozen for a quarter; after that a change counts for the next.
office-agencies-none = There is no agency yet
office-agency-add = Add an agency
office-agency-code = Code
office-agency-code-hint = The code of the group, a hyphen and a number, such as INF-17
office-agency-name = Name of the agency
office-agency-name-fa = Persian name
office-agency-name-en = English name
office-agency-group = Group
office-agency-profile = Profile
office-agency-profile-hint = Each choice adds indicators to the checklist of the agency.
office-agency-asked = { $count ->
    [one] one indicator
   *[other] { $count } indicators
}
office-agency-unranked = Unranked
office-agency-ranked = Takes part in the ranking
office-agency-ranked-hint = An agency without a rank is assessed too, and its score is shown.
office-agency-follows = A change until the end of { $day } counts in { $period } too.
office-agency-frozen = The profiles of the present quarters are frozen; a change counts for a quarter that is created later.
office-agency-indicators = Indicators
office-agency-lacks = Not in its profile
office-agency-lacks-nothing = Has everything
office-agencies-group = { $group }: { $count ->
    [one] one agency
   *[other] { $count } agencies
}

office-plan = Sharing out the verification
office-plan-fits = { $needed } hours of work, { $there } hours of time: it fits
office-plan-short = { $needed } hours of work, { $there } hours of time: it does not fit
office-plan-spare = After all reviews { $hours ->
    [one] { $hours } hour is
   *[other] { $hours } hours are
} left.
office-plan-thin = { $hours ->
    [one] { $hours } hour is
   *[other] { $hours } hours are
} missing. Give the auditors more time, or review less of the indicators that cost most, below.
office-plan-people = Time and work of the auditors
office-plan-hours = Time this quarter (hours)
office-plan-hours-of = Time of { $name } in hours
office-plan-now = Now
office-plan-then = With the proposal below
office-plan-load = Part of the time
office-plan-work = { $agencies ->
    [one] { $agencies } agency
   *[other] { $agencies } agencies
}, { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}
office-plan-over = beyond the time
office-plan-save-hours = Save the hours
office-plan-usual = Whoever is left blank has { $hours } hours.
office-plan-nobody = First give people the role of an auditor.
office-plan-proposal = Proposal for agencies without an auditor
office-plan-rule = The largest work first, to whoever has least for their time; never to somebody who is or was of that agency, and where possible not to last quarter’s auditor.
office-plan-over-count = { $count ->
    [one] { $count } agency fits
   *[other] { $count } agencies fit
} into nobody’s time or has nobody.
office-plan-accept = Assign { $count ->
    [one] this agency
   *[other] these { $count } agencies
}
office-plan-minutes = Minutes
office-plan-none-able = nobody may
office-plan-again = same as last quarter
office-plan-all-have = Every agency has an auditor
office-plan-all-have-text = On the page of the period the auditor of an agency can be changed; what was judged stays.
office-plan-costs = Which indicator takes how long?
office-plan-costs-text = Minutes are learnt from the pauses between verdicts of earlier quarters; six until enough are known. Write your own where you know better; blank means what was learnt.
office-plan-indicator = Indicator
office-plan-agencies = Agencies
office-plan-total = All (hours)
office-plan-own = Your minutes
office-plan-minutes-of = Minutes for indicator { $code }
office-plan-learnt = learnt
office-plan-save-minutes = Save the minutes
office-agreement = Agreement of auditors
office-agreement-title = On { $same } of { $items ->
    [one] { $items } indicator
   *[other] { $items } indicators
} judged twice the verdicts agree
office-agreement-nothing = Nothing was judged twice yet
office-agreement-lead = { $asked ->
    [one] { $asked } indicator was
   *[other] { $asked } indicators were
} chosen for a second look. The second auditor does not see the first verdict.
office-agreement-empty = Of ten first verdicts one goes, by chance, to another auditor as well.
office-kappa = Cohen’s kappa
office-kappa-range = with 95 percent confidence between { $low } and { $high }
office-kappa-text = A hundred means always the same, zero no more than by chance.
office-kappa-few = Fewer than { $enough } indicators: draw no conclusion from it.
office-severity = Who is milder?
office-severity-text = Mean difference to the other auditor of the same indicator, in percent of its points. Above zero milder, below stricter.
office-severity-items = Indicators
office-severity-mean = Difference (percent)
office-pairs = Indicators judged twice
office-first-finding = First verdict
office-second-finding = Second look
office-differs = they differ
