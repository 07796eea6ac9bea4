-- What the ranking prints of a desk (visits, and what the agency itself says), and what moved a score most.
ALTER TABLE scores ADD COLUMN desk TEXT NOT NULL DEFAULT '';
ALTER TABLE scores ADD COLUMN cause TEXT NOT NULL DEFAULT '';
