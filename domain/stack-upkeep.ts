import type { LineName } from './identifiers.ts';

/** The type under which a stack says which policies and templates it is about to give a new version. */
export const VERSION_ROOM_TYPE = 'Custom::MusterVersionRoom';

/** The type under which a stack says which lines there are. */
export const LINES_TYPE = 'Custom::MusterLines';

/** The type under which a stack that goes with all its records says which buckets it has. */
export const BUCKETS_TYPE = 'Custom::MusterBuckets';

/** Empties buckets for good. */
export interface BucketClearance {
  /** Deletes every version of every object, also what somebody may be let past a lock to delete. Succeeds when there is no such bucket. */
  clear(bucket: string): Promise<void>;
}

/** Of a policy or a provisioning template. */
export interface Version {
  readonly id: string;
  /** In force. */
  readonly isDefault: boolean;
}

/** AWS IoT keeps five (GR): room for the next one, and for the way back should the deployment fail. */
const MOST_BEFORE_AN_UPDATE = 3;

/** The versions that must go before the next one can come, the oldest first. Never the one in force. */
export const versionsInTheWay = (versions: readonly Version[]): readonly string[] => {
  const spare = versions.filter(({ isDefault }) => !isDefault).map(({ id }) => id);
  const surplus = Math.max(0, versions.length - MOST_BEFORE_AN_UPDATE);
  return spare.toSorted((one, other) => Number(one) - Number(other)).slice(0, surplus);
};

/** Policies or provisioning templates, by name. */
export interface VersionedResources {
  /** None where there is no such thing. */
  versionsOf(name: string): Promise<readonly Version[]>;
  remove(name: string, version: string): Promise<void>;
}

/** Takes what belongs to a line from whoever holds it, since nothing can be deleted while it is held. All succeed when it is already so. */
export interface LineRelease {
  /** From the certificates of its claims. */
  detachClaims(line: LineName): Promise<void>;
  /** From the certificates of its devices; its things lose their type. */
  detachDevices(line: LineName): Promise<void>;
}
