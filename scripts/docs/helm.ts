import { testHelm } from '../../test/support/helm';

/** A folder with real charts: `airflow-1.20.0.tgz` for the official one, `bitnami-25.1.0/` for Bitnami's, with its subcharts. */
export const CHARTS = process.env.AIRFLOW_CHARTS || undefined;

/** helm for the programs of pages; what it would pull from the network is in the folder of charts. */
export function helmScript(): string {
  return `helm='${testHelm()}'
[ "$1" = pull ] || exec "$helm" "$@"
for word; do
  case "$word" in --destination=*) to=\${word#*=} ;; --version=*) version=\${word#*=} ;; esac
done
official='${CHARTS}'/airflow-$version.tgz
if [ -f "$official" ]; then cp "$official" "$to"; else exec "$helm" package --destination="$to" '${CHARTS}'/bitnami-$version; fi`;
}
