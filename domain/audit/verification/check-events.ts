import { hash } from 'node:crypto';
import { treeOfLines } from '../merkle-tree.ts';
import type { Seal } from '../seal.ts';
import type { Archive, ArchivedVersion, Unpack } from './archive.ts';
import { type VersionFlaw, flawOf } from './flaw-of-version.ts';

export interface EventPorts {
  readonly archive: Pick<Archive, 'read'>;
  readonly unpack: Unpack;
}

/** What is wrong with the version of the events that a seal names; `undefined` when nothing is. */
export const eventsFlaw = async (
  { archive, unpack }: EventPorts,
  { object, root, count }: Seal,
  versions: readonly ArchivedVersion[],
): Promise<VersionFlaw | undefined> => {
  const isListed = versions.some(
    ({ key, versionId, isDeleteMarker }) => key === object.key && versionId === object.versionId && !isDeleteMarker,
  );
  const bytes = isListed ? await archive.read(object) : undefined;
  if (bytes === undefined) return flawOf(object, 'events-missing', 'the version that is sealed is not there');
  const sha256 = hash('sha256', bytes);
  if (sha256 !== object.sha256) return flawOf(object, 'events-changed', `SHA-256 ${sha256}; sealed is ${object.sha256}`);
  const text = await unpack(bytes).catch(() => undefined);
  if (text === undefined) return flawOf(object, 'events-changed', 'bytes that cannot be unpacked');
  const tree = treeOfLines(text);
  if (tree.root === root && tree.count === count) return undefined;
  return flawOf(object, 'events-changed', `${tree.count} events with the root ${tree.root}; sealed are ${count} with ${root}`);
};
