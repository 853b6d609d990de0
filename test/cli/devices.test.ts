import type { Enrollment } from '../../domain/enrollment.ts';
import { NOON, aCertificate, anEnrollment } from '../builders/enrollment.ts';
import { CLIENT_ID } from '../builders/hook-event.ts';
import { aCertificateId, aClaimName, aKey, aLine, aSerial } from '../builders/identifiers.ts';
import { runMuster } from '../fakes/muster-command.ts';
import { BEN, active, configuration, deviceWorld } from '../lambdas/operations/devices/device-world.ts';

const contender = { key: aKey('other'), at: NOON, correlationId: CLIENT_ID, claimCertificateId: aCertificateId('claim') };
const codeKey = Buffer.alloc(32, 7).toString('base64url');
const deviceSecret = Buffer.alloc(32, 9).toString('base64url');

/** The commands of somebody in a scope, over these devices. */
const terminalOf = async (scope: string, ...devices: readonly Enrollment[]) => {
  const world = await deviceWorld(...devices);
  const muster = (...words: readonly string[]) => runMuster({ client: world.as(scope), configuration }, ...words);
  const musterAs = (other: string, arn: string, ...words: readonly string[]) =>
    runMuster({ client: world.as(other, arn), configuration }, ...words);
  return { ...world, muster, musterAs };
};

describe('muster devices show', () => {
  const shown = active({
    countedAgainst: aClaimName('batch-1'),
    certificates: [aCertificate('one'), aCertificate('two'), aCertificate('three')],
    toRetire: [aCertificateId('one')],
  });

  test('shows every fact of a device to people, by its serial alone', async () => {
    const { muster } = await terminalOf('operator', shown);
    const { output } = await muster('devices', 'show', 'SN-1');
    for (const fact of ['muster:sensor:SN-1', 'acme', 'pki', 'active', 'pinned-key', aKey('device'), 'batch-1', 'device.registered'])
      expect(output.join('\n')).toContain(fact);
    expect(output.join('\n')).toMatch(new RegExp(`certificate to be retired.*${aCertificateId('one')}`));
    expect(output.join('\n')).toMatch(new RegExp(`certificate in use.*${aCertificateId('two')}`));
    expect(output.join('\n')).toMatch(new RegExp(`certificate not yet seen.*${aCertificateId('three')}`));
  });

  test('gives programs one JSON object', async () => {
    const { muster } = await terminalOf('operator', shown);
    const { output } = await muster('devices', 'show', 'SN-1', '--line', 'sensor', '--json');
    expect(JSON.parse(output.join())).toMatchObject({
      device: { serialNumber: 'SN-1', state: 'active', toRetire: [aCertificateId('one')] },
    });
  });

  test('asks for the line where two have that serial', async () => {
    const { muster } = await terminalOf('operator', shown, active({ line: aLine('gateway') }));
    await expect(muster('devices', 'show', 'SN-1')).rejects.toThrow('--line');
  });

  test('says of an unknown device what to do', async () => {
    const { muster } = await terminalOf('operator');
    await expect(muster('devices', 'show', 'SN-1')).rejects.toThrow(/compared byte for byte.*muster devices import/);
  });

  test('refuses what can be no line and no serial', async () => {
    const { muster } = await terminalOf('operator');
    await expect(muster('devices', 'show', ' x', '--line', 'a/b')).rejects.toThrow(/serial: got " x".*\nline: got "a\/b"/);
  });
});

