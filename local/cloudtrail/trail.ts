import type { EventRecord } from './record/event-record.ts';

/** Which of the management events a trail records. */
export interface Selection {
  readonly readWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
  readonly includesManagementEvents: boolean;
  /** e.g. `kms.amazonaws.com` */
  readonly excludedSources: readonly string[];
}

export interface TrailSettings {
  readonly bucketName: string;
  readonly keyPrefix: string | undefined;
  readonly includesGlobalEvents: boolean;
  readonly isMultiRegion: boolean;
  /** Whether digests are written. */
  readonly validatesFiles: boolean;
}

/** A file that was delivered, as a digest names it. */
export interface DeliveredFile {
  readonly bucketName: string;
  readonly key: string;
  /** SHA-256 in hex of the content before it was compressed. */
  readonly hash: string;
  readonly newestMs: number;
  readonly oldestMs: number;
}

/** The digest that the next one names. */
export interface PreviousDigest {
  readonly bucketName: string;
  readonly key: string;
  readonly hash: string;
  readonly signature: string;
  readonly endMs: number;
}

/** What a trail has done, as GetTrailStatus tells it; times in milliseconds. */
export interface TrailProgress {
  startedAt?: number;
  stoppedAt?: number;
  deliveredAt?: number;
  deliveryError?: string | undefined;
  digestAt?: number;
  digestError?: string | undefined;
}

export interface Trail {
  readonly name: string;
  readonly arn: string;
  settings: TrailSettings;
  selection: Selection;
  readonly tags: Map<string, string>;
  isLogging: boolean;
  readonly progress: TrailProgress;
  /** Records that are not delivered yet, oldest first. */
  pending: EventRecord[];
  /** Files since the last digest. */
  files: DeliveredFile[];
  previousDigest: PreviousDigest | undefined;
}

export const everything: Selection = { readWriteType: 'All', includesManagementEvents: true, excludedSources: [] };

/** Whether a trail records an event. */
export const records = ({ selection, settings }: Trail, event: EventRecord): boolean => {
  const { readWriteType, includesManagementEvents, excludedSources } = selection;
  if (!includesManagementEvents || excludedSources.includes(event.eventSource)) return false;
  if (event.isGlobal && !settings.includesGlobalEvents) return false;
  return readWriteType === 'All' || (readWriteType === 'ReadOnly') === event.isReadOnly;
};
