import { devNull } from 'node:os';
import { helmEnvironment } from '../../../lib/helm/run/helm-environment';
import { restoreEnvironment, setEnvironment } from '../../support/environment';

afterEach(restoreEnvironment);

test('what leads to a cluster or a namespace is left out', () => {
  // GIVEN
  setEnvironment({
    HELM_NAMESPACE: 'mine',
    HELM_KUBECONTEXT: 'production',
    HELM_KUBETOKEN: 'secret',
    HELM_DEBUG: 'true',
    KUBERNETES_SERVICE_HOST: '10.0.0.1',
    KUBECONFIG: '/home/me/.kube/config',
    TZ: 'Asia/Tokyo',
    LC_ALL: 'tr_TR.UTF-8',
  });

  // THEN
  const names = Object.keys(helmEnvironment());
  expect(names.filter((name) => /^(HELM_NAMESPACE|HELM_KUBE|HELM_DEBUG|KUBERNETES_)/.test(name))).toEqual([]);
  expect(helmEnvironment()).toMatchObject({ KUBECONFIG: devNull, TZ: 'UTC', LC_ALL: 'C' });
});

test('what helm needs in order to fetch charts is kept, and so is what the user sets for Go', () => {
  // GIVEN
  const kept = { HELM_REGISTRY_CONFIG: '/registry.json', HTTPS_PROXY: 'http://proxy:3128', HOME: '/home/me', GOGC: '50' };
  setEnvironment(kept);

  // THEN
  expect(helmEnvironment()).toMatchObject(kept);
});
