# Dumps the database to a file, which has its name only when all of it could be read again.
# Arguments: what the names of dumps begin with, and how many of them are kept.
set -eu
name=$1 keep=$2
PGPASSWORD=$(cat /etc/postgresql-password/database)
export PGPASSWORD
cd /backups

for _ in $(seq 300); do
  if pg_isready --quiet; then break; fi
  sleep 1
done
tables=$(psql --no-align --tuples-only --command="SELECT 1 FROM pg_tables WHERE tablename = 'alembic_version'")
if [ -z "$tables" ]; then
  echo 'The database has no tables of Airflow yet: there is nothing to back up.'
  exit 0
fi

# What a run has left that was ended.
find . -name "$name-*.partial" -mmin +1440 -delete
dump=$name-$(date -u +%Y%m%dT%H%M%SZ).dump
trap 'rm -f "$dump.partial"' EXIT
pg_dump --format=custom --file="$dump.partial"
pg_restore --file=/dev/null "$dump.partial"
mv "$dump.partial" "$dump"

ls -r "$name"-????????T??????Z.dump | tail -n "+$((keep + 1))" | while read -r old; do rm "$old"; done
echo "The dump $dump is made. There are:"
ls -l "$name"-????????T??????Z.dump
