DROP TABLE visit_sheets;
DROP TABLE visit_plans;
