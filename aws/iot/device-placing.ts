import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateThingCommand,
  DescribeThingCommand,
  IoTClient,
  ListThingGroupsForThingCommand,
  ResourceAlreadyExistsException,
  UpdateThingCommand,
} from '@aws-sdk/client-iot';
import type { ThingName } from '../../domain/identifiers.ts';
import type { Placement } from '../../domain/admission/placement.ts';
import type { DevicePlacing, KnownCertificate } from '../../domain/registry-ports.ts';
import { ThingTypeError } from './thing-type-error.ts';

/** Puts devices where they belong at AWS IoT, as a line's provisioning template would. */
export const createIotDevicePlacing = (client = new IoTClient()): DevicePlacing => ({
  async place(placement, certificate) {
    await register(client, placement);
    await bind(client, placement, certificate);
  },
  bind: (holder, certificate) => bind(client, holder, certificate),
  register: (placement) => register(client, placement),
});

const bind = async (client: IoTClient, { thingName, policy }: Holder, { arn }: Pick<KnownCertificate, 'arn'>): Promise<void> => {
  await client.send(new AttachPolicyCommand({ policyName: policy, target: arn }));
  await client.send(new AttachThingPrincipalCommand({ thingName, principal: arn, thingPrincipalType: 'EXCLUSIVE_THING' }));
};

type Holder = Pick<Placement, 'thingName' | 'policy'>;
type Registration = Omit<Placement, 'policy'>;

const register = async (client: IoTClient, placement: Registration): Promise<void> => {
  await createThing(client, placement);
  await addToGroups(client, placement);
};

const createThing = async (client: IoTClient, { thingName, thingType, attributes }: Registration): Promise<void> => {
  const attributePayload = { attributes: { ...attributes } };
  try {
    await client.send(new CreateThingCommand({ thingName, thingTypeName: thingType, attributePayload }));
  } catch (error) {
    // It is there with other attributes or another type: the first are ours to say, the second never changes.
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
    const { thingTypeName } = await client.send(new DescribeThingCommand({ thingName }));
    if (thingTypeName !== thingType) throw new ThingTypeError(thingName, { got: thingTypeName, allowed: thingType });
    await client.send(new UpdateThingCommand({ thingName, attributePayload }));
  }
};

// Only what is missing is added, and nothing is left: a thing in quarantine stays there, and one that somebody moved within
// its line stays where it was moved to, which AWS IoT would also insist on (one group of a hierarchy).
const addToGroups = async (client: IoTClient, { thingName, groups, lineGroup, lineRoot }: Registration): Promise<void> => {
  const found = await groupsOf(client, thingName);
  const isInLine = found.some((group) => group === lineRoot || group.startsWith(`${lineRoot}:`));
  const missing = [...(isInLine ? [] : [lineGroup]), ...groups.filter((group) => !found.includes(group))];
  for (const thingGroupName of missing) await client.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }));
};

// One page: a thing is in at most ten groups.
const groupsOf = async (client: IoTClient, thingName: ThingName): Promise<readonly string[]> => {
  const { thingGroups = [] } = await client.send(new ListThingGroupsForThingCommand({ thingName, maxResults: 25 }));
  return thingGroups.flatMap(({ groupName }) => groupName ?? []);
};
