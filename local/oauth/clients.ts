import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { ClientSettings } from './issuer-settings.ts';

/** A client as it was registered; its secret is kept as a digest. */
export type Client = ClientSettings & { readonly clientId: string; readonly secretDigest: Buffer | undefined };

/** What whoever registers a client learns: the secret, once. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly clientSecret?: string;
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether a secret is the client's; a client that has none has no right one. */
export const isSecretOf = ({ secretDigest }: Client, secret: string): boolean =>
  secretDigest !== undefined && timingSafeEqual(secretDigest, digestOf(secret));

/** The clients of one issuer. */
export class Clients {
  readonly #byId = new Map<string, Client>();

  /** @throws AwsError `Conflict` when there is one of that id. */
  register(settings: ClientSettings): RegisteredClient {
    const clientId = settings.clientId ?? randomUUID();
    if (this.#byId.has(clientId)) throw new AwsError('Conflict', `There is a client ${clientId} already.`, { status: 409 });
    if (settings.authentication === 'private_key_jwt') {
      this.#byId.set(clientId, { ...settings, clientId, secretDigest: undefined });
      return { clientId };
    }
    const clientSecret = settings.clientSecret ?? randomBytes(32).toString('base64url');
    this.#byId.set(clientId, { ...settings, clientSecret: undefined, clientId, secretDigest: digestOf(clientSecret) });
    return { clientId, clientSecret };
  }

  find(clientId: string): Client | undefined {
    return this.#byId.get(clientId);
  }

  /** Whether there was one. */
  remove(clientId: string): boolean {
    return this.#byId.delete(clientId);
  }
}
