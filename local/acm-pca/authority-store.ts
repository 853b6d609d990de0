import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import type { Clock } from '../clock.ts';
import { inProgress, invalidArn, invalidState, notFound } from './pca-errors.ts';
import type { AuthorityStatus, PrivateAuthority } from './private-authority.ts';
import { statusOf } from './private-authority.ts';

const arnPattern = /^arn:[\w-]+:acm-pca:[\w-]*:\d{12}:certificate-authority\/[\w-]+$/;

/** The certificate authorities of one account and region. */
export class AuthorityStore {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #authorities = new Map<string, PrivateAuthority>();

  constructor(account: Account, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  arnOf(id: string): string {
    return arnOf(this.#account, 'acm-pca', `certificate-authority/${id}`);
  }

  add(authority: PrivateAuthority): void {
    this.#authorities.set(authority.arn, authority);
  }

  /** Undefined when there is none, or no longer. */
  find(arn: string): PrivateAuthority | undefined {
    const authority = this.#authorities.get(arn);
    if (authority?.deletedUntilMs === undefined || authority.deletedUntilMs > this.#clock.now()) return authority;
    this.#authorities.delete(arn);
    return undefined;
  }

  /** Refuses with `InvalidArnException` or `ResourceNotFoundException`. */
  get(arn: string): PrivateAuthority {
    if (!arnPattern.test(arn)) throw invalidArn(arn);
    const authority = this.find(arn);
    if (authority === undefined) throw notFound(arn);
    return authority;
  }

  /** As `get`; refuses with `InvalidStateException`, or `RequestInProgressException` while it is being made, in any other state. */
  getIn(arn: string, states: readonly AuthorityStatus[]): PrivateAuthority {
    const authority = this.get(arn);
    const status = this.statusOf(authority);
    if (states.includes(status)) return authority;
    if (status === 'CREATING') throw inProgress(`the certificate authority ${arn}`);
    throw invalidState(`The certificate authority ${arn} is ${status}; this needs one that is ${states.join(' or ')}.`);
  }

  statusOf(authority: PrivateAuthority): AuthorityStatus {
    return statusOf(authority, this.#clock.now());
  }

  list(): readonly PrivateAuthority[] {
    return [...this.#authorities.keys()].flatMap((arn) => this.find(arn) ?? []);
  }
}
