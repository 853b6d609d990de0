import {
  AddThingToThingGroupCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DeleteThingCommand,
  DeleteThingTypeCommand,
  DeprecateThingTypeCommand,
  DescribeThingCommand,
  DescribeThingTypeCommand,
  DetachThingPrincipalCommand,
  ListPrincipalThingsCommand,
  ListPrincipalThingsV2Command,
  ListThingPrincipalsCommand,
  ListThingPrincipalsV2Command,
  ListThingsCommand,
  ListThingsInThingGroupCommand,
  ListThingTypesCommand,
  UpdateThingCommand,
  UpdateThingTypeCommand,
} from '@aws-sdk/client-iot';
import { requestPem } from '../certificate-requests.ts';
import { arn, expectRefusal, fresh, startControlPlane, useControlPlane } from './test-control-plane.ts';

const subject = useControlPlane();

const newThing = async (thingTypeName?: string): Promise<string> => {
  const thingName = fresh('thing');
  await subject.iot.send(new CreateThingCommand({ thingName, thingTypeName }));
  return thingName;
};

const newType = async (): Promise<string> => {
  const thingTypeName = fresh('type');
  await subject.iot.send(new CreateThingTypeCommand({ thingTypeName }));
  return thingTypeName;
};

const newCertificate = async (): Promise<string> => {
  const created = await subject.iot.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest: requestPem() }));
  return created.certificateArn ?? '';
};

const numbered = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 'v']));

