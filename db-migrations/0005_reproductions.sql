-- The totals that a published score can be recomputed from, as far as disclosure control allows them.

create table reproductions (
    wave_id  uuid    not null,
    revision integer not null,
    totals   text    not null,                           -- canonical JSON: exact lines of large schools, one joint line
    primary key (wave_id, revision),
    foreign key (wave_id, revision) references score_revisions on delete cascade
);

alter table reproductions enable row level security;
create policy worker on reproductions to onpoint_worker using (true) with check (true);
create policy web_district on reproductions to onpoint_web using (exists (select 1 from waves w where w.wave_id = reproductions.wave_id));

grant select on reproductions to onpoint_web;
grant select, insert, update, delete on reproductions to onpoint_worker;
