import { beforeEach, describe, expect, test } from '@jest/globals';
import { ProvisioningWorld, simpleTemplate } from './provisioning-world.ts';

const { thing, ...others } = simpleTemplate.Resources;

describe('a thing that exists already', () => {
  let world: ProvisioningWorld;
  beforeEach(() => {
    world = new ProvisioningWorld();
    world.controlPlane.things.set('lamp-S1', {
      thingTypeName: 'lamp',
      attributes: { serial: 'S1', room: 'attic' },
      groups: ['quarantine'],
    });
  });

  const provision = async (overrides: object | undefined, properties: object = {}): Promise<readonly unknown[]> => {
    const changed = {
      ...thing,
      Properties: { ...thing.Properties, ...properties },
      ...(overrides === undefined ? {} : { OverrideSettings: overrides }),
    };
    world.addTemplate('lamps', { ...simpleTemplate, Resources: { ...others, thing: changed } });
    const { body } = await world.provision();
    const changes = world.controlPlane.calls.filter(([operation]) => !/^Attach|Certificate$/.test(operation));
    return body['errorCode'] === undefined ? changes : [body['errorCode']];
  };

  test('is left as it is without override settings , and gets the new certificate', async () => {
    expect(await provision(undefined)).toEqual([]);
    expect(world.controlPlane.operations).toContain('AttachThingPrincipal');
  });

  test.each(['AttributePayload', 'ATTRIBUTE_PAYLOAD'])('gets other attributes with %s REPLACE', async (key) => {
    expect(await provision({ [key]: 'REPLACE' })).toEqual([
      ['UpdateThing', { thingName: 'lamp-S1', attributePayload: { attributes: { serial: 'S1' }, merge: false } }],
    ]);
  });

  test('gets more attributes with MERGE', async () => {
    expect(await provision({ AttributePayload: 'MERGE' }, { AttributePayload: { colour: 'red' } })).toEqual([
      ['UpdateThing', { thingName: 'lamp-S1', attributePayload: { attributes: { colour: 'red' }, merge: true } }],
    ]);
  });

  test('with other attributes and FAIL is a conflict', async () => {
    expect(await provision({ AttributePayload: 'FAIL' })).toEqual(['ResourceConflictsException']);
  });

  test('with the same attributes and FAIL is no conflict ', async () => {
    expect(await provision({ AttributePayload: 'FAIL' }, { AttributePayload: { serial: 'S1', room: 'attic' } })).toEqual([]);
  });

  test('of the same type and FAIL is no conflict ', async () => {
    expect(await provision({ ThingTypeName: 'FAIL' })).toEqual([]);
  });

  test('of another type and FAIL is a conflict', async () => {
    expect(await provision({ THING_TYPE_NAME: 'FAIL' }, { ThingTypeName: 'toaster' })).toEqual(['ResourceConflictsException']);
  });

  test('changes its type with REPLACE', async () => {
    expect(await provision({ ThingTypeName: 'REPLACE' }, { ThingTypeName: 'toaster' })).toEqual([
      ['UpdateThing', { thingName: 'lamp-S1', thingTypeName: 'toaster' }],
    ]);
  });

  test('stays in its groups with DO_NOTHING, quarantine among them', async () => {
    expect(await provision({ ThingGroups: 'DO_NOTHING' })).toEqual([]);
  });

  test('moves to the groups of the template with REPLACE', async () => {
    expect(await provision({ ThingGroups: 'REPLACE' })).toEqual([
      ['UpdateThingGroupsForThing', { thingName: 'lamp-S1', thingGroupsToAdd: ['lamps'], thingGroupsToRemove: ['quarantine'] }],
    ]);
  });

  test('joins the groups of the template with MERGE', async () => {
    expect(await provision({ THING_GROUPS: 'MERGE' })).toEqual([
      ['UpdateThingGroupsForThing', { thingName: 'lamp-S1', thingGroupsToAdd: ['lamps'], thingGroupsToRemove: [] }],
    ]);
  });

  test('in other groups and FAIL is a conflict', async () => {
    expect(await provision({ ThingGroups: 'FAIL' })).toEqual(['ResourceConflictsException']);
  });
});
