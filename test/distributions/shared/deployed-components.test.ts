import { AirflowComponent } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';
import { bitnamiRelease } from '../bitnami-chart/release';
import { officialRelease } from '../official-chart/release';

const NONE = { triggerer: { enabled: false } };

test('without a triggerer there is nothing of it, and nobody is let through to it', () => {
  // WHEN
  const objects = synthAirflow(NONE, (airflow) => {
    expect(() => airflow.podLabels(AirflowComponent.TRIGGERER)).toThrow('there are no pods of triggerer');
  });

  // THEN
  expect(JSON.stringify(objects.all.filter(({ kind }) => kind !== 'ConfigMap'))).not.toContain('triggerer');
});

test('the charts make none either', () => {
  // WHEN
  const [official, bitnami] = [officialRelease(NONE), bitnamiRelease(NONE)];

  // THEN
  for (const { values, chart } of [official, bitnami]) {
    expect(values.triggerer).toEqual({ enabled: false });
    expect(() => chart.airflow.podLabels(AirflowComponent.TRIGGERER)).toThrow('there are no pods of triggerer');
  }
});

test('what is said of a triggerer that is not there is an error', () => {
  expect(airflowErrors({ triggerer: { enabled: false, replicas: 2 } })).toEqual([
    '[airflow/airflow] triggerer.replicas: there is no triggerer, as triggerer.enabled is false; leave it out',
  ]);
});
