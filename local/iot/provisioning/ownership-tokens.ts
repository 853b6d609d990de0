import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Account } from '../../account.ts';
import type { Clock } from '../../clock.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotConnection } from '../connection.ts';
import type { PendingCertificate, ProvisioningRegistry } from '../provisioning-registry.ts';
import { ProvisioningRefusal, type RefusalCause } from './refusal.ts';

// DG:fleet-provision-api.
const lifetimeMs = 60 * 60_000;

// AWS's tokens are opaque and long; embedded devices reserve 512 bytes. The filling makes ours about as long.
const fillingBytes = 120;

export interface TokenPorts {
  readonly account: Account;
  readonly clock: Clock;
  readonly registry: Pick<ProvisioningRegistry, 'isPending' | 'discardPendingCertificate'>;
  readonly behaviour: IotBehaviour;
}

/** Who asks for a token or redeems one. */
export type TokenHolder = Pick<IotConnection, 'principalId' | 'sessionIdentifier'>;

interface Entry {
  readonly certificate: PendingCertificate;
  readonly holder: TokenHolder;
  state: 'open' | 'redeeming' | 'redeemed' | 'spent';
}

/** A token that was accepted; end it with exactly one of the two. */
export interface Redemption {
  readonly certificate: PendingCertificate;
  /** Throws `ProvisioningRefusal` unless the certificate still waits for its activation, or was activated by this token before. */
  checkCertificate(): void;
  succeed(): void;
  fail(): void;
}

const refuse = (reason: RefusalCause, log: string): ProvisioningRefusal => new ProvisioningRefusal(reason, { log });

const unsignedPart = (claims: { readonly certificateId: string; readonly accountId: string; readonly expiresAt: number }): string =>
  Buffer.from(
    `${claims.accountId}.${claims.certificateId}.${claims.expiresAt}.${randomBytes(fillingBytes).toString('base64url')}`,
  ).toString('base64url');

/** Certificate ownership tokens: each proves for an hour that its holder asked for one certificate (DG:fleet-provision-api). */
export class OwnershipTokens {
  readonly #ports: TokenPorts;
  readonly #key = createSecretKey(randomBytes(32));
  readonly #entries = new Map<string, Entry>();

  constructor(ports: TokenPorts) {
    this.#ports = ports;
  }

  /** At the token's end the certificate is deleted, if it was never activated nor attached (DG:fleet-provision-api). */
  issue(certificate: PendingCertificate, { principalId, sessionIdentifier }: TokenHolder): string {
    const { account, clock, registry } = this.#ports;
    const { certificateId } = certificate;
    this.#entries.set(certificateId, { certificate, holder: { principalId, sessionIdentifier }, state: 'open' });
    clock.setTimer(() => {
      this.#entries.delete(certificateId);
      registry.discardPendingCertificate(certificateId);
    }, lifetimeMs);
    const unsigned = unsignedPart({ certificateId, accountId: account.accountId, expiresAt: clock.now() + lifetimeMs });
    return `${unsigned}.${this.#sign(unsigned)}`;
  }

  /** Begins the redemption of a token. @throws ProvisioningRefusal */
  redeem(token: string, holder: TokenHolder): Redemption {
    const { certificateId, expiresAt } = this.#read(token);
    const entry = this.#entries.get(certificateId);
    if (entry === undefined || this.#ports.clock.now() >= expiresAt) {
      throw refuse('token-expired', 'The certificate ownership token has expired');
    }
    this.#checkHolder(entry, holder);
    this.#checkState(entry);
    const isRepeated = entry.state === 'redeemed';
    const checkCertificate = () => {
      if (!isRepeated) this.#checkPending(entry);
    };
    checkCertificate();
    entry.state = 'redeeming';
    return {
      certificate: entry.certificate,
      checkCertificate,
      succeed: () => {
        entry.state = 'redeemed';
      },
      fail: () => {
        entry.state = isRepeated ? 'redeemed' : this.#stateAfterFailure();
      },
    };
  }

  #checkHolder({ holder }: Entry, { principalId, sessionIdentifier }: TokenHolder): void {
    const bond = this.#ports.behaviour['provisioning.token-bound-to'];
    const isSameClaim = bond === 'account' || holder.principalId === principalId;
    const isSameConnection = bond !== 'connection' || holder.sessionIdentifier === sessionIdentifier;
    if (!isSameClaim || !isSameConnection) throw refuse('token-foreign', 'The certificate ownership token was issued to another caller');
  }

  #checkPending({ certificate: { certificateId } }: Entry): void {
    if (this.#ports.registry.isPending(certificateId)) return;
    throw refuse('token-without-certificate', 'The certificate of this ownership token is no longer PENDING_ACTIVATION');
  }

  #checkState({ state }: Entry): void {
    if (state === 'redeeming') throw refuse('token-in-use', 'Another request with this certificate ownership token is under way');
    if (state === 'spent') throw refuse('token-replayed', 'The certificate ownership token was used in a request that failed');
    if (state === 'redeemed' && !this.#ports.behaviour['provisioning.token-works-again-after-success']) {
      throw refuse('token-replayed', 'The certificate ownership token was redeemed before');
    }
  }

  #stateAfterFailure(): Entry['state'] {
    return this.#ports.behaviour['provisioning.token-works-again-after-failure'] ? 'open' : 'spent';
  }

  #sign(unsigned: string): string {
    return createHmac('sha256', this.#key).update(unsigned).digest('base64url');
  }

  // Compared as text: one token has one spelling.
  #read(token: string): { readonly certificateId: string; readonly expiresAt: number } {
    const [unsigned = '', ...signature] = token.split('.');
    const given = Buffer.from(signature.join('.'));
    const expected = Buffer.from(this.#sign(unsigned));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw refuse('token-foreign', 'The certificate ownership token was not issued by this account');
    }
    const [, certificateId = '', expiresAt] = Buffer.from(unsigned, 'base64url').toString().split('.');
    return { certificateId, expiresAt: Number(expiresAt) };
  }
}
