# Scores, ranks, scorecards.
result-computed = Computed:
result-preliminary = Preliminary result
result-mean = Mean score
result-claim-gap = Gap between claim and verified
result-points-mean = points, mean
result-unstaffed = Equipped but unstaffed
result-agency = Agency
result-why = Why
result-claim = Self-assessment
result-verified = Verified
result-gap-alert = furniture outruns people
result-movers = Changes that mean something
result-best-desk = Best service desk:
result-no-movers = No change that means something.
result-up = { $score } more
result-down = { $score } less
result-within-error = within error
result-ranked-of = { $ranked } ranked of { $of }
result-rank = Rank
result-interval = Rank interval
result-interval-said = analysis, not the official rank: with moved weights { $low } to { $high }
result-score = Score
result-grade = Grade
result-claim-verified = Verified and claim
result-claim-said = verified { $verified }, claim { $claim }
result-honesty = Honesty, percent
result-gap = Furniture–people gap
result-change = Change
result-apart = Outside the ranking
result-state = State
result-state-ranked = ranked
result-state-no-report = no report
result-state-provisional = provisional
result-state-unranked = unranked
result-reason-exempt = exempt in the registry
result-reason-no-score = no indicator applies
result-reason-too-few-points = fewer than 500 applicable points
result-made-from = Made from data with the fingerprint
result-sheet-title = Score { $score } of 100
result-rank-of = Rank { $rank } of { $of }
result-lost = Where points were lost
result-from-hundred = from 100 to { $score }
result-line = Line
result-points-lost = Points lost
result-score-lost = Of 100
result-drawn = Drawn
result-gate = gate
result-sum = Sum
result-sum-says = 100 less { $lost } is { $score }
result-nothing-lost = No points were lost.
result-gates = Gates
result-gates-hint = A gate says that without something essential the points go no higher than a limit.
result-armed = armed, without effect
result-change-title = Change from { $before } to { $after }
result-line-method = change of method
result-line-scope = change of scope
result-section = { $points } of { $of } points; { $percent } percent
result-col-row = No.
result-col-title = Indicator
result-col-unit = Unit
result-col-target = Target
result-col-points = Maximum points
result-col-value = Performance
result-col-claimed = Self-assessed points
result-col-final = Final points
result-object = Objection
result-parts = Points of the framework
result-points-counted = counted
result-points-na-profile = not applicable by profile
result-points-na-granted = "not applicable" granted
result-points-not-enough-data = not enough data
result-points-not-measured = not measured
result-trust = Trust, percent
result-ungated = Score without gates
result-before-cap = Score before the grade cap
result-status-verified = confirmed
result-status-adjusted = adjusted
result-status-rejected = rejected
result-status-measured = measured
result-status-unverified = not verified yet
result-status-unanswered = no answer
result-status-na-profile = not applicable
result-status-na-granted = "not applicable" granted
result-status-not-enough-data = not enough data
result-status-not-measured = not measured
result-csv = Download the table (CSV)
result-headline-mean = The ranked agencies average { $score } of 100.
result-headline-up = The ranked agencies average { $score } of 100, { $by } more than last quarter.
result-headline-down = The ranked agencies average { $score } of 100, { $by } less than last quarter.
result-headline-unstaffed = { $count ->
    [one] One agency is equipped but unstaffed.
   *[other] { $count } agencies are equipped but unstaffed.
}
result-no-unstaffed = No furnished desk without people was seen this quarter.
result-of-ranked = { $count ->
    [one] of one ranked agency
   *[other] of { $count } ranked agencies
 }
result-visits = Unannounced visits
result-visited = { $count ->
    [one] to one agency
   *[other] to { $count } agencies
 }
result-staffed = Somebody answered
result-staffed-share = visits; { $percent } percent
result-nobody = Nobody there
result-of-visits = { $visits ->
    [one] { $failed } of one visit
   *[other] { $failed } of { $visits } visits
 }
