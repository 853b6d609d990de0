import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificateOf } from '../../../cli/import/certificate.ts';
import { batchesOf, type ReadRow } from '../../../cli/import/batches.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { aVendorCa, anIDevId } from '../../builders/vendor.ts';

const device = await anIDevId(await aVendorCa(), 'SN-1');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-in-advance-'));
  await writeFile(join(folder, 'device.pem'), device.pem);
});
afterAll(() => rm(folder, { recursive: true }));

const read = (fields: Readonly<Record<string, string>>) => certificateOf(fields, join(folder, 'devices.csv'));

describe('The certificate of a row', () => {
  test('is in the row or in a file beside the manifest', async () => {
    expect(await read({ registration: 'in-advance', certificate: device.pem })).toEqual({ certificatePem: device.pem.trim() });
    expect(await read({ registration: 'in-advance', certificate: 'device.pem' })).toEqual({ certificatePem: device.pem });
  });

  test('is not there in most rows', async () => {
    expect(await read({})).toEqual({});
    expect(await read({ registration: '', certificate: ' ' })).toEqual({});
  });

  test.each([
    ['a certificate without the word that lets its device in', { certificate: 'device.pem' }, 'registration'],
    ['another word', { registration: 'soon', certificate: 'device.pem' }, 'registration'],
    ['the word without a certificate', { registration: 'in-advance' }, 'certificate'],
    ['a file that there is not', { registration: 'in-advance', certificate: 'nothing.pem' }, 'certificate'],
    ['a path that leads elsewhere', { registration: 'in-advance', certificate: '../device.pem' }, 'file'],
    ['a private key', { registration: 'in-advance', certificate: device.keyPem }, 'certificate'],
    ['too much', { registration: 'in-advance', certificate: `-----BEGIN CERTIFICATE-----${'A'.repeat(17_000)}` }, 'certificate'],
  ])('is refused where there is %s', async (_, fields, what) => {
    expect(await read(fields)).toMatchObject({ what, fix: expect.any(String) as string });
    expect(JSON.stringify(await read(fields))).not.toContain(device.keyPem.slice(40, 80));
  });
});

test('Ten rows with a certificate are a request, as a hundred others are', async () => {
  async function* rows(): AsyncGenerator<ReadRow> {
    for (let row = 1; row <= 25; row += 1) {
      const said = { serialNumber: aSerial(`SN-${row}`), line: aLine(), approach: 'pki', requirement: {}, certificatePem: device.pem };
      yield await Promise.resolve({ row, serial: said.serialNumber, kid: undefined, said });
    }
  }
  const sizes: number[] = [];
  for await (const { rows: batch } of batchesOf(rows())) sizes.push(batch.length);
  expect(sizes).toEqual([10, 10, 5]);
});
