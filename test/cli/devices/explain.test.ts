import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { CLIENT_ID } from '../../builders/hook-event.ts';
import { aClaimName } from '../../builders/identifiers.ts';
import { anAsking } from '../../builders/story.ts';
import { runMuster } from '../../fakes/muster-command.ts';
import { configuration, deviceWorld } from '../../lambdas/operations/devices/device-world.ts';

// What a device could put into the client id of its claim connection.
const HOSTILE = `muster-claim-sensor-\u001b[2J\u202egnp.exe\u009b31m\u2028\u0007`;
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const explain = async (world: Awaited<ReturnType<typeof deviceWorld>>, ...words: readonly string[]) =>
  (await runMuster({ client: world.as('operator'), configuration }, 'explain', ...words, '--since', '2020-01-01')).output.join('\n');

describe('muster explain', () => {
  test('tells the exchanges of a refused device: who spoke to whom, what failed, why and what to do', async () => {
    const world = await deviceWorld(anEnrollment());
    world.audit.emit(anAsking('admission.refused', { reason: 'claim-expired', claim: aClaimName() }));
    world.cloud.addresses.set(CLIENT_ID, '203.0.113.9');
    const told = await explain(world, 'SN-1');
    expect(told).toContain('Device "SN-1" of line sensor, tenant acme: registered.');
    expect(told).toContain(`attempt (claim batch-1, from 203.0.113.9, ${CLIENT_ID})`);
    expect(told).toMatch(/✗ +device → platform +connects with claim "batch-1", but the claim's time is over/);
    expect(told).toMatch(/✓ +device → CA +sends a signing request/);
    expect(told).toMatch(/✗ platform → device +refuses it: the claim's time is over/);
    expect(told).toContain('It was refused: the claim\'s time is over.\nIt is about the exchange "claim-connection".');
    expect(told).toContain('  - create another for the rest of the batch');
  });

  test('says of a serial that nobody knows what to look for', async () => {
    const told = await explain(await deviceWorld(), 'SN-9');
    expect(told).toContain('Device "SN-9": not enrolled.');
    expect(told).toContain('  - if it is genuine, import it: muster devices import <file>');
  });

  test('says of a device that never showed up what to look for', async () => {
    expect(await explain(await deviceWorld(anEnrollment()), 'SN-1')).toContain('It is enrolled and has never asked to come in');
  });

  test('gives programs the same story', async () => {
    const world = await deviceWorld(anEnrollment());
    world.audit.emit(anAsking('admission.refused', { reason: 'claim-expired' }));
    const told: unknown = JSON.parse(await explain(world, 'SN-1', '--json'));
    expect(told).toMatchObject({ serialNumber: 'SN-1', state: 'registered', conclusion: { standing: 'refused', reason: 'claim-expired' } });
  });

  test('lets nothing that a device says move the cursor or turn the text around', async () => {
    const world = await deviceWorld(anEnrollment());
    world.audit.emit(anAsking('admission.refused', { reason: 'claim-expired', correlationId: HOSTILE }));
    for (const words of [['SN-1'], ['SN-1', '--json'], ['\u202eSN\u001b[2J']]) {
      const lines = (await explain(world, ...words)).split('\n');
      expect(lines.filter((line) => UNSAFE.test(line))).toEqual([]);
    }
    expect(JSON.parse(await explain(world, 'SN-1', '--json'))).toMatchObject({ chapters: [{}, { correlationId: HOSTILE }] });
  });

  test('refuses a time that is none', async () => {
    const world = await deviceWorld();
    await expect(runMuster({ client: world.client, configuration }, 'explain', 'SN-1', '--since', 'yesterday')).rejects.toThrow(
      '--since is "yesterday"',
    );
  });

  test('reads the log from a time on', async () => {
    const world = await deviceWorld(anEnrollment());
    world.audit.emit(anAsking('admission.refused', { reason: 'claim-expired', at: NOON - 1000 }));
    const { output } = await runMuster({ client: world.client, configuration }, 'explain', 'SN-1', '--since', '2026-11-20T12:00Z');
    expect(output.join()).toContain('never asked to come in');
  });
});