result-where = Where
result-own-words = What the agency says
result-unstaffed-means = Equipped but unstaffed: an unannounced visit found nobody, a visit was obstructed, or place and equipment are more than 20 points of percent ahead of people.
result-movers-hint = { $count ->
    [one] Only changes of { $least } points or more, like for like. The change of one other agency is within error.
   *[other] Only changes of { $least } points or more, like for like. The changes of { $count } other agencies are within error.
 }
result-before = Before
result-now = Now
result-cause = Main reason
result-went-up = Rose:
result-went-down = Fell:
result-most-improved = Most improved:
result-widest = Widest gap between self-assessment and verified score
result-filter = Search the ranking
result-search = Name or code
result-league = League
result-group = Peer group
result-order = Order
result-all = All
result-order-rank = Rank
result-order-change = Most improved
result-order-honesty = Lowest honesty
result-order-over = Widest gap to self-assessment
result-order-gap = Widest furniture-people gap
result-order-name = Name
result-filter-show = Show
result-filter-all = Show all
result-shown = { $count ->
    [one] One agency found.
   *[other] { $count } agencies found.
 }
result-none-found = No agency fits
result-none-found-do = Type less of the name, or take one condition away.
result-legend-interval = rank and rank interval
result-legend-claim = filled: verified, hollow: self-assessed
result-interval-hint = The dot is the official rank; the line shows where the rank is in 90 percent of cases if weights move by up to 25 percent (analysis; it changes no rank).
result-from-to = { $low } to { $high }
result-over = Gap to claim
result-gap-short = Gap
result-tier = Places { $first } to { $last }: the order among them changes with the weights, their border to the rest does not
result-honesty-how = Of each 100 points claimed and checked, how many held; trust counts what did not hold more heavily and begins with an assumed record (rule, section 5).
result-tier-one = Place { $place }: clearly apart from the rest
result-tied = tied
result-places-up = { $count ->
    [one] one place up
   *[other] { $count } places up
 }
result-places-down = { $count ->
    [one] one place down
   *[other] { $count } places down
 }
result-no-before = no quarter before
result-how = How this ranking is made, and what it does not say
result-how-score = Each indicator has a ceiling of points. Points earned are added up and divided by the ceilings that apply to the agency. An empty desk, false evidence or no report caps the result, and every cap is a line on the score sheet. An agency that did not report stays at the end of the list as "no report".
result-how-interval = The rank interval is no error of measurement; it says where an agency would stand if the weights were somewhat different. Two agencies whose intervals overlap cannot be told apart with confidence.
result-how-change = An arrow is shown only if the rank intervals of both quarters do not overlap; otherwise "within error".
result-csv-code = Code
result-csv-league = League
result-csv-group = Group
result-csv-of = Of
result-csv-group-rank = Rank in group
result-csv-low = Rank interval from
result-csv-high = Rank interval to
result-csv-unstaffed = Equipped but unstaffed
result-csv-change = Like-for-like change
result-tier-apart = Places { $first } to { $last }: each clearly apart from the next
result-sheet-most = Score { $score } of 100; most was lost in “{ $dimension }”
result-group-rank-of = { $rank } of { $of } in the group “{ $group }”
result-not-confirmed = Of { $claim } points self-assessed, { $over } were not confirmed.
result-object-until = Object until { $day }
result-dimension = Dimension and its points
result-percent = Mark of 100
result-lost-short = Lost
result-of-points = (of { $points } points)
result-every-line = Every line; they sum to exactly what was lost
result-grade-cap = Cap of the grade
result-took = Took from the score
result-verified-own = Verified, same indicators
result-rank-moved = Rank from { $before } to { $after }:
result-rank-own = by its own doing { $places } places
result-rank-others = by others { $places }
result-rank-method = by the method { $places }
result-rank-panel = by agencies that came or went { $places }
result-past = Score in past quarters
result-past-drawn = The score over { $count } quarters; the numbers are in the table below
result-quarter-col = Quarter
result-of = { $rank } of { $of }
result-indicators = Indicator by indicator
result-indicators-hint = Open “How it was reckoned” to reach the same number with a calculator; every step is rounded to two decimals.
result-before-gates = { $points } before gates
result-none-counts = No indicator of this dimension counts
result-worked = How it was reckoned
result-claim-of = Claim of the agency
result-goalposts = Floor and target
result-floor-target = from { $floor } (no points) to { $target } (all points)
result-levels = Levels
result-not-counted = not counted
result-documents = Evidence
result-objected = Objection filed
result-final-sum = Score before the cap of the grade
result-by-first = auditor
result-by-objection = after an objection
result-by-office = planning organization
result-by-imported = imported with the quarter's file
result-by-second = second auditor
result-step-value = Actual value
result-step-sample = Right share of the sample, percent
result-step-sample-stands = The claim lies outside the sample's interval; the sample's share counts.
result-step-claim-stands = The claim lies inside the sample's interval and stands.
result-step-rate = Percent reached
result-step-beyond = Beyond floor or target; more does not count.
result-step-points = Points
result-step-pending = Points without a verdict
result-step-trust = No verdict yet; it counts by the trust ratio.
result-step-nothing = Rejected, unanswered or nothing of nothing
result-step-held = After the gate
result-what-if = What if
result-what-if-title = What if the values were different?
result-what-if-score = The score would go from { $before } to { $after }
result-what-if-hint = Change any value you like; nothing is saved and the official score stays. A value you change counts as claimed and confirmed, so a smaller one may score more because it is confirmed. What you leave keeps its present verdict.
result-then = If it were so
result-rank-was = now { $rank } of { $of }
result-binding-then = Gates that bind:
result-help = What would raise our score
result-help-what = Indicator
result-help-step = One step
result-help-rank = Estimated rank
result-help-none = No single step raises the score; see the gates, or the missing report.
result-others-fixed = all others held fixed
result-step-from-to = from { $from } to { $to }
result-step-to = to { $to }
result-next-grade = { $missing } points are missing to the grade “{ $grade }”.
result-next-held = While the gate “{ $gate }” is armed, this grade is out of reach.
result-next-way = { $count ->
    [one] One step leads there; see it
   *[other] { $count } steps lead there; see them
 }
