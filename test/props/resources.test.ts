import { Construct } from 'constructs';
import { Executor, type ResourcesProps } from '../../lib';
import { containerResources, scratchVolume, validateResources } from '../../lib/props/resources';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthAirflow, synthErrors } from '../support/synth-objects';

const DEFAULTS = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '1Gi' } };
/** What all containers have of the disk. */
const DISK = { requests: { 'ephemeral-storage': '64Mi' }, limits: { 'ephemeral-storage': '10Gi' } };
const WITH_DISK = { requests: { ...DEFAULTS.requests, ...DISK.requests }, limits: { ...DEFAULTS.limits, ...DISK.limits } };

test('what is not given keeps its default', () => {
  // GIVEN
  const props = { requests: { cpu: '200m' }, limits: { cpu: '2' } };

  // WHEN
  const resources = containerResources(props, DEFAULTS);

  // THEN
  expect(resources).toEqual({
    requests: { cpu: '200m', memory: '256Mi', ...DISK.requests },
    limits: { cpu: '2', memory: '1Gi', ...DISK.limits },
  });
  expect(containerResources(undefined, DEFAULTS)).toEqual(WITH_DISK);
  expect(containerResources({ limits: {} }, DEFAULTS)).toEqual(WITH_DISK);
});

test('a limit of memory alone is no limit of CPU', () => {
  expect(containerResources({ limits: { memory: '2Gi' } }, DEFAULTS).limits).toEqual({ memory: '2Gi', ...DISK.limits });
  expect(errorsOf({ requests: { cpu: '8' }, limits: { memory: '2Gi' } })).toEqual([]);
});

test('space on disk is asked for by the name that Kubernetes has for it', () => {
  // GIVEN
  const props = { requests: { ephemeralStorage: '1024Mi' }, limits: { ephemeralStorage: '4Gi' } };

  // THEN
  expect(containerResources(props, DEFAULTS)).toEqual({
    requests: { ...DEFAULTS.requests, 'ephemeral-storage': '1Gi' },
    limits: { memory: '1Gi', 'ephemeral-storage': '4Gi' },
  });
});

test('extended resources are asked for and granted alike', () => {
  const { requests, limits } = containerResources({ extendedResources: { 'nvidia.com/gpu': 2 } }, DEFAULTS);
  expect(requests).toEqual({ ...WITH_DISK.requests, 'nvidia.com/gpu': '2' });
  expect(limits).toEqual({ ...WITH_DISK.limits, 'nvidia.com/gpu': '2' });
});

test('those for all components and for one are joined', () => {
  // GIVEN
  const gpu = { resources: { extendedResources: { 'nvidia.com/gpu': 1 } } };
  const allComponents = { resources: { extendedResources: { 'example.com/fuse': 1, 'nvidia.com/gpu': 4 } } };

  // WHEN
  const objects = synthAirflow({ allComponents, executor: Executor.celery({ workerGroups: { gpu } }) });

  // THEN
  expect(objects.container('worker-gpu').resources.limits).toMatchObject({ 'example.com/fuse': '1', 'nvidia.com/gpu': '1' });
});

test('a volume may grow to the limit of a container that writes to it', () => {
  const resources = containerResources({ limits: { ephemeralStorage: '4096Mi' } }, DEFAULTS);
  expect(scratchVolume('tmp', resources)).toEqual({ name: 'tmp', emptyDir: { sizeLimit: '4Gi' } });
  expect(scratchVolume('tmp')).toEqual({ name: 'tmp', emptyDir: { sizeLimit: '10Gi' } });
});

test('what is given as undefined keeps its default too', () => {
  // GIVEN
  const props = { requests: { cpu: undefined }, limits: undefined };

  // WHEN
  const resources = containerResources(props, DEFAULTS);

  // THEN
  expect(resources).toEqual(WITH_DISK);
});

