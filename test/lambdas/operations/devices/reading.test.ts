import { devicesExplain } from '../../../../domain/operations/devices-explain.ts';
import { devicesList } from '../../../../domain/operations/devices-list.ts';
import { devicesShow } from '../../../../domain/operations/devices-show.ts';
import { NOON, anEnrollment } from '../../../builders/enrollment.ts';
import { CLIENT_ID } from '../../../builders/hook-event.ts';
import { aCertificateId, aKey, aLine, aSerial, aTenant } from '../../../builders/identifiers.ts';
import { anAsking } from '../../../builders/story.ts';
import { active, deviceWorld } from './device-world.ts';

const gateway = aLine('gateway');
const { serialNumber } = active();
const contender = { key: aKey('other'), at: NOON, correlationId: CLIENT_ID, claimCertificateId: aCertificateId('claim') };
const codeKey = Buffer.alloc(32, 7).toString('base64url');

describe('A device that is named by its serial', () => {
  test('is found on whatever line it is', async () => {
    const world = await deviceWorld(active({ line: gateway }));
    expect((await world.as('auditor').call(devicesShow, { serialNumber })).device.line).toBe('gateway');
  });

  test('must be named with its line where two have that serial', async () => {
    const world = await deviceWorld(active(), active({ line: gateway }));
    await expect(world.as('auditor').call(devicesShow, { serialNumber })).rejects.toMatchObject({
      code: 'ERR_CONFLICT',
      message: expect.stringMatching(/lines sensor, gateway; name one with --line/) as unknown,
    });
    expect((await world.as('auditor').call(devicesShow, { serialNumber, line: gateway })).device.line).toBe('gateway');
  });

  test('is not the one whose serial looks like it', async () => {
    const world = await deviceWorld(active());
    await expect(world.as('auditor').call(devicesShow, { serialNumber: aSerial('sn-1') })).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
  });

  test('is not there for who may not see its tenant or line, in the same words as one that is not there', async () => {
    const world = await deviceWorld(active({ tenant: aTenant('globex') }), anEnrollment({ line: gateway, serialNumber: aSerial('SN-2') }));
    const refusalOf = (scope: string, serial: string) =>
      world
        .as(scope)
        .call(devicesShow, { serialNumber: aSerial(serial) })
        .then(
          () => 'shown',
          (error: unknown) => String(error).replaceAll(serial, '…'),
        );
    expect(await refusalOf('support-acme', 'SN-1')).toBe(await refusalOf('support-acme', 'SN-9'));
    expect(await refusalOf('factory', 'SN-2')).toBe(await refusalOf('factory', 'SN-9'));
  });

  test('is shown with both keys and their addresses while they contest it', async () => {
    const world = await deviceWorld(active({ contender }));
    const admission = anAsking('admission.granted', {
      id: 'first',
      at: NOON,
      correlationId: 'first',
      keyDigest: aKey('device'),
      line: active().line,
    });
    world.audit.emit(admission);
    world.cloud.addresses.set('first', '192.0.2.1').set(CLIENT_ID, '203.0.113.9');
    const { device } = await world.as('security').call(devicesShow, { serialNumber });
    expect(device.evidence).toMatchObject({
      boundKey: aKey('device'),
      boundAddress: '192.0.2.1',
      contender: { key: aKey('other'), address: '203.0.113.9' },
    });
  });

  test('shows support neither keys nor addresses nor what it must prove', async () => {
    const world = await deviceWorld(active({ contender, requirement: { codeKey } }));
    world.cloud.addresses.set(CLIENT_ID, '203.0.113.9');
    const shown = JSON.stringify(await world.as('support').call(devicesShow, { serialNumber }));
    for (const secret of [aKey('device'), aKey('other'), '203.0.113.9', codeKey, 'enrollment-code']) expect(shown).not.toContain(secret);
  });

  test.each(['security', 'operator', 'factory', 'auditor'])('shows %s what it proves by, and no secret', async (scope) => {
    const world = await deviceWorld(active({ requirement: { codeKey } }));
    const shown = JSON.stringify(await world.as(scope).call(devicesShow, { serialNumber }));
    expect(shown).toContain('enrollment-code');
    expect(shown).not.toContain(codeKey);
  });
});

