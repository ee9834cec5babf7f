# Puts a dump in the place of what is in the database: all of it, or nothing if that fails.
# Argument: what the names of dumps begin with. Variable: DUMP, the name of the dump, if it is not the newest.
set -eu
name=$1
PGPASSWORD=$(cat /etc/postgresql-password/database)
export PGPASSWORD
cd /backups

dumps=$(ls -r "$name"-????????T??????Z.dump 2> /dev/null || true)
dump=${DUMP:-$(echo "$dumps" | head -n 1)}
if [ ! -f "$dump" ]; then
  echo "There is no dump ${DUMP:-}. There are:"
  echo "${dumps:-none}"
  exit 1
fi
others=$(psql --no-align --tuples-only --command="SELECT string_agg(DISTINCT coalesce(host(client_addr), 'the pod of the server'), ', ') FROM pg_stat_activity
  WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()")
if [ -n "$others" ]; then
  echo "Airflow is connected to the database still, from $others. Nothing is changed."
  echo "Stop it first: kubectl delete deployments,jobs --selector app.kubernetes.io/instance=$name --cascade=foreground --namespace ..."
  exit 1
fi

# A dump that is broken shows before anything is dropped.
pg_restore --file=/dev/null "$dump"
{
  # What is not in the dump must not stay: a migration would find it.
  echo 'SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public;'
  pg_restore --no-owner --file=- "$dump" || echo "DO 'BEGIN RAISE EXCEPTION ''the dump can not be read''; END';"
} | psql --quiet --output=/dev/null --set=ON_ERROR_STOP=1 --single-transaction --file=-
echo "The database is as in the dump $dump. Start Airflow again: kubectl apply --filename dist"
