import vm from 'node:vm';
import { call, Name } from '../../../cli/import/expression';
import { typeScript } from '../../../cli/import/typescript';
import { NASTY_TEXTS } from '../../support/nasty-texts';

const NOTHING = { comments: [], variables: {}, props: {}, existing: [] };

test('a program has imports, comments, variables, the chart and what is there already', () => {
  expect(
    typeScript({
      comments: ['One.', '', '  two'],
      variables: { shopSecret: call('Secret.fromSecretName', new Name('app'), 'secret-shop', 'shop') },
      props: { namespace: 'airflow', executor: call('Executor.celery'), 'a-b': [1, true, null], mode: new Name('TlsMode.REQUIRE') },
      existing: [['Secret', 'shop']],
    }),
  ).toBe(`import { App } from 'cdk8s';
import { AirflowChart, Executor, TlsMode } from 'cdk8s-airflow';
import { Secret } from 'cdk8s-plus-27';

// One.
//
//   two

const app = new App();
const shopSecret = Secret.fromSecretName(app, 'secret-shop', 'shop');

const { airflow } = new AirflowChart(app, 'airflow', {
  namespace: 'airflow',
  executor: Executor.celery(),
  'a-b': [1, true, null],
  mode: TlsMode.REQUIRE,
});

airflow.declareExisting('Secret', 'shop');

app.synth();
`);
});

test.each(NASTY_TEXTS)('%j stays what it is', (text) => {
  // WHEN
  const program = typeScript({ ...NOTHING, comments: [text], props: { [`key ${text}`]: text, lines: `${text}\n${text}` } });

  // THEN
  const [, props] = /'airflow', (\{[\s\S]*\})\);/.exec(program) ?? [];
  expect(vm.runInNewContext(`JSON.stringify(${props})`)).toBe(JSON.stringify({ [`key ${text}`]: text, lines: `${text}\n${text}` }));
});
