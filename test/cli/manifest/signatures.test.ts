import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openManifest } from '../../../cli/manifest/open-manifest.ts';
import { CLOCK_SKEW_MS } from '../../../domain/manufacturer.ts';
import { signCms } from '../../builders/cms.ts';
import { describeWhereInstalled } from '../../setup/describe-where-installed.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aManufacturer, signDetached, type TestManufacturer } from '../../builders/manufacturer.ts';

const TEXT = `serial,line,tenant\n${Array.from({ length: 5000 }, (_, index) => `SN-${index},sensor,acme`).join('\n')}\n`;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-signature-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

interface SignedTest {
  readonly text?: string;
  readonly signature: string | Buffer;
  readonly ending?: string;
  readonly keys: readonly TestManufacturer[];
  readonly at?: number;
}

const openSigned = async ({ text = TEXT, signature, ending = 'jws', keys, at = NOON }: SignedTest) => {
  const path = join(directory, 'devices.csv');
  await writeFile(path, text);
  await writeFile(`${path}.${ending}`, signature);
  return openManifest({ path, isUnsigned: false, keys: keys.map(({ key }) => key), knownColumns: ['serial', 'line', 'tenant'], at });
};

describe('a manifest with a detached JWS (RFC 7515 appendix F)', () => {
  test.each(['ES256', 'ES384', 'PS256', 'RS256', 'EdDSA'] as const)('is read when %s over its bytes is right', async (algorithm) => {
    const maker = aManufacturer({ algorithm });
    const manifest = await openSigned({ signature: signDetached(maker, TEXT), keys: [aManufacturer(), maker] });
    expect(manifest).toMatchObject({ rows: 5000, kid: maker.key.kid, manufacturers: ['acme-works'] });
  });

  test('is read when the signature is over its base64url (RFC 7515 §5.1)', async () => {
    const maker = aManufacturer();
    for (const length of [0, 1, 2]) {
      const text = TEXT + 'x'.repeat(length);
      const csv = `${text.slice(0, -1 - length)}${'x'.repeat(length)}\n`;
      const signature = signDetached(maker, csv, { b64: undefined, crit: undefined });
      expect((await openSigned({ text: csv, signature, keys: [maker] })).kid).toBe(maker.key.kid);
    }
  });

  const maker = aManufacturer();
  const right = signDetached(maker, TEXT);
  const [header = '', , value = ''] = right.split('.');

  test.each([
    ['its text was changed', { text: TEXT.replace('SN-4321', 'SN-9321') }, 'is not what "acme-works" signed'],
    ['it was cut off at the end of a row', { text: TEXT.slice(0, TEXT.lastIndexOf('SN-4999')) }, 'is not what "acme-works" signed'],
    ['it is another file’s', { signature: signDetached(maker, 'serial\nSN-1\n') }, 'is not what "acme-works" signed'],
    [
      'it was made with another key under this name',
      { signature: signDetached({ ...aManufacturer(), key: maker.key }, TEXT) },
      'is not what',
    ],
    ['nobody registered its key', { signature: signDetached(aManufacturer(), TEXT) }, 'which nobody registered'],
    [
      'it asks for no signature',
      { signature: `${Buffer.from(JSON.stringify({ alg: 'none', kid: maker.key.kid })).toString('base64url')}..AA` },
      'not accepted',
    ],
    ['it asks for an HMAC', { signature: signDetached(maker, TEXT, { alg: 'HS256' }) }, 'not accepted'],
    ['it asks for what its key cannot make', { signature: signDetached(maker, TEXT, { alg: 'RS256' }) }, 'cannot make'],
    ['it asks for what is not understood', { signature: signDetached(maker, TEXT, { crit: ['exp'], exp: 1 }) }, 'not accepted'],
    ['it changes the payload without saying so', { signature: signDetached(maker, TEXT, { crit: undefined }) }, 'not accepted'],
    ['it brings a key of its own', { signature: signDetached(maker, TEXT, { jwk: aManufacturer().key.jwk }) }, 'not accepted'],
    ['it is not detached', { signature: `${header}.${Buffer.from(TEXT).toString('base64url').slice(0, 100)}.${value}` }, 'no detached JWS'],
    ['it is longer than any', { signature: 'x'.repeat(70_000) }, 'no signature is longer'],
    ['it is nothing', { signature: '' }, 'no CMS signature'],
  ])('is refused when %s', async (_, change, problem) => {
    await expect(openSigned({ signature: right, keys: [maker], ...change })).rejects.toThrow(problem);
  });

  test.each([
    [{ notBefore: NOON + CLOCK_SKEW_MS + 1 }, 'is valid from'],
    [{ notAfter: NOON - CLOCK_SKEW_MS }, 'expired at'],
  ])('is refused when its key is out of its time: %j', async (time, problem) => {
    const late = aManufacturer(time);
    await expect(openSigned({ signature: signDetached(late, TEXT), keys: [late] })).rejects.toThrow(problem);
  });

  test.each([{ notBefore: NOON + CLOCK_SKEW_MS }, { notAfter: NOON - CLOCK_SKEW_MS + 1 }])(
    'is read within five minutes of it: %j',
    async (time) => {
      const near = aManufacturer(time);
      expect((await openSigned({ signature: signDetached(near, TEXT), keys: [near] })).rows).toBe(5000);
    },
  );

  test('is refused without a signature, with what to do', async () => {
    const path = join(directory, 'devices.csv');
    await writeFile(path, TEXT);
    const wishes = { path, keys: [maker.key], knownColumns: ['serial', 'line', 'tenant'], at: NOON };
    await expect(openManifest({ ...wishes, isUnsigned: false })).rejects.toThrow('--unsigned');
    expect(await openManifest({ ...wishes, isUnsigned: true })).toMatchObject({ kid: undefined, manufacturers: [] });
    await writeFile(`${path}.jws`, signDetached(maker, 'other'));
    await expect(openManifest({ ...wishes, isUnsigned: true })).rejects.toThrow('is not what');
  });
});

