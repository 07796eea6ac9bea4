DROP TABLE review_minutes;
DROP TABLE capacities;