result-next-far = Twelve steps do not lead there.
result-unchanged = unchanged
result-facts = Visits and calls
result-try = Reckon
result-try-none = Start again
result-analysis = How firm the ranks are
result-analysis-title = Where would everybody stand if the weights were somewhat different?
result-analysis-not-official = Analysis, not the official result; it changes no score, rank or grade.
result-analysis-how = { $times ->
    [one] The weight of each dimension and indicator was moved at random once, by up to { $spread } percent, and everybody ranked again.
   *[other] The weight of each dimension and indicator was moved at random { $times } times, by up to { $spread } percent, and everybody ranked again each time.
 }
result-analysis-pair = Which of two stands above?
result-analysis-a = First agency
result-analysis-b = Second agency
result-analysis-above = In { $share } percent of cases “{ $a }” stands above “{ $b }”.
result-analysis-no-pair = Choose two different agencies of one league.
result-analysis-k = How many first and last places
result-analysis-median = Median
result-analysis-90 = In 90 percent of cases
result-analysis-extremes = Best and worst
result-analysis-first = Among the first { $k }, percent
result-analysis-last = Among the last { $k }, percent
result-analysis-tiers = Places that cannot be told apart, for the intervals of any two overlap
result-analysis-tier = { $first } to { $last }
result-analysis-all-apart = Every place stands apart from the next.
result-asks-at-least = the gate asks for { $least } or more
result-asks-at-most = the gate asks for { $least } or less
result-asks-above = the gate asks for more than { $least }
result-asks-below = the gate asks for less than { $least }
result-asks-equal = the gate asks for { $least }
result-visits-made = Visits
result-visit-unannounced = unannounced
result-visit-announced = announced
result-visit-answered = somebody at the desk answered
result-visit-empty = the desk was empty at both looks
result-visit-obstructed = the visit was obstructed
result-visit-made = it was made
result-pages = Pages of the list
result-page = Page { $page } of { $pages }
result-page-before = Previous page
result-page-after = Next page
result-page-whole = All on one page
result-workbook = Table as a workbook (XLSX)
