# Users and roles.
