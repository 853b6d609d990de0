import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { PendingCertificate, ProvisioningRegistry } from '../provisioning-registry.ts';
import { ProvisioningRefusal } from './refusal.ts';
import type { RefusalCause } from './refusals.data.ts';

// DG:fleet-provision-api.
const lifetimeMs = 60 * 60_000;

// AWS's tokens are opaque and long; embedded devices reserve 512 bytes. The filling makes ours about as long.
const fillingBytes = 120;

interface Entry {
  readonly certificate: PendingCertificate;
  state: 'open' | 'redeeming' | 'redeemed';
}

/** A token that was accepted; end it with exactly one of the two. */
export interface Redemption {
  readonly certificate: PendingCertificate;
  /** The request succeeded: the token is used up. */
  succeed(): void;
  /** The request failed: the device may try again (assumed). */
  release(): void;
}

const refuse = (reason: RefusalCause, log: string): ProvisioningRefusal => new ProvisioningRefusal(reason, { log });

const unsignedPart = (claims: { readonly certificateId: string; readonly accountId: string; readonly expiresAt: number }): string =>
  Buffer.from(
    `${claims.accountId}.${claims.certificateId}.${claims.expiresAt}.${randomBytes(fillingBytes).toString('base64url')}`,
  ).toString('base64url');

/**
 * Certificate ownership tokens: bound to certificate and account, one hour long, good for one success from any connection
 * that may publish to the template's topic (the last two assumed; the documentation is silent).
 */
export class OwnershipTokens {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #registry: Pick<ProvisioningRegistry, 'isPending' | 'discardPendingCertificate'>;
  readonly #key = randomBytes(32);
  readonly #entries = new Map<string, Entry>();

  constructor(account: Account, clock: Clock, registry: Pick<ProvisioningRegistry, 'isPending' | 'discardPendingCertificate'>) {
    this.#account = account;
    this.#clock = clock;
    this.#registry = registry;
  }

  /** At the token's end the certificate is deleted, if it was never activated nor attached (DG:fleet-provision-api). */
  issue(certificate: PendingCertificate): string {
    const { certificateId } = certificate;
    this.#entries.set(certificateId, { certificate, state: 'open' });
    this.#clock.setTimer(() => {
      this.#entries.delete(certificateId);
      this.#registry.discardPendingCertificate(certificateId);
    }, lifetimeMs);
    const unsigned = unsignedPart({ certificateId, accountId: this.#account.accountId, expiresAt: this.#clock.now() + lifetimeMs });
    return `${unsigned}.${this.#sign(unsigned).toString('base64url')}`;
  }

  /** Begins the redemption of a token. @throws ProvisioningRefusal */
  redeem(token: string): Redemption {
    const { certificateId, expiresAt } = this.#read(token);
    const entry = this.#entries.get(certificateId);
    if (entry === undefined || this.#clock.now() >= expiresAt) throw refuse('token-expired', 'The certificate ownership token has expired');
    if (entry.state === 'redeemed') throw refuse('token-replayed', 'The certificate ownership token was redeemed before');
    if (entry.state === 'redeeming') throw refuse('token-in-use', 'Another request with this certificate ownership token is under way');
    if (!this.#registry.isPending(certificateId)) {
      throw refuse('token-without-certificate', 'The certificate of this ownership token is no longer PENDING_ACTIVATION');
    }
    entry.state = 'redeeming';
    return {
      certificate: entry.certificate,
      succeed: () => {
        entry.state = 'redeemed';
      },
      release: () => {
        entry.state = 'open';
      },
    };
  }

  #sign(unsigned: string): Buffer {
    return createHmac('sha256', this.#key).update(unsigned).digest();
  }

  #read(token: string): { readonly certificateId: string; readonly expiresAt: number } {
    const [unsigned = '', signature = ''] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#sign(unsigned);
    const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
    const [accountId, certificateId = '', expiresAt] = Buffer.from(unsigned, 'base64url').toString().split('.');
    if (!isOurs || accountId !== this.#account.accountId) {
      throw refuse('token-foreign', 'The certificate ownership token was not issued by this account');
    }
    return { certificateId, expiresAt: Number(expiresAt) };
  }
}
