-- Answers, and what makes a repeat the same submission. Nothing here joins a person to answers: no id, no key, no date
-- on a response, and no column by which a key and a response could be paired.

create table responses (
    school_year smallint not null,
    wave_id     uuid     not null,
    school_id   uuid     not null,
    late_batch  smallint not null,
    answers     bytea    not null      -- a byte per question in the instrument's order: 0 no answer, 1..250 option, 255 not my role
) partition by list (school_year);
create index on responses (wave_id);

-- No foreign keys: two of them cost 11 s per million rows, and the writer checks both ids.
do $$
begin
    for school_year in 2016..2045 loop
        execute format('create table responses_%s partition of responses for values in (%s)', school_year, school_year);
    end loop;
end
$$;

create table submission_keys (
    wave_id uuid  not null,
    key     bytea not null check (length(key) = 16),   -- HMAC of the caller's key; the secret is not in the database
    primary key (wave_id, key)
);

-- All that survives of the day of an answer. Also the only count the web role can see of a wave.
create table submission_counts (
    wave_id     uuid    not null,
    school_id   uuid    not null,
    day         date    not null,
    submissions integer not null check (submissions > 0),
    primary key (wave_id, school_id, day)
);

create table imports (
    wave_id     uuid        not null references waves,
    sha256      bytea       not null check (length(sha256) = 32),
    file_name   text        not null,
    late_batch  smallint    not null,
    rows_read   integer     not null check (rows_read >= 0),
    rows_stored integer     not null check (rows_stored >= 0),
    imported_at timestamptz not null default clock_timestamp(),
    primary key (wave_id, sha256)
);

alter table imports enable row level security;
create policy worker on imports to onpoint_worker using (true) with check (true);
create policy web_district on imports to onpoint_web using (exists (select 1 from waves w where w.wave_id = imports.wave_id));

-- responses and submission_keys have rights instead of policies: COPY FROM is refused on tables with row-level security,
-- and "on conflict" and "returning" need every row of submission_keys.
grant insert on responses to onpoint_web;
grant select, insert on submission_keys to onpoint_web;
grant select, insert, update on submission_counts to onpoint_web, onpoint_worker;
grant select, insert, delete on responses, submission_keys to onpoint_worker;
grant select on imports to onpoint_web;
grant select, insert on imports to onpoint_worker;
