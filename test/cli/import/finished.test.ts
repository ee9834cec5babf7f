import { call, Name } from '../../../cli/import/expression';
import { finished } from '../../../cli/import/finished';

test('objects that props name are variables, and declared as there already', () => {
  // WHEN
  const { program, toMend } = finished({
    title: 'a chart',
    told: [
      { path: 'a', shown: '1', instead: 'nothing' },
      { path: 'b', instead: 'something' },
    ],
    props: {
      credentials: { fernetKey: { secretName: 'keys' } },
      allComponents: {
        env: {
          A: call('EnvValue.fromSecretValue', { secret: new Name('Secret:shop.login'), key: 'k' }),
          B: call('EnvValue.fromConfigMap', new Name('ConfigMap:1st'), 'k'),
        },
        podParts: [
          {
            volumes: [
              { name: 'a', configMap: { name: 'files' } },
              { name: 'b', secret: { secretName: 'certificates' } },
              { name: 'c', persistentVolumeClaim: { claimName: 'models' } },
              { name: 'd', projected: { sources: [{ secret: { name: 'projected' } }] } },
            ],
          },
        ],
      },
    },
  });

  // THEN
  expect(toMend).toBe(0);
  expect(program.variables).toEqual({
    shopLoginSecret: call('Secret.fromSecretName', new Name('app'), 'secret-shop.login', 'shop.login'),
    the1stConfigMap: call('ConfigMap.fromConfigMapName', new Name('app'), 'configmap-1st', '1st'),
  });
  expect(program.existing).toEqual([
    ['ConfigMap', 'files'],
    ['Secret', 'certificates'],
    ['PersistentVolumeClaim', 'models'],
    ['Secret', 'projected'],
    ['Secret', 'shop.login'],
    ['ConfigMap', '1st'],
  ]);
  expect(program.props.credentials).toEqual(call('Credentials.existing', { fernetKey: { secretName: 'keys' } }));
  expect(program.comments.slice(1)).toEqual([
    'What is not in the props, and what becomes of it:',
    '',
    '  a: 1',
    '    nothing',
    '  b',
    '    something',
  ]);
});

test('objects with names of the same words are different variables', () => {
  // WHEN
  const env = Object.fromEntries(
    ['a-b', 'a.b'].map((name) => [name, call('EnvValue.fromSecretValue', { secret: new Name(`Secret:${name}`), key: 'k' })]),
  );
  const { program } = finished({ title: 'a chart', told: [], props: { allComponents: { env: { A: env['a-b'], B: env['a.b'] } } } });

  // THEN
  expect(program.variables).toEqual({
    aBSecret: call('Secret.fromSecretName', new Name('app'), 'secret-a-b', 'a-b'),
    aBSecret2: call('Secret.fromSecretName', new Name('app'), 'secret-a.b', 'a.b'),
  });
});
