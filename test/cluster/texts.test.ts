import { ApiObject, Chart } from 'cdk8s';
import { AppSynth } from '../../lib/cdk8s/app-synth';
import { kubectl, requireCluster } from '../support/kubectl';
import { NASTY_TEXTS } from '../support/nasty-texts';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders } from '../support/temporary-folder';

// What is written is what kubectl and the API server read. Nothing is stored.

beforeAll(requireCluster, 60_000);
afterAll(removeTemporaryFolders);

/** A server-side apply carries these as they are in JSON, which the API server reads as YAML: no file can help. */
const NOT_FOR_SERVER = /[\x7f-\x9f\ufffe\uffff]/;

test.each([
  ['client', [], NASTY_TEXTS],
  ['server', ['--server-side'], NASTY_TEXTS.filter((text) => !NOT_FOR_SERVER.test(text))],
])(
  'every text gets to the API server as it was given, by kubectl apply as the %s does it',
  async (_side, how, texts) => {
    // GIVEN
    const data = Object.fromEntries(texts.map((text, index) => [`text-${index}`, text]));
    const dist = synthApp((app) => {
      const chart = new Chart(app, 'texts', { namespace: 'default' });
      const metadata = {
        name: 'texts',
        annotations: { 'example.com/off': 'off', 'example.com/exponent': 'e5' },
        labels: { y: 'y', '1e3': '1e3' },
      };
      new ApiObject(chart, 'texts', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
      AppSynth.of(chart);
    });

    // WHEN
    const read = JSON.parse(await kubectl(['apply', '--filename', dist, '--output', 'json', '--dry-run=server', ...how]));

    // THEN
    expect(read.data).toEqual(data);
    expect(read.metadata).toMatchObject({
      annotations: { 'example.com/off': 'off', 'example.com/exponent': 'e5' },
      labels: { y: 'y', '1e3': '1e3' },
    });
  },
  120_000,
);
