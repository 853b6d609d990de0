import { AwsError } from '../../../local/aws-error.ts';
import type { StackEngine } from './stack-engine.ts';
import { startStackEngine } from './stack-engine.ts';

interface Event {
  readonly RequestType: string;
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
}

type Handler = (event: Event) => Promise<void>;

const answer = async (event: Event, members: object): Promise<number> => {
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'id-1', StackId, RequestId, LogicalResourceId, ...members });
  return (await fetch(event.ResponseURL, { method: 'PUT', body })).status;
};

let engine: StackEngine;
let handler: Handler;
let events: Event[];
beforeEach(async () => {
  events = [];
  engine = await startStackEngine((_functionArn, event) => {
    events.push(event as Event);
    return handler(event as Event);
  });
});
afterEach(() => engine.stop());

const token = 'arn:aws:lambda:eu-central-1:123456789012:function:f';
const template = (properties: object): object => ({
  Resources: { R: { Type: 'Custom::Shoe', Properties: { ServiceToken: token, ...properties } } },
  Outputs: { Out: { Value: { 'Fn::Join': ['|', [{ Ref: 'R' }, { 'Fn::GetAtt': ['R', 'Colour'] }]] } } },
});
const reasons = async (): Promise<string> =>
  JSON.stringify((await engine.events('s')).map(({ ResourceStatusReason }) => ResourceStatusReason));

describe('A custom resource', () => {
  test('is made by a function that answers to a URL, and gets its properties as text', async () => {
    handler = async (event) => {
      await answer(event, { Data: { Colour: 'red' } });
    };
    const stack = await engine.create('s', template({ Size: 42, IsNew: true, Deep: [{ a: 1 }] }));
    expect(stack.Outputs?.[0]?.OutputValue).toBe('id-1|red');
    expect(events[0]).toMatchObject({
      RequestType: 'Create',
      ResourceType: 'Custom::Shoe',
      ResourceProperties: { ServiceToken: token, Size: '42', IsNew: 'true', Deep: [{ a: '1' }] },
    });
  });

  test('replaces itself by answering another physical id; the old one is deleted afterwards', async () => {
    handler = async (event) => {
      await answer(event, { PhysicalResourceId: `id-${String(event.ResourceProperties['Size'])}`, Data: { Colour: 'red' } });
    };
    await engine.create('s', template({ Size: 1 }));
    const stack = await engine.update('s', template({ Size: 2 }));
    expect(stack.Outputs?.[0]?.OutputValue).toBe('id-2|red');
    expect(events.map(({ RequestType, PhysicalResourceId }) => [RequestType, PhysicalResourceId])).toEqual([
      ['Create', undefined],
      ['Update', 'id-1'],
      ['Delete', 'id-1'],
    ]);
  });

  test('that answers FAILED fails the deployment with its reason and is asked to delete what it left', async () => {
    handler = async (event) => {
      await answer(event, event.RequestType === 'Create' ? { Status: 'FAILED', Reason: 'no leather' } : {});
    };
    expect(await engine.create('s', template({}))).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(await reasons()).toContain('no leather');
    expect(events.map(({ RequestType }) => RequestType)).toEqual(['Create', 'Delete']);
  });

  test('that never answers fails when its time is over, and is asked to delete what it may have left', async () => {
    handler = async (event) => {
      if (event.RequestType === 'Delete') await answer(event, { PhysicalResourceId: event.PhysicalResourceId });
      else {
        setTimeout(() => {
          engine.clock.advance(60_000);
        }, 10);
      }
    };
    expect(await engine.create('s', template({ ServiceTimeout: 60 }))).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(await reasons()).toContain(
      `CloudFormation did not receive a response from your custom resource. Please check your logs for requestId [${events[0]?.RequestId ?? ''}].`,
    );
    expect(events.map(({ RequestType, PhysicalResourceId }) => [RequestType, PhysicalResourceId])).toEqual([
      ['Create', undefined],
      ['Delete', expect.stringMatching(/^s-R-[A-Za-z0-9]{12}$/)],
    ]);
  });

  test('waits an hour unless it says otherwise', async () => {
    handler = (event) => {
      if (event.RequestType === 'Delete') return answer(event, {}).then(() => undefined);
      setTimeout(() => {
        engine.clock.advance(3_599_000);
        setImmediate(() => void answer(event, { Data: { Colour: 'late' } }));
      }, 10);
      return Promise.resolve();
    };
    expect(await engine.create('s', template({}))).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  });

  test('whose function cannot be called fails at once', async () => {
    handler = () => Promise.reject(new AwsError('ResourceNotFoundException', 'Function not found'));
    expect(await engine.create('s', template({}))).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(await reasons()).toContain('Function not found');
    expect(events).toHaveLength(1);
  });

  test('must give its resource an id', async () => {
    handler = async (event) => {
      await answer(event, { PhysicalResourceId: undefined });
    };
    await engine.create('s', template({}));
    expect(await reasons()).toContain('Invalid PhysicalResourceId');
  });

  test('keeps its function for life', async () => {
    handler = async (event) => {
      await answer(event, { Data: { Colour: 'red' } });
    };
    await engine.create('s', template({}));
    expect(await engine.update('s', template({ ServiceToken: `${token}2` }))).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await reasons()).toContain('Modifying service token is not allowed.');
  });

  test('that says NoEcho shows its data to other resources only', async () => {
    handler = async (event) => {
      await answer(event, { NoEcho: true, Data: { Colour: 'secret-red' } });
    };
    const reader = { Type: 'Test::Thing', Properties: { Value: { 'Fn::GetAtt': ['R', 'Colour'] } } };
    await engine.create('s', { Resources: { R: { Type: 'Custom::Shoe', Properties: { ServiceToken: token } }, A: reader } });
    expect(engine.factory.log).toEqual(['create A {"Value":"secret-red"}']);
    expect(JSON.stringify(await engine.events('s'))).not.toContain('secret-red');
  });

  test('that lacks an attribute that somebody asks for fails the deployment', async () => {
    handler = async (event) => {
      await answer(event, {});
    };
    expect(await engine.create('s', template({}))).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(await reasons()).toContain("Vendor response doesn't contain Colour attribute");
  });

  test.each([
    ['for another request', { RequestId: 'other' }, 'must be those of the request'],
    ['longer than 4,096 bytes', { Data: { Colour: 'x'.repeat(5000) } }, 'Response object is too long'],
    ['without a status', { Status: undefined }, 'Invalid response object'],
  ])('cannot answer %s', async (_name, members, message) => {
    handler = async (event) => {
      await answer(event, event.RequestType === 'Create' ? members : {});
    };
    await engine.create('s', template({}));
    expect(await reasons()).toContain(message);
  });

  test('can use its response URL once', async () => {
    const statuses: number[] = [];
    handler = async (event) => {
      statuses.push(await answer(event, { Data: { Colour: 'red' } }), await answer(event, { Status: 'FAILED' }));
    };
    expect(await engine.create('s', template({}))).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
    while (statuses.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(statuses).toEqual([200, 403]);
  });
});
