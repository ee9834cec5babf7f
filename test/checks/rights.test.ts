import { checkRights } from '../../lib/checks/rights';
import { problemsOf } from './support';

const role = (rule: object, kind = 'Role') => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name: 'airflow' },
  rules: [rule],
});
const pods = { apiGroups: [''], resources: ['pods'] };

test.each([
  [{ ...pods, verbs: ['*'] }, 'may do all with some kinds of objects'],
  [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }, 'may do something with all kinds of objects of the core API'],
  [{ apiGroups: ['apps'], resources: ['*'], verbs: ['get'] }, 'may do something with all kinds of objects of apps'],
  [{ apiGroups: [''], resources: ['pods', 'secrets'], verbs: ['list'] }, 'may read every Secret'],
  [{ apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] }, 'may make tokens of ServiceAccounts'],
  [{ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['bind'] }, 'may take the rights of others'],
])('a Role with %j is too wide', (rule, what) => {
  expect(problemsOf(checkRights, [role(rule)])).toEqual([`Role/airflow: who has it ${what}`]);
  expect(problemsOf(checkRights, [role(rule, 'ClusterRole')])).toEqual([`ClusterRole/airflow: who has it ${what}`]);
});

test.each([
  { ...pods, verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
  { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
  { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['airflow-database'] },
])('a Role with %j is not', (rule) => {
  expect(problemsOf(checkRights, [role(rule)])).toEqual([]);
});
