import type { ArchivedVersion } from './archive.ts';
import type { Flaw, FlawKind } from './flaw.ts';

/** A flaw that is found before it is known of which period it is. */
export type VersionFlaw = Omit<Flaw, 'sequence'>;

export const flawOf = ({ key, versionId }: Pick<ArchivedVersion, 'key' | 'versionId'>, kind: FlawKind, detail: string): VersionFlaw => ({
  ...{ kind, key, versionId, detail },
});

export const notSealed = (version: ArchivedVersion): VersionFlaw => flawOf(version, 'not-sealed', 'an object that no seal names');
