# A draft of a framework before it is published: tried on the last quarter's data.
draft-title = Try a draft framework
draft-on = on the data of
draft-ask = What would this draft do to the agencies?
draft-moves = { $count ->
    [one] One agency of { $of } would stand elsewhere
   *[other] { $count } agencies of { $of } would stand elsewhere
 }
draft-none-moves = No agency would stand elsewhere
draft-sums = sums, goalposts, grades and gates are sound: { $dimensions } dimensions, { $indicators } indicators, { $points } points and { $gates } gates.
draft-grades = { $count ->
    [one] One agency would have another grade.
   *[other] { $count } agencies would have another grade.
 }
draft-not-saved = Nothing is saved.
draft-not-official = This is analysis; it changes the official result of no quarter.
draft-faults = This needs to be mended
draft-where = Where in the file
draft-what = What is wrong
draft-more-faults = { $count ->
    [one] And one more.
   *[other] And { $count } more.
 }
draft-unknown = { $count ->
    [one] The last quarter knows nothing of one indicator of this draft; it was taken as not measured:
   *[other] The last quarter knows nothing of { $count } indicators of this draft; they were taken as not measured:
 }
draft-league = Who would move: { $title }
draft-why = Why, of 100
draft-rest = all other lines
draft-to = →
draft-grade-was = was
draft-none-in-league = In this league neither a rank nor a score would change.
draft-hang = On what would the ranks hang under this draft?
draft-hang-says = “Official” in this part means the rank this draft would give.
draft-no-quarter = No quarter is final yet
draft-no-quarter-says = A draft is tried on the data of the last final quarter.
draft-file-title = The file of the draft
draft-another = Another draft
draft-file = File of the framework
draft-file-hint = A JSON file in the form of a published framework.
draft-try = Try it
draft-no-file = Choose the file of the draft.
draft-too-large = This file is larger than a framework: more than two megabytes, three hundred indicators or sixty dimensions.
draft-faulty = { $count ->
    [one] This file has one fault and was not tried.
   *[other] This file has { $count } faults and was not tried.
 }
draft-fault-json = Not a sound JSON file.
draft-fault-shape = A part is missing or not known.
draft-fault-type = Not the right kind of value; numbers need to be whole.
draft-fault-range = The number is outside what is allowed.
draft-fault-twice = This code stands there twice.
draft-fault-weights = The points do not add up.
draft-fault-goalposts = Floor and target are the same or against the direction of the indicator.
draft-fault-grades = Grades have to fall, down to 0.
draft-fault-ref = A name that is not in the framework.
draft-fault-cycle = This gate leads back to itself.
draft-fault-other = Not allowed in a framework.
