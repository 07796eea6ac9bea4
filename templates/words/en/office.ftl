#  دوره، چارچوب، کاربران.:The planning organization's work: periods, framework, users.
