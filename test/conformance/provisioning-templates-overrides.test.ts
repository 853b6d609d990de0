import {
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DescribeThingCommand,
  ListThingGroupsForThingCommand,
} from '@aws-sdk/client-iot';
import { assumed, documented } from './fact.ts';
import { certificate, thing } from './provisioning-world.ts';
import { startProvisioning } from './start-provisioning.ts';

const templates = 'IoT developer guide, "Provisioning templates"';

const world = await startProvisioning();
await world.iot.send(new CreateThingTypeCommand({ thingTypeName: 'lamp' }));
await world.iot.send(new CreateThingGroupCommand({ thingGroupName: 'lamps' }));

describe('A thing that exists', () => {
  const properties = { ...thing.Properties, ThingTypeName: 'lamp', ThingGroups: ['lamps'] };

  /** What becomes of a thing with an attribute `room`, in the group `quarantine`. */
  const provisionAgain = async (OverrideSettings?: Readonly<Record<string, string>>, more: object = {}) => {
    const serial = world.unique('again');
    const thingName = `thing-${serial}`;
    await world.iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes: { room: 'attic' } } }));
    const again = { ...thing, Properties: { ...properties, ...more }, ...(OverrideSettings === undefined ? {} : { OverrideSettings }) };
    const { result, body } = await world.onboard(await world.template({ Resources: { certificate, thing: again } }), {
      parameters: { SerialNumber: serial },
    });
    const { attributes, thingTypeName } = await world.iot.send(new DescribeThingCommand({ thingName }));
    const { thingGroups = [] } = await world.iot.send(new ListThingGroupsForThingCommand({ thingName }));
    return { result, code: body['errorCode'], attributes, thingTypeName, groups: thingGroups.map(({ groupName }) => groupName) };
  };

  const untouched = { attributes: { room: 'attic' }, thingTypeName: undefined, groups: [] };

  assumed('template.override-default', 'is left as it is without override settings', async () => {
    expect(await provisionAgain()).toMatchObject({ ...untouched, result: 'accepted' });
  });

  documented(templates, 'is replaced with REPLACE', async () => {
    const changed = await provisionAgain({ AttributePayload: 'REPLACE', ThingTypeName: 'REPLACE', ThingGroups: 'REPLACE' });
    expect(changed).toMatchObject({ thingTypeName: 'lamp', groups: ['lamps'] });
    expect(Object.keys(changed.attributes ?? {})).toEqual(['serial']);
  });

  documented(templates, 'is merged with MERGE', async () => {
    const { attributes, groups } = await provisionAgain({ AttributePayload: 'MERGE', ThingGroups: 'MERGE' });
    expect([Object.keys(attributes ?? {}).sort(), groups]).toEqual([['room', 'serial'], ['lamps']]);
  });

  documented(templates, 'is a ResourceConflictsException with FAIL', async () => {
    for (const key of ['AttributePayload', 'ThingTypeName', 'ThingGroups']) {
      expect(await provisionAgain({ [key]: 'FAIL' })).toMatchObject({ ...untouched, code: 'ResourceConflictsException' });
    }
  });

  assumed('template.override-fail', 'is no conflict with FAIL where it does not differ', async () => {
    const same = { AttributePayload: { room: 'attic' } };
    expect((await provisionAgain({ AttributePayload: 'FAIL' }, same)).result).toBe('accepted');
  });

  assumed('template.override-spellings', 'follows the spelling of the prose as well', async () => {
    expect((await provisionAgain({ THING_TYPE_NAME: 'REPLACE' })).thingTypeName).toBe('lamp');
  });
});

describe('A thing that does not exist', () => {
  const provisionNew = async (properties: object) => {
    const made = { ...thing, Properties: { ...thing.Properties, ...properties } };
    const serial = world.unique('new');
    const answer = await world.onboard(await world.template({ Resources: { certificate, thing: made } }), {
      parameters: { SerialNumber: serial },
    });
    return { ...answer, thingName: `thing-${serial}` };
  };

  documented(templates, 'gets its thing type and its groups', async () => {
    const { thingName } = await provisionNew({ ThingTypeName: 'lamp', ThingGroups: ['lamps'] });
    expect(await world.iot.send(new DescribeThingCommand({ thingName }))).toMatchObject({ thingTypeName: 'lamp' });
    const { thingGroups } = await world.iot.send(new ListThingGroupsForThingCommand({ thingName }));
    expect(thingGroups?.map(({ groupName }) => groupName)).toEqual(['lamps']);
  });

  documented(
    'IoT developer guide, "Provisioning by claim"',
    'cannot join a group, have a type or be billed where these do not exist',
    async () => {
      for (const properties of [{ ThingGroups: ['missing'] }, { ThingTypeName: 'missing' }, { BillingGroup: 'missing' }]) {
        expect((await provisionNew(properties)).result).toBe('rejected');
      }
    },
  );
});
