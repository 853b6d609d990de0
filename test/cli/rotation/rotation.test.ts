import { parseConfiguration } from '../../../domain/configuration.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aKey, aSerial } from '../../builders/identifiers.ts';
import { inProcessOperations } from '../../fakes/in-process-operations.ts';
import { runMuster } from '../../fakes/muster-command.ts';

const configuration = parseConfiguration({ lines: [{ name: 'sensor', rotation: {} }] }, ['pki']);

const aDeployment = async () => {
  const { client, store } = inProcessOperations({ resources: { configuration } });
  await store.register(anEnrollment({ serialNumber: aSerial('SN-1'), state: 'active', boundKey: aKey('device') }));
  return async (...words: readonly string[]): Promise<string> => (await runMuster({ client, configuration }, ...words)).output.join('\n');
};

describe('muster rotation', () => {
  test('shows how the credentials of a line are replaced', async () => {
    const muster = await aDeployment();
    const out = await muster('rotation', 'show', 'sensor');
    expect(out).toMatch(/phase .* idle: nobody is asked/);
    expect(JSON.parse(await muster('rotation', 'show', 'sensor', '--json'))).toMatchObject({ rotation: { line: 'sensor', due: 0 } });
  });

  test('starts, halts and resumes it, and says what came of that', async () => {
    const muster = await aDeployment();
    expect(await muster('rotation', 'start', 'sensor')).toBe('The rotation of line "sensor" begins; it is idle, 0 devices are under way.');
    const halt = ['rotation', 'halt', 'sensor', '--reason', 'they fail'];
    expect(await muster(...halt, '--dry-run')).toMatch(/^Dry run, nothing is changed\. Else: .* is halted/);
    expect(await muster(...halt)).toMatch(/is halted; it is halted/);
    expect(await muster(...halt)).toMatch(/was so already; it is halted/);
    expect(await muster('rotation', 'resume', 'sensor', '--reason', 'mended')).toMatch(/goes on; it is idle/);
  });
});

test('muster devices rotate asks a device, and devices show says until when', async () => {
  const muster = await aDeployment();
  expect(await muster('devices', 'rotate', 'SN-1')).toMatch(/is asked for another credential; it is rotating/);
  expect(await muster('devices', 'show', 'SN-1')).toMatch(/to be replaced .* now, by muster-rotation-r-1, until 2026-11-21T12:00:00\.000Z/);
});
