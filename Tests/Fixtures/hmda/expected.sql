-- The cells of expected.py, counted by SQLite from a copy of the policy of its own: how many cases of each release, rule,
-- answer, recorded answer, afam and selfemp.
--
-- usage, in this folder: sqlite3 < expected.sql
.mode csv
.import hmda-boston-1990.csv raw
.mode list
.separator |

CREATE VIEW fact AS
SELECT CAST(pirat AS REAL) AS p, CAST(lvrat AS REAL) AS l, CAST(chist AS INTEGER) AS c, phist = 'yes' AS r,
  insurance = 'yes' AS i, CASE deny WHEN 'yes' THEN 'deny' ELSE 'grant' END AS recorded, afam, selfemp
FROM raw;

CREATE VIEW fired AS
SELECT 'release/growth-1988/1' AS release, recorded, afam, selfemp, CASE
  WHEN l > 0.95 THEN 'm1'
  WHEN l > 0.90 AND i THEN 'm2'
  WHEN l > 0.75 AND r THEN 'm3'
  WHEN p > 0.42 THEN 'm4'
  WHEN l > 0.75 AND c = 6 THEN 'm5'
  ELSE 'm9' END AS rule
FROM fact
UNION ALL
SELECT 'release/growth-1988/2', recorded, afam, selfemp, CASE
  WHEN l > 0.95 THEN 'm1'
  WHEN l > 0.80 AND i THEN 'm2'
  WHEN l > 0.75 AND r THEN 'm3'
  WHEN l <= 0.75 AND NOT r AND p > 0.42 AND p <= 0.45 AND c = 1 THEN 'm6'
  WHEN p > 0.42 THEN 'm4'
  WHEN c = 6 THEN 'm5'
  ELSE 'm9' END
FROM fact
UNION ALL
SELECT 'release/prudence-1990/1', recorded, afam, selfemp, CASE
  WHEN l > 0.95 THEN 'm1'
  WHEN l > 0.80 AND i THEN 'm2'
  WHEN r THEN 'm3'
  WHEN l <= 0.75 AND NOT r AND p > 0.36 AND p <= 0.40 AND c = 1 THEN 'm6'
  WHEN p > 0.36 THEN 'm4'
  WHEN c >= 5 THEN 'm5'
  ELSE 'm9' END
FROM fact
UNION ALL
SELECT 'release/prudence-1990/2', recorded, afam, selfemp, CASE
  WHEN l > 0.95 THEN 'm1'
  WHEN l > 0.80 AND i THEN 'm2'
  WHEN l <= 0.75 AND r AND p <= 0.36 AND c <= 2 THEN 'm7'
  WHEN r THEN 'm3'
  WHEN l <= 0.75 AND NOT r AND p > 0.36 AND p <= 0.40 AND c <= 2 THEN 'm6'
  WHEN p > 0.36 THEN 'm4'
  WHEN c >= 5 THEN 'm5'
  ELSE 'm9' END
FROM fact;

SELECT release, rule, CASE WHEN rule IN ('m6', 'm7', 'm9') THEN 'grant' ELSE 'deny' END AS answer, recorded, afam, selfemp, count(*)
FROM fired
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY 1, 2, 3, 4, 5, 6;
