import { describe, expect, test } from '@jest/globals';
import { decode, encode } from 'cborg';
import * as fc from 'fast-check';
import { cborCodec } from '../../../../local/iot/provisioning/cbor-codec.ts';
import { goodCsr, ProvisioningWorld } from './provisioning-world.ts';

const codec = cborCodec({ allowsIndefiniteLengths: true });

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

const ask = (payload: Buffer, world = new ProvisioningWorld()) => world.request('$aws/certificates/create-from-csr/cbor', payload);

describe('fleet provisioning in CBOR', () => {
  test('answers CreateCertificateFromCsr as in JSON', async () => {
    const { topic, body } = await ask(Buffer.from(encode({ certificateSigningRequest: goodCsr })));
    expect(topic).toBe('$aws/certificates/create-from-csr/cbor/accepted');
    expect(Object.keys(body).sort()).toEqual(['certificateId', 'certificateOwnershipToken', 'certificatePem']);
  });

  test.each([
    ['no bytes', Buffer.alloc(0)],
    ['an empty map', bytes('a0')],
  ])('answers CreateKeysAndCertificate to %s', async (_, payload) => {
    const { topic, body } = await new ProvisioningWorld().request('$aws/certificates/create/cbor', payload);
    expect(topic).toBe('$aws/certificates/create/cbor/accepted');
    expect(typeof body['privateKey']).toBe('string');
  });

  test('answers RegisterThing, and may redeem a token that was given in JSON', async () => {
    const world = new ProvisioningWorld();
    const request = { certificateOwnershipToken: await world.token(), parameters: { SerialNumber: 'S1' } };
    const { body } = await world.request('$aws/provisioning-templates/lamps/provision/cbor', Buffer.from(encode(request)));
    expect(body).toEqual({ deviceConfiguration: {}, thingName: 'lamp-S1' });
  });

  test('refuses in CBOR, with the three members and an integer status', async () => {
    const { topic, body } = await ask(Buffer.from(encode({})));
    expect(topic).toBe('$aws/certificates/create-from-csr/cbor/rejected');
    expect(body).toEqual({ statusCode: 400, errorCode: 'InvalidRequest', errorMessage: expect.any(String) });
  });

  test('accepts maps of indefinite length unless captured otherwise', async () => {
    const payload = bytes('bf 61 61 01 ff');
    expect((await ask(payload)).body['errorMessage']).toContain('empty');
    const strict = new ProvisioningWorld({ requestRates: 'off', behaviour: { 'provisioning.cbor-indefinite-lengths': false } });
    expect((await ask(payload, strict)).body['errorMessage']).toContain('not CBOR');
  });
});

describe('a CBOR payload is refused for', () => {
  test.each([
    ['a second value', 'a0 a0'],
    ['a map that is cut off', 'a1 61 61'],
    ['a text that is longer than the payload', 'a1 61 61 7a ff ff ff ff 61'],
    ['a list that claims four thousand million items', '9a ff ff ff ff 01'],
    ['a map that claims 2^53 members', 'bb 00 20 00 00 00 00 00 00 61 61'],
    ['a map with a repeated key', 'a2 61 61 01 61 61 02'],
    ['a map with a number for a key', 'a1 01 02'],
    ['a list', '80'],
    ['a text', '61 61'],
    ['a number', '01'],
    ['null', 'f6'],
    ['undefined', 'f7'],
    ['a byte string, though JavaScript takes it for an object', '40'],
    ['a byte string inside', 'a1 61 61 41 00'],
    ['a tag', 'd9 d9 f7 a0'],
    ['a date', 'a1 61 61 c1 00'],
    ['a break on its own', 'ff'],
    ['a break in a map of definite length', 'a1 ff'],
    ['a break in place of a value', 'a1 61 61 ff'],
    ['a break between key and value', 'bf 61 61 ff'],
    ['a map of indefinite length without an end', 'bf 61 61 01'],
    ['a text of indefinite length', 'a1 61 61 7f 61 61 ff'],
    ['text that is no UTF-8', 'a1 61 61 62 c3 28'],
    ['a long text that is no UTF-8', `a1 61 61 78 28 ${'61'.repeat(38)} c3 28`],
    ['a simple value without meaning', 'a1 61 61 e0'],
    ['a reserved head', 'a1 61 61 1c'],
    ['JSON', Buffer.from('{}').toString('hex')],
  ])('%s', async (_, hex) => {
    const { body } = await ask(bytes(hex));
    expect(body).toMatchObject({ statusCode: 400, errorMessage: expect.stringMatching(/^The request payload is not valid/) });
  });

  test.each([
    ['lists', '81'],
    ['maps', 'a1 61 61'],
    ['lists of indefinite length', '9f'],
  ])('%s nested forty thousand deep', async (_, hex) => {
    const payload = Buffer.concat(Array.from({ length: 40_000 }, () => bytes(hex)));
    expect((await ask(payload)).body['statusCode']).toBe(400);
  });
});

const jsonValue = fc.jsonValue({ maxDepth: 4 });

describe('the CBOR codec', () => {
  test('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), jsonValue), (value) => {
        const written = codec.encode(value);
        expect(codec.decode(written)).toEqual(decode(written));
      }),
    );
  });

  test('reads any bytes as a plain value or throws an error', () => {
    const examples: [Uint8Array][] = [[bytes('a161ff')], [bytes('bf6161ff')], [bytes('9bffffffffffffffff')], [bytes('fb7ff8000000000000')]];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (payload) => {
        let value: unknown;
        try {
          value = codec.decode(Buffer.from(payload));
        } catch (error) {
          expect(error).toMatchObject({ message: expect.any(String) });
          return;
        }
        expect(isPlain(value)).toBe(true);
      }),
      { numRuns: 2000, examples },
    );
  });

  test('survives one changed, dropped or added byte anywhere', async () => {
    const world = new ProvisioningWorld();
    const good = encode({ certificateSigningRequest: goodCsr, parameters: { a: 'b' } });
    const mutated = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }), fc.constantFrom('change', 'drop', 'add'));
    await fc.assert(
      fc.asyncProperty(mutated, async ([at, byte, how]) => {
        const [before, after] = [good.subarray(0, at), good.subarray(how === 'add' ? at : at + 1)];
        const payload = Buffer.concat([before, Buffer.from(how === 'drop' ? [] : [byte]), after]);
        const { topic } = await ask(payload, world);
        expect(topic).toMatch(/\/(accepted|rejected)$/);
      }),
      { numRuns: 500 },
    );
  });
});

/** What JSON can say, and numbers that it cannot. */
const isPlain = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== 'object' || value === null) return value !== undefined && typeof value !== 'symbol';
  return !(value instanceof Uint8Array) && Object.values(value).every(isPlain);
};
