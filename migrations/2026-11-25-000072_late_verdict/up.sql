-- The last day to object to a verdict that was given for the first time after the preliminary result.
ALTER TABLE verdicts ADD COLUMN objection_until DATE;
