import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretKey } from '../props/secret-key';
import { CONSTRAINTS_FILE, type ReadRequirements, variablesOf } from './read-requirements';
import { sshCommand } from './ssh-command';

const REQUIREMENTS_FILE = 'requirements.txt';
const SCRIPT_FILE = 'install-requirements.py';
const FOLDER = '/etc/airflow/requirements';
/** Where a build has its secrets. */
const SECRETS = '/run/secrets';
/** No line of a file: pip knows no such option. */
const END = '--END';

/** The logins that pip and git have, of which a build does not care what Secret they are in. */
interface Logins {
  readonly pipConfig?: SecretKey;
  readonly netrc?: SecretKey;
  readonly sshKey?: SecretKey;
}

/** What RUN has of a login: a mount, and the variable that tells of it. */
interface BuildLogin {
  readonly mount: string;
  readonly variable?: string;
}

/** An image that has the packages beside what a base image has, by the script that installs them in pods. Logins are in no layer of it. */
export function dockerfile(baseImage: string, read: ReadRequirements, options: Logins): string {
  const files = {
    [REQUIREMENTS_FILE]: read.requirements.join('\n'),
    ...(read.constraints && { [CONSTRAINTS_FILE]: read.constraints.join('\n') }),
    [SCRIPT_FILE]: readFileSync(join(__dirname, SCRIPT_FILE), 'utf8').trimEnd(),
  };
  const logins = buildLogins(options, variablesOf(read));
  const command = [
    'RUN',
    ...logins.map(({ mount }) => `--mount=${mount}`),
    ...logins.flatMap(({ variable }) => variable ?? []),
    `python ${FOLDER}/${SCRIPT_FILE} ${FOLDER}/${REQUIREMENTS_FILE}`,
  ];
  const copies = Object.entries(files).map(([name, text]) => `COPY <<'${END}' ${FOLDER}/${name}\n${text}\n${END}\n`);
  return `FROM ${baseImage}\n${copies.join('')}${command.join(' ')}\n`;
}

function buildLogins({ pipConfig, netrc, sshKey }: Logins, variables: ReadonlySet<string>): BuildLogin[] {
  // The user of the image may read them, whoever it is.
  const secret = (id: string, variable?: string) => ({ mount: `type=secret,id=${id},mode=0444,required=true`, variable });
  const ssh = sshCommand(`${SECRETS}/known_hosts`);
  return [
    ...(pipConfig ? [secret('pip.conf', `PIP_CONFIG_FILE=${SECRETS}/pip.conf`)] : []),
    ...(netrc ? [secret('netrc', `NETRC=${SECRETS}/netrc`)] : []),
    ...(sshKey ? [{ mount: 'type=ssh,mode=0666,required=true' }, secret('known_hosts', `GIT_SSH_COMMAND='${ssh}'`)] : []),
    ...[...variables].sort().map((name) => secret(name, `${name}="$(cat ${SECRETS}/${name})"`)),
  ];
}
