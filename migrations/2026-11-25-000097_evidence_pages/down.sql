ALTER TABLE evidence DROP COLUMN reused_from;
ALTER TABLE evidence DROP COLUMN page;