describe('a thing', () => {
  test('is created and described', async () => {
    const thingName = 'muster:lamp:A-1_0';
    const created = await subject.iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes: { tenant: 'acme' } } }));
    expect(created).toMatchObject({ thingName, thingArn: arn(`thing/${thingName}`) });
    const described = await subject.iot.send(new DescribeThingCommand({ thingName }));
    expect(described).toMatchObject({ thingId: created.thingId, defaultClientId: thingName, attributes: { tenant: 'acme' }, version: 1 });
  });

  test('may be created again alike, but not differently', async () => {
    const thingName = fresh('thing');
    const create = (tenant: string) =>
      subject.iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes: { tenant } } }));
    const { thingId } = await create('acme');
    expect((await create('acme')).thingId).toBe(thingId);
    await expectRefusal(create('other'), 'ResourceAlreadyExistsException', 409);
    await expect(create('other')).rejects.toMatchObject({ resourceId: thingId, resourceArn: arn(`thing/${thingName}`) });
  });

  test.each(['with space', 'a/b', 'Gerät', 'x'.repeat(129), '#'])('cannot be called %j', async (thingName) => {
    await expectRefusal(subject.iot.send(new CreateThingCommand({ thingName })), 'InvalidRequestException', 400, /thingName/);
  });

  test('has three attributes without a type and fifty with one', async () => {
    const create = (count: number, thingTypeName?: string) =>
      subject.iot.send(
        new CreateThingCommand({ thingName: fresh('thing'), thingTypeName, attributePayload: { attributes: numbered(count) } }),
      );
    const thingTypeName = await newType();
    await create(3);
    await expectRefusal(create(4), 'InvalidRequestException', 400, /at most 3/);
    await create(50, thingTypeName);
    await expectRefusal(create(51, thingTypeName), 'InvalidRequestException', 400, /at most 50/);
  });

  test.each([[{ 'sp ace': 'v' }], [{ ['n'.repeat(129)]: 'v' }], [{ name: 'sp ace' }], [{ name: 'v'.repeat(801) }]])(
    'cannot have the attributes %#',
    async (attributes) => {
      const thing = subject.iot.send(new CreateThingCommand({ thingName: fresh('thing'), attributePayload: { attributes } }));
      await expectRefusal(thing, 'InvalidRequestException', 400, /attribute/i);
    },
  );

  test('cannot have a type or a billing group that does not exist', async () => {
    const create = (more: object) => subject.iot.send(new CreateThingCommand({ thingName: fresh('thing'), ...more }));
    await expectRefusal(create({ thingTypeName: 'missing' }), 'ResourceNotFoundException', 404);
    await expectRefusal(create({ billingGroupName: 'missing' }), 'ResourceNotFoundException', 404);
  });

  test('is updated by merging or replacing, and counts its versions', async () => {
    const thingName = fresh('thing');
    await subject.iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes: { a: '1', b: '2' } } }));
    const update = (attributes: Record<string, string>, merge: boolean) =>
      subject.iot.send(new UpdateThingCommand({ thingName, attributePayload: { attributes, merge } }));
    await update({ b: '', c: '3' }, true);
    expect(await subject.iot.send(new DescribeThingCommand({ thingName }))).toMatchObject({ attributes: { a: '1', c: '3' }, version: 2 });
    await update({ d: '4' }, false);
    const { attributes, version } = await subject.iot.send(new DescribeThingCommand({ thingName }));
    expect([attributes, version]).toEqual([{ d: '4' }, 3]);
  });

  test('is changed or deleted only in the version expected', async () => {
    const thingName = await newThing();
    await expectRefusal(subject.iot.send(new UpdateThingCommand({ thingName, expectedVersion: 2 })), 'VersionConflictException', 409);
    await expectRefusal(subject.iot.send(new DeleteThingCommand({ thingName, expectedVersion: 2 })), 'VersionConflictException', 409);
    await subject.iot.send(new UpdateThingCommand({ thingName, expectedVersion: 1 }));
    await subject.iot.send(new DeleteThingCommand({ thingName, expectedVersion: 2 }));
  });

  test('gets another type, loses it, but not both', async () => {
    const thingName = await newThing(await newType());
    const thingTypeName = await newType();
    await subject.iot.send(new UpdateThingCommand({ thingName, thingTypeName }));
    expect((await subject.iot.send(new DescribeThingCommand({ thingName }))).thingTypeName).toBe(thingTypeName);
    const both = subject.iot.send(new UpdateThingCommand({ thingName, thingTypeName, removeThingType: true }));
    await expectRefusal(both, 'InvalidRequestException', 400);
    await subject.iot.send(new UpdateThingCommand({ thingName, removeThingType: true }));
    expect((await subject.iot.send(new DescribeThingCommand({ thingName }))).thingTypeName).toBeUndefined();
  });

  test('that does not exist is deleted with success, but not found otherwise', async () => {
    await subject.iot.send(new DeleteThingCommand({ thingName: 'missing' }));
    await expectRefusal(subject.iot.send(new DescribeThingCommand({ thingName: 'missing' })), 'ResourceNotFoundException', 404);
    await expectRefusal(subject.iot.send(new UpdateThingCommand({ thingName: 'missing' })), 'ResourceNotFoundException', 404);
  });

  test('cannot be deleted while a principal is attached, and leaves its groups when it is', async () => {
    const thingName = await newThing();
    const principal = await newCertificate();
    const thingGroupName = fresh('group');
    await subject.iot.send(new CreateThingGroupCommand({ thingGroupName }));
    await subject.iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }));
    await subject.iot.send(new AttachThingPrincipalCommand({ thingName, principal }));
    const deletion = subject.iot.send(new DeleteThingCommand({ thingName }));
    await expectRefusal(deletion, 'InvalidRequestException', 400, /still attached to one or more principals/);
    await subject.iot.send(new DetachThingPrincipalCommand({ thingName, principal }));
    await subject.iot.send(new DeleteThingCommand({ thingName }));
    expect((await subject.iot.send(new ListThingsInThingGroupCommand({ thingGroupName }))).things).toEqual([]);
  });
});

