import { Construct } from 'constructs';
import { NetworkDestination } from '../../lib';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthErrors } from '../support/synth-objects';

test.each([
  [NetworkDestination.anywhere(), { kind: 'anywhere' }, undefined],
  [NetworkDestination.anywhere([443]), { kind: 'anywhere' }, [{ port: 443, protocol: 'TCP' }]],
  [NetworkDestination.cidr('10.0.0.0/8'), { kind: 'cidr', cidr: '10.0.0.0/8' }, undefined],
  [
    NetworkDestination.cidr('0.0.0.0/0', [1, 65535]),
    { kind: 'cidr', cidr: '0.0.0.0/0' },
    [1, 65535].map((port) => ({ port, protocol: 'TCP' })),
  ],
  [NetworkDestination.cidr('2001:db8::/32'), { kind: 'cidr', cidr: '2001:db8::/32' }, undefined],
  [NetworkDestination.anywhere([]), { kind: 'anywhere' }, undefined],
  [
    NetworkDestination.anywhere([443], [53]),
    { kind: 'anywhere' },
    [
      { port: 443, protocol: 'TCP' },
      { port: 53, protocol: 'UDP' },
    ],
  ],
  [NetworkDestination.namespace('monitoring', [], [9125]), { kind: 'namespace', name: 'monitoring' }, [{ port: 9125, protocol: 'UDP' }]],
  [
    NetworkDestination.pods('dns', { app: 'unbound' }, [53]),
    { kind: 'namespace', name: 'dns', labels: { app: 'unbound' } },
    [{ port: 53, protocol: 'TCP' }],
  ],
  [NetworkDestination.namespace('warehouse', [5432]), { kind: 'namespace', name: 'warehouse' }, [{ port: 5432, protocol: 'TCP' }]],
])('%j is right', (destination, peer, ports) => {
  // THEN
  expect(destination._peer).toEqual(peer);
  expect(destination._ports).toEqual(ports);
  expect(errorsOf(destination)).toEqual([]);
});

test.each([
  [
    NetworkDestination.namespace('My Namespace'),
    'destination: "My Namespace" given; expected a DNS label: at most 63 lower-case letters, digits and hyphens, as in "airflow-1"',
  ],
  [
    NetworkDestination.cidr('1.2.3.4./8'),
    'destination: "1.2.3.4./8" given; expected a block in CIDR notation, as in "10.0.0.0/8" or "2001:db8::/32"',
  ],
  [NetworkDestination.cidr('10.20.3.4/16'), 'destination: "10.20.3.4/16" given; expected the first address of the block: "10.20.0.0/16"'],
  [NetworkDestination.anywhere([0]), 'destination port: 0 given; expected a whole number from 1 to 65535'],
  [NetworkDestination.cidr('10.0.0.0/8', [443, 65536]), 'destination port: 65536 given; expected a whole number from 1 to 65535'],
  [NetworkDestination.namespace('a', [1.5]), 'destination port: 1.5 given; expected a whole number from 1 to 65535'],
])('%j is an error', (destination, message) => {
  // THEN
  expect(errorsOf(destination)).toEqual([`[test] ${message}`]);
});

function errorsOf(destination: NetworkDestination): string[] {
  return synthErrors((app) => destination._validate(new PropValidator(new Construct(app, 'test')), 'destination'));
}