describe('muster devices list', () => {
  const many = Array.from({ length: 5 }, (_, index) => anEnrollment({ serialNumber: aSerial(`SN-${index}`) }));

  test('prints a head and a row for each device', async () => {
    const { muster } = await terminalOf('auditor', ...many, active({ line: aLine('gateway'), contender }));
    const { output } = await muster('devices', 'list');
    expect(output[0]).toMatch(/^LINE +SERIAL +TENANT +STATE +WAITS +LAST EVENT$/);
    expect(output).toHaveLength(7);
    expect(output.join('\n')).toMatch(/gateway +SN-1 +acme +active +contested/);
  });

  test('prints one JSON object in each line', async () => {
    const { muster } = await terminalOf('auditor', ...many);
    const { output } = await muster('devices', 'list', '--json');
    expect(output.map((line) => (JSON.parse(line) as { serialNumber: string }).serialNumber).toSorted()).toEqual(
      many.map(({ serialNumber }) => serialNumber),
    );
  });

  test('stops where it was told, and goes on from there', async () => {
    const { muster } = await terminalOf('auditor', ...many);
    const first = await muster('devices', 'list', '--limit', '2', '--json');
    const { next } = JSON.parse(first.output.at(-1) ?? '') as { next: string };
    const rest = await muster('devices', 'list', '--after', next, '--json');
    expect(first.output).toHaveLength(3);
    expect(rest.output).toHaveLength(3);
    expect((await muster('devices', 'list', '--limit', '2')).errors.join()).toContain(`--after ${next}`);
  });

  test('says when there is none', async () => {
    const { muster } = await terminalOf('auditor');
    expect(await muster('devices', 'list', '--state', 'pending')).toMatchObject({
      output: [],
      errors: ['There is no such device within your scope.'],
    });
  });
});

describe('muster devices approve', () => {
  test('approves the key that waits', async () => {
    const { muster } = await terminalOf('security', anEnrollment({ state: 'pending', pending: contender }));
    expect((await muster('devices', 'approve', 'SN-1')).output.join()).toContain(
      'is approved and comes in when it asks again; it is pending',
    );
  });

  test('confirms a device on probation', async () => {
    const { muster, read } = await terminalOf('operator', active({ onProbation: true }));
    expect((await muster('devices', 'approve', 'SN-1')).output.join()).toContain('is confirmed');
    expect((await read(active()))?.onProbation).toBe(false);
  });

  test('changes nothing in a dry run', async () => {
    const { muster, read } = await terminalOf('operator', active({ onProbation: true }));
    expect((await muster('devices', 'approve', 'SN-1', '--dry-run')).output.join()).toContain('Dry run, nothing is changed');
    expect((await read(active()))?.onProbation).toBe(true);
  });
});

describe('muster devices resolve', () => {
  const contested = active({ contender });

  test('names both keys and where they came from before it does anything', async () => {
    const { muster, cloud, read } = await terminalOf('security', contested);
    cloud.addresses.set(CLIENT_ID, '203.0.113.9');
    await expect(muster('devices', 'resolve', 'SN-1')).rejects.toThrow('--keep');
    expect(await read(contested)).toEqual(contested);
  });

  test('keeps the key that begins so', async () => {
    const { muster, cloud, read } = await terminalOf('security', contested);
    cloud.addresses.set(CLIENT_ID, '203.0.113.9');
    const { output } = await muster('devices', 'resolve', 'SN-1', '--keep', aKey('other').slice(0, 8), '--yes');
    for (const fact of [aKey('device'), aKey('other'), '203.0.113.9']) expect(output.join('\n')).toContain(fact);
    expect((await read(contested))?.boundKey).toBe(aKey('other'));
  });

  test.each([
    ['fewer than 8 digits', aKey('other').slice(0, 7), /8 to 64 hexadecimal digits/],
    ['a key that is neither', 'f'.repeat(64), /No key of this device begins with/],
  ])('refuses %s', async (_, keep, words) => {
    const { muster } = await terminalOf('security', contested);
    await expect(muster('devices', 'resolve', 'SN-1', '--keep', keep, '--yes')).rejects.toThrow(words);
  });

  test('does nothing unasked where nobody can be asked', async () => {
    const { muster, read } = await terminalOf('security', contested);
    await expect(muster('devices', 'resolve', 'SN-1', '--keep', aKey('other').slice(0, 8))).rejects.toThrow('say --yes');
    expect(await read(contested)).toEqual(contested);
  });
});

