import { enrollOAuth } from '../../../approaches/oauth/enroll.ts';
import { isMistake } from '../../../domain/enroller.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { anEcKey, anRsaKey, type KeyPair, pemOf, spkiOf, thumbprintOf } from './oauth-world.ts';

const pem = ({ publicKey }: KeyPair): string => publicKey.export({ type: 'spki', format: 'pem' }).toString();
const [first, second, rsa] = [anEcKey(), anEcKey(), anRsaKey()];

const requirementOf = (fields: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) =>
  enrollOAuth.requirementOf(fields, (name) => Promise.resolve(files[name]), { line: aLine(), serialNumber: aSerial() });

const issued = { oauth_issuer: ' https://issuer.example ', oauth_subject: 'device-1' };

describe('A row of an import', () => {
  test('names what an issuer calls the device, and perhaps its key', async () => {
    const requirement = { issuer: 'https://issuer.example', subject: 'device-1' };
    expect(await requirementOf(issued)).toEqual(requirement);
    const keyThumbprint = await thumbprintOf(first);
    expect(await requirementOf({ ...issued, oauth_key_thumbprint: keyThumbprint })).toEqual({ ...requirement, keyThumbprint });
  });

  test('has one or two public keys, in it or beside it', async () => {
    expect(await requirementOf({ public_key: pem(first) })).toEqual({ publicKey: spkiOf(first) });
    expect(await requirementOf({ public_key: 'keys.pem' }, { 'keys.pem': `${pem(first)}\n${pem(rsa)}` })).toEqual({
      publicKey: spkiOf(first),
      nextPublicKey: spkiOf(rsa),
    });
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['nothing', {}],
    ['an issuer alone', { oauth_issuer: 'https://issuer.example' }],
    ['a thumbprint alone', { oauth_key_thumbprint: 'A'.repeat(43) }],
    ['a thumbprint of another form', { ...issued, oauth_key_thumbprint: 'ab'.repeat(32) }],
    ['an issuer and a key', { ...issued, public_key: pem(first) }],
    ['three keys', { public_key: [first, second, rsa].map(pem).join('') }],
    ['one key twice', { public_key: pem(first).repeat(2) }],
    ['a file that is not there', { public_key: 'keys.pem' }],
    ['a key that is too short', { public_key: pem(anRsaKey(1024)) }],
    ['a good key and a broken one', { public_key: `${pem(first)}${pem(second).replace('MF', 'AA')}` }],
  ])('cannot have %s', async (_what, fields) => {
    const result = await requirementOf(fields);
    expect(isMistake(result)).toBe(true);
  });

  test('cannot have a private key, and does not repeat it', async () => {
    const given = pemOf(first);
    const result = await requirementOf({ public_key: given });
    expect(result).toMatchObject({ got: 'a private key, which must never leave its device' });
    expect(JSON.stringify(await requirementOf({ public_key: 'c2VjcmV0IHRoYXQgZ290IGhlcmU=' }))).not.toContain('c2Vj');
  });

  test('is told of without secrets', () => {
    expect(enrollOAuth.describe({ issuer: 'i', subject: 's' })).toEqual({
      attestation: 'device-secret',
      details: { issuer: 'i', subject: 's' },
    });
    const described = enrollOAuth.describe({ publicKey: spkiOf(first), nextPublicKey: spkiOf(second) });
    expect(described).toMatchObject({
      attestation: 'pinned-key',
      details: { publicKey: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    expect(enrollOAuth.describe({ pinnedKey: 'x' })).toBeUndefined();
  });
});