test('quantities have the form in which the API server hands them back', () => {
  // GIVEN
  const props = { requests: { cpu: '0.5', memory: '1024Mi' }, limits: { cpu: '1000m', memory: '1.5Gi' } };

  // WHEN
  const resources = containerResources(props, DEFAULTS);

  // THEN
  expect(resources).toEqual({
    requests: { cpu: '500m', memory: '1Gi', ...DISK.requests },
    limits: { cpu: '1', memory: '1536Mi', ...DISK.limits },
  });
});

test.each<[ResourcesProps | undefined]>([
  [undefined],
  [{}],
  [{ requests: { cpu: '1', memory: '1Gi' } }],
  [{ requests: { memory: '1024Mi' }, limits: { memory: '1Gi' } }],
  [{ limits: { cpu: '100m' } }],
])('%j is right', (props) => {
  // THEN
  expect(errorsOf(props)).toEqual([]);
});

const EXPECTED = 'expected a Kubernetes quantity above zero, as in "500m", "2" or "1Gi"';

test.each<[ResourcesProps, string[]]>([
  [{ requests: { cpu: 'much' } }, [`requests.cpu: "much" given; ${EXPECTED}`]],
  [{ requests: { memory: '1 GiB' } }, [`requests.memory: "1 GiB" given; ${EXPECTED}`]],
  [{ limits: { cpu: '0' } }, [`limits.cpu: "0" given; ${EXPECTED}`, 'limits.cpu: "0" given; expected at least the request, 100m']],
  [{ limits: { memory: 'x' } }, [`limits.memory: "x" given; ${EXPECTED}`]],
  [{ requests: { cpu: '2' }, limits: { cpu: '1500m' } }, ['limits.cpu: "1500m" given; expected at least the request, 2']],
  [{ requests: { memory: '512Mi' }, limits: { memory: '512M' } }, ['limits.memory: "512M" given; expected at least the request, 512Mi']],
  [{ limits: { memory: '512' } }, ['limits.memory: "512" given; expected an amount with its unit, as in "512Mi": that is 512 bytes']],
  [
    { requests: { memory: '512m' } },
    ['requests.memory: "512m" given; expected an amount with its unit, as in "512Mi": that is 0.512 bytes'],
  ],
  [
    { limits: { cpu: '500' } },
    ['limits.cpu: "500" given; expected what a node has, as in "2", or in thousandths, as in "500m": that is 500 cores'],
  ],
  [{ requests: { ephemeralStorage: 'x' } }, [`requests.ephemeralStorage: "x" given; ${EXPECTED}`]],
  [
    { requests: { ephemeralStorage: '2Gi' }, limits: { ephemeralStorage: '1Gi' } },
    ['limits.ephemeralStorage: "1Gi" given; expected at least the request, 2Gi'],
  ],
  [
    { extendedResources: { gpu: 1 } },
    ['extendedResources["gpu"]: "gpu" given; expected the name of an extended resource, with its domain, as in "nvidia.com/gpu"'],
  ],
  [
    { extendedResources: { 'node.kubernetes.io/gpu': 1 } },
    [
      'extendedResources["node.kubernetes.io/gpu"]: "node.kubernetes.io/gpu" given; expected the name of an extended resource, with its domain, as in "nvidia.com/gpu"',
    ],
  ],
  [
    { extendedResources: { 'nvidia.com/gpu': 0.5 } },
    ['extendedResources["nvidia.com/gpu"]: 0.5 given; expected a whole number of 1 or more'],
  ],
  [{ limits: { memory: '128Mi' } }, ['limits.memory: "128Mi" given; expected at least the request, 256Mi']],
])('%j is an error', (props, messages) => {
  // THEN
  expect(errorsOf(props)).toEqual(messages.map((message) => `[test] resources.${message}`));
});

test('a request above the default limit is an error that names what was given', () => {
  // GIVEN
  const props = { requests: { memory: '4Gi' } };

  // WHEN
  const errors = errorsOf(props);

  // THEN: the limit was not given
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('4Gi');
  expect(errors[0]).not.toContain('limits.memory: "1Gi" given');
});

function errorsOf(props: ResourcesProps | undefined): string[] {
  return synthErrors((app) => validateResources(new PropValidator(new Construct(app, 'test')), 'resources', props, DEFAULTS));
}
