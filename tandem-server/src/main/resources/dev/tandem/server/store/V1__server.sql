-- Times are ISO 8601 in UTC. Columns of several values are JSON.
create table job (
  number integer primary key autoincrement,
  id text not null unique,
  kind text not null,
  input text not null,
  status text not null,
  cancelling integer not null,
  asked_by text not null,
  created text not null,
  started text,
  finished text,
  attempts integer not null,
  result text,
  error text
);

create table job_event (
  job text not null references job (id) on delete cascade,
  number integer not null,
  at text not null,
  type text not null,
  message text not null,
  data text,
  primary key (job, number)
);

create table uploaded_file (
  number integer primary key autoincrement,
  id text not null unique,
  name text not null,
  purpose text not null,
  bytes integer not null,
  created text not null
);
