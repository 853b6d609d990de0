import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { readPskEvidence, writePskEvidence } from '../../../approaches/psk/evidence.ts';
import { derivationText, keyIdOf } from '../../../approaches/psk/evidence/derivation.ts';
import { proofMac, proofText } from '../../../approaches/psk/evidence/proof-mac.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { deriveKey, METER, SERVER } from './psk-world.ts';

const name = { line: METER, serialNumber: aSerial(), keyVersion: 1 };
const deviceKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
const occasion = { ...name, clientId: 'muster:meter:SN-1', serverName: SERVER, at: NOON, counter: 7 };

describe('What every device must make alike', () => {
  test('is the text that a key derives from', () => {
    expect(derivationText(name).toString('hex')).toBe(
      '000000186d75737465722070736b20646576696365206b6579207631000000056d6574657200000004534e2d310000000131',
    );
  });

  test('is the text that a proof is made over', () => {
    expect(proofText(occasion).toString('hex')).toBe(
      '000000136d75737465722070736b2070726f6f66207631000000056d6574657200000004534e2d31000000116d75737465723a6d657465723a534e2d31' +
        '000000266131623263332d6174732e696f742e65752d776573742d312e616d617a6f6e6177732e636f6d00000001310000000d313739353137363030303030300000000137',
    );
  });

  test('is the MAC, under a key of the bytes 0 to 31', () => {
    expect(proofMac(deviceKey, occasion).toString('base64url')).toBe('dhiqZEY3ontmUhYx-XB616JlLyBimq07zjsiY4JktFA');
  });

  test('is a device key, under a master key of "meter 1" again and again', async () => {
    expect(Buffer.from(await deriveKey(name)).toString('base64url')).toBe('i1kp8QTH5cRAq_00bzPuCRI4-d9FQP4RHRWAI8LsMS0');
  });

  test('is the name of a key, which tells nothing of it', () => {
    expect(keyIdOf(name)).toBe('9749469d5a04ed909d3fbac26d0dfb2594547963922b6cce22d3d38388b5aa5f');
  });

  test('is what the page on PSK shows', async () => {
    const page = await readFile(join(import.meta.dirname, '../../../approaches/psk/README.md'), 'utf8');
    const shown = page.replaceAll(/\n\s+(?=[0-9a-f]{40})/g, '');
    expect(shown).toContain(`text  ${proofText(occasion).toString('hex')}`);
    expect(shown).toContain(`mac   ${proofMac(deviceKey, occasion).toString('base64url')}`);
    expect(shown).toContain(`time ${NOON}, counter 7`.replace('time ', '\ntime '));
  });

  test('is the same for a server name in capitals', () => {
    expect(proofText({ ...occasion, serverName: SERVER.toUpperCase() })).toEqual(proofText(occasion));
  });
});

const names = fc.record({
  line: fc.stringMatching(/^[a-z0-9-]{1,32}$/).map((line) => aLine(line)),
  serialNumber: fc.stringMatching(/^[A-Za-z0-9_:ß-]{1,12}$/).map((serial) => aSerial(serial)),
  keyVersion: fc.integer({ min: 1, max: 9999 }),
});

describe('Keys', () => {
  test('differ wherever line, serial number or version differ, even under one master key', () => {
    fc.assert(
      fc.property(names, names, (one, other) => {
        const isSame = one.line === other.line && one.serialNumber === other.serialNumber && one.keyVersion === other.keyVersion;
        expect(derivationText(one).equals(derivationText(other))).toBe(isSame);
      }),
    );
  });

  test('are the same whenever they are derived', async () => {
    await fc.assert(
      fc.asyncProperty(names, async (one) => {
        expect(await deriveKey(one)).toEqual(await deriveKey({ ...one }));
      }),
    );
  });
});

const evidence = fc.record({
  keyVersion: fc.integer({ min: 1, max: 9999 }),
  at: fc.integer({ min: 0, max: 999_999_999_999_999 }),
  counter: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  mac: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
});

describe('A password', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(evidence, (one) => {
        expect(readPskEvidence(writePskEvidence(one))).toEqual(one);
      }),
    );
  });

  test('has one spelling: what is read is written the same', () => {
    fc.assert(
      fc.property(evidence, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (one, place, character) => {
        const written = writePskEvidence(one);
        const at = place % written.length;
        const changed = `${written.slice(0, at)}${character}${written.slice(at + 1)}`;
        const read = readPskEvidence(changed);
        expect(read === undefined ? changed : writePskEvidence(read)).toBe(changed);
      }),
    );
  });
});
