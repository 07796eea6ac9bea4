# A quarter on one page.
brief-title = Quarter brief
brief-said = Six sentences of this quarter
brief-name = { $name }
brief-and = { $listed } and { $last }
brief-others = { $count ->
    [one] one other agency
   *[other] { $count } other agencies
}
brief-finding-nobody = No agency was ranked this quarter.
brief-finding-alone = Only { $name } was ranked, with a score of { $score } of 100.
brief-finding-tied = All { $count } ranked agencies have the same score: { $score } of 100.
brief-about-rose = Who rose
brief-about-fell = Who fell, and why
brief-about-gap = Word furthest from fact
brief-about-overdue = Overdue resolutions
brief-about-unvisited = Where nobody went
brief-about-asked = For the meeting to decide
brief-not-compared = No agency was ranked both in this quarter and in the one before; there is nothing to compare.
brief-rose-some = { $count ->
    [one] The score of one agency rose by more than the error: { $names }, by { $by } points.
   *[other] The scores of { $count } agencies rose by more than the error; most of all { $names }, by { $by } points.
}
brief-rose-nobody = { $count ->
    [one] The one agency ranked in both quarters did not rise by more than the error.
   *[other] Of the { $count } agencies ranked in both quarters none rose by more than the error.
}
brief-fell-some = { $count ->
    [one] The score of one agency fell by more than the error: { $names }, by { $by } points.
   *[other] The scores of { $count } agencies fell by more than the error; most of all { $names }, by { $by } points.
}
brief-fell-why = { $count ->
    [one] The score of one agency fell by more than the error: { $names }, by { $by } points. Main cause: “{ $cause }”.
   *[other] The scores of { $count } agencies fell by more than the error; most of all { $names }, by { $by } points. Main cause: “{ $cause }”.
}
brief-fell-nobody = { $count ->
    [one] The one agency ranked in both quarters did not fall by more than the error.
   *[other] Of the { $count } agencies ranked in both quarters none fell by more than the error.
}
brief-gap-one = { $names } was furthest from the facts: self-assessed { $claimed }, verified { $verified }.
brief-gap-some = { $names } were furthest from the facts, each by { $over } points more than was verified.
brief-gap-nobody = No ranked agency said more than was verified.
brief-gap-unknown = No agency was ranked; word and fact were not laid side by side.
brief-overdue-some = { $count ->
    [one] One resolution is overdue: { $number }, owed by { $owner }, { $days } days late.
   *[other] { $count } resolutions are overdue; the oldest, { $number }, owed by { $owner }, is { $days } days late.
}
brief-overdue-other = { $count ->
    [one] One resolution is overdue: { $number }, { $days } days late.
   *[other] { $count } resolutions are overdue; the oldest, { $number }, is { $days } days late.
}
brief-overdue-nobody = { $count ->
    [one] No resolution is overdue; one is still open.
   *[other] No resolution is overdue; { $count } are still open.
}
brief-overdue-no-open = No resolution is open.
brief-unvisited = { $count ->
    [one] Of { $of } agencies one was not visited unannounced: { $names }.
   *[other] Of { $of } agencies { $count } were not visited unannounced: { $names }.
}
brief-visited-all = { $of ->
    [one] The one agency was visited unannounced.
   *[other] All { $of } agencies were visited unannounced at least once.
}
brief-visited-nobody = { $of ->
    [one] The one agency was not visited unannounced.
   *[other] None of the { $of } agencies was visited unannounced.
}
brief-asked = The meeting is asked to decide on { $what }.
brief-asked-nothing = This quarter leaves nothing for the meeting to decide.
brief-ask-staff = { $count ->
    [one] who staffs one furnished desk
   *[other] who staffs { $count } furnished desks
}
brief-ask-overdue = { $count ->
    [one] one overdue resolution
   *[other] { $count } overdue resolutions
}
brief-ask-report = { $count ->
    [one] one agency without a report
   *[other] { $count } agencies without a report
}
brief-ask-visit = { $count ->
    [one] a visit to one agency
   *[other] visits to { $count } agencies
}
brief-resolve = Make a resolution
brief-see-list = List
brief-asked-title = What the meeting has to decide
brief-decide-staff = { $count ->
    [one] Who sits, and from when, at the one desk that is equipped but unstaffed?
   *[other] Who sits, and from when, at the { $count } desks that are equipped but unstaffed?
}
brief-decide-overdue = { $count ->
    [one] What becomes of the overdue resolution?
   *[other] What becomes of the { $count } overdue resolutions?
}
brief-decide-report = { $count ->
    [one] When does the agency without a report hand it in?
   *[other] When do the { $count } agencies without a report hand it in?
}
brief-decide-visit = { $count ->
    [one] Is the agency that was not visited visited before next quarter?
   *[other] Are the { $count } agencies that were not visited visited before next quarter?
}
brief-first = The first
brief-last = The end of the list
brief-all = All places
brief-tied = { $count ->
    [one] One agency has this place.
   *[other] { $count } agencies share one place; first and last cannot be told apart.
}
brief-honours = Worth naming
brief-no-improved = Nobody rose by more than the error.
brief-no-desk = No ranked agency's service desk was measured.
brief-desk-share = { $percent } percent of the desk's points
brief-history = Places in past quarters
brief-history-said = { $count ->
    [one] The place of one agency in past quarters; this quarter's places are in the table below
   *[other] The places of { $count } agencies in past quarters; this quarter's places are in the table below
}
brief-history-hint = The first, the end of the list, and those who moved furthest. Colour only where a place moved by more than the error.
brief-unvisited-title = { $count ->
    [one] One agency that was not visited unannounced
   *[other] { $count } agencies that were not visited unannounced
}
brief-proof = See it
brief-unstaffed-gap = { $count ->
    [one] One agency is equipped but unstaffed.
   *[other] { $count } agencies are equipped but unstaffed.
}
brief-unstaffed-seen = { $count ->
    [one] One agency is equipped but unstaffed; an unannounced visit was left without an answer.
   *[other] { $count } agencies are equipped but unstaffed; at { $seen } of them an unannounced visit was left without an answer.
}
brief-gap-alert = gap of { $gap } points of percent
brief-all-more = All places, continued
