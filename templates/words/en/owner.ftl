# Who of the agency looks after an indicator.
owner-title = Indicator owners
owner-lead = Give each indicator into the care of a colleague, until a day you name. After that day it ends by itself. The signature stays with the head.
owner-name = Name an owner
owner-indicator = Indicator
owner-person = Owner
owner-person-hint = The manager and the deputies of the agency, as long as they have their role.
owner-until-hint = The last day, such as 1405/07/15
owner-none = Nobody named
owner-no-day = None
