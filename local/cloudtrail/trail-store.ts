import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Trail, TrailSettings } from './trail.ts';
import { everything } from './trail.ts';

// CloudTrail User Guide, "Quotas in AWS CloudTrail".
const maxTrails = 5;

export const trailNotFound = (name: string): AwsError => new AwsError('TrailNotFoundException', `Unknown trail: ${name} for the user`);

/** The trails of one account and region. */
export class TrailStore {
  readonly #account: Account;
  readonly #trails = new Map<string, Trail>();

  constructor(account: Account) {
    this.#account = account;
  }

  arnOf(name: string): string {
    return arnOf(this.#account, 'cloudtrail', `trail/${name}`);
  }

  add(name: string, settings: TrailSettings, tags: ReadonlyMap<string, string>): Trail {
    if (this.#trails.has(name)) throw new AwsError('TrailAlreadyExistsException', `Trail ${name} already exists for customer`);
    if (this.#trails.size >= maxTrails)
      throw new AwsError('MaximumNumberOfTrailsExceededException', `User already has ${String(maxTrails)} trails in this region`);
    const none = { selection: everything, isLogging: false, progress: {}, pending: [], files: [], previousDigest: undefined };
    const trail: Trail = { name, arn: this.arnOf(name), settings, tags: new Map(tags), ...none };
    this.#trails.set(name, trail);
    return trail;
  }

  /** By name or ARN. Refuses with `TrailNotFoundException`. */
  get(nameOrArn: string): Trail {
    const trail = this.find(nameOrArn);
    if (trail === undefined) throw trailNotFound(nameOrArn);
    return trail;
  }

  find(nameOrArn: string): Trail | undefined {
    return this.#trails.get(nameOrArn) ?? this.list().find(({ arn }) => arn === nameOrArn);
  }

  list(): readonly Trail[] {
    return [...this.#trails.values()];
  }

  delete(name: string): void {
    this.#trails.delete(name);
  }
}
