import { createHash, createSign, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knownColumns } from '../../../cli/import/row.ts';
import type { ManifestRow } from '../../../cli/manifest/manifest-row.ts';
import { openManifest } from '../../../cli/manifest/open-manifest.ts';
import { selfSigned } from '../../builders/cms.ts';
import { NOON } from '../../builders/enrollment.ts';
import { aManufacturer, type TestManufacturer } from '../../builders/manufacturer.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-vendor-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

interface VendorFile {
  readonly name: string;
  readonly text: string;
  readonly keys?: readonly TestManufacturer[];
  readonly format?: string;
  readonly serialFrom?: string;
}

const read = async ({ name, text, keys = [], format, serialFrom }: VendorFile) => {
  const path = join(directory, name);
  await writeFile(path, text);
  const wishes = { path, isUnsigned: true, keys: keys.map(({ key }) => key), knownColumns, at: NOON };
  const manifest = await openManifest({ ...wishes, format, serialFrom });
  const rows: ManifestRow[] = [];
  for await (const row of manifest.read()) rows.push(row);
  return { manifest, rows };
};

const certificates = (...names: readonly string[]) => Promise.all(names.map((name) => selfSigned(aManufacturer({ name }))));

describe('the list of pre-provisioned Espressif modules', () => {
  const listOf = (one: string, other: string) =>
    `MAC,cn,cert\n4BA2BB8764BD,6d1d54ba-ed81,"${one}\n"\nE5B314DA749D,32ded345-5f2f,"${other}\n"\n`;

  test('is known by its header, and gives each module its address and the key of its certificate', async () => {
    const [one = '', other = ''] = await certificates('one', 'other');
    const { manifest, rows } = await read({ name: 'modules.csv', text: listOf(one, other) });
    expect(manifest.format.name).toBe('espressif');
    expect(rows.map(({ fields }) => fields['serial'])).toEqual(['4BA2BB8764BD', 'E5B314DA749D']);
    expect(rows[0]?.fields).toMatchObject({ pinned_key: one.trim(), 'espressif.cn': '6d1d54ba-ed81' });
  });

  test('gives the common name as the serial where that is wished, and nothing else', async () => {
    const [one = '', other = ''] = await certificates('one', 'other');
    const text = listOf(one, other);
    expect((await read({ name: 'modules.csv', text, serialFrom: 'cn' })).rows[1]?.fields['serial']).toBe('32ded345-5f2f');
    await expect(read({ name: 'modules.csv', text, serialFrom: 'uniqueId' })).rejects.toThrow('one of MAC, cn');
  });

  test('is refused where a column is missing', async () => {
    await expect(read({ name: 'modules.csv', text: 'MAC,cn\nA,B\n', format: 'espressif' })).rejects.toThrow('no column cert');
  });
});

describe('the certificates of a reel of Infineon chips', () => {
  test('are read one after the other, whatever stands between them', async () => {
    const [one = '', other = ''] = await certificates('chip-1', 'chip-2');
    const { manifest, rows } = await read({ name: 'reel.pem', text: `${one}\n\nsubject=chip-2\r\n${other.replaceAll('\n', '\r\n')}` });
    expect(manifest.format.name).toBe('infineon');
    expect(rows.map(({ fields }) => fields['serial'])).toEqual(['chip-1', 'chip-2']);
    expect(rows[0]?.fields['pinned_key']).toBe(one.trim());
    const byNumber = await read({ name: 'reel.pem', text: one, serialFrom: 'certificate-serial' });
    expect(byNumber.rows[0]?.fields['serial']).toBe(new X509Certificate(one).serialNumber);
  });

  test.each([
    ['cut off', (pem: string) => pem.slice(0, -60), 'ends within a certificate'],
    ['no certificate', (pem: string) => pem.replace(/[A-Za-z0-9+/]{40}/, 'A'.repeat(40)), 'cannot be read as X.509'],
    ['without an end', (pem: string) => pem.replace('-----END CERTIFICATE-----', 'x\n'.repeat(300)), 'without an end'],
  ])('are refused where one is %s', async (_, change, problem) => {
    const [one = ''] = await certificates('chip-1');
    await expect(read({ name: 'reel.pem', text: change(one.trim()) })).rejects.toThrow(problem);
  });
});

