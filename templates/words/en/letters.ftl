# Letters, in the language of the reader.
letters-greeting = Dear { $name },
letters-closing = The system sent this letter; do not answer it.
letters-care = This link is for you alone and works once. If you did not ask for it, put this letter aside.
letters-invitation-subject = Invitation to Mizan
letters-invitation-body = An account was made for you in Mizan. To begin, choose a password. The link below works for { $days } days.
letters-invitation-label = Choose a password
letters-reset-subject = Link for a new password
letters-reset-body = A link for a new password was asked for your account. The link below works for { $minutes } minutes.
letters-reset-label = Choose a new password
letters-period-opened-subject = The self-assessment of { $period } is open
letters-period-opened-body = The self-assessment of { $period } is open for your agency. Its deadline is the end of { $deadline }.
letters-period-opened-label = Go to the checklist
letters-hand-in-received-subject = The self-assessment of { $period } arrived
letters-hand-in-received-body = Your agency's self-assessment of { $period }, signed by the head of the agency, arrived. Its tracking code is { $code }.
letters-hand-in-received-label = See the file
letters-item-returned-subject = A question about indicator { $code }
letters-item-returned-body = The assessor has a question about indicator { $code } in { $period }. The note and evidence of this indicator are open; your answer stays as it is.
letters-item-returned-label = Answer the question
letters-preliminary-result-subject = Preliminary result of { $period }
letters-preliminary-result-body = The preliminary result of { $period } is ready for your agency. If you disagree with a verdict, object within the time for objections.
letters-preliminary-result-label = See the score sheet
letters-late-verdict-subject = A new verdict on indicator { $code }
letters-late-verdict-body = A verdict on indicator { $code } in { $period } was given for the first time after the preliminary result. If you do not agree, object until the end of { $due }.
letters-late-verdict-label = See the score sheet
letters-final-result-subject = Final result of { $period }
letters-final-result-body = The result of { $period } is final. Your agency's score sheet and the ranking are in the system.
letters-final-result-label = See the score sheet
letters-resolution-made-subject = Resolution { $number } of the follow-up meeting
letters-resolution-made-body = The follow-up meeting gave resolution { $number } to your agency. It is due on { $due }. Report it in the system once it is done.
letters-resolution-made-label = See the resolution
letters-other-subject = A message from Mizan
letters-other-body = There is news for you in Mizan. Sign in to see it.
letters-other-label = Go to the system
letters-reminder-subject = Your work in Mizan, { $day }
letters-reminder-body = This waits for you. If you did any of it today, set this message aside.
letters-reminder-label = Go to my work
letters-reminder-answers = { $agency }: { $count ->
    [one] one indicator
   *[other] { $count } indicators
  } of { $period } without an answer. The deadline is the end of { $due }.
letters-reminder-unsigned = { $agency }: the self-assessment of { $period } is complete; only the signature of the head is missing. The deadline is the end of { $due }.
letters-reminder-late = { $agency }: the deadline of { $period } has passed. Until the end of { $due } it can still be signed and handed in; after that the agency counts as no report.
letters-reminder-returned = { $agency }: the auditor asked about indicator { $what } in { $period }. Answer due: { $due }.
letters-reminder-resolution = { $agency }: resolution { $what } of the follow-up meeting. Due: { $due }.
letters-reminder-missing = { $count ->
    [one] One agency
   *[other] { $count } agencies
  } without a hand-in of { $period }: { $what }. Deadline: { $due }.
letters-extension-asked-subject = { $agency } asks for an extension
letters-extension-asked-body = The agency { $agency } asks for more time for { $period }. Its reason is in the unlock register.
letters-extension-asked-label = See the request
letters-extension-granted-subject = Extension of { $period } granted
letters-extension-granted-body = Your request for { $period } was granted until the end of { $due }. After that the lock is back by itself.
letters-extension-granted-label = Go to the checklist
letters-extension-refused-subject = Extension of { $period } refused
letters-extension-refused-body = Your request for { $period } was not granted. The reason is in the system.
letters-extension-refused-label = See the reason
letters-handed-over-subject = You are now the manager of your agency
letters-handed-over-body = From { $day } you are the manager of your agency. What is open and the indicators in the former manager's care are yours now.
letters-handed-over-label = Go to my work
letters-text = Mizan: waiting for you: { $count }. Nearest day: { $due }. { $address }
letters-slip-printed-subject = A slip to set your password was printed
letters-slip-printed-body = Somebody who looks after accounts printed a slip with which your password can be set anew. If you did not ask for it, tell them today.
letters-slip-printed-label = Open Mizan
