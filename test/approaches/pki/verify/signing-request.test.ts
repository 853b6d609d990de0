import * as fc from 'fast-check';
import { signingRequests } from '../../../../approaches/pki/verify.ts';
import { keyDigestOf } from '../../../../domain/key-digest.ts';
import { certificateFor } from '../../../builders/device-certificate.ts';
import { aKey } from '../../../builders/identifiers.ts';
import { ecKeys, requestDer, requestPem, rsaKeys } from '../../../local/iot/certificate-requests.ts';

const { read, identify, foresee } = signingRequests;

const digestOf = (keys: ReturnType<typeof ecKeys>) => keyDigestOf(keys.publicKey.export({ type: 'spki', format: 'der' }));

describe('A signing request', () => {
  test.each([
    ['P-256', ecKeys()],
    ['P-384', ecKeys('P-384')],
    ['RSA', rsaKeys()],
  ])('is read: its common name and its key (%s)', (_, keys) => {
    expect(read(requestPem({ keys, commonName: 'SN-1' }))).toEqual({ commonName: 'SN-1', key: digestOf(keys) });
  });

  test.each([
    ['is none', 'malformed-request', 'none'],
    ['is signed by another key', 'malformed-request', requestPem({ signer: ecKeys().privateKey })],
    ['is signed with SHA-1', 'malformed-request', requestPem({ hash: 'sha1' })],
    ['wishes to be an authority', 'malformed-request', requestPem({ asksForAuthority: true })],
    ['has no common name', 'malformed-request', requestPem({ commonNameDer: Buffer.from('0500', 'hex') })],
    ['has a key on another curve', 'unacceptable-key', requestPem({ keys: ecKeys('P-521') })],
    ['is longer than AWS IoT reads', 'malformed-request', `${requestPem()}${' '.repeat(4_096)}`],
  ])('is refused that %s: %s', (_, reason, pem) => {
    expect(read(pem)).toBe(reason);
  });

  test('is refused, or says the same, whatever byte of it is another', () => {
    const keys = ecKeys();
    const der = requestDer({ keys, commonName: 'SN-1' });
    const same = { commonName: 'SN-1', key: digestOf(keys) };
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Buffer.from(der);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const pem = `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
        const found = read(pem);
        expect(typeof found === 'string' ? same : found).toEqual(same);
      }),
      { numRuns: 400 },
    );
  });
});

describe('A certificate', () => {
  const keys = ecKeys();

  test('is that of a request by its key and its subject, and has the id that AWS IoT gives it', async () => {
    const pem = await certificateFor(keys.publicKey);
    expect(identify({ commonName: 'AWS IoT Certificate', key: digestOf(keys) }, pem)).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['another key', { commonName: 'AWS IoT Certificate', key: digestOf(ecKeys()) }],
    ['another subject', { commonName: 'SN-1', key: digestOf(keys) }],
  ])('is not, with %s', async (_, request) => {
    expect(identify(request, await certificateFor(keys.publicKey))).toBeUndefined();
  });

  test('is none, where it is none', () => {
    expect(identify({ commonName: 'SN-1', key: digestOf(keys) }, 'none')).toBeUndefined();
  });
});

describe('A key alone', () => {
  const key = aKey('device');

  test.each([
    ['the pinned one', { pinnedKey: key }, { accepted: true, attestation: 'pinned-key' }],
    ['any, where nothing is asked for', {}, { accepted: true, attestation: 'serial-only' }],
    ['not the pinned one', { pinnedKey: aKey('other') }, { accepted: false, reason: 'not-the-pinned-key' }],
    [
      'not the one that used the code',
      { codeKey: Buffer.alloc(32).toString('base64url'), codeUsedBy: aKey('other') },
      { accepted: false, reason: 'code-already-used' },
    ],
    ['of a requirement that nobody knows', { riddle: 'x' }, { accepted: false, reason: 'evidence-refused' }],
  ])('tells what no evidence can make good: %s', (_, requirement, expected) => {
    expect(foresee(key)(requirement)).toMatchObject(expected);
  });
});