describe('The list of devices', () => {
  const many = Array.from({ length: 7 }, (_, index) => anEnrollment({ serialNumber: aSerial(`SN-${index}`) }));
  const others = [
    active({ line: gateway, contender }),
    active({ serialNumber: aSerial('G-1'), tenant: aTenant('globex'), onProbation: true }),
  ];

  const serialsOf = async (scope: string, wanted: object): Promise<readonly string[]> => {
    const world = await deviceWorld(...many, ...others);
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await world.as(scope).call(devicesList, { limit: 3, ...wanted, ...(after === undefined ? {} : { after }) });
      found.push(...page.devices.map((device) => `${device.line}/${device.serialNumber}`));
      after = page.next;
    } while (after !== undefined);
    return found.toSorted();
  };

  test('has every device once, page by page', async () => {
    expect(await serialsOf('auditor', {})).toHaveLength(9);
    expect(new Set(await serialsOf('auditor', {})).size).toBe(9);
  });

  test('finds what waits for an operator', async () => {
    expect(await serialsOf('auditor', { state: 'contested' })).toEqual(['gateway/SN-1']);
    expect(await serialsOf('auditor', { state: 'probation' })).toEqual(['sensor/G-1']);
  });

  test('can be narrowed to states, lines and tenants', async () => {
    expect(await serialsOf('auditor', { state: 'registered' })).toHaveLength(7);
    expect(await serialsOf('auditor', { line: gateway })).toEqual(['gateway/SN-1']);
    expect(await serialsOf('auditor', { tenant: aTenant('globex') })).toEqual(['sensor/G-1']);
  });

  test('ends at the scope', async () => {
    expect(await serialsOf('factory', {})).toHaveLength(8);
    expect(await serialsOf('support-acme', {})).not.toContain('sensor/G-1');
    await expect(serialsOf('factory', { line: gateway })).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' });
  });
});

describe('The story of a device', () => {
  const explain = async (world: Awaited<ReturnType<typeof deviceWorld>>, scope: string, serial: string = serialNumber, more: object = {}) =>
    (await world.as(scope).call(devicesExplain, { serialNumber: serial, since: 0, ...more })).story;

  test('is told from the log, the table, the certificates and the connections', async () => {
    const world = await deviceWorld(anEnrollment({ state: 'admitted', boundKey: aKey('device') }));
    world.audit.emit(anAsking('admission.granted'));
    world.cloud.certificates.set(aCertificateId('one'), 'PENDING_ACTIVATION');
    world.cloud.addresses.set(CLIENT_ID, '203.0.113.9');
    const story = await explain(world, 'operator');
    expect(story.conclusion).toMatchObject({ standing: 'stuck', exchange: 'provisioning' });
    expect(story.chapters.at(-1)).toMatchObject({ kind: 'attempt', address: '203.0.113.9' });
  });

  test('is told of a serial that nobody enrolled, also of one that can be none', async () => {
    const world = await deviceWorld();
    expect((await explain(world, 'operator', 'SN-9')).conclusion.standing).toBe('unknown');
    expect((await explain(world, 'operator', ' \u202ex')).conclusion.standing).toBe('unknown');
  });

  test('points from a serial to the one that looks like it, and the other way round', async () => {
    const world = await deviceWorld(anEnrollment());
    expect((await explain(world, 'operator', 'sn-1')).conclusion.todo.join()).toContain('"SN-1"');
    world.audit.emit(anAsking('admission.refused', { reason: 'unknown-serial', serialNumber: aSerial('sn-1'), line: anEnrollment().line }));
    expect((await explain(world, 'operator', 'SN-1')).conclusion.todo.join()).toContain('refused as "sn-1"');
  });

  test('tells support nothing of other tenants, in the words of a serial that nobody knows', async () => {
    const world = await deviceWorld(active({ tenant: aTenant('globex') }));
    world.audit.emit(anAsking('admission.granted', { tenant: aTenant('globex') }));
    world.audit.emit(anAsking('admission.refused', { id: 'x', reason: 'unknown-serial' }));
    const story = await explain(world, 'support-acme');
    expect({ ...story, serialNumber: 'SN-9' }).toEqual({ ...(await explain(world, 'support-acme', 'SN-9')), conclusion: story.conclusion });
    expect(story).toMatchObject({ chapters: [], conclusion: { standing: 'unknown' } });
  });

  test('tells support neither addresses nor keys', async () => {
    const world = await deviceWorld(active({ contender }));
    world.audit.emit(anAsking('admission.granted'));
    world.cloud.addresses.set(CLIENT_ID, '203.0.113.9');
    const told = JSON.stringify(await explain(world, 'support'));
    expect(told).toContain(CLIENT_ID);
    expect(told).not.toContain('203.0.113.9');
    expect(told).not.toContain(aKey('device'));
  });

  test('ends at the line of a factory', async () => {
    const world = await deviceWorld(active({ line: gateway }));
    world.audit.emit(anAsking('admission.granted', { line: gateway }));
    expect(await explain(world, 'factory')).toMatchObject({ chapters: [], conclusion: { standing: 'unknown' } });
  });
});
