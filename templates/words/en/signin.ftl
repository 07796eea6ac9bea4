# Signing in.
signin-title = Sign in
signin-intro = Use the account that the planning organization made for you.
signin-username = User name
signin-password = Password
signin-submit = Sign in
signin-wrong = The user name or the password is not right.
signin-wrong-left = { $left ->
    [one] The user name or the password is not right. You can try { $left } more time.
   *[other] The user name or the password is not right. You can try { $left } more times.
}
signin-wrong-last = The user name or the password is not right. If it is wrong once more, sign-in closes for some minutes.
signin-closed = { $minutes ->
    [one] For safety, sign-in is closed for { $minutes } minute. Try again then.
   *[other] For safety, sign-in is closed for { $minutes } minutes. Try again then.
}
signin-forgot = I forgot my password
signin-help = No account? Your agency manager must ask the secretariat for one. Pasting and password managers work.
signin-purpose = E-government and the service desk exist so that
signin-purpose-mark = nobody gets special privilege.
signin-deadline = The deadline of { $title }:
signin-days-left = { $days ->
    [0] Today is the last day.
    [one] { $days } day left.
   *[other] { $days } days left.
}
signin-step-report-title = The agency reports
signin-step-report = Every three months, all indicators with evidence.
signin-step-verify-title = The planning organization verifies
signin-step-verify = Desk review of evidence and unannounced visits to service desks.
signin-step-read-title = The governor reads the result in the meeting
signin-step-read = The rank with its interval, and the list of resolutions.
