import { type VersionedResources, versionsInTheWay } from '../../domain/stack-upkeep.ts';
import type { CustomResourceRequest } from '../custom-resource/request.ts';
import { parseVersioned } from './request.ts';

export interface RoomMaker {
  readonly policies: VersionedResources;
  readonly templates: VersionedResources;
}

type Digests = Readonly<Record<string, string>>;

/**
 * Deletes old versions of what this deployment changes, before CloudFormation makes the next: it makes no room for a template's sixth,
 * and for a policy's only by putting an older version in force for a moment.
 */
export const makeRoom = async ({ policies, templates }: RoomMaker, request: CustomResourceRequest): Promise<void> => {
  if (request.RequestType === 'Delete') return;
  const next = parseVersioned(request.ResourceProperties);
  const before = request.RequestType === 'Create' ? { policies: {}, templates: {} } : parseVersioned(request.OldResourceProperties);
  await makeRoomIn(policies, changed(before.policies, next.policies));
  await makeRoomIn(templates, changed(before.templates, next.templates));
};

const changed = (before: Digests, next: Digests): readonly string[] => Object.keys(next).filter((name) => next[name] !== before[name]);

const makeRoomIn = async (resources: VersionedResources, names: readonly string[]): Promise<void> => {
  for (const name of names) for (const version of versionsInTheWay(await resources.versionsOf(name))) await resources.remove(name, version);
};
