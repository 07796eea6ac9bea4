# The public side: what the governor's office has opened to everybody.
public-purpose = Results of watching the service desks of executive agencies
public-all-quarters = All quarters
public-feed = Atom feed
public-feed-title = Published results of the service desks
public-feed-entry = Results of { $quarter }, edition { $number }
public-staff = Staff sign-in
public-list-title = Is anybody at the desk in the offices of this province?
public-list-lead = Every quarter the agencies report on themselves, auditors verify it, and the result is published here.
public-published-on = published { $day }
public-corrected = corrected
public-nav-ranking = Results
public-nav-practice = Good practice
public-nav-method = Method
public-nav-data = Open data
public-ranking-title = Which office answers?
public-result-of = Results of { $quarter }
public-headline-asked = Of { $count } times we came to a service desk unannounced,
public-headline-answered = { $count ->
    [0] nobody was ever there to answer.
    [one] somebody was there to answer once.
   *[other] somebody was there to answer { $count } times.
 }
public-headline-none = No unannounced visit was recorded in this quarter.
public-lead = The results of { $agencies } agencies of { $province }. The scores were verified by the planning organization.
public-is-old = This edition was corrected; it is no longer the newest.
public-see-newest = See the newest edition
public-corrected-title = This result was corrected (edition { $number })
public-moved = Agencies whose score or rank moved
public-moved-nobody = No agency's score or rank moved.
public-see-before = See the edition before
public-then = then
public-score-before-after = Score before and after
public-rank-before-after = Rank before and after
public-search = Which office do you deal with?
public-search-hint = for example: registry
public-search-go = Search
public-all = Show all
public-groups = Groups of agencies
public-agency = Agency
public-grade = Result
public-score = Score
public-no-score = no score
public-staffed = Somebody answered
public-of-visits = { $staffed } of { $visits } visits
public-rank = Rank
public-rank-interval = Rank, with interval
public-from-to = { $low } to { $high }
public-found-none = No agency of that name was found
public-found-none-why = Type a part of the agency's name, or show all.
public-earlier = Page before
public-later = Next page
public-where-from = Where do these numbers come from?
public-where-from-text = Every agency reports its own indicators; auditors look at the evidence and come unannounced. Only what was verified is published, and nobody's name is in it.
public-interval-text = The interval beside a rank says how far it moves when the weights of the indicators move a little; two agencies whose intervals overlap cannot clearly be told apart.
public-all-agencies = All agencies
public-agency-always = { $visits ->
    [one] We came once unannounced, and somebody answered.
   *[other] We came { $visits } times unannounced; somebody answered every time.
 }
public-agency-never = { $visits ->
    [one] We came once unannounced, and nobody answered.
   *[other] We came { $visits } times unannounced; nobody ever answered.
 }
public-agency-sometimes = We came { $visits } times unannounced; somebody answered { $staffed ->
    [one] once.
   *[other] { $staffed } times.
 }
public-agency-unvisited = No unannounced visit to this agency was recorded in this quarter.
public-score-verified = Verified score
public-of-hundred = of 100
public-of = of { $count }
public-group-rank = Rank in its group
public-why-no-rank = Why has this agency no rank?
public-gates = What limited the score?
public-dimensions = Score by dimension
public-dimensions-hint = Open a dimension to see its indicators.
public-percent = { $percent }%
public-indicator = Indicator
public-value = What was verified
public-points = Points
public-points-of = { $earned } of { $points }
public-full = full marks
public-claim-title = What the agency said, and what was found
public-claim-text = For the indicators that it reports itself, the agency gave itself { $claimed } of 100; after verification { $verified } were left.
public-practice-title = Who does this fully?
public-practice-lead = Agencies with full marks for an indicator, verified by an auditor. If you want to learn how something is done, ask them.
public-practice-none = No agency had full marks for any indicator in this quarter.
public-agencies = { $count ->
    [one] 1 agency
   *[other] { $count } agencies
 }
