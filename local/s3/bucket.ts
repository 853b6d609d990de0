import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import { type Bypass, isHeld, lockedAway, type ObjectLock, requireNoLess, type Retention, retentionFrom } from './object-lock.ts';
import { noSuchKey, noSuchVersion } from './s3-errors.ts';

/** What is put: the bytes and the headers that come back with them. */
export interface ObjectContent {
  readonly body: Buffer;
  readonly contentType: string;
  /** Other stored headers, such as `content-encoding`, `cache-control` and `x-amz-meta-*`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without it the bucket's default counts. */
  readonly retention?: Retention | undefined;
}

export interface ObjectVersion extends ObjectContent {
  readonly key: string;
  /** `null` is the version id of what was written while versioning was not enabled. */
  readonly versionId: string;
  /** With quotes, as the header has it. */
  readonly etag: string;
  readonly modifiedAtMs: number;
  readonly isDeleteMarker: boolean;
}

export type Versioning = 'Disabled' | 'Enabled' | 'Suspended';

const heldByGovernance: Bypass = { bypassesGovernance: false };

const byText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** One bucket: versions of objects, newest first, and its settings (S3 User Guide, "How S3 Versioning works"). */
export class Bucket {
  readonly name: string;
  readonly createdAtMs: number;
  versioning: Versioning = 'Disabled';
  objectLock: ObjectLock | undefined;
  /** JSON text. */
  policy: string | undefined;
  /** Settings that are stored and answered, by the name of their CloudFormation property. */
  settings: Readonly<Record<string, unknown>> = {};
  readonly #clock: Clock;
  readonly #objects = new Map<string, ObjectVersion[]>();

  constructor(name: string, clock: Clock) {
    this.name = name;
    this.#clock = clock;
    this.createdAtMs = clock.now();
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  put(key: string, content: ObjectContent, etag = `"${createHash('md5').update(content.body).digest('hex')}"`): ObjectVersion {
    const [nowMs, usual] = [this.#clock.now(), this.objectLock?.defaultRetention];
    const retention = content.retention ?? (usual === undefined ? undefined : retentionFrom(usual, nowMs));
    return this.#add({ ...content, key, retention, versionId: this.#nextVersionId(), etag, modifiedAtMs: nowMs, isDeleteMarker: false });
  }

  /** The current version, or the one named. Refuses with `NoSuchKey` or `NoSuchVersion`. */
  get(key: string, versionId?: string): ObjectVersion {
    const version = this.find(key, versionId);
    if (version === undefined) throw versionId === undefined ? noSuchKey(key) : noSuchVersion(key, versionId);
    if (version.isDeleteMarker && versionId === undefined) throw noSuchKey(key);
    if (version.isDeleteMarker)
      throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', { status: 405 });
    return version;
  }

  find(key: string, versionId?: string): ObjectVersion | undefined {
    const versions = this.#objects.get(key) ?? [];
    return versionId === undefined ? versions[0] : versions.find((version) => version.versionId === versionId);
  }

  /**
   * Deletes one version for good, or hides the object behind a delete marker when versioning is on, which no lock prevents. Answers
   * what was made or removed. Refuses with `AccessDenied` what is locked.
   */
  delete(key: string, versionId?: string, bypass = heldByGovernance): ObjectVersion | undefined {
    if (versionId !== undefined) {
      if (isHeld(this.find(key, versionId)?.retention, this.#clock.now(), bypass)) throw lockedAway();
      return this.#remove(key, versionId);
    }
    if (this.versioning === 'Disabled') return this.#remove(key, 'null');
    const marker = { body: Buffer.alloc(0), contentType: '', headers: {}, etag: '', modifiedAtMs: this.#clock.now(), isDeleteMarker: true };
    return this.#add({ ...marker, key, versionId: this.#nextVersionId() });
  }

  /** Changes what holds a version. Refuses with `AccessDenied` to take away what is owed. */
  retain(key: string, versionId: string | undefined, change: Bypass & { readonly to: Retention | undefined }): void {
    const version = this.get(key, versionId);
    requireNoLess({ from: version.retention, to: change.to }, isHeld(version.retention, this.#clock.now(), change));
    const versions = this.#objects.get(key) ?? [];
    this.#objects.set(
      key,
      versions.map((one) => (one === version ? { ...version, retention: change.to } : one)),
    );
  }

  /** Current versions that are no delete markers, by key in UTF-8 order. */
  currentObjects(prefix: string): readonly ObjectVersion[] {
    return this.allVersions(prefix).filter((version) => !version.isDeleteMarker && this.find(version.key) === version);
  }

  allVersions(prefix: string): readonly ObjectVersion[] {
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort(byText);
    return keys.flatMap((key) => this.#objects.get(key) ?? []);
  }

  #nextVersionId(): string {
    return this.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null';
  }

  #add(version: ObjectVersion): ObjectVersion {
    const older = (this.#objects.get(version.key) ?? []).filter(({ versionId }) => versionId !== version.versionId);
    this.#objects.set(version.key, [version, ...older]);
    return version;
  }

  #remove(key: string, versionId: string): ObjectVersion | undefined {
    const versions = this.#objects.get(key) ?? [];
    const kept = versions.filter((version) => version.versionId !== versionId);
    if (kept.length === 0) this.#objects.delete(key);
    else this.#objects.set(key, kept);
    return versions.find((version) => version.versionId === versionId);
  }
}
