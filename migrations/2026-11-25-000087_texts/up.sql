-- Text messages beside letters: where a person is reached, and by which way something in the outbox goes.
ALTER TABLE users ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN channel TEXT NOT NULL DEFAULT 'mail';
