import fc from 'fast-check';
import { MAX_KEY_VERSION, MAX_MASTER_VERSION, readPskEvidence, writePskEvidence } from '../../../approaches/psk/evidence.ts';
import { derivationOf } from '../../../approaches/psk/evidence/derivation.ts';
import { keyVersionFor, masterVersionOf, succeedByNextKeys } from '../../../approaches/psk/evidence/key-version.ts';
import { MAX_FORMER_OWNERS } from '../../../domain/changes/transfer.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { deviceKeyOf } from '../../fakes/in-memory-device-keys.ts';

const owners = fc.nat({ max: MAX_FORMER_OWNERS });
const masterVersions = fc.integer({ min: 1, max: MAX_MASTER_VERSION });
const device = { line: aLine('meter'), serialNumber: aSerial() };

/** What a device is after so many transfers. */
const givenAway = (times: number): { readonly firstKeyVersion?: number } =>
  Array.from({ length: times }).reduce<{ readonly firstKeyVersion?: number }>((one) => succeedByNextKeys(one), {});

describe('The version of a device’s key', () => {
  test('is its line’s until it is given away', () => {
    fc.assert(
      fc.property(masterVersions, (version) => {
        expect(keyVersionFor({}, version)).toBe(version);
        expect(keyVersionFor({ firstKeyVersion: 1 }, version)).toBe(version);
      }),
    );
  });

  test('tells the master key that it derives from, whoever owned the device', () => {
    fc.assert(
      fc.property(owners, masterVersions, (times, version) => {
        const keyVersion = keyVersionFor(givenAway(times), version);
        expect(masterVersionOf(keyVersion)).toBe(version);
        expect(derivationOf({ ...device, keyVersion })).toMatchObject({ line: device.line, keyVersion: version });
      }),
    );
  });

  test('counts for the owner that it was made for: none that an owner before could have been told does', () => {
    fc.assert(
      fc.property(owners, owners, masterVersions, (times, before, version) => {
        fc.pre(before < times);
        const { firstKeyVersion = 0 } = givenAway(times);
        expect(keyVersionFor(givenAway(before), version)).toBeLessThan(firstKeyVersion);
        expect(keyVersionFor(givenAway(times), version)).toBeGreaterThanOrEqual(firstKeyVersion);
      }),
    );
  });

  test('is read from a proof as it was written, up to the last owner’s last, and no further', () => {
    const proof = { at: 1, counter: 1, mac: 'A'.repeat(43) };
    fc.assert(
      fc.property(owners, masterVersions, (times, version) => {
        const evidence = { ...proof, keyVersion: keyVersionFor(givenAway(times), version) };
        expect(readPskEvidence(writePskEvidence(evidence))).toEqual(evidence);
      }),
    );
    expect(keyVersionFor(givenAway(MAX_FORMER_OWNERS), MAX_MASTER_VERSION)).toBe(MAX_KEY_VERSION);
    expect(readPskEvidence(writePskEvidence({ ...proof, keyVersion: MAX_KEY_VERSION + 1 }))).toBeUndefined();
  });

  test('makes another key for each owner, of the same master key', () => {
    const keys = [0, 1, 2].map((times) => deviceKeyOf({ ...device, keyVersion: keyVersionFor(givenAway(times), 1) }).toString('hex'));
    expect(new Set(keys).size).toBe(3);
  });
});
