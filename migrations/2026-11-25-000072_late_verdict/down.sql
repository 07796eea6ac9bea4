ALTER TABLE verdicts DROP COLUMN objection_until;
