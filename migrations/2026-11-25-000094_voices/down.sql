DROP TABLE voice_salts;
DROP TABLE voices;
DROP TABLE posters;
