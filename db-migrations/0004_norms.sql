-- Norm editions, the jobs that build them, and where each scored wave lies in each edition.

create table edition_requests (
    edition_id    text        primary key,               -- such as 2026.1
    instrument_id uuid        not null references instruments,
    kind          text        not null check (kind in ('synthetic', 'contributed', 'probability-sample')),
    state         text        not null default 'requested' check (state in ('requested', 'running', 'done', 'failed')),
    attempts      integer     not null default 0,
    job_id        text,
    requested_at  timestamptz not null default clock_timestamp(),
    started_at    timestamptz,
    finished_at   timestamptz,
    error         text
);
create index on edition_requests (instrument_id);

create table norm_editions (
    edition_id    text        primary key,
    instrument_id uuid        not null references instruments,
    kind          text        not null check (kind in ('synthetic', 'contributed', 'probability-sample')),
    sha256        text        not null check (length(sha256) = 64),
    document      text        not null,                  -- canonical JSON: aggregates only
    frozen_at     timestamptz not null default clock_timestamp()
);
create index on norm_editions (instrument_id);

-- One row per district-wave of the edition: published for the synthetic edition only.
create table norm_datasets (
    edition_id text primary key references norm_editions,
    document   text not null
);

create table placings (
    wave_id    uuid        not null references waves,
    revision   integer     not null check (revision >= 1),
    edition_id text        not null references norm_editions,
    result     jsonb       not null,                     -- the kernel's record, with the norms that were used
    placed_at  timestamptz not null default clock_timestamp(),
    primary key (wave_id, revision, edition_id)
);
create index on placings (edition_id);

alter table placings enable row level security;
alter table norm_datasets enable row level security;
create policy worker on placings to onpoint_worker using (true) with check (true);
create policy worker on norm_datasets to onpoint_worker using (true) with check (true);
create policy web_district on placings to onpoint_web using (exists (select 1 from waves w where w.wave_id = placings.wave_id));
create policy web_synthetic on norm_datasets to onpoint_web
    using (exists (select 1 from norm_editions e where e.edition_id = norm_datasets.edition_id and e.kind = 'synthetic'));

grant select on edition_requests, norm_editions, norm_datasets, placings to onpoint_web;
grant select, insert, update on edition_requests to onpoint_worker;
grant select, insert on norm_editions, norm_datasets to onpoint_worker;     -- a frozen edition is never changed
grant select, insert, update, delete on placings to onpoint_worker;

-- Programs without the owner's connection look here whether the schema is the one they know.
grant select on schema_migrations to onpoint_web, onpoint_worker;
