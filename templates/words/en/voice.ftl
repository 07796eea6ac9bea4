# The citizen's voice: the poster at a desk, and what people say.
voice-title = The citizen's voice
voice-lead = What people said at the desks from { $from } to { $to }, with its 95 percent interval. Below { $least } answers nothing is said. These numbers are never part of a score.
voice-answers = Answers
voice-nobody = Nobody was there
voice-long = Waited more than half an hour
voice-sent = “Find somebody who knows somebody”
voice-percent = { $percent }%
voice-too-few = not enough data
voice-apart = { $count ->
    [one] 1 answer kept apart
   *[other] { $count } answers kept apart
 }
voice-apart-column = Kept apart
voice-apart-why = Answers that came all at once, or one after another from one network, are kept apart and not counted. Many of them are a sign of their own.
voice-visit = an unannounced visit is suggested
voice-beside = What people said at the desk
voice-never-scored = No part of the score; it shows where to look.
voice-none = Nobody has said anything yet
voice-none-why = Answers come once the posters hang at the service desks.
