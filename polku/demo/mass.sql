-- What belongs to the clients of one chunk of the large world. Each statement stands under the
-- table that it fills (or `prepare`). The chunk's own temporary tables come from mass.py:
-- mass_p (one row: register_id, seed, today, now, many), mass_client, mass_whose, mass_due,
-- mass_note, mass_solution, mass_goal, mass_fact, mass_slot.
-- A hash h of the client's number n stands in for the dice. Ids keep the client's first eight
-- digits, so that they rise with n and the indexes grow at their end.

--: prepare
ANALYZE mass_client;

--: clients_client
INSERT INTO clients_client SELECT * FROM mass_client ORDER BY id;

--: prepare
CREATE TEMPORARY TABLE l ON COMMIT DROP AS
SELECT p.*, c.id, substr(c.id::text, 1, 8) AS head, c.n, c.h, c.registered_on, c.opened_on, c.born,
  c.language, c.status, c.municipality_id, w.user_id, w.team_id, w.worker_name, d.due, c.n % 250 AS place,
  20 + c.h % 9 AS gap,
  p.today - (2 + c.h % CASE WHEN c.h % 10 = 0 THEN 70 ELSE 26 END) AS last_on,
  CASE c.n % 50 WHEN 0 THEN 0 WHEN 1 THEN 2 * p.many ELSE p.many END AS contacts,
  (c.opened_on + time '09:00') AT TIME ZONE 'Europe/Helsinki' AS opened_at
FROM (SELECT *, substr(office_number, 2)::int AS n,
        abs(hashint4extended(substr(office_number, 2)::int, 7) % 1000003)::int AS h
      FROM mass_client) c
CROSS JOIN mass_p p
JOIN mass_whose w ON w.coach = c.n / 250
JOIN mass_due d ON d.day = c.registered_on
ORDER BY c.n;
ANALYZE l;

--: clients_contactdetails
INSERT INTO clients_contactdetails (id, register_id, client_id, phone, phone_digits, email, street,
  municipality_id)
SELECT (head || substr(md5('d' || n || seed), 1, 24))::uuid, register_id, id,
  '+358 40 000 ' || lpad((h % 10000)::text, 4, '0'), '35840000' || lpad((h % 10000)::text, 4, '0'),
  'asiakas' || n || '@posti.example', 'Koivukuja ' || (1 + h % 80), municipality_id
FROM l ORDER BY n;

--: clients_languageskill
INSERT INTO clients_languageskill (id, register_id, client_id, language, level, told_on)
SELECT (head || substr(md5('g' || n || seed), 1, 24))::uuid, register_id, id, language, 'X', opened_on
FROM l ORDER BY n;

--: clients_fact
INSERT INTO clients_fact (id, register_id, client_id, kind, topic, text, told_by, told_on, written_by_id)
SELECT (head || substr(md5('f' || k || '/' || n || seed), 1, 24))::uuid, register_id, id, f.kind,
  f.topic, f.words, 'together', opened_on, user_id
FROM l CROSS JOIN generate_series(0, 1) k
JOIN mass_fact f ON f.nth = (h + k * 37) % (SELECT count(*) FROM mass_fact)
WHERE contacts > 0 ORDER BY n, k;

--: clients_statusperiod
INSERT INTO clients_statusperiod (id, register_id, client_id, status, starts_on, recorded_by_id)
SELECT (head || substr(md5('s' || n || seed), 1, 24))::uuid, register_id, id, status, registered_on,
  user_id
FROM l ORDER BY n;

--: clients_episode
INSERT INTO clients_episode (id, register_id, client_id, opened_on, referral)
SELECT (head || substr(md5('e' || n || seed), 1, 24))::uuid, register_id, id, opened_on, 'registered'
FROM l ORDER BY n;

--: foundation_relation
INSERT INTO foundation_relation (id, register_id, client_id, kind, user_id, team_id, starts_at)
SELECT (head || substr(md5('o' || n || seed), 1, 24))::uuid, register_id, id, 'own', user_id,
  NULL::uuid, opened_at
FROM l ORDER BY n;

--: foundation_relation
-- `led_from` as the table's trigger would have it: rows that are laid quickly wake none.
INSERT INTO foundation_relation (id, register_id, client_id, kind, user_id, team_id, starts_at,
  led_from)
SELECT (head || substr(md5('t' || n || seed), 1, 24))::uuid, register_id, id, 'team', NULL::uuid,
  team_id, opened_at, opened_at
FROM l ORDER BY n;

--: prepare
-- Contact k = 1 is the last one, the highest k the initial interview; weekends become Fridays.
CREATE TEMPORARY TABLE met ON COMMIT DROP AS
SELECT l.*, k, day,
  (day + time '08:30' + interval '15 minutes' * ((h + k * 5) % 26)) AT TIME ZONE 'Europe/Helsinki' AS at,
  CASE WHEN k = contacts THEN 'initial' WHEN k % 3 = 1 THEN 'discussion' ELSE 'coaching' END AS purpose,
  CASE WHEN k = contacts THEN 'visit' WHEN k % 3 = 1 THEN (ARRAY['visit', 'video', 'call'])[1 + (h + k) % 3]
    ELSE (ARRAY['call', 'call', 'sms', 'visit', 'call', 'email'])[1 + (h + k) % 6] END AS kind
FROM l CROSS JOIN LATERAL generate_series(contacts, 1, -1) k
CROSS JOIN LATERAL (SELECT last_on - (k - 1) * gap AS raw) r
CROSS JOIN LATERAL (SELECT raw - greatest(extract(isodow FROM raw)::int - 5, 0) AS day) q;