describe('muster devices quarantine, release and revoke', () => {
  test('take a device out and let it in again', async () => {
    const { muster, read } = await terminalOf('security', active());
    expect((await muster('devices', 'quarantine', 'SN-1', '--reason', 'odd traffic')).output.join()).toContain('is in quarantine');
    expect((await muster('devices', 'release', 'SN-1')).output.join()).toContain('is released; it is active');
    expect((await read(active()))?.state).toBe('active');
  });

  test('take its diagnosis, too, with --now', async () => {
    const { muster, read } = await terminalOf('security', active());
    await muster('devices', 'quarantine', 'SN-1', '--reason', 'stolen', '--now');
    expect(await read(active())).toMatchObject({ state: 'quarantined', quarantineLeavesNothing: true });
    expect((await muster('devices', 'show', 'SN-1')).output.join('\n')).toContain('quarantined, from active, without its diagnosis');
  });

  test('want a reason for the record', async () => {
    const { muster } = await terminalOf('security', active());
    await expect(muster('devices', 'quarantine', 'SN-1', '--reason', ' ')).rejects.toThrow(/reason: got/);
  });

  test('revoke for good when two people say so, and not before', async () => {
    const { muster, musterAs, read } = await terminalOf('operator', active());
    const words = ['devices', 'revoke', 'SN-1', '--reason', 'sold with its key', '--yes'];
    expect(await muster(...words)).toMatchObject({ code: 3 });
    expect((await read(active()))?.state).toBe('active');
    expect((await musterAs('security', BEN, ...words)).output.join()).toContain('is revoked for good');
    expect((await read(active()))?.state).toBe('revoked');
  });

  test('do not revoke unasked where nobody can be asked', async () => {
    const { muster } = await terminalOf('operator', active());
    await expect(muster('devices', 'revoke', 'SN-1', '--reason', 'sold with its key')).rejects.toThrow('say --yes');
  });
});

describe('muster devices release --new-key', () => {
  test('lets one key in for a time', async () => {
    const { muster, read } = await terminalOf('operator', active());
    await muster('devices', 'release', 'SN-1', '--new-key', '--key', aKey('other'), '--for', '2h');
    expect((await read(active()))?.readmission).toMatchObject({ key: aKey('other') });
  });

  test('gives a device that proves itself by a code a new one, shown once and recorded only as what it stands for', async () => {
    const { muster, read, audit } = await terminalOf('operator', active({ requirement: { codeKey } }));
    const { output, errors } = await muster('devices', 'release', 'SN-1', '--new-key', '--for', '1h', '--json');
    const code = /shown this once: ([0-9A-Z-]{19})/.exec(errors.join())?.[1] ?? '';
    expect(code).toHaveLength(19);
    const requirement = (await read(active()))?.requirement;
    expect(requirement?.['codeKey']).not.toBe(codeKey);
    for (const place of [output.join(), JSON.stringify(audit.events), JSON.stringify(await read(active()))])
      expect(place).not.toContain(code);
  });

  test('wants --new-key beside --key', async () => {
    const { muster } = await terminalOf('security', active());
    await expect(muster('devices', 'release', 'SN-1', '--key', aKey('other'))).rejects.toThrow('--new-key');
  });
});

describe('Whatever is printed', () => {
  test.each(['security', 'operator', 'factory', 'auditor', 'support'])('shows no secret to %s', async (scope) => {
    const { muster } = await terminalOf(
      scope,
      active({ requirement: { codeKey } }),
      active({ serialNumber: aSerial('SN-2'), requirement: { deviceSecret } }),
    );
    const printed: string[] = [];
    for (const words of [['devices', 'show'], ['explain']])
      for (const serial of ['SN-1', 'SN-2'])
        for (const more of [[], ['--json']]) printed.push(...(await muster(...words, serial, ...more)).output);
    printed.push(...(await muster('devices', 'list')).output, ...(await muster('devices', 'list', '--json')).output);
    for (const secret of [codeKey, deviceSecret]) expect(printed.join('\n')).not.toContain(secret);
  });
});
