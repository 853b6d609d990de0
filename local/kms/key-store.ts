import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import type { KeySpec, KeyUsage, KmsKey } from './key.ts';
import { macAlgorithmOf, signingAlgorithmOf } from './key.ts';

export interface NewKey {
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsage;
  readonly description: string;
  readonly policy: string;
  readonly isMultiRegion: boolean;
  readonly tags: ReadonlyMap<string, string>;
}

const notFound = (what: string): AwsError => new AwsError('NotFoundException', `${what} is not found.`);

const symmetricBytes = 32;

const newMaterial = (wanted: Pick<NewKey, 'keySpec'>): Buffer => {
  const signing = signingAlgorithmOf(wanted);
  if (signing === undefined) return randomBytes(macAlgorithmOf(wanted)?.keyBytes ?? symmetricBytes);
  return generateKeyPairSync('ec', { namedCurve: signing.curve }).privateKey.export({ format: 'der', type: 'pkcs8' });
};

/** The keys and aliases of one account and region. */
export class KeyStore {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #keys = new Map<string, KmsKey>();
  /** Key id by alias name, `alias/…`. */
  readonly #aliases = new Map<string, string>();

  constructor(account: Account, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  create(wanted: NewKey): KmsKey {
    const keyId = wanted.isMultiRegion ? `mrk-${randomBytes(16).toString('hex')}` : randomUUID();
    const key: KmsKey = {
      ...wanted,
      keyId,
      arn: arnOf(this.#account, 'kms', `key/${keyId}`),
      createdAtMs: this.#clock.now(),
      material: newMaterial(wanted),
      state: 'Enabled',
      deletionAtMs: undefined,
      rotationPeriodInDays: undefined,
      tags: new Map(wanted.tags),
    };
    this.#keys.set(keyId, key);
    return key;
  }

  list(): readonly KmsKey[] {
    return [...this.#keys.keys()].flatMap((keyId) => this.#existing(keyId) ?? []);
  }

  /** By key id, key ARN, alias name or alias ARN; undefined when there is none. */
  find(reference: string): KmsKey | undefined {
    const name = this.#ownName(reference);
    const keyId = name.startsWith('alias/') ? this.#aliases.get(name) : name.replace(/^key\//, '');
    return keyId === undefined ? undefined : this.#existing(keyId);
  }

  /** As `find`; refuses with `NotFoundException`. */
  resolve(reference: string): KmsKey {
    const key = this.find(reference);
    const name = this.#ownName(reference);
    if (key === undefined) throw notFound(name.startsWith('alias/') ? `Alias ${this.aliasArn(name)}` : `Key '${reference}'`);
    return key;
  }

  aliasArn(aliasName: string): string {
    return arnOf(this.#account, 'kms', aliasName);
  }

  aliases(): ReadonlyMap<string, string> {
    return this.#aliases;
  }

  createAlias(aliasName: string, key: KmsKey): void {
    if (this.#aliases.has(aliasName)) {
      throw new AwsError('AlreadyExistsException', `An alias with the name ${this.aliasArn(aliasName)} already exists`);
    }
    this.#aliases.set(aliasName, key.keyId);
  }

  updateAlias(aliasName: string, key: KmsKey): void {
    if (!this.#aliases.has(aliasName)) throw notFound(`Alias ${this.aliasArn(aliasName)}`);
    this.#aliases.set(aliasName, key.keyId);
  }

  deleteAlias(aliasName: string): void {
    if (!this.#aliases.delete(aliasName)) throw notFound(`Alias ${this.aliasArn(aliasName)}`);
  }

  #ownName(reference: string): string {
    const ownPrefix = arnOf(this.#account, 'kms', '');
    return reference.startsWith(ownPrefix) ? reference.slice(ownPrefix.length) : reference;
  }

  /** A key whose waiting period is over is gone, and its aliases with it. */
  #existing(keyId: string): KmsKey | undefined {
    const key = this.#keys.get(keyId);
    if (key?.deletionAtMs === undefined || key.deletionAtMs > this.#clock.now()) return key;
    this.#keys.delete(keyId);
    for (const [alias, target] of this.#aliases) if (target === keyId) this.#aliases.delete(alias);
    return undefined;
  }
}
