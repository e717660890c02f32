-- pg_c_utf8 comes with PostgreSQL 17; the servers before it get one of the same name, so that the functions and
-- indexes that name it are the same text everywhere. From ICU, because only it knows, as pg_c_utf8 does, that a
-- non-breaking space is a space; equality is of bytes in both, and nothing is sorted by it.
DO $$
BEGIN
  IF to_regcollation('pg_catalog.pg_c_utf8') IS NULL THEN
    CREATE COLLATION pg_c_utf8 (provider = icu, locale = 'und');
  END IF;
END
$$;