--: contacts_contact
INSERT INTO contacts_contact (id, register_id, client_id, worker_id, worker_name, at, minutes, kind,
  purpose, initiative, reached, agreed, tasks, what_works, scale, next_small_step, next_on,
  created_at, changed_at)
SELECT (head || lpad(to_hex(255 - k), 4, '0') || substr(md5('c' || k || '/' || n || seed), 1, 20))::uuid,
  register_id, id, user_id, worker_name, at, 5 + (h + k) % 40, kind, purpose, 'worker', true, t.agreed,
  CASE t.task WHEN '' THEN '[]'::jsonb
    ELSE jsonb_build_array(jsonb_build_object('text', t.task, 'due_on', '')) END,
  coalesce(s.works, ''), CASE WHEN s.works IS NOT NULL THEN 3 + (h + k) % 6 END, coalesce(s.step, ''),
  day + gap, at, at
FROM met
JOIN mass_note t ON t.nth = (h + k * 13) % (SELECT count(*) FROM mass_note)
LEFT JOIN mass_solution s ON k % 2 = 1 AND s.nth = (h + k * 5) % (SELECT count(*) FROM mass_solution)
ORDER BY n, k DESC;

--: contacts_rhythm
INSERT INTO contacts_rhythm (id, register_id, client_id, window_min_days, window_max_days,
  first_contact_at, last_reached_at, next_on, next_kind, initial_interview_on, last_discussion_on,
  interview_due_on, discussion_due_on)
SELECT (head || substr(md5('r' || n || seed), 1, 24))::uuid, register_id, id, 14, 42,
  m.first_at, m.last_at,
  CASE WHEN place % 5 = 0 AND contacts > 0 THEN s.day
    WHEN contacts > 0 AND last_on + gap > today THEN last_on + gap END,
  CASE WHEN place % 5 = 0 AND contacts > 0 THEN 'visit' WHEN contacts > 0 AND last_on + gap > today
    THEN 'call' ELSE '' END,
  m.initial_on, m.discussion_on, due, (coalesce(m.discussion_on, m.initial_on) + interval '3 months')::date
FROM l
LEFT JOIN (SELECT id AS client, min(at) AS first_at, max(at) AS last_at,
             min(day) FILTER (WHERE purpose = 'initial') AS initial_on,
             max(day) FILTER (WHERE purpose = 'discussion') AS discussion_on
           FROM met GROUP BY id) m ON m.client = l.id
JOIN mass_slot s ON s.nth = (place / 5) % 50
ORDER BY n;

--: contacts_appointment
INSERT INTO contacts_appointment (id, register_id, client_id, worker_id, starts_at, ends_at, kind, purpose,
  place, created_at, created_by_id)
SELECT (head || substr(md5('a' || n || seed), 1, 24))::uuid, register_id, id, user_id, s.starts_at,
  s.starts_at + interval '45 minutes', 'visit', 'coaching', 'Työllisyyspalvelut', now - interval '4 days', user_id
FROM l JOIN mass_slot s ON s.nth = place / 5
WHERE place % 5 = 0 AND contacts > 0 ORDER BY n;

--: contacts_reminder
INSERT INTO contacts_reminder (id, register_id, client_id, worker_id, "on", text, created_at)
SELECT (head || substr(md5('m' || n || seed), 1, 24))::uuid, register_id, id, user_id, s.day,
  'Soita kuulumiset', now - interval '4 days'
FROM l JOIN mass_slot s ON s.nth = place / 5
WHERE place % 25 = 2 ORDER BY n;

--: paths_plan
INSERT INTO paths_plan (id, register_id, client_id, started_on, agreed_on, version, changed_at)
SELECT (head || substr(md5('p' || n || seed), 1, 24))::uuid, register_id, id, registered_on + 7,
  registered_on + 7, 2, opened_at
FROM l WHERE contacts > 0 ORDER BY n;

--: paths_goal
INSERT INTO paths_goal (id, register_id, client_id, plan_id, theme, text)
SELECT (head || substr(md5('q' || n || seed), 1, 24))::uuid, register_id, id,
  (head || substr(md5('p' || n || seed), 1, 24))::uuid, g.theme, g.goal
FROM l JOIN mass_goal g ON g.nth = h % (SELECT count(*) FROM mass_goal)
WHERE contacts > 0 ORDER BY n;

--: paths_step
INSERT INTO paths_step (id, register_id, client_id, plan_id, goal_id, theme, kind, title, state,
  starts_on, ends_on, turn, turn_since, coach_answer, coach_answered_at, client_answer,
  client_answered_at, position, created_at, changed_at)
SELECT (head || lpad(to_hex(k), 4, '0') || substr(md5('x' || k || '/' || n || seed), 1, 20))::uuid,
  register_id, id, (head || substr(md5('p' || n || seed), 1, 24))::uuid,
  (head || substr(md5('q' || n || seed), 1, 24))::uuid, g.theme, g.kinds[k], g.steps[k],
  (ARRAY['done', 'now', 'planned'])[k],
  CASE WHEN k < 3 THEN registered_on + 7 + k END, CASE WHEN k = 1 THEN registered_on + 40 END,
  CASE WHEN k = 2 AND h % 4 = 0 THEN 'client' WHEN k = 2 AND h % 16 = 1 THEN 'coach' ELSE '' END,
  CASE WHEN k = 2 AND (h % 4 = 0 OR h % 16 = 1) THEN now - interval '3 days' END,
  'yes', opened_at, 'yes', opened_at, k, opened_at, opened_at
FROM l CROSS JOIN generate_series(1, 3) k
JOIN mass_goal g ON g.nth = h % (SELECT count(*) FROM mass_goal)
WHERE contacts > 0 ORDER BY n, k;
