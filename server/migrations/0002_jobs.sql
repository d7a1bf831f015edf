create table job_worker (
  name text not null,
  host text not null,
  pid integer not null,
  queues text[] not null,
  started timestamp with time zone not null,
  seen timestamp with time zone not null,
  jobs bigint[] not null,
  succeeded integer not null,
  failed integer not null,
  worked double precision not null,
  constraint job_worker_pkey primary key (name)
);
