import { checkPrimeSync, createPrivateKey, createPublicKey, randomBytes, webcrypto } from 'node:crypto';
import { deviceKeyQuality } from '../../../../local/iot/defender/checks/key-quality.ts';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { makeAuthority, rsa } from '../own-ca/test-authority.ts';
import { auditFacts } from './audit-facts.ts';

const plane = createIotControlPlane({ account: testAccount, clock: new ManualClock(testStartMs) });

const firstPrimes = (count: number): readonly bigint[] => {
  const primes: bigint[] = [];
  for (let candidate = 2n; primes.length < count; candidate += 1n)
    if (primes.every((prime) => candidate % prime !== 0n)) primes.push(candidate);
  return primes;
};

// "The Return of Coppersmith's Attack", §3: for keys of 2048 bits, the product of the first 126 primes.
const product = firstPrimes(126).reduce((all, prime) => all * prime, 1n);

const bigRandom = (bytes: number): bigint => BigInt(`0x${randomBytes(bytes).toString('hex')}`);

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n;
  for (let [square, rest] = [base, exponent]; rest > 0n; [square, rest] = [(square * square) % modulus, rest >> 1n])
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
  return result;
};

/** A prime as Infineon's library made them, of 1024 bits. */
const weakPrime = (): bigint => {
  for (;;) {
    const residue = power(65_537n, bigRandom(16), product);
    const factor = ((3n << 1022n) + bigRandom(126)) / product;
    const candidate = factor * product + residue;
    if (checkPrimeSync(candidate, { checks: 20 })) return candidate;
  }
};

const inverse = (value: bigint, modulus: bigint): bigint => {
  let [[oldRest, rest], [oldFactor, factor]] = [
    [value, modulus],
    [1n, 0n],
  ];
  while (rest !== 0n) {
    const quotient = oldRest / rest;
    [oldRest, rest] = [rest, oldRest - quotient * rest];
    [oldFactor, factor] = [factor, oldFactor - quotient * factor];
  }
  return ((oldFactor % modulus) + modulus) % modulus;
};

const base64url = (value: bigint): string => {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
};

const weakKeys = async (): Promise<webcrypto.CryptoKeyPair> => {
  const [p, q] = [weakPrime(), weakPrime()];
  const d = inverse(65_537n, (p - 1n) * (q - 1n));
  const parts = { n: p * q, e: 65_537n, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const key = { kty: 'RSA', ...Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, base64url(value)])) };
  const privateKey = createPrivateKey({ key, format: 'jwk' });
  const { subtle } = webcrypto;
  return {
    privateKey: await subtle.importKey('pkcs8', privateKey.export({ format: 'der', type: 'pkcs8' }), rsa(), true, ['sign']),
    publicKey: await subtle.importKey('spki', createPublicKey(privateKey).export({ format: 'der', type: 'spki' }), rsa(), true, ['verify']),
  };
};

const register = async (certificatePem: string): Promise<void> => {
  await plane.client.call('RegisterCertificateWithoutCA', { certificatePem, status: 'ACTIVE' });
};

describe('The check of device keys', () => {
  test('finds a key of Infineon’s library, and no other', async () => {
    const authority = await makeAuthority();
    const weak = await authority.issue({ keys: await weakKeys() });
    await register(weak.cert);
    await register((await authority.issue({ algorithm: rsa() })).cert);
    await register((await authority.issue()).cert);
    const { total, found } = deviceKeyQuality(auditFacts(plane));
    expect(total).toBe(3);
    expect(found).toMatchObject([
      {
        reasonCode: 'CERTIFICATE_KEY_VULNERABILITY_CVE-2017-15361',
        resource: { resourceType: 'DEVICE_CERTIFICATE', resourceIdentifier: { deviceCertificateId: weak.id } },
      },
    ]);
  });
});
