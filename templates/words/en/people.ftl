# People, passwords and links.
people-password-title = Choose a new password
people-password-invited = Welcome; choose a password
people-password-for = This link is for:
people-password-new = New password
people-password-repeat = New password again
people-password-rules = From { $least } to { $most } characters, in any script, with or without spaces. A sentence that only you know is better than a difficult word.
people-password-ends = The new password ends every open session of this account.
people-password-save = Save the password
people-password-set = The password was saved. Sign in with it now.
people-link-dead-title = This link does not work any more
people-link-dead = It was used once, or its time is over, or a newer link was sent after it.
people-link-ask = Ask for a new link
people-forgot-title = Get a link for a new password
people-forgot-hint = If there is an account of that name, a link goes to its e-mail that works once and for { $minutes } minutes. An invitation works for { $days } days.
people-forgot-account = User name or e-mail
people-forgot-submit = Send the link
people-forgot-no-mail = If your account has no e-mail, ask the secretariat.
people-reset-asked = If there is such an account, the link is sent to its e-mail.
people-users-title = { $count ->
    [one] { $count } person in the system
   *[other] { $count } people in the system
}
people-found = { $count ->
    [one] { $count } person was found
   *[other] { $count } people were found
}
people-invite = Invite a person
people-invite-title = Invite a person
people-invite-hint = A letter with a link for a password goes to their e-mail. Nobody but they choose it.
people-invite-send = Send the invitation
people-invited = The account was made and the invitation is queued.
people-search = Name, user name or e-mail
people-find = Search
people-all = All people
people-nobody = Nobody was found
people-nobody-hint = Write less of the name, or leave the role open.
people-name = Full name
people-email = E-mail
people-language = Language of letters and pages
people-language-fa = Persian
people-language-en = English
people-login-hint = Small Latin letters and digits, like m.hosseini
people-role = Role
people-roles = Roles
people-no-role = No role
people-agency-hint = Only for roles in an agency
people-from = From
people-from-hint = Like 1405/10/15; empty means from today
people-until = Until
people-until-hint = Empty means without end
people-role-now = Now
people-role-end = End the role
people-role-grant = Grant a role
people-role-granted = The role was granted.
people-role-ended = The role has ended.
people-role-title = In which role are you at work?
people-role-hint = You have several roles. You work in one at a time, and nothing of the others is seen.
people-role-change = Change the role
people-role-choose = Work in this role
people-contact = Name and address
people-state = State
people-state-active = Active
people-state-invited = Invited
people-state-shut = Shut
people-account = Account
people-shut-hint = Shutting the account ends its sessions and links. What was done with it stays.
people-shut-do = Shut the account
people-shut = The account is shut.
people-open-hint = The account is shut and cannot sign in.
people-open-do = Open the account
people-opened = The account is open.
people-password-link = Link for a password
people-link-invites = No password was chosen yet. A new invitation ends the one before it.
people-link-resets = A link for a new password goes to their e-mail. Nobody but they see the password.
people-link-send = Send the link
people-link-queued = The link is queued.
people-password-present = Present password
people-email-present-hint = Only needed to change the e-mail
people-password-change = Change the password
people-password-changed = The password was changed and other sessions have ended.
people-password-ends-others = The new password ends the other sessions of this account.
people-sessions = { $count ->
    [one] { $count } open session
   *[other] { $count } open sessions
}
people-session-this = here
people-session-began = Began:
people-session-seen = Last used:
people-sessions-end = Sign out everywhere else
people-sessions-ended = The other sessions have ended.
people-letters-title = { $waiting ->
    [one] { $waiting } letter waits; { $failed } failed
   *[other] { $waiting } letters wait; { $failed } failed
}
people-letters-caption = Letters, newest first
people-letters-none = There are no letters
people-letters-no-mail = Mail is not set up; letters wait until the administrator does so.
people-letter-all = All
people-letter-queued = Queued
people-letter-sending = Being sent
people-letter-sent = Sent
people-letter-failed = Failed
people-letter-withdrawn = Withdrawn
people-letter-kind = Letter
people-letter-kind-invitation = Invitation
people-letter-kind-reset = New password
people-letter-kind-period-opened = Period opened
people-letter-kind-hand-in-received = Self-assessment received
people-letter-kind-item-returned = Question of the assessor
people-letter-kind-preliminary-result = Preliminary result
people-letter-kind-final-result = Final result
people-letter-kind-other = Message
people-letter-to = To
people-letter-queued-at = Written
people-letter-tries = { $count ->
    [one] Tried { $count } time.
   *[other] Tried { $count } times.
}
people-letter-next = Next try:
people-letter-resend = Send again
people-letter-resent = The letter is queued again.
people-log-title = What happened in the system, newest first
people-log-hint = Answers and verdicts are not shown here; only who did what, when and from where.
people-log-export = Take a file
people-log-person = Person
people-log-action = Event
people-log-day = Day, like 1405/07/15
people-log-caption = Events
people-log-what = What
people-log-at = When
people-log-who = Who
people-log-about = About
people-log-from = From where
people-log-system = The system
people-log-none = No event was found
people-event-access-denied = Access denied
people-event-session-begun = Signed in
people-event-session-refused = Sign-in failed
people-event-session-ended = Signed out
people-event-session-others-ended = Other sessions ended
people-event-session-role-chosen = Role at work chosen
people-event-password-set = Password set by a link
people-event-password-changed = Password changed
people-event-reset-asked = New password asked for
people-event-link-sent = Link sent
people-event-letter-resent = Letter sent again
people-event-user-added = Person added
people-event-user-changed = Name or address changed
people-event-user-shut = Account shut
people-event-user-opened = Account opened
people-event-role-granted = Role granted
people-event-role-ended = Role ended
people-event-log-exported = Log taken as a file
people-event-ranking-exported = Ranking taken as a file
people-event-assessment-handed-in = Self-assessment signed and handed in
people-event-answer-saved = Answer saved
people-event-evidence-added = Evidence added
people-event-evidence-removed = Evidence removed
people-event-verdict-given = Verdict given
people-event-period-created = Period created
people-event-period-moved = Period moved
people-event-period-move-proposed = Move of a period proposed
people-event-agency-assigned = Agency assigned to an assessor
people-letter-kind-resolution-made = Resolution