describe('listing things', () => {
  test('goes page by page, and skips nothing when what was listed is deleted', async () => {
    const other = await startControlPlane();
    for (const thingName of ['a', 'b', 'c', 'd', 'e']) await other.iot.send(new CreateThingCommand({ thingName }));
    const seen: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await other.iot.send(new ListThingsCommand({ maxResults: 2, nextToken }));
      const names = (page.things ?? []).map(({ thingName }) => thingName ?? '');
      for (const thingName of names) await other.iot.send(new DeleteThingCommand({ thingName }));
      seen.push(...names);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
    await other.stop();
  });

  test('selects by type, attribute and beginning of an attribute', async () => {
    const thingTypeName = await newType();
    const create = (thingName: string, site: string) =>
      subject.iot.send(new CreateThingCommand({ thingName, thingTypeName, attributePayload: { attributes: { site } } }));
    await create('find-1', 'berlin');
    await create('find-2', 'bern');
    const find = async (input: object) => (await subject.iot.send(new ListThingsCommand(input))).things?.map(({ thingName }) => thingName);
    expect(await find({ thingTypeName })).toEqual(['find-1', 'find-2']);
    expect(await find({ attributeName: 'site', attributeValue: 'bern' })).toEqual(['find-2']);
    expect(await find({ attributeName: 'site', attributeValue: 'ber', usePrefixAttributeValue: true })).toEqual(['find-1', 'find-2']);
  });

  test.each([{ maxResults: 0 }, { maxResults: 251 }, { nextToken: 'not one' }, { attributeValue: 'x' }])('refuses %j', async (input) => {
    await expectRefusal(subject.iot.send(new ListThingsCommand(input)), 'InvalidRequestException', 400);
  });
});

describe('a thing type', () => {
  test('is created once, described and listed', async () => {
    const thingTypeName = fresh('type');
    const create = (thingTypeDescription: string) =>
      subject.iot.send(new CreateThingTypeCommand({ thingTypeName, thingTypeProperties: { thingTypeDescription } }));
    const { thingTypeId } = await create('lamps');
    expect((await create('lamps')).thingTypeId).toBe(thingTypeId);
    await expectRefusal(create('fans'), 'ResourceAlreadyExistsException', 409);
    const described = await subject.iot.send(new DescribeThingTypeCommand({ thingTypeName }));
    expect(described).toMatchObject({
      thingTypeId,
      thingTypeArn: arn(`thingtype/${thingTypeName}`),
      thingTypeMetadata: { deprecated: false },
    });
    expect((await subject.iot.send(new ListThingTypesCommand({ thingTypeName }))).thingTypes).toHaveLength(1);
  });

  test('keeps its description and its searchable attributes', async () => {
    const thingTypeName = await newType();
    const update = (thingTypeProperties: object) => subject.iot.send(new UpdateThingTypeCommand({ thingTypeName, thingTypeProperties }));
    await expectRefusal(update({ thingTypeDescription: 'other' }), 'InvalidRequestException', 400);
    await expectRefusal(update({ searchableAttributes: ['x'] }), 'InvalidRequestException', 400);
  });

  test('has three searchable attributes at most', async () => {
    const create = (searchableAttributes: string[]) =>
      subject.iot.send(new CreateThingTypeCommand({ thingTypeName: fresh('type'), thingTypeProperties: { searchableAttributes } }));
    await create(['a', 'b', 'c']);
    await expectRefusal(create(['a', 'b', 'c', 'd']), 'InvalidRequestException', 400);
    await expectRefusal(create(['sp ace']), 'InvalidRequestException', 400);
  });

  test('takes no new things once it is deprecated, until that is undone', async () => {
    const thingTypeName = await newType();
    await subject.iot.send(new DeprecateThingTypeCommand({ thingTypeName }));
    await expectRefusal(
      subject.iot.send(new CreateThingCommand({ thingName: fresh('thing'), thingTypeName })),
      'InvalidRequestException',
      400,
      /deprecated/,
    );
    await subject.iot.send(new DeprecateThingTypeCommand({ thingTypeName, undoDeprecate: true }));
    await newThing(thingTypeName);
  });

  test('is deleted five minutes after deprecation, when no thing has it', async () => {
    const thingTypeName = await newType();
    const thingName = await newThing(thingTypeName);
    const remove = () => subject.iot.send(new DeleteThingTypeCommand({ thingTypeName }));
    await expectRefusal(remove(), 'InvalidRequestException', 400, /associated/);
    await subject.iot.send(new DeleteThingCommand({ thingName }));
    await expectRefusal(remove(), 'InvalidRequestException', 400, /not deprecated/);
    await subject.iot.send(new DeprecateThingTypeCommand({ thingTypeName }));
    subject.clock.advance(5 * 60_000 - 1);
    await expectRefusal(remove(), 'InvalidRequestException', 400, /wait for 5 minutes after deprecation/);
    subject.clock.advance(1);
    await remove();
    await expectRefusal(subject.iot.send(new DescribeThingTypeCommand({ thingTypeName })), 'ResourceNotFoundException', 404);
  });
});

