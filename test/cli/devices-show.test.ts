import { aCertificate, anEnrollment } from '../builders/enrollment.ts';
import { aClaimName, aKey } from '../builders/identifiers.ts';
import { inProcessOperations } from '../fakes/in-process-operations.ts';
import { runMuster } from '../fakes/muster-command.ts';

const active = anEnrollment({
  state: 'active',
  version: 3,
  requirement: { pinnedKey: aKey('device') },
  boundKey: aKey('device'),
  countedAgainst: aClaimName('batch-1'),
  certificates: [aCertificate('one'), aCertificate('two'), aCertificate('three')],
  certificateInUse: aCertificate('two').id,
  toRetire: [aCertificate('one').id],
});

describe('muster devices show', () => {
  test('shows every fact of a device to people', async () => {
    const world = inProcessOperations();
    await world.store.register(active);
    const { output } = await runMuster(world, 'devices', 'show', active.line, active.serialNumber);
    for (const fact of ['muster:sensor:SN-1', 'acme', 'pki', 'active', aKey('device'), 'batch-1', 'device.registered']) {
      expect(output.join('\n')).toContain(fact);
    }
    expect(output.join('\n')).toMatch(new RegExp(`certificate to be retired.*${aCertificate('one').id}`));
    expect(output.join('\n')).toMatch(new RegExp(`certificate in use.*${aCertificate('two').id}`));
    expect(output.join('\n')).toMatch(new RegExp(`certificate not yet seen.*${aCertificate('three').id}`));
  });

  test('gives programs the record as it is', async () => {
    const world = inProcessOperations();
    await world.store.register(active);
    const { output } = await runMuster(world, 'devices', 'show', active.line, active.serialNumber, '--json');
    const { id, at, code } = active.lastEvent;
    expect(JSON.parse(output.join())).toEqual({ ...active, lastEvent: { id, at, code } });
  });

  test('says of an unknown device what there is, and what to do', async () => {
    await expect(runMuster(inProcessOperations(), 'devices', 'show', 'sensor', 'SN-1')).rejects.toThrow(
      /compared byte for byte.*muster devices import/,
    );
  });

  test('refuses what can be no line and no serial', async () => {
    await expect(runMuster(inProcessOperations(), 'devices', 'show', 'a/b', ' x')).rejects.toThrow(/line: got "a\/b".*\nserial: got " x"/);
  });
});
