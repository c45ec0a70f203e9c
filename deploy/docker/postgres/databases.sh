#!/bin/sh
# A database for each who needs one, with a role that owns it and nothing else. Run once, when the volume is empty.
set -eu
psql --set=ON_ERROR_STOP=1 --set=nessie="$NESSIE_PASSWORD" --set=registry="$REGISTRY_PASSWORD" --username postgres <<'SQL'
CREATE ROLE nessie LOGIN PASSWORD :'nessie';
CREATE DATABASE nessie OWNER nessie;
CREATE ROLE registry LOGIN PASSWORD :'registry';
CREATE DATABASE registry OWNER registry;
SQL
