# Analysis beside the official result: other methods, indicators, weights.
robust-tabs = Pages of the analysis
robust-tab-intervals = Rank intervals
robust-tab-methods = Other methods
robust-tab-indicators = Indicators
robust-tab-weights = Weights
robust-methods-title = Where would everybody stand under other methods?
robust-indicators-title = On which indicators do the ranks hang?
robust-weights-title = Which weights move the ranks?
robust-moves = { $name }, from { $from } to { $to }
robust-nobody = Nobody
robust-methods = What each method says, and by how many places it moves
robust-method = Method
robust-shift = Mean shift, places
robust-furthest = Moves furthest
robust-official = Official
robust-span = From … to
robust-method-ungated = Without gates
robust-method-claimed = With the claims
robust-method-equal-indicators = All indicators weigh the same
robust-method-equal-dimensions = All dimensions weigh the same
robust-method-geometric = Geometric mean of the dimensions
robust-method-harmonic = Harmonic mean of the dimensions
robust-method-stretched = From the worst to the best of this quarter
robust-method-copeland = Two by two
robust-says-ungated = No gate takes anything; points are simply added up.
robust-says-claimed = Everything an agency claimed is believed; the gates stay as they are.
robust-says-equal-indicators = Every indicator is worth the same, with the same gates.
robust-says-equal-dimensions = Every dimension is worth the same, with the same gates.
robust-says-geometric = The percents of the dimensions are multiplied, not added: a strong one makes up less for a weak one.
robust-says-harmonic = Stricter than the geometric mean: the weakest dimension pulls most.
robust-says-stretched = Each indicator is measured between the worst and the best agency of the league, not between the framework’s floor and target.
robust-says-copeland = Every two agencies meet: who is better on indicators of more points wins; more wins, a better rank. Gates on dimensions and grades do not count.
robust-short-ungated = No gates
robust-short-claimed = Claims
robust-short-equal-indicators = Equal indicators
robust-short-equal-dimensions = Equal dimensions
robust-short-geometric = Geometric
robust-short-harmonic = Harmonic
robust-short-stretched = Worst to best
robust-short-copeland = Two by two
robust-left = If one indicator were not there
robust-left-says = Each indicator was left out in turn and everybody ranked again. The first row is the indicator that decides the ranks most.
robust-without = Without
robust-moved = Agencies that move
robust-first-other = Another stands first
robust-rest = { $count ->
    [one] One more row
   *[other] { $count } more rows
 }
robust-mute = { $count ->
    [one] One indicator no longer tells agencies apart
   *[other] { $count } indicators no longer tell agencies apart
 }
robust-none-mute = Every indicator still tells agencies apart
robust-telling-says = An indicator on which four in five agencies or more have the same result no longer says how they differ. The most uniform ones first.
robust-indicator = Indicator
robust-same = Same result, percent
robust-full = Full points
robust-none = No points
robust-counted = Of how many agencies
robust-is-mute = does not tell apart
robust-twice = { $count ->
    [one] One pair of indicators says nearly the same twice
   *[other] { $count } pairs of indicators say nearly the same twice
 }
robust-none-twice = No two indicators say the same twice
robust-alike-says = Spearman’s rank correlation among the agencies that have both: 1 means both indicators put the agencies in the same order, 0 that they have nothing to do with each other, negative that one is the other’s reverse. From 0.9 on, one thing is measured twice.
robust-pair = Two indicators
robust-rho = Correlation
robust-both = Agencies with both
robust-too-few = At least eight agencies need to have both indicators for a correlation.
robust-shares = Each weight’s share in the movement of the ranks
robust-shares-says = All weights were moved by up to { $spread } percent and the ranks moved with them. Of that movement about { $alone } percent is the work of weights alone and { $together } percent of their working together. “With others” is all the movement this weight has a hand in, so the column adds up to more than a hundred; “alone” is what comes from this weight only. A weight with both numbers near zero is not worth an argument.
robust-sampled = This was measured on { $agencies } agencies taken at even distances from { $of }.
robust-weight = Weight of
robust-dimension = Dimension { $title }
robust-whole = With others, percent
robust-alone = Alone, percent
robust-90 = With 90 percent confidence
robust-from-to = { $low } to { $high }
robust-still = With the weights moved this much, no rank changes.
robust-firm = Which order holds whatever the weights?
robust-firm-says = { $count ->
    [one] Of { $of } pairs of agencies there is one in which the one is on no indicator below the other, so that no weights put it lower. The order of all others hangs on the weights.
   *[other] Of { $of } pairs of agencies there are { $count } in which the one is on no indicator below the other, so that no weights put it lower. The order of all others hangs on the weights.
 }
robust-firm-not = The league is too large to compare its agencies two by two.
robust-upper = Never stands below
robust-lower = this agency
