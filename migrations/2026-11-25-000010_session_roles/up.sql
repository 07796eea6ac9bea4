-- Which of their roles a person is at work in; none while they have not chosen.
ALTER TABLE sessions ADD COLUMN role_id TEXT;
