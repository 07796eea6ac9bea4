-- Where in a paper to look, and the earlier quarter that a piece of evidence was taken from again.
ALTER TABLE evidence ADD COLUMN page TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN reused_from TEXT;
