# The assessor's work.
