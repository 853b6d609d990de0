import { hash } from 'node:crypto';
import { treeOfLines } from '../merkle-tree.ts';
import type { Seal } from '../seal.ts';
import type { Archive, ArchivedVersion, Unpack } from './archive.ts';
import { type VersionFlaw, flawOf } from './flaw-of-version.ts';

export interface EventPorts {
  readonly archive: Pick<Archive, 'read'>;
  readonly unpack: Unpack;
}

/** The events of a period, unpacked, or what is wrong with the version of them that its seal names. */
export const checkEvents = async (
  { archive, unpack }: EventPorts,
  { object, root, count }: Seal,
  versions: readonly ArchivedVersion[],
): Promise<{ readonly text: Uint8Array } | { readonly flaw: VersionFlaw }> => {
  const isListed = versions.some(
    ({ key, versionId, isDeleteMarker }) => key === object.key && versionId === object.versionId && !isDeleteMarker,
  );
  const bytes = isListed ? await archive.read(object) : undefined;
  if (bytes === undefined) return { flaw: flawOf(object, 'events-missing', 'the version that is sealed is not there') };
  const sha256 = hash('sha256', bytes);
  const changed = (detail: string) => ({ flaw: flawOf(object, 'events-changed', detail) });
  if (sha256 !== object.sha256) return changed(`SHA-256 ${sha256}; sealed is ${object.sha256}`);
  const text = await unpack(bytes).catch(() => undefined);
  if (text === undefined) return changed('bytes that cannot be unpacked');
  const tree = treeOfLines(text);
  if (tree.root === root && tree.count === count) return { text };
  return changed(`${tree.count} events with the root ${tree.root}; sealed are ${count} with ${root}`);
};
