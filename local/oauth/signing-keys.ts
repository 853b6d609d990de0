import { randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { SigningAlgorithm } from './issuer-settings.ts';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

const makeKey = async (algorithm: SigningAlgorithm): Promise<SigningKey> => {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const kid = randomUUID();
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' } };
};

/** An issuer's keys: the newest signs, the older ones still vouch for what they signed. */
export class SigningKeys {
  readonly algorithm: SigningAlgorithm;
  #keys: readonly [SigningKey, ...SigningKey[]];

  private constructor(algorithm: SigningAlgorithm, first: SigningKey) {
    this.algorithm = algorithm;
    this.#keys = [first];
  }

  static async make(algorithm: SigningAlgorithm): Promise<SigningKeys> {
    return new SigningKeys(algorithm, await makeKey(algorithm));
  }

  /** RFC 7517 §5. */
  get published(): { readonly keys: readonly JWK[] } {
    return { keys: this.#keys.map(({ publicJwk }) => publicJwk) };
  }

  /** Makes a new key and signs with it from now on; of the older ones the newest `keep` stay published. Resolves with its id. */
  async rotate(keep: number): Promise<string> {
    const made = await makeKey(this.algorithm);
    this.#keys = [made, ...this.#keys.slice(0, keep)];
    return made.kid;
  }

  async sign(claims: Readonly<Record<string, unknown>>, header: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const [{ kid, privateKey }] = this.#keys;
    return new SignJWT({ ...claims }).setProtectedHeader({ kid, ...header, alg: this.algorithm }).sign(privateKey);
  }
}
