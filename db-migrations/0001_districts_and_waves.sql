-- Districts, their schools, the instruments and the waves, with the rights of the three roles.
-- onpoint_owner runs this file; onpoint_web serves pages and the interface; onpoint_worker scores and imports.

grant usage on schema public to onpoint_web, onpoint_worker;

create table instruments (
    instrument_id uuid        primary key,
    code          text        not null,
    version       text        not null,
    definition    text        not null,                 -- instrument.json, as it was accepted
    created_at    timestamptz not null default clock_timestamp(),
    unique (code, version)
);

create table districts (
    district_id uuid        primary key,
    external_id text        not null unique,            -- the sender's own id, such as an NCES id
    name        text        not null,
    state       text,                                   -- two letters; null: not told
    locale      text,                                   -- NCES locale; null: not told
    launch_year smallint,                               -- ending year of the Planning year; null: not told
    time_zone   text        not null,                   -- IANA name
    contributes boolean     not null,                   -- agreed to be part of the national dataset
    synthetic   boolean     not null,                   -- made up by the generator; labelled wherever it is shown
    created_at  timestamptz not null default clock_timestamp()
);

create table schools (
    school_id   uuid not null primary key,
    district_id uuid not null references districts,
    external_id text not null,
    name        text not null,
    unique (district_id, external_id)
);

create table waves (
    wave_id         uuid        primary key,
    district_id     uuid        not null references districts,
    instrument_id   uuid        not null references instruments,
    external_id     text        not null,               -- the sender's name of the wave, such as 2025-26
    school_year     smallint    not null check (school_year between 2016 and 2045),   -- ending year; the partitions of responses
    term            text,
    stage           smallint    not null check (stage between 0 and 4),               -- Planning, Year 1 .. Year 4+
    opens_at        timestamptz not null,
    closes_at       timestamptz not null check (closes_at > opens_at),
    samples_schools boolean     not null,               -- true: schools were sampled, so they are clusters
    state           text        not null check (state in ('scheduled', 'open', 'closed', 'archived')),
    late_batch      smallint    not null default 0 check (late_batch >= 0),           -- raised by every load after sealing
    sealed_at       timestamptz,                        -- last rewriting of the responses in random order; null: never
    created_at      timestamptz not null default clock_timestamp(),
    unique (district_id, external_id, instrument_id)
);
create index on waves (instrument_id);

create table rosters (
    wave_id           uuid    not null references waves,
    school_id         uuid    not null references schools,
    eligible_teachers integer check (eligible_teachers >= 0),                         -- null: unknown
    primary key (wave_id, school_id)
);
create index on rosters (school_id);

-- Only the owner and the worker see every district; the web role sees what its transaction says it may.
alter table districts enable row level security;
alter table schools enable row level security;
alter table waves enable row level security;
alter table rosters enable row level security;

create function onpoint_sees(district uuid) returns boolean language sql stable parallel safe as $$
    select current_setting('onpoint.scope', true) = 'all'
        or district = any (string_to_array(nullif(current_setting('onpoint.districts', true), ''), ',')::uuid[])
$$;

create policy worker on districts to onpoint_worker using (true) with check (true);
create policy worker on schools to onpoint_worker using (true) with check (true);
create policy worker on waves to onpoint_worker using (true) with check (true);
create policy worker on rosters to onpoint_worker using (true) with check (true);
create policy web_district on districts to onpoint_web using (onpoint_sees(district_id));
create policy web_district on schools to onpoint_web using (onpoint_sees(district_id));
create policy web_district on waves to onpoint_web using (onpoint_sees(district_id));
create policy web_district on rosters to onpoint_web using (exists (select 1 from waves w where w.wave_id = rosters.wave_id));
-- The writer of answers sees every wave and may lock one, but change none: "for share" needs an update policy.
create policy web_writer_sees on waves for select to onpoint_web using (current_setting('onpoint.scope', true) = 'writer');
create policy web_writer_locks on waves for update to onpoint_web using (current_setting('onpoint.scope', true) = 'writer') with check (false);

grant select on instruments to onpoint_web;
grant select, insert on instruments to onpoint_worker;
grant select on districts, schools, rosters to onpoint_web;
grant select, insert, update on districts, schools, rosters to onpoint_worker;
grant select, insert, update on waves to onpoint_web, onpoint_worker;