describe('a principal of a thing', () => {
  test('is attached non-exclusively by default, to as many things as one likes', async () => {
    const principal = await newCertificate();
    const things = [await newThing(), await newThing()];
    for (const thingName of things) await subject.iot.send(new AttachThingPrincipalCommand({ thingName, principal }));
    expect((await subject.iot.send(new ListPrincipalThingsCommand({ principal }))).things).toEqual(things);
    const { principalThingObjects } = await subject.iot.send(new ListPrincipalThingsV2Command({ principal }));
    expect(principalThingObjects).toEqual(things.map((thingName) => ({ thingName, thingPrincipalType: 'NON_EXCLUSIVE_THING' })));
  });

  test('belongs to one thing when it is attached exclusively', async () => {
    const principal = await newCertificate();
    const [thingName, other] = [await newThing(), await newThing()];
    const attach = (name: string, thingPrincipalType?: 'EXCLUSIVE_THING') =>
      subject.iot.send(new AttachThingPrincipalCommand({ thingName: name, principal, thingPrincipalType }));
    await attach(thingName, 'EXCLUSIVE_THING');
    await attach(thingName, 'EXCLUSIVE_THING');
    await expectRefusal(attach(other), 'InvalidRequestException', 400, /exclusively attached/);
    await expectRefusal(attach(other, 'EXCLUSIVE_THING'), 'InvalidRequestException', 400, /exclusively attached/);
    await expectRefusal(attach(thingName), 'InvalidRequestException', 400, /detach it first/);
    const listed = await subject.iot.send(new ListThingPrincipalsV2Command({ thingName }));
    expect(listed.thingPrincipalObjects).toEqual([{ principal, thingPrincipalType: 'EXCLUSIVE_THING' }]);
    const shared = await subject.iot.send(new ListThingPrincipalsV2Command({ thingName, thingPrincipalType: 'NON_EXCLUSIVE_THING' }));
    expect(shared.thingPrincipalObjects).toEqual([]);
    await subject.iot.send(new DetachThingPrincipalCommand({ thingName, principal }));
    await attach(other);
    await expectRefusal(attach(thingName, 'EXCLUSIVE_THING'), 'InvalidRequestException', 400, /attached to other things/);
  });

  test('may be one of several of its thing, exclusive ones too', async () => {
    const thingName = await newThing();
    const principals = [await newCertificate(), await newCertificate()];
    for (const principal of principals) {
      await subject.iot.send(new AttachThingPrincipalCommand({ thingName, principal, thingPrincipalType: 'EXCLUSIVE_THING' }));
    }
    const listed = await subject.iot.send(new ListThingPrincipalsCommand({ thingName }));
    expect(listed.principals?.toSorted()).toEqual(principals.toSorted());
  });

  test('must exist, as must the thing, and be attached to be detached', async () => {
    const principal = await newCertificate();
    const thingName = await newThing();
    const attach = (input: { thingName: string; principal: string }) => subject.iot.send(new AttachThingPrincipalCommand(input));
    await expectRefusal(attach({ thingName: 'missing', principal }), 'ResourceNotFoundException', 404);
    await expectRefusal(attach({ thingName, principal: arn(`cert/${'0'.repeat(64)}`) }), 'ResourceNotFoundException', 404);
    await expectRefusal(attach({ thingName, principal: 'nonsense' }), 'InvalidRequestException', 400);
    await expectRefusal(subject.iot.send(new DetachThingPrincipalCommand({ thingName, principal })), 'ResourceNotFoundException', 404);
  });
});
