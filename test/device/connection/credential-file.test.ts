import * as z from 'zod/mini';
import { createFileCredentialSource, type Expected } from '../../../device/connection/credential-file.ts';
import { lineName } from '../../../domain/identifiers.ts';
import { serialNumber } from '../../../domain/serial-number.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { VolatileMedium } from '../../fakes/volatile-medium.ts';

const path = '/factory/device.json';
const file = {
  schemaVersion: 1,
  approach: 'psk',
  thingName: 'muster:meter:SN-1',
  authorizer: 'muster-psk',
  secret: { keys: ['a secret that nobody may see'] },
};
const serial = (text: string) => z.parse(serialNumber, text);

const readText = async (text: string, expected: Expected = {}, mode = 0o600) => {
  const { fileSystem } = new VolatileMedium();
  await fileSystem.writeThrough(path, text, mode);
  return createFileCredentialSource(path, expected, fileSystem).read();
};

const read = (change: object = {}, expected?: Expected) => readText(JSON.stringify({ ...file, ...change }), expected);

describe('A credential file', () => {
  test('says who the device is, and where it connects', async () => {
    expect(await read()).toEqual({
      approach: 'psk',
      thingName: 'muster:meter:SN-1',
      line: 'meter',
      serialNumber: 'SN-1',
      clientId: 'muster:meter:SN-1',
      authorizer: 'muster-psk',
      topicPrefix: 'muster',
      secret: file.secret,
    });
    const more = { endpoint: 'broker.example:8443', clientId: 'fleet/SN-1', topicPrefix: 'acme', sessionSeconds: 600 };
    expect(await read(more)).toMatchObject(more);
  });

  test('may be for a serial number that no thing name can hold, where that is said', async () => {
    const thingName = thingNameOf('muster', z.parse(lineName, 'meter'), serial('SN 2'));
    expect(await read({ thingName, serialNumber: 'SN 2' })).toMatchObject({ thingName, serialNumber: 'SN 2', line: 'meter' });
    await expect(read({ thingName })).rejects.toThrow('which does not tell the serial number; expected --serial');
    await expect(read({ thingName, serialNumber: 'SN 1' })).rejects.toThrow('is not the thing of serial number "SN 1"');
  });

  test('is of the device and the approach that the caller means', async () => {
    expect(await read({}, { approach: 'psk', serialNumber: serial('SN-1') })).toMatchObject({ serialNumber: 'SN-1' });
    await expect(read({}, { serialNumber: serial('SN-2') })).rejects.toThrow('is not the thing of serial number "SN-2"');
    await expect(read({}, { approach: 'oauth' })).rejects.toThrow('is for the approach "psk", and --approach says "oauth"');
  });

  test('is for its owner alone', async () => {
    await expect(readText(JSON.stringify(file), {}, 0o640)).rejects.toThrow("Run: chmod 600 '/factory/device.json'");
  });

  test('that is missing or of no use is told of by name, and none of its secret is repeated', async () => {
    const { fileSystem } = new VolatileMedium();
    await expect(createFileCredentialSource(path, {}, fileSystem).read()).rejects.toThrow('/factory/device.json does not exist');
    await expect(read({ schemaVersion: 2, thingName: 'SN-1' })).rejects.toThrow('not as expected: schemaVersion, thingName.');
    await expect(read({ secret: undefined })).rejects.toThrow('not as expected: secret.');
    for (const text of ['{"secret": "a secret that', '"a secret"', '[]', ''])
      await expect(readText(text)).rejects.toMatchObject({
        code: 'ERR_BAD_SETUP',
        message: expect.not.stringContaining('a secret') as unknown,
      });
  });
});
