import { CAPABILITIES_TEMPLATE, capabilitiesTemplate } from '../../../lib/helm/chart/capabilities-template';
import { readChart } from '../../../lib/helm/chart/chart-files';
import { stagedChart } from '../../../lib/helm/chart/staged-chart';
import { renderedDocuments } from '../../../lib/helm/plain/rendered-documents';
import { fixtureChart, testHelm } from '../../support/helm';
import { runOrThrow } from '../../support/process';

test('a chart, those in it and templates in values find the given APIs alone, and all else of Capabilities', async () => {
  // GIVEN
  const apis = ['v1', 'policy/v1', 'policy/v1/PodDisruptionBudget', 'autoscaling/v2', 'apps/v1/Deployment'];
  const staged = stagedChart(readChart(fixtureChart('apis')), { added: { [CAPABILITIES_TEMPLATE]: capabilitiesTemplate(apis.length) } });

  // WHEN
  const args = ['template', 'rel', staged, '--kube-version=v1.31.4-eks-2d5f260', `--api-versions=${apis.join(',')}`];
  const documents = renderedDocuments(await runOrThrow(testHelm(), args));

  // THEN
  expect(Object.fromEntries(documents.map(({ manifest }) => [manifest.metadata.name, manifest.data]))).toEqual({
    'rel-apis': {
      budget: 'true',
      'budget-by-kind': 'true',
      'old-budget': 'false',
      monitor: 'false',
      scale: 'true',
      'by-value': 'false',
      version: 'v1.31.4-eks-2d5f260, v1.31.4-eks-2d5f260, 1.31, v1.31.4',
      helm: 'vN.N.N',
    },
    'rel-sub': { old: 'false', new: 'true' },
  });
});
