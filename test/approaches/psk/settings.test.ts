import { pskSettingsOf } from '../../../approaches/psk/settings.ts';
import { ConfigurationError } from '../../../domain/configuration/configuration-error.ts';
import { parseConfiguration } from '../../../domain/configuration.ts';

const settingsOf = (psk: unknown, line: object = {}) =>
  pskSettingsOf(
    parseConfiguration({ lines: [{ name: 'sensor' }, { name: 'meter', approaches: ['psk'], ...line }], approaches: { psk } }, [
      'pki',
      'psk',
    ]),
  );

const mistakesOf = (psk: unknown, line: object = {}) => {
  try {
    settingsOf(psk, line);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.mistakes;
    throw error;
  }
  throw new Error('These settings were taken.');
};

test('A line that uses PSK and says nothing of it has one key, connections of a day and a window of five minutes', () => {
  expect(settingsOf({})).toEqual({
    lines: [{ name: 'meter', keyVersions: [1], sessionSeconds: 86_400, refreshSeconds: 86_400, windowSeconds: 300 }],
    reservedConcurrency: 20,
  });
});

test('A policy is refreshed with the end of the connection, unless a time is said', () => {
  const { lines } = settingsOf({ lines: { meter: { sessionSeconds: 3600 } } });
  expect(lines).toMatchObject([{ sessionSeconds: 3600, refreshSeconds: 3600 }]);
  expect(settingsOf({ lines: { meter: { refreshSeconds: 900 } } }).lines).toMatchObject([{ refreshSeconds: 900 }]);
});

test.each([
  ['no key', { lines: { meter: { keyVersions: [] } } }, 'approaches.psk.lines.meter.keyVersions'],
  ['three keys', { lines: { meter: { keyVersions: [1, 2, 3] } } }, 'approaches.psk.lines.meter.keyVersions'],
  ['one key twice', { lines: { meter: { keyVersions: [1, 1] } } }, 'approaches.psk.lines.meter.keyVersions'],
  ['key version zero', { lines: { meter: { keyVersions: [0] } } }, 'approaches.psk.lines.meter.keyVersions.0'],
  ['a connection too short', { lines: { meter: { sessionSeconds: 299 } } }, 'approaches.psk.lines.meter.sessionSeconds'],
  ['a connection too long', { lines: { meter: { sessionSeconds: 86_401 } } }, 'approaches.psk.lines.meter.sessionSeconds'],
  ['a window without end', { lines: { meter: { windowSeconds: 86_400 } } }, 'approaches.psk.lines.meter.windowSeconds'],
  ['a setting that there is not', { lines: { meter: { window: 300 } } }, 'approaches.psk.lines.meter'],
  ['a line that does not use it', { lines: { sensor: {} } }, 'approaches.psk.lines.sensor'],
  ['no concurrency', { reservedConcurrency: 0 }, 'approaches.psk.reservedConcurrency'],
  ['text', 'on', 'approaches.psk'],
])('Settings with %s are refused where they stand', (_, psk, where) => {
  expect(mistakesOf(psk)).toEqual([expect.objectContaining({ where })]);
});

test('Approval by an operator is refused: the device brings no key that somebody could approve', () => {
  expect(mistakesOf({}, { approval: 'operator' })).toEqual([
    expect.objectContaining({ where: 'lines.meter.approval', got: expect.stringContaining('operator') as string }),
  ]);
});