describeWhereInstalled('openssl', 'a manifest with a detached CMS signature (RFC 5652)', () => {
  test.each([
    ['ES256', 'der', true],
    ['ES256', 'pem', true],
    ['ES256', 'der', false],
    ['ES384', 'der', true],
    ['RS256', 'der', true],
  ] as const)('is read when %s in %s is right, certificate inside: %s', async (algorithm, encoding, hasCertificate) => {
    const maker = aManufacturer({ algorithm });
    const signature = await signCms(maker, TEXT, { encoding, hasCertificate });
    const manifest = await openSigned({ signature, ending: 'p7s', keys: [aManufacturer({ name: 'others' }), maker] });
    expect(manifest).toMatchObject({ rows: 5000, kid: maker.key.kid, manufacturers: ['acme-works'] });
  });

  test.each([
    ['its text was changed', { text: TEXT.replace('SN-4321', 'SN-9321') }, {}, 'is not what "acme-works" signed'],
    ['nobody registered its key', { keys: [aManufacturer()] }, {}, 'no key that is registered'],
    ['it contains what it signs', {}, { isDetached: false }, 'make it detached'],
    ['its attributes are not signed', {}, { hasAttributes: false }, 'no signed attributes'],
    ['its digest is SHA-1', {}, { hash: 'sha1' as const }, 'none of SHA-256'],
    ['it is noise', { signature: Buffer.alloc(200, 7) }, {}, 'neither DER nor PEM'],
  ])('is refused when %s', async (_, change, wishes, problem) => {
    const maker = aManufacturer();
    const signature = await signCms(maker, 'isDetached' in wishes ? 'serial\nSN-1\n' : TEXT, wishes);
    await expect(openSigned({ signature, ending: 'p7s', keys: [maker], ...change })).rejects.toThrow(problem);
  });

  test('is refused when any bit of the signature itself is turned', async () => {
    const maker = aManufacturer();
    const signature = await signCms(maker, TEXT, { hasCertificate: false });
    for (let back = 2; back < 60; back += 7) {
      const damaged = Buffer.from(signature);
      damaged[damaged.length - back] = (damaged[damaged.length - back] ?? 0) ^ 1;
      await expect(openSigned({ signature: damaged, ending: 'p7s', keys: [maker] })).rejects.toThrow(
        /no key that is registered|neither DER/,
      );
    }
  });
});
