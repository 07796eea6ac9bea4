DROP TABLE reminder_days;
ALTER TABLE users DROP COLUMN reminders;
