/** One version of an object in the archive, or a delete marker, as a listing of versions tells. */
export interface ArchivedVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  /** When it was stored, by the clock of who keeps it; milliseconds since the epoch. */
  readonly storedAt: number;
}

/** Sealed history, wherever it is read from. */
export interface Archive {
  /** All versions and delete markers; of one key the newest first. */
  list(): AsyncIterable<ArchivedVersion>;
  /** The bytes of one version; `undefined` when they are not there. */
  read(version: Pick<ArchivedVersion, 'key' | 'versionId'>): Promise<Uint8Array | undefined>;
}

/** Unpacks what is stored compressed; rejects what cannot be unpacked. */
export type Unpack = (bytes: Uint8Array) => Promise<Uint8Array>;

/** The archive of a deployment, and what its seals are signed by. */
export interface DeployedArchive {
  readonly archive: Archive;
  /** When it was deployed, in milliseconds since the epoch: nothing can have been sealed before. */
  readonly begunAt: number;
  /** The public key that KMS tells, in PEM. */
  publicKey(): Promise<string>;
}