public-seen-by = Kinds of evidence for this indicator:
public-and-more = and { $count } more
public-method-title = How do these scores come about?
public-method-lead = { $indicators } indicators with { $points } points together. The rule is the same for all and is published before a quarter begins; every agency can predict its own score.
public-method-steps = From report to publication
public-method-step-report = At the end of each quarter the agency reports on itself, and its head signs.
public-method-step-verify = Auditors look at the evidence, come unannounced, telephone, and send test requests.
public-method-step-objection = The agency sees the preliminary result and may object once to each indicator; another auditor looks again.
public-method-step-score = The program computes the score in whole numbers, without any human hand.
public-method-step-publish = Two people publish the result, and the governor's office opens it to everybody. What is published never changes; a correction is the next edition.
public-method-least = A survey with fewer than { $count } answers does not count.
public-method-grades = Grades
public-method-from = from { $score }
public-method-weights = Dimensions, indicators and their weights
public-method-verified-by = How it is verified
public-method-gates = Gates
public-method-gates-text = A gate means that good furniture does not make up for missing people: where one of these comes true, the score stays below a limit.
public-check-title = Check it yourself
public-check-text = Take the edition's folder from “Open data”. These commands say that the files are the ones that were published, and compute every score again.
public-signature = Signature
public-data-title = Open data
public-data-lead = Everything on these pages, for programs and spreadsheets. Free to use; name the source.
public-files = Files
public-file-csv = The ranking for a spreadsheet: one line per agency.
public-file-json = The same for programs.
public-file-zip = The whole folder of the edition: framework, data, results and their fingerprints.
public-stable = Stable addresses
public-stable-text = The first address always gives the newest edition of the quarter, the second always this very edition. Every answer carries an ETag, so that nothing unchanged is sent again.
public-dictionary = Data dictionary
public-column = Column
public-meaning = Meaning
public-column-agency = Code of the agency
public-column-name-fa = Persian name of the agency when published
public-column-name-en = English name of the agency when published
public-column-league = Kind of agency; each kind is ranked apart
public-column-group = Group of the agency
public-column-state = State: ranked, no_report, provisional (rank not yet certain), unranked
public-column-rank = Rank among agencies of its kind
public-column-rank-of = How many agencies are ranked
public-column-rank-low = Best rank when the weights move a little
public-column-rank-high = Worst rank when the weights move a little
public-column-group-rank = Rank within its group
public-column-score-c = Verified score of 100, in hundredths
public-column-grade = Grade: excellent, good, average, weak
public-column-honesty-bp = Share of what the agency said that was confirmed, in hundredths of a percent
public-column-visits = Number of unannounced visits
public-column-staffed = Number of visits at which somebody answered
public-column-is-corrected = Whether this edition moved the agency's score or rank (1 yes)
public-column-dimension = Percent of points in the dimension “{ $dimension }”, in hundredths of a percent
public-folder = What is in the folder?
public-folder-text = Every file and its fingerprint stand in the manifest. It can be checked without this program too; “Method” says how.
public-desk-title = Was anybody at the desk?
public-desk-answered = When you came, was anybody there to answer you?
public-desk-answered-yes = Yes
public-desk-answered-no = No, nobody
public-desk-wait = How long did you wait?
public-desk-wait-short = less than 10 minutes
public-desk-wait-half = 10 to 30 minutes
public-desk-wait-hour = 30 minutes to an hour
public-desk-wait-longer = more than an hour
public-desk-sent = Were you told to find somebody who knows somebody?
public-desk-sent-yes = Yes, I was
public-desk-sent-no = No, I was not
public-desk-send = Send
public-desk-privacy = You are not asked for a name or a number. Until the end of today a mark stays on your phone, so that everybody counts once; afterwards nothing of you is kept. The planning organization reads the answers; they are no part of the agency's score and only show where to come unannounced.
public-desk-thanks = Thank you, it was heard.
public-desk-thanks-text = Your answer stands beside those of others and tells the auditors where to look.
public-under-review = under review
