import { ConfigurationError } from '../../domain/configuration/configuration-error.ts';
import { readConfiguration } from '../../bin/read-configuration.ts';

describe('Reading the configuration', () => {
  test('gives the defaults where there is no file', () => {
    expect(readConfiguration({}, ['pki']).prefix).toBe('muster');
  });

  test('fails where the file that was named is not there, instead of deploying the defaults', () => {
    expect(() => readConfiguration({ MUSTER_CONFIG: '/nowhere/muster.json' }, ['pki'])).toThrow(ConfigurationError);
    expect(() => readConfiguration({ MUSTER_CONFIG: '/nowhere/muster.json' }, ['pki'])).toThrow(/got a file that does not exist/);
  });
});
