# Corrections after publication.
correction-start = Correct a published result
correction-title = Correct the published result
correction-lead = What is published never changes. Say what should have been, and why; it is published with the next edition, which one proposes and another publishes. Until then the agency carries the mark “under review” on the public side.
correction-was = Published
correction-should = Should have been
correction-withdraw = Take the correction back
correction-moved = Agencies whose score or rank this correction moves
correction-next = Now somebody proposes the correcting edition:
correction-new = A new correction
correction-choose = Show what was published
correction-why = Why is it corrected?
correction-open = Add the correction
correction-none = No correction waits
correction-nothing-was = nothing was published
correction-opened = The correction was added; the next edition publishes it.
correction-withdrawn = The correction was taken back.
