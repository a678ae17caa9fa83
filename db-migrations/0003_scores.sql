-- Scoring: what is asked for, what came out, and what readers may see of it.

create table scoring_requests (
    wave_id      uuid        not null references waves,
    revision     integer     not null check (revision >= 1),
    state        text        not null default 'requested' check (state in ('requested', 'running', 'done', 'failed', 'withdrawn')),
    attempts     integer     not null default 0,         -- counted at once, so that a crash counts
    job_id       text,                                   -- the wake-up call; this row is the truth
    requested_at timestamptz not null default clock_timestamp(),
    started_at   timestamptz,
    finished_at  timestamptz,
    error        text,
    primary key (wave_id, revision)
);
create index on scoring_requests (requested_at) where state in ('requested', 'running');

create table score_revisions (
    wave_id             uuid             not null references waves,
    revision            integer          not null check (revision >= 1),
    scoring_version     integer          not null check (scoring_version >= 1),   -- rules that made the rows
    denominator_unknown boolean          not null,
    response_rate       double precision check (response_rate between 0 and 1),   -- fraction; null: unknown
    schools_answering   integer          not null,
    schools_in_wave     integer          not null,
    strata              jsonb            not null,       -- schools, weight, count per component of each stratum
    scored_at           timestamptz      not null default clock_timestamp(),
    primary key (wave_id, revision)
);

create table score_units (
    wave_id               uuid    not null,
    revision              integer not null,
    unit_id               uuid    not null,              -- the district or one of its schools
    is_district           boolean not null,
    responses             integer not null check (responses >= 0),
    scored_teachers       integer not null check (scored_teachers >= 0),          -- with at least one component score
    smallest_count        integer not null check (smallest_count >= 0),           -- n*
    eligible_teachers     integer,                       -- roster; null: unknown
    shown_revision        integer,                       -- the revision readers see; null: withheld
    withheld_code         text check (withheld_code in ('too-few', 'complementary', 'sticky', 'pending')),
    component_covariances double precision[],            -- components x components, points squared; null: no standard errors
    primary key (wave_id, revision, unit_id),
    foreign key (wave_id, revision) references score_revisions on delete cascade
);

create table scores (
    wave_id               uuid             not null,
    revision              integer          not null,
    unit_id               uuid             not null,
    measure               text             not null,     -- component, category or 'benchmark'
    points                double precision not null,     -- on the instrument's scale
    standard_error_points double precision check (standard_error_points >= 0),    -- null: cannot be estimated
    degrees_of_freedom    double precision check (degrees_of_freedom > 0),
    respondents           integer          not null check (respondents >= 1),
    within_degrees        bigint           not null check (within_degrees >= 0),  -- sums behind the within-school SD
    within_sum_squares    double precision not null check (within_sum_squares >= 0),
    primary key (wave_id, revision, unit_id, measure),
    foreign key (wave_id, revision, unit_id) references score_units on delete cascade
);

alter table scoring_requests enable row level security;
alter table score_revisions enable row level security;
alter table score_units enable row level security;
alter table scores enable row level security;
create policy worker on scoring_requests to onpoint_worker using (true) with check (true);
create policy worker on score_revisions to onpoint_worker using (true) with check (true);
create policy worker on score_units to onpoint_worker using (true) with check (true);
create policy worker on scores to onpoint_worker using (true) with check (true);
create policy web_district on scoring_requests to onpoint_web using (exists (select 1 from waves w where w.wave_id = scoring_requests.wave_id));
create policy web_district on score_revisions to onpoint_web using (exists (select 1 from waves w where w.wave_id = score_revisions.wave_id));
create policy web_district on score_units to onpoint_web using (exists (select 1 from waves w where w.wave_id = score_units.wave_id));
create policy web_district on scores to onpoint_web using (exists (select 1 from waves w where w.wave_id = scores.wave_id));

grant select, insert on scoring_requests to onpoint_web;
grant update (state, error, finished_at) on scoring_requests to onpoint_web;       -- re-opening a wave withdraws its requests
grant select, insert, update on scoring_requests to onpoint_worker;
grant select on score_revisions, score_units, scores to onpoint_web;
grant select, insert, update, delete on score_revisions, score_units, scores to onpoint_worker;