describe("Microchip's Trust Platform manifest", () => {
  const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  /** A log signer as Microchip's: ES256, named by the digest of its certificate. */
  const aLogSigner = async (notAfter?: number) => {
    const first = aManufacturer({ name: 'microchip', ...(notAfter === undefined ? {} : { notAfter }) });
    const { raw } = new X509Certificate(await selfSigned(first));
    return { ...first, key: { ...first.key, certificateDigest: createHash('sha256').update(raw).digest('base64url') } };
  };

  const anElement = (uniqueId: string) => {
    const { x, y } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    const keys = [0, 1].map((slot) => ({ kid: String(slot), kty: 'EC', crv: 'P-256', x, y, ...(slot === 0 ? { x5c: ['MII'] } : {}) }));
    return {
      ...{ version: 1, model: 'ATECC608B', partNumber: 'ATECC608B-TNGTLSU-B', uniqueId, groupId: '359SCE55NV38H3CB' },
      ...{ manufacturer: { organizationName: 'Microchip' }, provisioningTimestamp: '2026-01-01T00:00:00.000Z', publicKeySet: { keys } },
    };
  };

  const sign = ({ key, privateKey }: TestManufacturer, element: unknown) => {
    const header = base64url({ typ: 'JWT', alg: 'ES256', kid: 'by-its-own-name', 'x5t#S256': key.certificateDigest });
    const payload = base64url(element);
    const signature = createSign('sha256').update(`${header}.${payload}`).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' });
    return { payload, protected: header, header: { uniqueId: 'as anybody likes' }, signature: signature.toString('base64url') };
  };

  const pretty = (entries: unknown) => JSON.stringify(entries, undefined, 2);

  test('is known by its content; each entry is verified and gives the key of the first slot', async () => {
    const signer = await aLogSigner();
    const entries = Array.from({ length: 60 }, (_, index) => sign(signer, anElement(`0123f1822c38dd7a${String(index).padStart(2, '0')}`)));
    const { manifest, rows } = await read({ name: 'manifest.json', text: pretty(entries), keys: [aManufacturer(), signer] });
    expect(manifest).toMatchObject({ rows: 60, manufacturers: ['microchip'], format: { name: 'microchip' } });
    expect(rows[59]).toMatchObject({ kid: signer.key.kid, fields: { serial: '0123f1822c38dd7a59', 'microchip.model': 'ATECC608B' } });
    expect(rows[0]?.fields['pinned_key']).toContain('BEGIN PUBLIC KEY');
  });

  test('may hold elements whose keys are yet to be made', async () => {
    const signer = await aLogSigner();
    const element = { ...anElement('0123f1822c38dd7a01'), publicKeySet: undefined };
    const { rows } = await read({ name: 'manifest.json', text: pretty([sign(signer, element)]), keys: [signer] });
    expect(rows[0]?.fields).not.toHaveProperty('pinned_key');
  });

  test('may hold nothing', async () => {
    expect((await read({ name: 'manifest.json', text: '[ ]', format: 'microchip' })).rows).toEqual([]);
  });

  test.each([
    ['an entry was changed', (text: string) => text.replace(/"payload": "(.{20})./, '"payload": "$1A'), 'its signature is wrong'],
    ['it was cut off', (text: string) => text.slice(0, -20), 'ends within its array'],
    ['it is no array', () => '{"payload":"x"}', 'not one JSON array'],
    ['an entry is none', () => '[{"payload":1}]', 'expected an object with payload'],
    ['an entry is larger than any', () => `[{"payload":"${'x'.repeat(10_000_000)}"}]`, 'longer than 65536'],
    ['something follows', (text: string) => `${text}[]`, 'not one JSON array'],
  ])('is refused where %s', async (_, change, problem) => {
    const signer = await aLogSigner();
    const text = change(pretty([sign(signer, anElement('0123f1822c38dd7a01')), sign(signer, anElement('0123f1822c38dd7a02'))]));
    await expect(read({ name: 'manifest.json', text, keys: [signer], format: 'microchip' })).rejects.toThrow(problem);
  });

  test('is refused where nobody registered the signer, and where its time is over', async () => {
    const text = (signer: TestManufacturer) => pretty([sign(signer, anElement('0123f1822c38dd7a01'))]);
    await expect(read({ name: 'm.json', text: text(await aLogSigner()), keys: [] })).rejects.toThrow('which nobody registered');
    const late = await aLogSigner(NOON - 600_000);
    await expect(read({ name: 'm.json', text: text(late), keys: [late] })).rejects.toThrow('expired at');
  });
});
