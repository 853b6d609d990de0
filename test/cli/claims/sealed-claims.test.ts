import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificateAuthority } from '../../fakes/certificate-authority.ts';
import { inProcessOperations } from '../../fakes/in-process-operations.ts';
import { runMuster } from '../../fakes/muster-command.ts';

let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'muster-sealed-'));
});
afterEach(async () => {
  await rm(out, { recursive: true });
});

const at = (name: string) => join(out, name);
const ec = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: ReturnType<typeof ec>['privateKey']) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

const create = (sealTo: string) => {
  const { client } = inProcessOperations({ now: Date.now });
  const options = ['--line', 'sensor', '--name', 'batch-7', '--quota', '1', '--expires', '1d', '--out', out, '--seal-to', sealTo];
  return runMuster({ client }, 'claims', 'create', ...options);
};
const unseal = (key: string) => runMuster({}, 'claims', 'unseal', at('batch-7.private-key.jwe'), '--key', key);

const factories = {
  'a public key in PEM (P-256)': () => {
    const { privateKey, publicKey } = ec();
    return Promise.resolve({ recipient: publicKey.export({ type: 'spki', format: 'pem' }).toString(), privateKeyPem: pem(privateKey) });
  },
  'a public key in PEM (RSA)': () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return Promise.resolve({ recipient: publicKey.export({ type: 'spki', format: 'pem' }).toString(), privateKeyPem: pem(privateKey) });
  },
  'a JWK': () => {
    const { privateKey, publicKey } = ec();
    return Promise.resolve({ recipient: JSON.stringify(publicKey.export({ format: 'jwk' })), privateKeyPem: pem(privateKey) });
  },
  'a certificate': async () => {
    const { certificatePem, privateKeyPem } = await (await createCertificateAuthority()).makeIdentity({ subject: 'CN=Factory' });
    return { recipient: certificatePem, privateKeyPem };
  },
};

describe('A sealed claim', () => {
  test.each(Object.entries(factories))('is opened by the factory alone, whose key came as %s', async (_, makeFactory) => {
    const { recipient, privateKeyPem } = await makeFactory();
    await writeFile(at('factory.pub'), recipient);
    await writeFile(at('factory.pem'), privateKeyPem);
    await create(at('factory.pub'));
    const files = (await readdir(out)).filter((name) => name.startsWith('batch'));
    expect(files.sort()).toEqual(['batch-7.certificate.pem', 'batch-7.claim.json', 'batch-7.private-key.jwe']);
    for (const name of files) expect(await readFile(at(name), 'utf8')).not.toContain('PRIVATE KEY');
    await unseal(at('factory.pem'));
    const opened = at('batch-7.private-key.pem');
    expect((await stat(opened)).mode & 0o777).toBe(0o600);
    expect(createPrivateKey(await readFile(opened, 'utf8')).asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    expect(JSON.parse(await readFile(at('batch-7.claim.json'), 'utf8'))).toMatchObject({ privateKey: 'batch-7.private-key.pem' });
  });

  test('stays closed to another key, and when it was changed', async () => {
    const { recipient, privateKeyPem } = await factories['a public key in PEM (P-256)']();
    await writeFile(at('factory.pub'), recipient);
    await create(at('factory.pub'));
    await writeFile(at('other.pem'), pem(ec().privateKey));
    await expect(unseal(at('other.pem'))).rejects.toThrow('cannot be unsealed');
    const sealed = await readFile(at('batch-7.private-key.jwe'), 'utf8');
    await writeFile(at('batch-7.private-key.jwe'), sealed.replace(/\.([^.]{4})([^.]*)\.([^.]*)$/, '.AAAA$2.$3'));
    await writeFile(at('factory.pem'), privateKeyPem);
    await expect(unseal(at('factory.pem'))).rejects.toThrow('cannot be unsealed');
    expect(await readdir(out)).not.toContain('batch-7.private-key.pem');
  });

  test('is never sealed to what can open it, or to a weak key', async () => {
    const { privateKey, publicKey } = ec();
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    const attempts = [
      [pem(privateKey), 'holds a private key'],
      [JSON.stringify(privateKey.export({ format: 'jwk' })), 'holds a private key'],
      [weak.export({ type: 'spki', format: 'pem' }).toString(), 'is no key to seal to'],
      [publicKey.export({ type: 'spki', format: 'pem' }).toString().slice(0, 80), 'is no key to seal to'],
    ] as const;
    for (const [text, message] of attempts) {
      await writeFile(at('recipient'), text);
      await expect(create(at('recipient'))).rejects.toThrow(message);
    }
    expect(await readdir(out)).toEqual(['recipient']);
  });
});
