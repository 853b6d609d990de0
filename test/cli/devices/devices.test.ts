import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Enrollment, without } from '../../../domain/enrollment.ts';
import { NOON, aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { CLIENT_ID } from '../../builders/hook-event.ts';
import { aCertificateId, aClaimName, aKey, aLine, aSerial, aTenant } from '../../builders/identifiers.ts';
import { runMuster } from '../../fakes/muster-command.ts';
import { BEN, active, configuration, deviceWorld } from '../../lambdas/operations/devices/device-world.ts';

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
    expect((await muster('devices', 'quarantine', 'SN-1', '--reason', 'odd traffic')).output.join()).toContain(
      'keeps nothing but its diagnosis; it is quarantined',
    );
    expect((await muster('devices', 'release', 'SN-1')).output.join()).toContain('is released; it is active');
    expect((await read(active()))?.state).toBe('active');
  });

  test('take its diagnosis, too, with --now', async () => {
    const { muster, read } = await terminalOf('security', active());
    const { output } = await muster('devices', 'quarantine', 'SN-1', '--reason', 'stolen', '--now');
    expect(output.join()).toContain('keeps nothing; it is quarantined');
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

describe('muster devices transfer', () => {
  const give = async (device: Enrollment, ...more: readonly string[]) => {
    const { muster, musterAs } = await terminalOf('operator', device);
    const words = ['devices', 'transfer', 'SN-1', '--to', 'globex', '--yes', ...more];
    expect((await muster(...words)).code).toBe(3);
    return musterAs('security', BEN, ...words);
  };

  test.each([
    ['with another proof, where it had one', active(), [], '--new-key'],
    [
      'with another key, where that derives from its names',
      active({ approach: 'psk', requirement: { proof: 'derived-key' } }),
      [],
      'keys issue',
    ],
    ['again, where all that it tells is a serial number', active({ requirement: {} }), [], 'may come in again'],
    ['again, where two people leave it what it proves', active(), ['--keep-proof'], 'may come in again'],
  ])('says how the device may come in: %s', async (_, device, more, how) => {
    const { output } = await give(device, ...more);
    expect(output.join()).toContain(how);
  });

  test('warns of copies where the device keeps what it proves itself by, and only there', async () => {
    expect((await give(active(), '--keep-proof')).errors.join()).toContain('Whoever has a copy');
    expect((await give(active())).errors).toEqual([]);
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

  test('wants --new-key beside --key and --proof', async () => {
    const { muster } = await terminalOf('security', active());
    await expect(muster('devices', 'release', 'SN-1', '--key', aKey('other'))).rejects.toThrow('--new-key');
    await expect(muster('devices', 'release', 'SN-1', '--proof', 'proof.json')).rejects.toThrow('--new-key');
  });

  describe('--proof', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'muster-proof-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    /** Says in a file what the device must prove. */
    const say = async (text: string, ...devices: readonly Enrollment[]) => {
      const file = join(folder, 'proof.json');
      await writeFile(file, text);
      const world = await terminalOf('operator', ...devices);
      return { ...world, said: world.muster('devices', 'release', 'SN-1', '--new-key', '--proof', file) };
    };

    test('says what a device must prove that changed hands, by what a manifest would say', async () => {
      const given = active({
        state: 'registered',
        awaitsProof: true,
        certificates: [],
        formerOwners: [{ tenant: aTenant('globex'), until: NOON }],
      });
      const { said, read } = await say(JSON.stringify({ pinned_key: aKey('another') }), without(given, 'boundKey', 'certificateInUse'));
      await said;
      const kept = await read(given);
      expect(kept).toMatchObject({ requirement: { pinnedKey: aKey('another') }, state: 'registered' });
      expect(kept).not.toHaveProperty('awaitsProof');
    });

    test('says it of a device that lost its key, too, where its line lets another in', async () => {
      const { said, read } = await say(JSON.stringify({ pinned_key: aKey('another') }), active());
      await said;
      expect(await read(active())).toMatchObject({ requirement: { pinnedKey: aKey('another') }, readmission: {} });
    });

    test.each([
      ['no JSON', 'pinned_key', /JSON object/],
      ['a column that there is not', '{"public_key":"key.pem"}', /columns of a manifest, of approach pki: enrollment_code/],
      ['two things to prove', `{"pinned_key":"${aKey('one')}","device_secret":"x"}`, /one of them/],
      ['a file elsewhere', '{"pinned_key":"../key.pem"}', /leaves the manifest's folder/],
    ])('says nothing by %s', async (_, text, why) => {
      await expect((await say(text, active())).said).rejects.toThrow(why);
    });

    test('says nothing by a file that is not there', async () => {
      const { muster } = await terminalOf('operator', active());
      await expect(muster('devices', 'release', 'SN-1', '--new-key', '--proof', join(folder, 'none.json'))).rejects.toThrow(
        'cannot be read',
      );
    });
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
