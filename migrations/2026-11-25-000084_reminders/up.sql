-- How many reminders a person wants, and the days on which a province sends them.
ALTER TABLE users ADD COLUMN reminders TEXT NOT NULL DEFAULT 'all';

CREATE TABLE reminder_days (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  before TEXT NOT NULL,
  head_after TEXT NOT NULL,
  office_after TEXT NOT NULL,
  PRIMARY KEY (province_id)
);
