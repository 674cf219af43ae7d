-- The workplaces of the large world: half as many worksites as openings, a quarter as many hosts.
-- Each statement stands under the table that it fills. mass_sites comes from mass_places.py (one row:
-- register_id, seed, today, now, openings), as do mass_town, mass_site and mass_task.
-- A hash of the number stands in for the dice; ids follow from the seed and the number.

--: placements_host
INSERT INTO placements_host (id, register_id, name, sort_key, legal_form, changed_at)
SELECT md5(p.seed || 'host' || n)::uuid, p.register_id, 'Työnantaja ' || n,
  'tyz' || chr(3) || 'nantaja ' || lpad(n::text, 7, '0'),
  (ARRAY['municipality', 'company', 'association', 'company', 'workshop'])[1 + n % 5], p.now
FROM mass_sites p, generate_series(0, p.openings / 4) n;

--: placements_worksite
INSERT INTO placements_worksite (id, register_id, host_id, name, sort_key, search_name, town,
  municipality_id, lat, lon, precision, supports, languages, readiness, created_at, changed_at)
SELECT md5(p.seed || 'site' || n)::uuid, p.register_id, md5(p.seed || 'host' || n / 2)::uuid,
  s.name || ' ' || n, s.sort_key || ' ' || lpad(n::text, 7, '0'), s.search_name || ' ' || n, t.name, t.code,
  t.lat + ((h % 2001) - 1000) / 25000.0, t.lon + ((h / 7 % 2001) - 1000) / 12000.0,
  CASE WHEN n % 9 = 7 THEN 'place' ELSE 'address' END,
  (ARRAY['induction', 'plain_language', 'flexible', 'quiet', 'breaks'])[1:1 + n % 4],
  CASE WHEN n % 6 = 0 THEN ARRAY['fi', 'sv'] ELSE ARRAY['fi'] END, 'ready', p.now, p.now
FROM mass_sites p
CROSS JOIN LATERAL (
  SELECT n, abs(hashint4extended(n, 11) % 1000003)::int AS h FROM generate_series(0, p.openings / 2) n
) d
JOIN mass_town t ON t.nth = h % (SELECT count(*) FROM mass_town)
JOIN mass_site s ON s.nth = n % (SELECT count(*) FROM mass_site);

--: placements_opening
INSERT INTO placements_opening (id, register_id, worksite_id, kinds, title, work_code, seats,
  hours_from, hours_to, days_a_week, demands, cards, confirmed_on, state, created_at, changed_at)
SELECT md5(p.seed || 'opening' || n)::uuid, p.register_id, md5(p.seed || 'site' || n / 2)::uuid,
  (ARRAY['work_trial', 'rehabilitative', 'pay_subsidy', 'on_the_job'])[1 + n % 2:2 + n % 3],
  k.title, k.code, 1 + h % 3, k.low, k.high, k.days, k.demands, k.cards, p.today - h % 110,
  CASE WHEN n % 25 = 24 THEN 'paused' ELSE 'open' END, p.now, p.now
FROM mass_sites p
CROSS JOIN LATERAL (
  SELECT n, abs(hashint4extended(n, 13) % 1000003)::int AS h FROM generate_series(0, p.openings - 1) n
) d
JOIN mass_task k ON k.nth = h % (SELECT count(*) FROM mass_task);

--: placements_seatuse
INSERT INTO placements_seatuse (id, register_id, opening_id, seat, how, starts_on, ends_on)
SELECT md5(p.seed || 'use' || n)::uuid, p.register_id, md5(p.seed || 'opening' || n)::uuid, 1,
  CASE WHEN n % 7 = 3 THEN 'promised' ELSE 'taken' END, p.today - (20 + n % 40),
  p.today + (1 + n % 120)
FROM mass_sites p, generate_series(0, p.openings - 1) n
WHERE n % 10 < 7;
