import { ConfigurationError } from '../../../domain/configuration/configuration-error.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';

const mistakesIn = (paths: Readonly<Record<string, string>>) => {
  const lines = Object.entries(paths).map(([name, path]) => ({ name, clientIds: { path } }));
  try {
    parseConfiguration({ lines }, ['pki']);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes.map(({ where }) => where);
    throw error;
  }
};

describe('The client ids of a line', () => {
  test('may lie on a path of its own', () => {
    expect(mistakesIn({ meter: 'projects/p1/devices', lamp: 'projects/p2/devices', door: 'projects/p1/devices2' })).toEqual([]);
  });

  test.each([
    ['that another line has', { meter: 'projects/p1', lamp: 'projects/p1' }, ['lines.0.clientIds.path', 'lines.1.clientIds.path']],
    ['within that of another line', { meter: 'projects', lamp: 'projects/p1' }, ['lines.1.clientIds.path']],
    ['that begins as claims do', { meter: 'muster-claim-meter' }, ['lines.0.clientIds.path']],
    ['with a wildcard', { meter: 'projects/+' }, ['lines.0.clientIds.path']],
    ['that could be one that AWS IoT assigns', { meter: '$GEN' }, ['lines.0.clientIds.path']],
    ['that could be the name of a thing', { meter: 'muster:meter' }, ['lines.0.clientIds.path']],
  ])('may not lie on one %s', (_, paths, where) => {
    expect(mistakesIn(paths)).toEqual(where);
  });
});
