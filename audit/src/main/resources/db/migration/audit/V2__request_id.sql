-- The request that caused the event; absent in events from before, and where the appliance acts by itself.
alter table audit.event add column request_id text check (length(request_id) between 1 and 64);
