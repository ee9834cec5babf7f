import { devNull } from 'node:os';

/** What leads helm to a cluster or a namespace of the user's, or makes it say more than is asked for. */
const LEFT_OUT = /^(?:HELM_NAMESPACE|HELM_KUBE.*|HELM_DEBUG|KUBERNETES_SERVICE_.*)$/i;

/** The user's environment, so that helm finds its own configuration and a proxy, but with nothing in it that would change what is rendered. */
export function helmEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !LEFT_OUT.test(name));
  return {
    GOGC: '800', // a render takes a quarter less CPU time, for 200 MB of memory instead of 80
    ...Object.fromEntries(kept),
    KUBECONFIG: devNull,
    TZ: 'UTC',
    LC_ALL: 'C',
  };
}
