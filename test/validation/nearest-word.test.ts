import { nearestWord } from '../../lib/validation/nearest-word';

test.each([
  ['replica', ['replicas', 'resources'], 'replicas'],
  ['existingsecret', ['existingSecret', 'existingSecrets'], 'existingSecret'],
  ['enalbed', ['enabled', 'labels'], 'enabled'],
  ['extraVolume', ['extraVolumeMounts', 'extraVolumes', 'volume'], 'extraVolumes'],
  ['replica', ['replicaCount', 'resources'], 'replicaCount'],
  ['replicas', ['replicaCount', 'resources'], 'replicaCount'],
  ['extraEnvVarsSecret', ['extraEnv', 'other'], 'extraEnv'],
  ['en', ['env'], 'env'],
])('by %s of %j most likely %s is meant', (word, candidates, expected) => {
  // THEN
  expect(nearestWord(word, candidates)).toBe(expected);
});

test.each([
  ['gitSync', ['enabled', 'repositories']],
  ['web', ['webserver']],
  ['existingSecret', ['existingClaim']],
  ['a', ['bc']],
  ['anything', []],
])('nothing of these is near to %s: %j', (word, candidates) => {
  // THEN
  expect(nearestWord(word, candidates)).toBeUndefined();
});
